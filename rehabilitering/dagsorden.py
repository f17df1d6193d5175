"""Reading an agenda: who is ready for one, when each case's turn is, and whom it needs there.

The mødekoordinator plans with these rows and is in no case circle, so they hold what domain.md 3
lets that role see: name, case number, step and flags. Never a word of health or of the case's text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import (
    DateField,
    DateTimeField,
    Exists,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
)
from django.utils import timezone

from borgere.models import Borger, Fase, Sag, Tildeling
from rehabilitering.models import (
    Dagsordenspunkt,
    Kvalitetssikring,
    Laegeattest,
    Moededeltager,
    Teammoede,
)
from ressource.dansk import dato as dansk_dato
from ressource.kalender import i_dag
from ressource.models import Bruger

# Young people without an education: the education adviser takes part (LOB § 9, domain.md 1.2 row 11).
UNG_TIL_ALDER = 30
NAVN_BESKYTTET = "Navn beskyttet"

F = Moededeltager.Fagomraade


@dataclass(frozen=True)
class Krav:
    """Somebody a case needs at the meeting. `naevn` is how the role is named on the page."""

    fagomraade: str
    naevn: str
    hvorfor: str


def krav_til(borger: Borger, dato: date) -> list[Krav]:
    """Who beside the standing members should sit in, for this citizen, on `dato`.

    Warnings, not blocks: domain.md 1.3 («bør altid»).
    """
    krav = [
        Krav(F.REGION, "Sundhedskoordinator", "regionen deltager altid"),
        Krav(F.VIRKSOMHED, "Virksomhedskonsulent", "job drøftes altid"),
    ]
    if borger.alder(dato) < UNG_TIL_ALDER and not borger.har_uddannelse:
        krav.append(
            Krav(F.UNDERVISNING, "Uddannelsesvejleder", f"under {UNG_TIL_ALDER} uden uddannelse")
        )
    if borger.har_boernesag:
        krav.append(Krav(F.FAMILIE, "Familieafdeling", "børnesag i familien"))
    return krav


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
    attester = Laegeattest.objects.filter(sag=OuterRef("pk"))
    modtagne = attester.filter(modtaget_dato__isnull=False, returneret_dato=None)
    return (
        Sag.objects.filter(fase=Fase.MOEDE)
        .annotate(
            godkendt_den=_seneste("afgjort_den"),
            kvalitet=_seneste("resultat"),
            har_attest=Exists(attester.aktuelle(dato)),
            attest_til=Subquery(
                modtagne.order_by("-gyldig_til").values("gyldig_til")[:1], output_field=DateField()
            ),
            er_paa_dagsorden=Exists(Dagsordenspunkt.objects.aabne().filter(sag=OuterRef("pk"))),
        )
        .select_related("borger")
        .order_by("godkendt_den", "pk")
    )


def venter_paa_dagsorden(dato: date) -> QuerySet[Any]:
    """`kandidater` that are approved and on no open agenda; some may still lack a LÆ 265."""
    return kandidater(dato).filter(
        kvalitet=Kvalitetssikring.Resultat.GODKENDT, er_paa_dagsorden=False
    )


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
class Kravstatus:
    """One requirement, and whether somebody at the meeting meets it."""

    naevn: str
    er_opfyldt: bool

    @property
    def mangler(self) -> str:
        """What the badge says when nobody does."""
        return f"{self.naevn} mangler"


@dataclass(frozen=True)
class Punktraekke:
    """One line of the agenda as the page shows it."""

    punkt: Dagsordenspunkt
    nr: int
    start: time
    slut: time
    navn: str
    alder: int
    ansvarlig: str
    krav: list[Kravstatus]
    kan_op: bool
    kan_ned: bool
    # Whether the reader may open the case's content.
    er_i_kredsen: bool
    # Whether the reader may see whose case it is.
    maa_ses: bool
    er_efter_slut: bool
    # Still to come, and without a LÆ 265 that is current that day: it was sent back meanwhile.
    mangler_attest: bool

    @property
    def har_kladde(self) -> bool:
        """Whether the team has begun an indstilling."""
        return hasattr(self.punkt, "indstilling")

    @property
    def kan_tages_af(self) -> bool:
        """Whether the team has not begun; also after the meeting, or the case would be stuck."""
        return self.punkt.behandlet_den is None and not self.har_kladde


def _efter(start: time, minutter: int) -> time:
    """The time of day `minutter` after `start`; an agenda never passes midnight."""
    moment = datetime.combine(date.min, start, tzinfo=timezone.get_current_timezone())
    return (moment + timedelta(minutes=minutter)).time()


def tid_for(moede: Teammoede, plads: int) -> tuple[time, time]:
    """When the case at `plads` (0 is the first) begins and ends."""
    start = _efter(moede.start, plads * moede.minutter_pr_sag)
    return start, _efter(start, moede.minutter_pr_sag)


def plads_for(punkt: Dagsordenspunkt) -> tuple[int, int]:
    """Which number on the agenda the item is (1 is the first), and how many there are."""
    raekke = list(punkt.moede.punkter.aktive().values_list("pk", flat=True))
    return raekke.index(punkt.pk) + 1, len(raekke)


def punktraekker(
    moede: Teammoede, deltagere: Iterable[Moededeltager], bruger: Bruger, *, planlaegger: bool
) -> list[Punktraekke]:
    """The agenda in order, with times, as `bruger` may see it. Three statements."""
    ansvarlige = Prefetch(
        "sag__tildelinger",
        Tildeling.objects.gaeldende(i_dag()).ansvarlige().select_related("bruger"),
        to_attr="nu_ansvarlige",
    )
    punkter = list(
        moede.punkter.aktive()
        .select_related("sag__borger", "indstilling")
        .prefetch_related(ansvarlige)
        .annotate(
            har_attest=Exists(Laegeattest.objects.aktuelle(moede.dato).filter(sag=OuterRef("sag")))
        )
    )
    synlige = set(
        Sag.objects.synlige_for(bruger)
        .filter(pk__in=[p.sag_id for p in punkter])
        .values_list("pk", flat=True)
    )
    omraader = {deltager.fagomraade for deltager in deltagere}
    return [
        _raekke(moede, punkter, nr, omraader, synlige, planlaegger=planlaegger)
        for nr in range(len(punkter))
    ]


def _raekke(
    moede: Teammoede,
    punkter: Sequence[Any],
    nr: int,
    omraader: set[str],
    synlige: set[int],
    *,
    planlaegger: bool,
) -> Punktraekke:
    punkt, borger = punkter[nr], punkter[nr].sag.borger
    start, slut = tid_for(moede, nr)
    aaben = punkt.behandlet_den is None
    er_i_kredsen = punkt.sag_id in synlige
    return Punktraekke(
        punkt=punkt,
        nr=nr + 1,
        start=start,
        slut=slut,
        navn=vist_navn(borger, er_i_kredsen=er_i_kredsen),
        alder=borger.alder(moede.dato),
        ansvarlig=next((t.bruger.navn for t in punkt.sag.nu_ansvarlige), "Ingen sagsbehandler"),
        krav=[Kravstatus(k.naevn, k.fagomraade in omraader) for k in krav_til(borger, moede.dato)],
        kan_op=aaben and nr > 0 and punkter[nr - 1].behandlet_den is None,
        kan_ned=aaben and nr + 1 < len(punkter) and punkter[nr + 1].behandlet_den is None,
        er_i_kredsen=er_i_kredsen,
        maa_ses=planlaegger or er_i_kredsen,
        er_efter_slut=slut > moede.slut,
        mangler_attest=aaben and not punkt.har_attest and not hasattr(punkt, "indstilling"),
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
    staaende = {F.REGION, F.VIRKSOMHED}
    return [
        Kandidatraekke(
            sag=sag,
            navn=vist_navn(sag.borger, er_i_kredsen=False),
            ventet_dage=(i_dag() - timezone.localtime(sag.godkendt_den).date()).days,
            krav=[
                f"{k.naevn} ({k.hvorfor})"
                for k in krav_til(sag.borger, dato)
                if k.fagomraade not in staaende
            ],
            mangel=attestmangel(sag, dato),
        )
        for sag in sager
    ]
