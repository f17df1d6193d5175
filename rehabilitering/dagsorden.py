"""Reading an agenda: who is ready for one, when each case's turn is, and whom it needs there.

The mødekoordinator plans with these rows and is in no case circle, so they hold what domain.md 3
lets that role see: name, case number, step and flags. Never a word of health or of the case's text.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from django.db.models import (
    DateField,
    DateTimeField,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
)
from django.utils import timezone

from borgere.models import Borger, Fase, Inhabilitet, Sag, Tildeling
from rehabilitering import deltagerkrav
from rehabilitering.deltagerkrav import Kravstatus, krav_til
from rehabilitering.models import (
    Dagsordenspunkt,
    Fagomraade,
    Kvalitetssikring,
    Laegeattest,
    Moedepause,
    Punktdeltager,
    Teammoede,
)
from rehabilitering.moedetider import Forloeb, Plads, Tur, forloeb
from ressource.dansk import dato as dansk_dato
from ressource.kalender import i_dag
from ressource.models import Bruger

_PAKKE_KLAR = ("info", "Pakke klar, ikke sendt")
NAVN_BESKYTTET = "Navn beskyttet"
# Seats that every meeting has: a case's line names them only when one is empty.
FASTE = frozenset({Fagomraade.BESKAEFTIGELSE, Fagomraade.SOCIAL, Fagomraade.SUNDHED})
# Who beside the members comes to a case, as the line says it.
LEDSAGERE: dict[str, str] = {
    Punktdeltager.Art.PARTSREPRAESENTANT: "Partsrepræsentant meldt til",
    Punktdeltager.Art.VAERGE: "Værge meldt til",
    Punktdeltager.Art.BISIDDER: "Bisidder meldt til",
    Punktdeltager.Art.NETVAERK: "Netværk meldt til",
    Punktdeltager.Art.TOLK: "Tolk bestilt",
}


def _seneste(felt: str) -> Subquery:
    """A field of the case's latest quality assurance."""
    alle = Kvalitetssikring.objects.filter(sag=OuterRef("pk")).order_by("-pk")
    return Subquery(
        alle.values(felt)[:1],
        output_field=DateTimeField() if felt == "afgjort_den" else None,
    )


def kandidater(dato: date) -> QuerySet[Any]:
    """Cases that wait for a meeting, longest wait first, seen for a meeting on `dato`.

    With `godkendt_den`, `har_attest` (a LÆ 265 that is current on `dato`) and `attest_til` (until
    when the latest received one was). Quality assured by their step and by the latest judgement.
    """
    return _med_klarhed(Sag.objects.filter(fase=Fase.MOEDE), dato)


def _med_klarhed(sager: QuerySet[Any], dato: date) -> QuerySet[Any]:
    attester = Laegeattest.objects.filter(sag=OuterRef("pk"))
    modtagne = attester.filter(modtaget_dato__isnull=False, returneret_dato=None)
    med: QuerySet[Any] = (
        sager.annotate(
            godkendt_den=_seneste("afgjort_den"),
            kvalitet=_seneste("resultat"),
            har_attest=Exists(attester.aktuelle(dato)),
            attest_til=Subquery(
                modtagne.order_by("-gyldig_til").values("gyldig_til")[:1], output_field=DateField()
            ),
            er_paa_dagsorden=Exists(Dagsordenspunkt.objects.aabne().filter(sag=OuterRef("pk"))),
        )
        .select_related("borger", "regelsaet")
        .order_by("godkendt_den", "pk")
    )
    return med


def venter_paa_dagsorden(dato: date) -> QuerySet[Any]:
    """`kandidater` that are approved and on no open agenda; some may still lack a LÆ 265."""
    return kandidater(dato).filter(
        kvalitet=Kvalitetssikring.Resultat.GODKENDT, er_paa_dagsorden=False
    )


def klar_til_dagsorden(dato: date, bruger: Bruger) -> QuerySet[Any]:
    """Those of `venter_paa_dagsorden` that `bruger` may put on a meeting on `dato`."""
    return venter_paa_dagsorden(dato).filter(har_attest=True).exclude(inhabil(bruger))


def endnu_ikke_klare(dato: date, bruger: Bruger) -> QuerySet[Any]:
    """Cases on their way that a meeting on `dato` cannot take, the one nearest to it first.

    Handed in for quality assurance, or waiting for a meeting without an approval or a current
    LÆ 265; `hvorfor_endnu_ikke` says why.
    """
    sager = Sag.objects.filter(fase__in=(Fase.KVALITETSSIKRING, Fase.MOEDE))
    klar = Q(fase=Fase.MOEDE, kvalitet=Kvalitetssikring.Resultat.GODKENDT, har_attest=True)
    return (
        _med_klarhed(sager, dato)
        .filter(er_paa_dagsorden=False)
        .exclude(klar)
        .exclude(inhabil(bruger))
        .order_by("-fase", "godkendt_den", "pk")
    )


def hvorfor_endnu_ikke(sag: Any, dato: date) -> str:
    """Everything a row of `endnu_ikke_klare` lacks, as one sentence."""
    grunde = []
    if sag.fase == Fase.KVALITETSSIKRING:
        grunde.append("sagen venter på kvalitetssikring")
    elif sag.kvalitet != Kvalitetssikring.Resultat.GODKENDT:
        grunde.append("sagen er ikke kvalitetssikret")
    if mangel := attestmangel(sag, dato):
        grunde.append(mangel)
    tekst = ", og ".join(grunde)
    return f"{tekst[:1].upper()}{tekst[1:]}."


def inhabil(bruger: Bruger) -> Q:
    """Cases of citizens towards whom the user is inhabil today."""
    hos = Inhabilitet.objects.gaeldende().filter(bruger=bruger)
    return Q(borger__in=hos.values("borger"))


def hvorfor_ikke_klar(sag: Sag, dato: date) -> str:
    """Why the case cannot be put on an agenda for `dato`, or an empty string.

    `sag` is looked up anew. LÆ 265 is a hard gate: without a current one the decision is, as a rule,
    invalid (domain.md 1.2 row 5).
    """
    kandidat = kandidater(dato).filter(pk=sag.pk).first()
    if kandidat is None:
        return "sagen er ikke i trinnet møde"
    if kandidat.kvalitet != Kvalitetssikring.Resultat.GODKENDT:
        return "sagen er ikke kvalitetssikret"
    if kandidat.er_paa_dagsorden:
        return "sagen står allerede på en dagsorden"
    return attestmangel(kandidat, dato)


def hvorfor_uden_attest(sag: Sag, dato: date) -> str:
    """`attestmangel` for a case that waits for or stands on an agenda; looked up anew."""
    return attestmangel(kandidater(dato).get(pk=sag.pk), dato)


def attestmangel(sag: Any, dato: date) -> str:
    """What is wrong with the certificate of a row of `kandidater(dato)`, or an empty string."""
    if sag.har_attest:
        return ""
    if sag.attest_til is None:
        return "lægeattest LÆ 265 er ikke modtaget"
    if sag.attest_til < dato:
        return f"lægeattest LÆ 265 er kun aktuel til {dansk_dato(sag.attest_til)}"
    return "lægeattest LÆ 265 er ikke aktuel på mødedagen"


def vist_navn(borger: Borger, *, er_i_kredsen: bool) -> str:
    """The name, or, for somebody outside the case circle, that it is protected (domain.md 5.3)."""
    if borger.er_beskyttet(i_dag()) and not er_i_kredsen:
        return NAVN_BESKYTTET
    return borger.navn


@dataclass(frozen=True)
class Punktraekke:
    """One line of the agenda as the page shows it."""

    punkt: Dagsordenspunkt
    nr: int
    plads: Plads
    navn: str
    alder: int
    ansvarlig: str
    krav: list[Kravstatus]
    # Those who come beside the members, as `LEDSAGERE` says it.
    ledsagere: list[str]
    kan_op: bool
    kan_ned: bool
    # Whether the reader may open the case's content.
    er_i_kredsen: bool
    # Whether the reader may see whose case it is.
    maa_ses: bool
    er_efter_slut: bool
    # Still to come, and without a LÆ 265 that is current that day: it was sent back meanwhile.
    mangler_attest: bool
    # How its package stands (`rehabilitering.sagspakke.status`); None where it was not asked for.
    pakke: Any = None

    @property
    def pakkemaerke(self) -> tuple[str, str]:
        """The badge about the package: kind and text."""
        status = self.pakke
        if status.pakke is None:
            return ("fejl", "Pakke ikke sendt i tide") if status.er_for_sent else _PAKKE_KLAR
        if status.aendret:
            return "varslet", "Ændret, siden pakken blev sendt"
        antal, alle = status.antal_laest, len(status.kan_laese)
        return "ok" if antal == alle else "varslet", f"Pakke læst af {antal} af {alle}"

    @property
    def start(self) -> time:
        """When the turn begins."""
        return self.plads.start

    @property
    def slut(self) -> time:
        """When it ends."""
        return self.plads.slut

    @property
    def fakta(self) -> list[str]:
        """What decides who is to come, in the words of domain.md 3: never a word of health."""
        borger = self.punkt.sag.borger
        boern = borger.antal_hjemmeboende_boern
        tekst = "ingen hjemmeboende børn"
        if boern:
            tekst = f"{boern} hjemmeboende {'barn' if boern == 1 else 'børn'}"
        if borger.har_boernesag:
            tekst += " med børnesag" if boern else ", børnesag"
        fakta = [tekst]
        if borger.har_uddannelse is False:
            fakta.append("ingen erhvervskompetencegivende uddannelse")
        if borger.er_beskyttet(i_dag()):
            fakta.append("navne- og adressebeskyttelse")
        if borger.tolkesprog:
            fakta.append(f"tolk: {borger.tolkesprog}")
        return fakta

    @property
    def navn_paa_papir(self) -> str:
        """The name as a printed agenda has it: hidden for a protected citizen, whoever prints."""
        return vist_navn(self.punkt.sag.borger, er_i_kredsen=False)

    @property
    def viste_krav(self) -> list[Kravstatus]:
        """What the line says: every requirement but the standing seats that are filled."""
        return [en for en in self.krav if not en.er_opfyldt or en.krav.fagomraade not in FASTE]

    @property
    def har_kladde(self) -> bool:
        """Whether the team has begun an indstilling."""
        return hasattr(self.punkt, "indstilling")

    @property
    def kan_tages_af(self) -> bool:
        """Whether the team has not begun; also after the meeting, or the case would be stuck."""
        return self.punkt.behandlet_den is None and not self.har_kladde


@dataclass(frozen=True)
class Pauseraekke:
    """A break as the agenda shows it."""

    pause: Moedepause
    plads: Plads
    kan_op: bool
    kan_ned: bool


@dataclass(frozen=True)
class Dagsorden:
    """A meeting's agenda as one reader may see it: the cases, and everything in order."""

    punkter: list[Punktraekke]
    # Cases and breaks as they follow one another.
    raekker: list[Punktraekke | Pauseraekke]
    # When a case that is put on last begins, and ends.
    naeste: Plads
    regelsaet: list[str] = field(default_factory=list)


def pauser(moede: Teammoede) -> dict[int, Moedepause]:
    """The meeting's breaks by the number of cases before them. One statement."""
    return {pause.efter_plads: pause for pause in moede.pauser.all()}


def tur_for(punkt: Dagsordenspunkt) -> Tur:
    """The turn of an item that stands on its agenda. Two statements."""
    minutter = dict(punkt.moede.punkter.aktive().values_list("pk", "minutter"))
    pausetider = {nr: pause.minutter for nr, pause in pauser(punkt.moede).items()}
    plads = list(minutter).index(punkt.pk)
    tider = forloeb(punkt.moede, list(minutter.values()), pausetider)
    return Tur(plads + 1, len(minutter), tider.sager[plads])


def laes(
    moede: Teammoede,
    bruger: Bruger,
    *,
    planlaegger: bool,
    pakker: Mapping[int, Any] | None = None,
) -> Dagsorden:
    """The agenda in order, with times, as `bruger` may see it. Ten statements.

    A mødekoordinator who is inhabil towards a citizen does not see whose case it is. `pakker` are
    how the packages stand, by the items' ids.
    """
    punkter = _hent_punkter(moede)
    egne_pauser = pauser(moede)
    tider = forloeb(
        moede,
        [*(punkt.minutter for punkt in punkter), None],
        {nr: pause.minutter for nr, pause in egne_pauser.items()},
    )
    krav = deltagerkrav.statusser(punkter)
    synlige = set(
        Sag.objects.synlige_for(bruger)
        .filter(pk__in=[p.sag_id for p in punkter])
        .values_list("pk", flat=True)
    )
    inhabil_hos = set(
        Inhabilitet.objects.gaeldende().filter(bruger=bruger).values_list("borger", flat=True)
    )
    raekker = [
        _raekke(
            moede,
            punkter,
            nr,
            tider.sager[nr],
            krav=krav,
            synlige=synlige,
            skjulte=inhabil_hos if planlaegger else None,
            pakke=(pakker or {}).get(punkter[nr].pk),
        )
        for nr in range(len(punkter))
    ]
    return Dagsorden(
        punkter=raekker,
        raekker=_flet(raekker, egne_pauser, tider),
        naeste=tider.sager[-1],
        regelsaet=sorted({punkt.sag.regelsaet.kode for punkt in punkter}),
    )


def punktraekker(moede: Teammoede, bruger: Bruger) -> list[Punktraekke]:
    """The cases of `laes` as somebody who does not plan the meeting sees them."""
    return laes(moede, bruger, planlaegger=False).punkter


def _hent_punkter(moede: Teammoede) -> list[Any]:
    """The items in order with what a line needs. Three statements."""
    ansvarlige = Prefetch(
        "sag__tildelinger",
        Tildeling.objects.gaeldende(i_dag()).ansvarlige().select_related("bruger"),
        to_attr="nu_ansvarlige",
    )
    ledsagere = Prefetch(
        "deltagere",
        Punktdeltager.objects.aktuelle().filter(art__in=LEDSAGERE),
        to_attr="ledsagere",
    )
    punkter: list[Any] = list(
        moede.punkter.aktive()
        .select_related("sag__borger", "sag__regelsaet", "indstilling")
        .prefetch_related(ansvarlige, ledsagere)
        .annotate(
            har_attest=Exists(Laegeattest.objects.aktuelle(moede.dato).filter(sag=OuterRef("sag")))
        )
    )
    for punkt in punkter:
        punkt.moede = moede
    return punkter


def _flet(
    punkter: Sequence[Punktraekke], egne: dict[int, Moedepause], tider: Forloeb
) -> list[Punktraekke | Pauseraekke]:
    """Cases and breaks as they follow one another; breaks past the last case come at the end."""
    antal = len(punkter)
    raekker: list[Punktraekke | Pauseraekke] = []
    sidste = max(egne, default=0)
    for nr in range(1, max(antal, sidste) + 1):
        if nr <= antal:
            raekker.append(punkter[nr - 1])
        if nr in egne:
            kan_ned = nr < antal and nr + 1 not in egne
            kan_op = nr > 1 and nr - 1 not in egne
            raekker.append(Pauseraekke(egne[nr], tider.pauser[nr], kan_op, kan_ned))
    return raekker


def _raekke(
    moede: Teammoede,
    punkter: Sequence[Any],
    nr: int,
    plads: Plads,
    *,
    krav: Mapping[int, list[Kravstatus]],
    synlige: Collection[int],
    skjulte: Collection[int] | None,
    pakke: Any,
) -> Punktraekke:
    """One line; a planner sees every case but those of the citizens in `skjulte` (None: plans not)."""
    punkt, borger = punkter[nr], punkter[nr].sag.borger
    aaben = punkt.behandlet_den is None
    er_i_kredsen = punkt.sag_id in synlige
    maa_ses = er_i_kredsen or (skjulte is not None and borger.pk not in skjulte)
    kan_flyttes = maa_ses and aaben
    naeste = punkter[nr + 1] if nr + 1 < len(punkter) else None
    return Punktraekke(
        punkt=punkt,
        nr=nr + 1,
        plads=plads,
        navn=vist_navn(borger, er_i_kredsen=er_i_kredsen),
        alder=borger.alder(moede.dato),
        ansvarlig=next((t.bruger.navn for t in punkt.sag.nu_ansvarlige), "Ingen sagsbehandler"),
        krav=krav[punkt.pk],
        ledsagere=list(dict.fromkeys(LEDSAGERE[en.art] for en in punkt.ledsagere)),
        kan_op=kan_flyttes and nr > 0 and punkter[nr - 1].behandlet_den is None,
        kan_ned=kan_flyttes and naeste is not None and naeste.behandlet_den is None,
        er_i_kredsen=er_i_kredsen,
        maa_ses=maa_ses,
        er_efter_slut=plads.slut > moede.slut,
        mangler_attest=aaben and not punkt.har_attest and not hasattr(punkt, "indstilling"),
        pakke=pakke,
    )


@dataclass(frozen=True)
class Kandidatraekke:
    """One case that waits for a meeting, as the mødekoordinator sees it."""

    sag: Sag
    navn: str
    ventet_dage: int
    krav: list[str]
    # Empty when it can be put on.
    mangel: str

    @property
    def mangel_stor(self) -> str:
        """The lack as a sentence of its own."""
        return self.mangel[:1].upper() + self.mangel[1:]


def kandidatraekker(sager: Iterable[Any], dato: date) -> list[Kandidatraekke]:
    """Rows of `kandidater(dato)` for the page. No statement."""
    staaende = FASTE | {Fagomraade.REGION, Fagomraade.VIRKSOMHED}
    return [
        Kandidatraekke(
            sag=sag,
            navn=vist_navn(sag.borger, er_i_kredsen=False),
            ventet_dage=(i_dag() - timezone.localtime(sag.godkendt_den).date()).days,
            krav=[
                f"{k.naevn} ({k.hvorfor})"
                for k in krav_til(sag.regelsaet, sag.borger, dato)
                if k.fagomraade not in staaende
            ],
            mangel=attestmangel(sag, dato),
        )
        for sag in sager
    ]


@dataclass(frozen=True)
class Ventende:
    """A case that is not ready yet, and why."""

    sag: Sag
    navn: str
    hvorfor: str


def ventende(sager: Iterable[Any], dato: date) -> list[Ventende]:
    """Rows of `endnu_ikke_klare(dato)` for the page. No statement."""
    return [
        Ventende(sag, vist_navn(sag.borger, er_i_kredsen=False), hvorfor_endnu_ikke(sag, dato))
        for sag in sager
    ]
