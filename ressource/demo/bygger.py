"""One case told step by step: each method writes the rows and events of one thing that happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models

from borgere.models import (
    Borger,
    Fase,
    Journalnotat,
    Laegepraksis,
    Netvaerksperson,
    Personnummer,
    Sag,
    Samtykke,
    Tildeling,
)
from borgere.services import sagsnumre
from borgere.services.samtykke import senest_til
from rehabilitering.models import Teammoede
from ressource.datoer import EN_DAG
from ressource.demo.raekker import gem
from ressource.demo.tid import Tid, klok
from ressource.models import Bruger, Haendelse, Organisation, Regelsaet

# What each kind of recipient needs to know to do their part.
TYPER_FOR_MODTAGER = {
    "egen_laege": ["indstilling", "plan", "helbred"],
    "region": ["forberedende_del", "helbred"],
    "mentor": ["moeder", "plan"],
    "netvaerk": ["moeder", "plan"],
}
# Somebody from outside is never in a case circle without an end.
EKSTERN_DAGE = 365


@dataclass
class Scene:
    """What the stories share: the clock, the staff, the rule set and the team's meetings."""

    tid: Tid
    hold: Mapping[str, Bruger]
    regelsaet: Regelsaet
    laegehus: Laegepraksis
    moeder: dict[date, Teammoede] = field(default_factory=dict)
    # The cases told so far, by the citizen's first name, which none of them shares.
    sager: dict[str, Sag] = field(default_factory=dict)
    personer: int = 0
    _haendelser: list[Haendelse] = field(default_factory=list)

    def haendelse(
        self,
        objekt: models.Model,
        kode: str,
        tidspunkt: datetime,
        af: Bruger | None,
        *,
        sag: Sag | None = None,
        **data: Any,
    ) -> None:
        """Note that `af` (None: a job) did something; `data` must hold no personal or health text."""
        self._haendelser.append(
            Haendelse(
                tidspunkt=tidspunkt,
                kode=kode,
                af=af,
                objekt_type=objekt._meta.label_lower,
                objekt_id=objekt.pk,
                sag_id=sag.pk if sag else None,
                data=data,
            )
        )

    def skriv_haendelser(self) -> None:
        """Write what was noted in order of time, as the log would hold it."""
        for haendelse in sorted(self._haendelser, key=lambda h: h.tidspunkt):
            gem(haendelse)


@dataclass(frozen=True)
class Person:
    """A citizen; `foedt` is day and month, the year follows from the age."""

    fornavn: str
    efternavn: str
    alder: int
    koen: str
    foedt: tuple[int, int]
    andet: Mapping[str, Any] = field(default_factory=dict)
    # A foreign identifier, from before there was a Danish number.
    tidligere_id: str = ""

    def foedselsdato(self, i_dag: date) -> date:
        """Such that the citizen is `alder` years old today."""
        dag, maaned = self.foedt
        har_haft_foedselsdag = (maaned, dag) <= (i_dag.month, i_dag.day)
        return date(i_dag.year - self.alder - (not har_haft_foedselsdag), maaned, dag)


@dataclass(frozen=True)
class Ramme:
    """The case as it stands today. Days are counted back from today."""

    fase: Fase
    oprettet: int
    ansvarlig: str
    # Who had the case before, and how long ago the present one took over.
    foerste: str = ""
    overtaget: int = 0
    afsluttet: int | None = None
    aarsag: str = ""
    bemaerkning: str = ""


class Grundbygger:
    """Citizen, case, circle, consents and journal."""

    def __init__(self, scene: Scene, person: Person, ramme: Ramme) -> None:
        self.scene, self.person, self.ramme = scene, person, ramme
        self.tid, self.hold = scene.tid, scene.hold
        self.ansvarlig = self.hold[ramme.ansvarlig]
        self.foerste = self.hold[ramme.foerste or ramme.ansvarlig]
        self.oprettet = self.tid.foer(ramme.oprettet)
        self.borger = self._opret_borger()
        self.sag = self._opret_sag()
        scene.sager[person.fornavn] = self.sag
        self._opret_tildelinger()

    def _opret_borger(self) -> Borger:
        self.scene.personer += 1
        foedt = self.person.foedselsdato(self.tid.i_dag)
        felter: dict[str, Any] = {
            "telefon": f"70 00 20 {self.scene.personer:02d}",
            "adresse": f"Egelundsvej {self.scene.personer}",
            "postnummer": "9999",
            "by": "Egelund",
            "laegepraksis": self.scene.laegehus,
            "oprettet_den": klok(self.oprettet, "9.05"),
            **self.person.andet,
        }
        borger = gem(
            Borger(
                fornavn=self.person.fornavn,
                efternavn=self.person.efternavn,
                foedselsdato=foedt,
                koen=self.person.koen,
                **felter,
            )
        )
        self._giv_numre(borger)
        return borger

    def _giv_numre(self, borger: Borger) -> None:
        """The number, and the foreign one it took the place of some months before the case."""
        dansk = Personnummer(
            borger=borger,
            nummer=self._fiktivt_nummer(borger.foedselsdato),
            art=Personnummer.Art.ERSTATNING,
            fra_dato=borger.foedselsdato,
        )
        if self.person.tidligere_id:
            dansk.fra_dato = self.oprettet - timedelta(days=140)
            dansk.aarsag = Personnummer.Aarsag.UDENLANDSK
            gem(
                Personnummer(
                    borger=borger,
                    nummer=self.person.tidligere_id,
                    art=Personnummer.Art.UDENLANDSK,
                    fra_dato=dansk.fra_dato - timedelta(days=400),
                    til_dato=dansk.fra_dato - timedelta(days=1),
                )
            )
        gem(dansk)

    def _fiktivt_nummer(self, foedt: date) -> str:
        """Day + 60 (domain.md 5.2); far from the serials the generator counts up from."""
        aarhundrede = 7 if foedt.year >= 2000 else 3
        ulige = 1 if self.person.koen == Borger.Koen.MAND else 2
        loebenr = f"{aarhundrede}{self.scene.personer:02d}{ulige}"
        return f"{foedt.day + 60}{foedt:%m%y}{loebenr}"

    def _opret_sag(self) -> Sag:
        ramme = self.ramme
        slut = self.tid.foer(ramme.afsluttet) if ramme.afsluttet is not None else None
        sag = gem(
            Sag(
                sagsnummer=sagsnumre(self.oprettet.year)[0],
                borger=self.borger,
                fase=ramme.fase,
                regelsaet=self.scene.regelsaet,
                team=self.ansvarlig.team,
                oprettet_dato=self.oprettet,
                oprettet_af=self.foerste,
                afsluttet_dato=slut,
                afslutningsaarsag=ramme.aarsag,
                afslutningsbemaerkning=ramme.bemaerkning,
                afsluttet_af=self.ansvarlig if slut else None,
            )
        )
        oprettet = klok(self.oprettet, "9.10")
        self.scene.haendelse(sag, "sag.oprettet", oprettet, self.foerste, sag=sag)
        if slut:
            sluttet = klok(slut, "14.30")
            self.scene.haendelse(sag, "sag.afsluttet", sluttet, self.ansvarlig, sag=sag)
        return sag

    def _opret_tildelinger(self) -> None:
        slut = self.sag.afsluttet_dato
        fra = self.oprettet
        if self.ramme.foerste:
            overtaget = self.tid.foer(self.ramme.overtaget)
            self._giv_plads(
                self.foerste, Tildeling.Art.ANSVARLIG, fra, overtaget - timedelta(days=1)
            )
            fra = overtaget
        self._giv_plads(self.ansvarlig, Tildeling.Art.ANSVARLIG, fra, slut)

    def _giv_plads(self, bruger: Bruger, art: str, fra: date, til: date | None) -> None:
        if til is None and bruger.organisation != Organisation.KOMMUNE:
            til = self.tid.i_dag + timedelta(days=EKSTERN_DAGE)
        plads = gem(Tildeling(sag=self.sag, bruger=bruger, art=art, fra_dato=fra, til_dato=til))
        self._haendelse(plads, "sag.tildelt", klok(fra, "9.15"), self.foerste, art=art)

    def _haendelse(
        self, objekt: models.Model, kode: str, tidspunkt: datetime, af: Bruger | None, **data: Any
    ) -> None:
        self.scene.haendelse(objekt, kode, tidspunkt, af, sag=self.sag, **data)

    def _gaa_til(self, fase: Fase, tidspunkt: datetime, af: Bruger) -> None:
        self._haendelse(self.sag, "sag.fase", tidspunkt, af, til=str(fase))

    def knyt(self, *brugernavne: str, art: str = Tildeling.Art.MEDVIRKENDE, dage: int) -> None:
        """Put colleagues in the circle since `dage` days ago."""
        for navn in brugernavne:
            self._giv_plads(self.hold[navn], art, self.tid.foer(dage), self.sag.afsluttet_dato)

    def netvaerk(
        self,
        navn: str,
        relation: str,
        holdning: str = "medspiller",
        barrierer: str = "",
        *,
        samtykke: str = "",
        dage: int = 0,
    ) -> None:
        """A person around the citizen; with `samtykke` (what about) a consent `dage` days ago."""
        person = gem(
            Netvaerksperson(
                borger=self.borger,
                navn=navn,
                relation=relation,
                holdning=holdning,
                barrierer=barrierer,
                oensket_deling=TYPER_FOR_MODTAGER["netvaerk"] if samtykke else [],
            )
        )
        dag = self.tid.foer(dage) if dage else self.oprettet
        self._haendelse(person, "netvaerk.tilfoejet", klok(dag, "10.40"), self.foerste)
        if samtykke:
            self._samtykke(Samtykke.Modtager.NETVAERK, samtykke, dag, person)

    def samtykker(self, *modtagere: str, dage: int, om: str = "Helbred og arbejdsevne") -> None:
        """Consents to share with authorities and helpers, given `dage` days ago."""
        for modtager in modtagere:
            self._samtykke(modtager, om, self.tid.foer(dage))

    def _samtykke(
        self, modtager: str, om: str, dag: date, person: Netvaerksperson | None = None
    ) -> None:
        """A consent that covers what the recipient usually needs (`TYPER_FOR_MODTAGER`).

        It is renewed each time it runs out, as it is in a case that is looked after.
        """
        while dag <= self.tid.i_dag:
            samtykke = gem(
                Samtykke(
                    borger=self.borger,
                    modtager=modtager,
                    netvaerksperson=person,
                    informationstyper=TYPER_FOR_MODTAGER[str(modtager)],
                    oplysninger=om,
                    fra_dato=dag,
                    til_dato=senest_til(dag),
                    givet=Samtykke.Givet.UNDERSKREVET,
                    registreret_af=self.foerste,
                )
            )
            self._haendelse(
                samtykke, "samtykke.givet", klok(dag, "11.00"), self.foerste, modtager=modtager
            )
            dag = samtykke.til_dato + EN_DAG

    def notater(self, *notater: Sequence[Any]) -> None:
        """Journal notes: days ago, heading, text, shared or not, and the author when it is another."""
        for dage, overskrift, tekst, delt, *forfatter in notater:
            dag = self.tid.foer(dage)
            af = self.hold[forfatter[0]] if forfatter else self._ansvarlig_den(dag)
            notat = gem(
                Journalnotat(
                    sag=self.sag,
                    dato=dag,
                    overskrift=overskrift,
                    tekst=tekst,
                    er_delt=delt,
                    forfatter=af,
                    oprettet_den=klok(dag, "15.20"),
                )
            )
            self._haendelse(notat, "journal.notat", klok(dag, "15.20"), af, er_delt=delt)

    def _ansvarlig_den(self, dag: date) -> Bruger:
        if self.ramme.foerste and dag < self.tid.foer(self.ramme.overtaget):
            return self.foerste
        return self.ansvarlig
