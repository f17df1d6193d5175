"""The team's meeting, its recommendation, and the municipality's decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from borgere.models import Dokument, Fase, Tildeling
from rehabilitering.dokumenter import afgoerelsesbrev, indstillingens_titel, indstillingsbrev
from rehabilitering.models import (
    Afgoerelse,
    Dagsordenspunkt,
    Indsatstype,
    Indstilling,
    Indstillingslinje,
    Indstillingsudlevering,
    Indstillingsversion,
    Moededeltager,
    Sagspakke,
    Teammoede,
    Udfald,
)
from rehabilitering.services import indstillingsversion
from rehabilitering.services.moede import adgang_til
from rehabilitering.varighed import sidste_dag
from ressource.demo import dokumenter
from ressource.demo.bygger import Scene
from ressource.demo.bygger_forberedelse import Forberedelsesbygger
from ressource.demo.raekker import gem
from ressource.demo.tid import klok

F = Moededeltager.Fagomraade
FAST_HOLD = (
    ("moedeleder", F.BESKAEFTIGELSE, "Bevilling til 50.000 kr."),
    ("teammedlem", F.SOCIAL, "Bostøtte op til 6 timer om ugen"),
    ("ali.demir", F.SUNDHED, "Kommunens sundhedstilbud"),
    ("sundhedskoordinator", F.REGION, ""),
    ("virksomhedskonsulent", F.VIRKSOMHED, ""),
)
# Agendas are made this long before the meeting.
DAGSORDEN_DAGE = 8


@dataclass(frozen=True)
class Linje:
    """One line of an indstilling."""

    kode: str
    formaal: str
    betydning: str = ""
    ansvarlig: str = "Lene Krog"


def teammoede(scene: Scene, dag: date) -> Teammoede:
    """The team's meeting on `dag`; one a day, made when the first case needs it."""
    if dag not in scene.moeder:
        scene.moeder[dag] = _opret_moede(scene, dag)
    return scene.moeder[dag]


def _opret_moede(scene: Scene, dag: date) -> Teammoede:
    oprettet = klok(scene.tid.foer(max((scene.tid.i_dag - dag).days, 0) + 30), "9.00")
    moede = gem(
        Teammoede(
            dato=dag,
            start=time(9, 0),
            slut=time(12, 30),
            sted="Rådhuset, mødelokale 4",
            kapacitet=5,
            minutter_pr_sag=40,
            moedeleder=scene.hold["moedeleder"],
            oprettet_af=scene.hold["moedekoordinator"],
            oprettet_den=oprettet,
        )
    )
    for brugernavn, fagomraade, mandat in FAST_HOLD:
        saet_i_moede(scene, moede, brugernavn, fagomraade, mandat)
    scene.haendelse(
        moede, "moede.oprettet", oprettet, scene.hold["moedekoordinator"], dato=dag.isoformat()
    )
    return moede


def saet_i_moede(
    scene: Scene, moede: Teammoede, brugernavn: str, fagomraade: str, mandat: str = ""
) -> None:
    """Let somebody sit in the meeting; those of the past were there."""
    gem(
        Moededeltager(
            moede=moede,
            bruger=scene.hold[brugernavn],
            fagomraade=fagomraade,
            mandat=mandat,
            var_til_stede=True if moede.dato < scene.tid.i_dag else None,
        )
    )


def _skrevet_af_teamet(udfald: str) -> dict[str, str]:
    """What every team writes beside its reasons."""
    faelles = {
        "sundhedskoordinators_vurdering": (
            "Helbredet er belyst. Det er forsvarligt at begynde med få timer og tage pauser."
        ),
        "muligheder": "Der er mulighed for job på en arbejdsplads, som kan tage hensyn til helbredet.",
    }
    if udfald == Udfald.RESSOURCEFORLOEB:
        faelles["maalgruppebetingelse"] = "1"
    return faelles


class Moedebygger(Forberedelsesbygger):
    """Agenda, indstilling and afgørelse."""

    moede: Teammoede
    punkt: Dagsordenspunkt
    indstilling_: Indstilling
    afgoerelse_: Afgoerelse
    linjer: Sequence[Indstillingslinje]
    # First and last day that the decision grants.
    periode: tuple[date, date]

    def paa_dagsorden(self, dag: date, *, sat_paa: int | None = None, udgivet: bool = True) -> None:
        """Last on the agenda of the meeting on `dag`; published, the members may read the case."""
        self.moede = teammoede(self.scene, dag)
        koordinator = self.hold["moedekoordinator"]
        dage = sat_paa or (self.tid.i_dag - dag).days + DAGSORDEN_DAGE
        sat = klok(self.tid.foer(dage), "10.30")
        self.punkt = gem(
            Dagsordenspunkt(
                moede=self.moede,
                sag=self.sag,
                raekkefoelge=self.moede.punkter.count() + 1,
                sat_paa_af=koordinator,
                sat_paa_den=sat,
                behandlet_den=klok(dag, "11.50") if dag < self.tid.i_dag else None,
            )
        )
        self._haendelse(self.punkt, "moede.sag_sat_paa", sat, koordinator, moede=self.moede.pk)
        if udgivet:
            self._udgiv_sagspakke(sat + timedelta(minutes=40))

    def _udgiv_sagspakke(self, hvornaar: datetime) -> None:
        """The package to the team, whose PDFs are made when somebody reads it."""
        koordinator = self.hold["moedekoordinator"]
        pakke = gem(Sagspakke(punkt=self.punkt, nr=1, udgivet_den=hvornaar, udgivet_af=koordinator))
        self._haendelse(pakke, "sagspakke.udgivet", hvornaar, koordinator, nr=1)
        for deltager in self.moede.deltagere.all():
            gem(
                Tildeling(
                    sag=self.sag,
                    bruger_id=deltager.bruger_id,
                    art=Tildeling.Art.TEAMMOEDE,
                    fra_dato=hvornaar.date(),
                    til_dato=adgang_til(self.moede, self.sag),
                )
            )

    def indstilling(
        self,
        *,
        maal: str,
        begrundelse: str,
        maaneder: int | None,
        linjer: Sequence[Linje] = (),
        udfald: str = Udfald.RESSOURCEFORLOEB,
        **felter: str,
    ) -> None:
        """Finalised by the chair at the meeting the case was put on."""
        leder, tidspunkt = self.moede.moedeleder, klok(self.moede.dato, "11.50")
        self.indstilling_ = gem(
            Indstilling(
                punkt=self.punkt,
                sag=self.sag,
                moede_dato=self.moede.dato,
                udfald=udfald,
                begrundelse=begrundelse,
                varighed_maaneder=maaneder,
                maal=maal,
                maal_art=self.del_.maal_art if maal else "",
                **_skrevet_af_teamet(udfald) | felter,
                afsluttet_den=tidspunkt,
                afsluttet_af=leder,
                laas=2,
            )
        )
        typer = Indsatstype.objects.in_bulk([linje.kode for linje in linjer], field_name="kode")
        self.linjer = [
            gem(
                Indstillingslinje(
                    indstilling=self.indstilling_,
                    nr=nr,
                    indsatstype=typer[linje.kode],
                    beskrivelse=typer[linje.kode].navn,
                    formaal=linje.formaal,
                    betydning_for_maal=linje.betydning,
                    start_dato=self.moede.dato + timedelta(days=14),
                    ansvarlig=linje.ansvarlig,
                )
            )
            for nr, linje in enumerate(linjer, start=1)
        ]
        self.version("", tidspunkt)
        self._gaa_til(Fase.INDSTILLING, klok(self.moede.dato, "11.10"), leder)
        self._gaa_til(Fase.AFGOERELSE, tidspunkt, leder)
        self._haendelse(self.indstilling_, "indstilling.afsluttet", tidspunkt, leder)

    def version(self, begrundelse: str, tidspunkt: datetime) -> None:
        """Keep the indstilling as it stands as its next version; with a reason, a correction."""
        leder, indstilling = self.moede.moedeleder, self.indstilling_
        indstilling.version += 1
        indstilling.save()
        gem(
            Indstillingsversion(
                indstilling=indstilling,
                nr=indstilling.version,
                indhold=indstillingsversion.indhold(indstilling),
                begrundelse=begrundelse,
                afsluttet_den=tidspunkt,
                afsluttet_af=leder,
            )
        )
        if begrundelse:
            self._haendelse(
                indstilling, "indstilling.rettet", tidspunkt, leder, nr=indstilling.version
            )

    def udleveret(self, dage: int, bemaerkning: str = "") -> None:
        """The citizen got the version in force in the hand, and it was gone through."""
        dag, indstilling = self.tid.foer(dage), self.indstilling_
        brev = dokumenter.eller_tom(lambda: indstillingsbrev(indstilling))
        titel = indstillingens_titel(indstilling)
        udlevering = gem(
            Indstillingsudlevering(
                indstilling=indstilling,
                version=indstilling.version,
                dato=dag,
                maade=Indstillingsudlevering.Maade.UDLEVERET,
                er_gennemgaaet=True,
                bemaerkning=bemaerkning,
                dokument=self._dokument(Dokument.Art.INDSTILLING, titel, dag, brev),
                registreret_af=self._ansvarlig_den(dag),
                registreret_den=klok(dag, "12.40"),
            )
        )
        self._haendelse(
            udlevering,
            "indstilling.udleveret",
            klok(dag, "12.40"),
            udlevering.registreret_af,
            maade=udlevering.maade,
        )

    def afgoerelse(self, *, truffet: int, begynder: int, med_brev: bool = True) -> None:
        """Follows the indstilling; made `truffet` days ago, in force from `begynder` days ago."""
        dag, fra = self.tid.foer(truffet), self.tid.foer(begynder)
        slut = sidste_dag(fra, self.indstilling_.varighed_maaneder or 0)
        self.periode = (fra, slut)
        af, regelsaet = self._ansvarlig_den(dag), self.scene.regelsaet
        afgoerelse = Afgoerelse(
            sag=self.sag,
            indstilling=self.indstilling_,
            udfald=self.indstilling_.udfald,
            virkning_fra=fra,
            uden_moede_grund="",
            maalgruppebetingelse="1",
            faktum=(
                "Du har fået offentlig hjælp i lang tid. Vi har den forberedende del, som du selv "
                "har været med til at skrive, og din læges attest."
            ),
            uden_partshoering_grund="Borgeren kender alle oplysninger fra mødet",
            regelsaet=regelsaet,
            klagefrist_uger=regelsaet.klagefrist_uger,
            begrundelse=(
                f"Teamet indstiller til ressourceforløb. {self.indstilling_.begrundelse} "
                "Kommunen er enig og følger indstillingen."
            ),
            slut_dato=slut,
            hjemmel=regelsaet.hjemmel("ressourceforloeb"),
            klagevejledning=regelsaet.klagevejledning,
            skrevet_af=af,
            afsluttet_den=klok(dag, "13.15"),
            afsluttet_af=af,
            afgoerelse_dato=dag,
            modtaget_dato=dag,
            laas=2,
        )
        if med_brev:
            brev = dokumenter.eller_tom(lambda: afgoerelsesbrev(afgoerelse))
            titel = "Afgørelse om ressourceforløb"
            afgoerelse.brev = self._dokument(Dokument.Art.AFGOERELSE, titel, dag, brev)
        self.afgoerelse_ = gem(afgoerelse)
        self._gaa_til(Fase.PLAN, klok(dag, "13.15"), af)
        self._haendelse(afgoerelse, "afgoerelse.truffet", klok(dag, "13.15"), af)
