"""How the packages of a meeting stand: published or not, in time or late, who has read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef

from borgere import deling
from borgere.models import Inhabilitet, Sag, Samtykke, Tildeling
from rehabilitering.dagsorden import vist_navn
from rehabilitering.models import (
    Dagsordenspunkt,
    Moededeltager,
    Punktdeltager,
    Sagspakke,
    Teammoede,
)
from rehabilitering.sagspakke.aendringer import aendringer
from rehabilitering.services.adgang_til_moede import OPLYSNINGER
from ressource.kalender import i_dag
from ressource.models import Bruger, Opslag, Organisation

# What a reading is called in the look-up log.
LAEST = "sagspakke"


@dataclass(frozen=True)
class Laeser:
    """Somebody who sits at the item. `kan_ikke` says why the case is shut to them."""

    navn: str
    laest_den: datetime | None
    har_adgang: bool
    kan_ikke: str = ""


@dataclass(frozen=True)
class Pakkestatus:
    """One item's package as a page shows it."""

    punkt: Dagsordenspunkt
    navn: str
    pakke: Sagspakke | None
    aendret: list[str]
    laesere: list[Laeser]
    # The last day on which it is in time.
    senest: date
    # Whether the page's reader may know whose case it is, and may open it.
    maa_ses: bool
    er_i_kredsen: bool

    @property
    def er_aaben(self) -> bool:
        """Whether the package can still be published or taken back."""
        return self.punkt.behandlet_den is None

    @property
    def er_for_sent(self) -> bool:
        """Whether it is not published although it should be."""
        return self.pakke is None and self.er_aaben and i_dag() > self.senest

    @property
    def mangler_adgang(self) -> bool:
        """Whether somebody may read it who could not when it was published; publishing lets them."""
        return self.pakke is not None and any(not laeser.har_adgang for laeser in self.kan_laese)

    @property
    def skal_udgives(self) -> bool:
        """Whether publishing would do something."""
        return self.er_aaben and (self.pakke is None or bool(self.aendret) or self.mangler_adgang)

    @property
    def kan_laese(self) -> list[Laeser]:
        """Those who may read it."""
        return [laeser for laeser in self.laesere if not laeser.kan_ikke]

    @property
    def udelukkede(self) -> list[Laeser]:
        """Those to whom the case is shut."""
        return [laeser for laeser in self.laesere if laeser.kan_ikke]

    @property
    def antal_laest(self) -> int:
        """How many of those who may have read it since it was published."""
        return sum(laeser.laest_den is not None for laeser in self.kan_laese)

    @property
    def ulaeste(self) -> list[str]:
        """Who has not read it."""
        return [laeser.navn for laeser in self.kan_laese if laeser.laest_den is None]


@dataclass(frozen=True)
class Uudgivet:
    """A meeting with packages that the team has not got, and the last day on which they are in time."""

    moede: Teammoede
    antal: int
    senest: date

    @property
    def er_for_sent(self) -> bool:
        """Whether the team has them too late."""
        return i_dag() > self.senest


def uudgivne(moeder: Sequence[Teammoede]) -> list[Uudgivet]:
    """Those of the meetings with packages that are not published, in their order. One statement."""
    udgivet = Sagspakke.objects.gaeldende().filter(punkt=OuterRef("pk"))
    antal = {
        moede: (antal, varsel)
        for moede, antal, varsel in Dagsordenspunkt.objects.aabne()
        .filter(~Exists(udgivet), moede__in=moeder)
        .order_by()
        .values("moede")
        .annotate(antal=Count("pk"), varsel=Max("sag__regelsaet__sagspakke_varsel_dage"))
        .values_list("moede", "antal", "varsel")
    }
    return [
        Uudgivet(moede, antal[moede.pk][0], moede.dato - timedelta(days=antal[moede.pk][1]))
        for moede in moeder
        if moede.pk in antal
    ]


def for_moede(moede: Teammoede, bruger: Bruger, *, planlaegger: bool) -> list[Pakkestatus]:
    """The packages of the meeting's agenda in order, as `bruger` may see them.

    A fixed number of statements. An inhabil planner is not told whose case it is.
    """
    punkter = list(moede.punkter.aktive().select_related("moede", "sag__borger", "sag__regelsaet"))
    return for_punkter(punkter, bruger, planlaegger=planlaegger)


def for_punkter(
    punkter: Sequence[Dagsordenspunkt], bruger: Bruger, *, planlaegger: bool = False
) -> list[Pakkestatus]:
    """As `for_moede`, for items that bring meeting, case, citizen and rule set."""
    pakker = {
        pakke.punkt_id: pakke
        for pakke in Sagspakke.objects.gaeldende()
        .filter(punkt__in=punkter)
        .select_related("punkt", "udgivet_af")
    }
    nyt = aendringer(list(pakker.values())) if pakker else {}
    kreds = _Kreds(punkter, pakker)
    synlige = _synlige(punkter, bruger)
    fundne = []
    for punkt in punkter:
        pakke, sag = pakker.get(punkt.pk), punkt.sag
        er_i_kredsen = sag.pk in synlige
        inhabil = (sag.borger_id, bruger.pk) in kreds.inhabile
        fundne.append(
            Pakkestatus(
                punkt=punkt,
                navn=vist_navn(sag.borger, er_i_kredsen=er_i_kredsen),
                pakke=pakke,
                aendret=nyt.get(pakke.pk, []) if pakke and punkt.behandlet_den is None else [],
                laesere=kreds.laesere(punkt),
                senest=punkt.moede.dato - timedelta(days=sag.regelsaet.sagspakke_varsel_dage),
                maa_ses=er_i_kredsen or (planlaegger and not inhabil),
                er_i_kredsen=er_i_kredsen,
            )
        )
    return fundne


def _synlige(punkter: Sequence[Dagsordenspunkt], bruger: Bruger) -> set[int]:
    synlige = Sag.objects.synlige_for(bruger).filter(pk__in=[p.sag_id for p in punkter])
    return set(synlige.values_list("pk", flat=True))


class _Kreds:
    """Who sits at the items, who of them is shut out or let in, and who has read. Six statements."""

    def __init__(self, punkter: Sequence[Dagsordenspunkt], pakker: dict[int, Sagspakke]) -> None:
        borgere = {punkt.sag.borger_id for punkt in punkter}
        sager = {punkt.sag_id for punkt in punkter}
        self.pakker = pakker
        self.medlemmer = _samlet(
            "moede_id",
            Moededeltager.objects.kommer()
            .filter(moede__in={punkt.moede_id for punkt in punkter})
            .select_related("bruger"),
        )
        self.fagfolk = _samlet(
            "punkt_id",
            Punktdeltager.objects.aktuelle()
            .filter(punkt__in=punkter, art=Punktdeltager.Art.FAGPERSON, bruger__isnull=False)
            .select_related("bruger"),
        )
        self.inhabile = set(
            Inhabilitet.objects.gaeldende()
            .filter(borger__in=borgere)
            .values_list("borger", "bruger")
        )
        til_regionen = deling.maa_faa(Samtykke.Modtager.REGION, OPLYSNINGER, i_dag())
        self.regionens = set(
            Sag.objects.filter(til_regionen, pk__in=sager).values_list("pk", flat=True)
        )
        self.adgang = set(
            Tildeling.objects.gaeldende(i_dag())
            .filter(sag__in=sager, art=Tildeling.Art.TEAMMOEDE)
            .values_list("sag", "bruger")
        )
        laest = Opslag.objects.filter(
            objekt=LAEST, handling=Opslag.Handling.UDSKRIV, sag_id__in=sager
        )
        self.laest = {
            (sag, bruger): hvornaar
            for sag, bruger, hvornaar in laest.order_by()
            .values("sag_id", "bruger")
            .annotate(sidst=Max("tidspunkt"))
            .values_list("sag_id", "bruger", "sidst")
        }

    def laesere(self, punkt: Dagsordenspunkt) -> list[Laeser]:
        alle = [*self.medlemmer.get(punkt.moede_id, ()), *self.fagfolk.get(punkt.pk, ())]
        return [self._laeser(punkt, bruger) for bruger in dict.fromkeys(en.bruger for en in alle)]

    def _laeser(self, punkt: Dagsordenspunkt, bruger: Bruger) -> Laeser:
        pakke = self.pakker.get(punkt.pk)
        laest = self.laest.get((punkt.sag_id, bruger.pk))
        if pakke is None or (laest and laest < pakke.udgivet_den):
            laest = None
        kan_ikke = ""
        if (punkt.sag.borger_id, bruger.pk) in self.inhabile:
            kan_ikke = "er inhabil"
        elif bruger.organisation == Organisation.REGION and punkt.sag_id not in self.regionens:
            kan_ikke = "mangler borgerens samtykke til regionen"
        har_adgang = (punkt.sag_id, bruger.pk) in self.adgang
        return Laeser(bruger.navn, laest, har_adgang, kan_ikke)


def _samlet(noegle: str, raekker: Any) -> dict[int, list[Any]]:
    fundne: dict[int, list[Any]] = {}
    for raekke in raekker:
        fundne.setdefault(getattr(raekke, noegle), []).append(raekke)
    return fundne
