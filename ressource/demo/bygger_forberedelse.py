"""From screening to a case that is ready for the team."""

import hashlib
from collections.abc import Mapping
from datetime import date, timedelta

from borgere.models import Dokument, Fase
from rehabilitering.models import (
    ForberedendeAfsnit,
    ForberedendeDel,
    Kvalitetssikring,
    Laegeattest,
    Laegeattestrykker,
    Screeningsfravigelse,
    Screeningsnotat,
)
from rehabilitering.services.forberedelse import AFSNIT_OENSKER, afsnitskoder
from ressource.datoer import Enhed, tilfoej
from ressource.demo import dokumenter
from ressource.demo.bygger import Grundbygger
from ressource.demo.raekker import gem
from ressource.demo.tid import klok

# What the citizen says and what the caseworker describes, by section.
Afsnit = Mapping[str, tuple[str, str]]


class Forberedelsesbygger(Grundbygger):
    """Screening, forberedende del, LÆ 265 and quality assurance."""

    del_: ForberedendeDel

    def screening(
        self, *, indsendt: int | None, afgjort: int | None = None, **tekster: str | int | bool
    ) -> None:
        """The note, handed in and (by the faglig konsulent) decided so many days ago."""
        konsulent = self.hold["faglig_konsulent"]
        sendt = klok(self.tid.foer(indsendt), "13.40") if indsendt else None
        svar = klok(self.tid.foer(afgjort), "10.10") if afgjort else None
        notat = gem(
            Screeningsnotat(
                sag=self.sag,
                skrevet_af=self.foerste,
                oprettet_den=klok(self.oprettet, "9.30"),
                indsendt_den=sendt,
                resultat="fortsaet" if svar else "",
                afgjort_af=konsulent if svar else None,
                afgjort_den=svar,
                **tekster,
            )
        )
        self._haendelse(notat, "screening.gemt", klok(self.oprettet, "9.30"), self.foerste)
        if sendt:
            self._haendelse(notat, "screening.indsendt", sendt, self.foerste)
        if svar:
            self._gaa_til(Fase.FORBEREDELSE, svar, konsulent)
            self._haendelse(notat, "screening.afgjort", svar, konsulent, resultat="fortsaet")

    def bed_om_fravigelse(self, dage: int, begrundelse: str) -> None:
        """The teamleder was asked so many days ago to let the case go on without a decided note."""
        spurgt = klok(self.tid.foer(dage), "11.10")
        fravigelse = gem(
            Screeningsfravigelse(
                sag=self.sag,
                begrundelse=begrundelse,
                anmodet_af=self.foerste,
                anmodet_den=spurgt,
            )
        )
        self._haendelse(fravigelse, "screening.fravigelse_anmodet", spurgt, self.foerste)

    def forberedende_del(
        self,
        afsnit: Afsnit,
        *,
        begyndt: int,
        rettet: int,
        gennemgaaet: int | None = None,
        status: str = ForberedendeDel.Status.KLADDE,
        uenig: str = "",
        **felter: str | int,
    ) -> None:
        """Written together since `begyndt` days ago, last touched `rettet` days ago."""
        fra, til = klok(self.tid.foer(begyndt), "10.00"), klok(self.tid.foer(rettet), "11.45")
        self.del_ = gem(
            ForberedendeDel(
                sag=self.sag,
                status=status,
                gennemgaaet_dato=self.tid.foer(gennemgaaet) if gennemgaaet else None,
                oprettet_af=self.foerste,
                oprettet_den=fra,
                rettet_af=self.foerste,
                rettet_den=til,
                laas=len(afsnit),
                tragt_spurgt=self._spurgt(begyndt, rettet, felter.get("spoergetragt_niveau")),
                **felter,
            )
        )
        koder = afsnitskoder(self.sag)
        for kode in sorted(afsnit, key=koder.index):
            egne, beskrivelse = afsnit[kode]
            gem(
                ForberedendeAfsnit(
                    forberedende_del=self.del_,
                    kode=kode,
                    egne_ord=egne,
                    beskrivelse=beskrivelse,
                    skrevet_sammen=ForberedendeAfsnit.Sammen.JA,
                    uenig=uenig if kode == AFSNIT_OENSKER else "",
                    sammen_dato=til.date(),
                    faerdig_den=til,
                    rettet_af=self.foerste,
                    rettet_den=til,
                    laas=1,
                )
            )
        self._haendelse(self.del_, "forberedende_del.oprettet", fra, self.foerste, nr=1)
        self._haendelse(self.del_, "forberedende_del.gemt", til, self.foerste)
        if gennemgaaet:
            dag = klok(self.tid.foer(gennemgaaet), "12.00")
            self._haendelse(self.del_, "forberedende_del.gennemgaaet", dag, self.foerste)

    def _spurgt(self, begyndt: int, rettet: int, niveau: object) -> dict[str, str]:
        """The days the funnel's steps were asked: one at each talk, until one gave an answer."""
        trin = range(1, int(str(niveau or 0)) + 1)
        return {str(nr): self.tid.foer(max(begyndt - 7 * nr, rettet)).isoformat() for nr in trin}

    def laegeattest(
        self,
        *,
        anmodet: int,
        modtaget: int | None = None,
        spoergsmaal: str,
        svar: str = "",
        rykker: int | None = None,
    ) -> None:
        """LÆ 265, asked for and received so many days ago; `svar` is what the doctor writes.

        `rykker`: the job made a reminder so many days ago, which nobody has sent.
        """
        bedt = self.tid.foer(anmodet)
        kom = self.tid.foer(modtaget) if modtaget else None
        attest = gem(
            Laegeattest(
                sag=self.sag,
                anmodet_dato=bedt,
                spoergsmaal=spoergsmaal,
                anmodet_af=self.foerste,
                konsultation_dato=kom - timedelta(days=3) if kom else None,
                modtaget_dato=kom,
                gyldig_til=self._aktuel_til(kom) if kom else None,
                dokument=self._attest_som_dokument(kom, svar) if kom else None,
            )
        )
        self._haendelse(attest, "laegeattest.anmodet", klok(bedt, "13.00"), self.foerste)
        if kom:
            self._haendelse(attest, "laegeattest.modtaget", klok(kom, "9.20"), self.foerste)
        if rykker:
            dag = self.tid.foer(rykker)
            raekke = gem(Laegeattestrykker(attest=attest, nr=1, dato=dag))
            self._haendelse(raekke, "laegeattest.rykker_dannet", klok(dag, "2.45"), None, nr=1)

    def _aktuel_til(self, modtaget: date) -> date:
        maaneder = self.scene.regelsaet.laegeattest_gyldig_maaneder
        return tilfoej(modtaget, maaneder, Enhed.MAANEDER)

    def _attest_som_dokument(self, dag: date, svar: str) -> Dokument:
        return self._dokument(
            Dokument.Art.LAEGEATTEST,
            "Lægeattest LÆ 265",
            dag,
            dokumenter.laegeattest(svar),
            er_dannet=False,
        )

    def _dokument(
        self, art: str, titel: str, dag: date, indhold: bytes, *, er_dannet: bool = True
    ) -> Dokument:
        tidspunkt = klok(dag, "14.00")
        af = self._ansvarlig_den(dag)
        dokument = gem(
            Dokument(
                sag=self.sag,
                art=art,
                titel=titel,
                dato=dag,
                indholdstype="application/pdf",
                indhold=indhold,
                antal_byte=len(indhold),
                sha256=hashlib.sha256(indhold).hexdigest(),
                er_dannet=er_dannet,
                oprettet_den=tidspunkt,
                oprettet_af=af,
            )
        )
        self._haendelse(dokument, "dokument.tilfoejet", tidspunkt, af, art=art)
        return dokument

    def kvalitetssikring(
        self,
        *,
        indsendt: int,
        afgjort: int | None = None,
        retur: str = "",
        bemaerkninger: Mapping[str, str] | None = None,
    ) -> None:
        """Handed in, and (by the faglig konsulent) approved, or returned with `retur`.

        `bemaerkninger` by section.
        """
        konsulent = self.hold["faglig_konsulent"]
        sendt = klok(self.tid.foer(indsendt), "14.10")
        svar = klok(self.tid.foer(afgjort), "11.05") if afgjort else None
        resultat = ("retur" if retur else "godkendt") if svar else ""
        ks = gem(
            Kvalitetssikring(
                sag=self.sag,
                forberedende_del=self.del_,
                indsendt_den=sendt,
                indsendt_af=self.foerste,
                resultat=resultat,
                begrundelse=retur,
                bemaerkninger=dict(bemaerkninger or {}),
                afgjort_af=konsulent if svar else None,
                afgjort_den=svar,
            )
        )
        self._gaa_til(Fase.KVALITETSSIKRING, sendt, self.foerste)
        self._haendelse(ks, "kvalitetssikring.indsendt", sendt, self.foerste)
        if svar:
            self._gaa_til(Fase.FORBEREDELSE if retur else Fase.MOEDE, svar, konsulent)
            self._haendelse(ks, f"kvalitetssikring.{resultat}", svar, konsulent)
