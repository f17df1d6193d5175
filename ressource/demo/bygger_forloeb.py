"""The forløb: goals, efforts, approved plans and follow-ups."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from borgere.models import Dokument, Fase
from indsatsplan import billede
from indsatsplan.borgerplan import KONKRETE_MAANEDER
from indsatsplan.dokumenter import borgerens_plan
from indsatsplan.models import (
    Indsats,
    Indsatsplan,
    Linjeforklaring,
    Maal,
    Ressourceforloeb,
)
from opfoelgning.models import Opfoelgningsmoede, Opfoelgningspunkt
from rehabilitering.models import Indsatstype
from ressource.datoer import Enhed, tilfoej
from ressource.demo import dokumenter, maaltekster, trapper, virksomheder
from ressource.demo.bygger_moede import Moedebygger
from ressource.demo.raekker import gem
from ressource.demo.tid import klok

Status = Indsats.Status


@dataclass(frozen=True)
class Indsatsdata:
    """An effort of the plan. Days are counted back from today; negative ones lie ahead."""

    kode: str
    beskrivelse: str
    formaal: str
    fra: int
    til: int
    maal: int = 1
    # Which line of the indstilling it carries out; 0: added, and `tilfoejet` says why.
    linje: int = 0
    tilfoejet: str = "Aftalt med borgeren ved en opfølgning"
    timer: str = ""
    ansvarlig: str = "Lene Krog"
    status: str = ""
    er_skitse: bool = False
    skaanehensyn: str = ""


@dataclass(frozen=True)
class Moedereferat:
    """A held follow-up: days ago, what was said, and what was said of each effort (by its code)."""

    dage: int
    referat: str
    punkter: Sequence[tuple[str, str, str]] = ()
    mentor: str = ""
    sted: str = "Rådhuset, mødelokale 2"
    form: str = Opfoelgningsmoede.Form.PERSONLIGT
    skitse: str = ""
    # The goal they spoke of, when it was another than the plan's, and why.
    maal: str = ""
    maal_begrundelse: str = ""


class Forloebsbygger(Moedebygger):
    """Everything after the decision."""

    forloeb_: Ressourceforloeb
    maal_: list[Maal]
    indsatser_: dict[str, Indsats]

    def forloeb(self, *maal: str, foerste: str = "", begrundelse: str = "") -> None:
        """Begins with the decision. The first of the goals is the indstilling's, or `foerste`."""
        dag = self.afgoerelse_.afgoerelse_dato or self.oprettet
        af = self._ansvarlig_den(dag)
        self.forloeb_ = gem(
            Ressourceforloeb(
                sag=self.sag,
                borger=self.borger,
                afgoerelse=self.afgoerelse_,
                start_dato=self.periode[0],
                slut_dato=self.periode[1],
                afsluttet_dato=self.sag.afsluttet_dato,
            )
        )
        tekster = [foerste or self.indstilling_.maal, *maal]
        self.maal_ = [
            gem(
                Maal(
                    forloeb=self.forloeb_,
                    rang=rang,
                    tekst=tekst,
                    art=self.indstilling_.maal_art if rang == 1 else "",
                    begrundelse=begrundelse if rang == 1 else "",
                    laas=maaltekster.laasetal(tekst),
                )
            )
            for rang, tekst in enumerate(tekster, start=1)
        ]
        for et_maal in self.maal_:
            maaltekster.skriv(et_maal, self._dag, self._skete_klokken)
        self.indsatser_ = {}
        self._haendelse(self.forloeb_, "forloeb.begyndt", klok(dag, "13.16"), af)

    def indsats(self, *indsatser: Indsatsdata) -> None:
        """Put efforts in the plan. What has a first day in the past has begun that day."""
        typer = Indsatstype.objects.in_bulk([i.kode for i in indsatser], field_name="kode")
        for data in indsatser:
            indsats = gem(self._indsats(data, typer[data.kode]))
            self.indsatser_[data.kode] = indsats
            trapper.skriv(indsats, self._dag)
            if indsats.indsatstype.er_praktik:
                virksomheder.praktik(indsats)
            if indsats.faktisk_start:
                self._skete(indsats, "plan.indsats_begyndt", indsats.faktisk_start)
            if indsats.faktisk_slut:
                self._skete(
                    indsats, "plan.indsats_slut", indsats.faktisk_slut, status=indsats.status
                )

    def _skete_klokken(self, maal: Maal, kode: str, tidspunkt: datetime, **data: int) -> None:
        self._haendelse(maal, kode, tidspunkt, self._ansvarlig_den(tidspunkt.date()), **data)

    def _skete(self, indsats: Indsats, kode: str, dag: date, **data: str) -> None:
        self._haendelse(indsats, kode, klok(dag, "15.40"), self._ansvarlig_den(dag), **data)

    def _dag(self, dage: int) -> date:
        return self.tid.foer(dage) if dage > 0 else self.tid.om(-dage)

    def _indsats(self, data: Indsatsdata, indsatstype: Indsatstype) -> Indsats:
        fra, til = self._dag(data.fra), self._dag(data.til)
        begyndt, sluttet = data.fra > 0, data.fra > 0 and data.til > 0
        status = data.status or (
            Status.AFSLUTTET if sluttet else Status.I_GANG if begyndt else Status.PLANLAGT
        )
        return Indsats(
            forloeb=self.forloeb_,
            maal=self.maal_[data.maal - 1],
            indsatstype=indsatstype,
            beskrivelse=data.beskrivelse,
            formaal=data.formaal,
            linje=self.linjer[data.linje - 1] if data.linje else None,
            tilfoejet_begrundelse="" if data.linje else data.tilfoejet,
            status=status,
            planlagt_start=fra,
            planlagt_slut=til,
            faktisk_start=fra if begyndt else None,
            faktisk_slut=til if sluttet else None,
            timer_pr_uge=Decimal(data.timer) if data.timer else None,
            ansvarlig=data.ansvarlig,
            opgaver=self.indstilling_.mentor_opgaver if indsatstype.er_mentor else "",
            er_skitse=data.er_skitse,
            skaanehensyn=data.skaanehensyn,
        )

    def erstattet(self, linje: int, indsats: str, begrundelse: str, *, dage: int) -> None:
        """The indstilling's line no. `linje` became the effort of the kind `indsats` instead."""
        dag = self._dag(dage)
        af = self._ansvarlig_den(dag)
        forklaring = Linjeforklaring(
            forloeb=self.forloeb_,
            linje=self.linjer[linje - 1],
            erstattet_af=self.indsatser_[indsats],
            begrundelse=begrundelse,
            noteret_af=af,
            noteret_den=klok(dag, "15.45"),
        )
        self._haendelse(gem(forklaring), "plan.linje_forklaret", klok(dag, "15.45"), af, nr=linje)

    def plan(
        self,
        *,
        begyndt: int,
        godkendt: Sequence[int] = (),
        kladde: int = 0,
        med_pdf: bool = False,
    ) -> None:
        """Versions of the plan, approved with the citizen so many days ago; without any, a draft.

        Each keeps goals and efforts as they were. `kladde`: so many days ago the next was begun.
        """
        for nr, dage in enumerate(godkendt or (0,), start=1):
            dag = self.tid.foer(dage) if dage else None
            af = self._ansvarlig_den(dag or self.tid.foer(1))
            plan = gem(
                Indsatsplan(
                    forloeb=self.forloeb_,
                    nr=nr,
                    borger_enig="enig" if dag else "",
                    indhold=self._indhold(dag, er_sidste=nr == len(godkendt)) if dag else {},
                    oprettet_af=af,
                    oprettet_den=klok(self.tid.foer(begyndt if nr == 1 else dage + 7), "13.17"),
                    godkendt_dato=dag,
                    godkendt_den=klok(dag, "11.40") if dag else None,
                    godkendt_af=af if dag else None,
                )
            )
            kode = "plan.begyndt" if nr == 1 else "plan.ny_version"
            self._haendelse(plan, kode, plan.oprettet_den, af, nr=nr)
            if dag:
                self._haendelse(plan, "plan.godkendt", klok(dag, "11.40"), af, nr=nr)
        if godkendt:
            self._gaa_til(
                Fase.OPFOELGNING, klok(self.tid.foer(godkendt[0]), "11.41"), self.ansvarlig
            )
        if med_pdf and dag:
            self._gem_borgerens_plan(plan, dag)
        if kladde:
            self._kladde(len(godkendt) + 1, self.tid.foer(kladde))

    def _kladde(self, nr: int, dag: date) -> None:
        af, tidspunkt = self._ansvarlig_den(dag), klok(dag, "13.17")
        plan = gem(
            Indsatsplan(forloeb=self.forloeb_, nr=nr, oprettet_af=af, oprettet_den=tidspunkt)
        )
        self._haendelse(plan, "plan.ny_version", tidspunkt, af, nr=nr)

    def _indhold(self, dag: date, *, er_sidste: bool) -> dict[str, Any]:
        """The picture of goals and efforts as it was on `dag`, when later facts were only planned.

        The last version has all of them, an earlier one those of its three concrete months.
        """
        graense = date.max if er_sidste else tilfoej(dag, KONKRETE_MAANEDER, Enhed.MAANEDER)
        indsatser = [i for i in self.forloeb_.indsatser.til_plan() if i.planlagt_start <= graense]
        for indsats in indsatser:
            if indsats.faktisk_slut and indsats.faktisk_slut > dag:
                indsats.faktisk_slut, indsats.status = None, Status.I_GANG
            if indsats.faktisk_start and indsats.faktisk_start > dag:
                indsats.faktisk_start, indsats.status = None, Status.PLANLAGT
        maal = billede.af_raekker(self.maal_, indsatser)
        return billede.til_json(maaltekster.som_den(m, dag, self._dag) for m in maal)

    def _gem_borgerens_plan(self, plan: Indsatsplan, dag: date) -> None:
        pdf = dokumenter.eller_tom(lambda: borgerens_plan(plan, tidspunkt=klok(dag, "12.00")))
        self._dokument(Dokument.Art.PLAN, f"Indsatsplan, version {plan.nr}", dag, pdf)

    def opfoelgninger(
        self, *referater: Moedereferat, naeste: tuple[date, str, str] | None = None
    ) -> None:
        """The follow-ups held, oldest first, and the next one: date, time and place."""
        dage = [self.tid.foer(referat.dage) for referat in referater]
        kommende = None
        if naeste:
            aftalt = dage[-1] if dage else self.tid.i_dag
            kommende = self._aftalt(len(referater) + 1, *naeste, aftalt=aftalt)
        for nr, referat in reversed(list(enumerate(referater, start=1))):
            # Each was agreed as the one before was closed; the first a week ahead.
            aftalt = dage[nr - 2] if nr > 1 else dage[0] - timedelta(days=7)
            kommende = self._holdt(nr, referat, kommende, aftalt)

    def _aftalt(
        self, nr: int, dag: date, tidspunkt: str, sted: str, *, aftalt: date
    ) -> Opfoelgningsmoede:
        return gem(
            Opfoelgningsmoede(
                sag=self.sag,
                nr=nr,
                tidspunkt=klok(dag, tidspunkt),
                sted=sted,
                aftalt_af=self.ansvarlig,
                aftalt_dato=aftalt,
            )
        )

    def _holdt(
        self, nr: int, referat: Moedereferat, naeste: Opfoelgningsmoede | None, aftalt: date
    ) -> Opfoelgningsmoede:
        dag = self.tid.foer(referat.dage)
        af = self._ansvarlig_den(dag)
        moede = gem(
            Opfoelgningsmoede(
                sag=self.sag,
                nr=nr,
                tidspunkt=klok(dag, "13.00"),
                sted=referat.sted,
                form=referat.form,
                status=Opfoelgningsmoede.Status.AFHOLDT,
                aftalt_af=af,
                aftalt_dato=aftalt,
                afholdt_dato=dag,
                referat=referat.referat,
                maal=referat.maal or self.maal_[0].tekst,
                maal_begrundelse=referat.maal_begrundelse,
                mentor_var_med=not referat.mentor,
                uden_mentor_begrundelse=referat.mentor,
                skitse=referat.skitse,
                naeste=naeste,
                uden_naeste_begrundelse="" if naeste else "Vi aftaler en dag på telefon",
                lukket_den=klok(dag, "14.10"),
                lukket_af=af,
                laas=1,
            )
        )
        for kode, skete, tre_maaneder in referat.punkter:
            gem(
                Opfoelgningspunkt(
                    moede=moede,
                    indsats=self.indsatser_[kode],
                    hvad_skete=skete,
                    naeste_tre_maaneder=tre_maaneder,
                )
            )
        self._haendelse(moede, "opfoelgning.holdt", klok(dag, "14.10"), af)
        return moede
