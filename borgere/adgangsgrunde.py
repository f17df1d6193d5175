"""Why somebody sees a case, in words: the same rule as `Sag.objects.synlige_for`, read backwards.

`synlige_for` asks «which cases does this person see»; here it is «which persons see this case, and
why». A test makes random worlds and lets the two answer each other.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.expressions import Combinable
from django.utils import timezone

from borgere.models import Fase, Inhabilitet, Saerligadgang, Sag, Tildeling
from borgere.models.sag import FASER_FOR_FAGLIG_KONSULENT
from borgere.models.synlighed import Spoerger
from ressource import dansk
from ressource.kalender import i_dag
from ressource.models import Bruger, Organisation, Rolle, Stedfortraeder

INHABIL = "inhabil"
BESKYTTET = "beskyttet borger, kræver begrundelse"
UDEN_SLUT = "ekstern uden slutdato"
KOLLEGA_INHABIL = "kollegaen er inhabil"
NOEDADGANG = str(Saerligadgang.Art.NOEDADGANG.label)


@dataclass(frozen=True)
class Grund:
    """One thing that lets somebody in, in words, with its days or its hour of ending.

    `spaerring` says why it does not let in after all; empty when it does.
    """

    tekst: str
    fra: date | None = None
    til: date | None = None
    udloeber: datetime | None = None
    spaerring: str = ""


@dataclass
class Adgang:
    """One person and every ground, also those that are shut."""

    bruger: Bruger
    grunde: list[Grund] = field(default_factory=list)
    inhabil_fra: date | None = None

    @property
    def ser_sagen(self) -> bool:
        """Whether a ground lets the person in."""
        return any(not grund.spaerring for grund in self.grunde)

    @property
    def ser_sagen_varigt(self) -> bool:
        """Whether another ground than break-glass does, as in `Sag.objects.uden_noedadgang`."""
        return any(not grund.spaerring and grund.tekst != NOEDADGANG for grund in self.grunde)


def adgangsgrunde(sag: Sag, dato: date | None = None) -> list[Adgang]:
    """Everybody with a ground on `dato` (default today), or shut out; by name.

    An opening with a reason counts as of now and an `Inhabilitet` as of today, as in `synlige_for`.
    Somebody who is not active is there too, and cannot sign in. Five statements and the citizen's.
    """
    dato = dato or i_dag()
    inhabile = {
        i.bruger_id: i
        for i in Inhabilitet.objects.gaeldende()
        .filter(borger=sag.borger_id)
        .select_related("bruger")
    }
    fundne: dict[int, Adgang] = {}
    for bruger, grund in _alle(sag, dato, set(inhabile)):
        fundne.setdefault(bruger.pk, Adgang(bruger)).grunde.append(grund)
    for inhabilitet in inhabile.values():
        adgang = fundne.setdefault(inhabilitet.bruger_id, Adgang(inhabilitet.bruger))
        adgang.inhabil_fra = inhabilitet.fra_dato
        adgang.grunde = [_spaerret(grund, INHABIL) for grund in adgang.grunde]
    return sorted(fundne.values(), key=lambda a: (a.bruger.navn, a.bruger.pk))


def _spaerret(grund: Grund, hvorfor: str) -> Grund:
    return Grund(grund.tekst, grund.fra, grund.til, grund.udloeber, hvorfor)


def _alle(sag: Sag, dato: date, inhabile: set[int]) -> Iterator[tuple[Bruger, Grund]]:
    tildelinger = list(sag.tildelinger.gaeldende(dato).select_related("bruger").order_by("pk"))
    yield from _egne(tildelinger)
    er_beskyttet = sag.borger.er_beskyttet(dato)
    yield from _vikarer(tildelinger, dato, inhabile, er_beskyttet=er_beskyttet)
    yield from _efter_rolle(sag, er_beskyttet=er_beskyttet)
    yield from _aabnede(sag)


def _egne(tildelinger: list[Tildeling]) -> Iterator[tuple[Bruger, Grund]]:
    for t in tildelinger:
        uden_slut = t.bruger.organisation != Organisation.KOMMUNE and t.til_dato is None
        spaerring = UDEN_SLUT if uden_slut else ""
        yield t.bruger, Grund(t.get_art_display(), t.fra_dato, t.til_dato, spaerring=spaerring)


def _vikarer(
    tildelinger: list[Tildeling], dato: date, inhabile: set[int], *, er_beskyttet: bool
) -> Iterator[tuple[Bruger, Grund]]:
    kolleger = [t for t in tildelinger if t.bruger.organisation == Organisation.KOMMUNE]
    vikariater = (
        Stedfortraeder.objects.gaeldende(dato)
        .filter(
            for_bruger__in={t.bruger_id for t in kolleger},
            vikar__organisation=Organisation.KOMMUNE,
        )
        .select_related("vikar")
        .order_by("pk")
    )
    for vikariat in vikariater:
        for t in (t for t in kolleger if t.bruger_id == vikariat.for_bruger_id):
            spaerring = BESKYTTET if er_beskyttet else ""
            if t.bruger_id in inhabile:
                spaerring = KOLLEGA_INHABIL
            tekst = f"vikar for {t.bruger.navn}, {t.get_art_display()}"
            fra, til = _begge(vikariat, t)
            yield vikariat.vikar, Grund(tekst, fra, til, spaerring=spaerring)


def _begge(vikariat: Stedfortraeder, tildeling: Tildeling) -> tuple[date, date | None]:
    """The days both hold."""
    slut = [d for d in (vikariat.til_dato, tildeling.til_dato) if d]
    return max(vikariat.fra_dato, tildeling.fra_dato), min(slut, default=None)


def _efter_rolle(sag: Sag, *, er_beskyttet: bool) -> Iterator[tuple[Bruger, Grund]]:
    if sag.fase not in FASER_FOR_FAGLIG_KONSULENT:
        return
    tekst = f"{Rolle.FAGLIG_KONSULENT.label}, mens sagen er i {Fase(sag.fase).label.lower()}"
    konsulenter = Bruger.objects.filter(
        roller__contains=[Rolle.FAGLIG_KONSULENT], organisation=Organisation.KOMMUNE
    )
    for bruger in konsulenter:
        yield bruger, Grund(tekst, spaerring=BESKYTTET if er_beskyttet else "")


def _aabnede(sag: Sag) -> Iterator[tuple[Bruger, Grund]]:
    aabne = sag.saerlige_adgange.gaeldende(timezone.now()).filter(
        bruger__organisation=Organisation.KOMMUNE
    )
    for adgang in aabne.select_related("bruger").order_by("pk"):
        tekst = adgang.get_art_display()
        if adgang.art == Saerligadgang.Art.BESKYTTET:
            tekst = "åbnet med begrundelse, fordi borgeren er beskyttet"
        yield adgang.bruger, Grund(tekst, udloeber=adgang.til_tid)


# What the case page says to its reader. As expressions over `Sag`, so that the page's own statement
# answers.


def udtryk(spoerger: Spoerger) -> dict[str, Combinable]:
    """Expressions over `Sag` that tell what lets `spoerger` in now, for `baand`."""
    bruger, dag = spoerger.bruger_id, spoerger.i_dag
    egne = Tildeling.objects.gaeldende(dag).filter(sag=OuterRef("pk"), bruger=bruger)
    aabne = Saerligadgang.objects.gaeldende(spoerger.nu).filter(sag=OuterRef("pk"), bruger=bruger)
    andres = Tildeling.objects.gaeldende(dag).filter(sag=OuterRef(OuterRef("pk"))).habile(dag)
    vikariater = (
        Stedfortraeder.objects.gaeldende(dag)
        .filter(vikar=bruger, for_bruger__in=andres.values("bruger"))
        .order_by("pk")
    )

    def til(art: Saerligadgang.Art) -> Subquery:
        return Subquery(aabne.filter(art=art).order_by("-til_tid").values("til_tid")[:1])

    return {
        "adgang_egen": Exists(egne),
        "adgang_noed": til(Saerligadgang.Art.NOEDADGANG),
        "adgang_beskyttet": til(Saerligadgang.Art.BESKYTTET),
        "adgang_vikar": Subquery(vikariater.values("for_bruger__navn")[:1]),
    }


@dataclass(frozen=True)
class Baand:
    """What stands above a case one sees by something else than an assignment of one's own.

    `formaal` is what the look-up log gives as the purpose; both empty for the case's own people.
    """

    tekst: str = ""
    formaal: str = ""


def baand(sag: Sag, bruger: Bruger, vaerdier: dict[str, Any]) -> Baand:
    """The line for `bruger`, from what `udtryk` found."""
    if vaerdier["adgang_egen"]:
        return Baand()
    if til := vaerdier["adgang_noed"]:
        return Baand(f"Du ser sagen med nødadgang til {_hvornaar(til)}. Alt logges.", "nødadgang")
    vikar = vaerdier["adgang_vikar"]
    if til := vaerdier["adgang_beskyttet"]:
        som = f" som vikar for {vikar}" if vikar else ""
        return Baand(
            f"Borgeren er beskyttet. Du har åbnet sagen{som} til {_hvornaar(til)}. Alt logges.",
            "beskyttet borger",
        )
    ved_rolle = bruger.har_rolle(Rolle.FAGLIG_KONSULENT) and sag.fase in FASER_FOR_FAGLIG_KONSULENT
    if vikar and not ved_rolle:
        return Baand(f"Du ser sagen som vikar for {vikar}.", "vikar")
    return Baand()


def _hvornaar(tidspunkt: datetime) -> str:
    """`kl. 15.42`, with the date before it when that is another day."""
    klokken = f"kl. {dansk.klokkeslaet(tidspunkt)}"
    if timezone.localdate(tidspunkt) == i_dag():
        return klokken
    return f"{dansk.dato_kort(tidspunkt)} {klokken}"
