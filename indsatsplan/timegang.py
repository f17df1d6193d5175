"""How an effort goes in hours a week: what is planned, what it came to, when the citizen was away.

The pieces a staircase is drawn from, and the sum of several efforts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from indsatsplan.billede import Indsatsbillede
from indsatsplan.daekning import Gang
from indsatsplan.models import FaktiskTimetal, Indsatsfravaer
from indsatsplan.timer import Stykke, Timeserie
from ressource import dansk
from ressource.dagemaengder import AabenPeriode, inden_for
from ressource.datoer import EN_DAG, Enhed, tilfoej
from ressource.svg import Faktisk, Trin, Vaek

# How far the last step is drawn when its effort has no end, or when it is a sketch past that end.
MAANEDER_FREM = 3
UGE = 7


@dataclass(frozen=True, slots=True)
class Timegang:
    """An effort with the hours and the absence written of it, in order; `graense` ends its forløb."""

    indsats: Indsatsbillede
    timer: Sequence[FaktiskTimetal]
    fravaer: Sequence[Indsatsfravaer]
    graense: date

    @property
    def taeller_med(self) -> bool:
        """Whether it counts among the hours of the week; talks with a mentor are no working hours."""
        return bool(self.timer or self.indsats.trin) and not self.indsats.er_mentor

    def planlagt(self, i_dag: date, *, mindst_til: date = date.min) -> list[Trin]:
        """The steps with their last days. One that begins after the effort ended never came.

        A last step without an end goes on for three months, and at least until `mindst_til`.
        """
        slut = self.indsats.faktisk_slut or date.max
        trin = [t for t in self.indsats.trin if t.fra <= slut]
        if not trin:
            return []
        sidste = self._sidste_dag(trin[-1].fra, i_dag, mindst_til)
        sidste_dage = [*(t.fra - EN_DAG for t in trin[1:]), sidste]
        return [
            Trin(t.fra, til, t.timer_pr_uge, f"Trin {nr}", er_skitse=t.er_skitse)
            for nr, (t, til) in enumerate(zip(trin, sidste_dage, strict=True), start=1)
        ]

    def _sidste_dag(self, fra: date, i_dag: date, mindst_til: date) -> date:
        """Until the effort ends, past its plan while it runs; a sketch after that, three months."""
        slut = self.indsats.faktisk_slut or self.indsats.planlagt_slut
        if slut and not self.indsats.faktisk_slut and self.indsats.er_begyndt:
            slut = max(slut, min(i_dag, self.graense))
        if slut and fra <= slut:
            return slut
        frem = tilfoej(max(fra, i_dag), MAANEDER_FREM, Enhed.MAANEDER) - EN_DAG
        return max(fra, min(max(frem, mindst_til), self.graense))

    def stykker(self, i_dag: date) -> list[Stykke]:
        """Hours a week as they came to be until today; days away are not taken out."""
        return self._gaaet([(t.fra_dato, t.timer_pr_uge) for t in self.timer], i_dag)

    def stykker_eller_plan(self, i_dag: date) -> list[Stykke]:
        """The same; as planned when nothing is written of how it went."""
        if self.timer:
            return self.stykker(i_dag)
        return self._gaaet([(t.fra, t.timer_pr_uge) for t in self.indsats.trin], i_dag)

    def _gaaet(self, raekker: Iterable[tuple[date, Decimal]], i_dag: date) -> list[Stykke]:
        start = self.indsats.faktisk_start
        if start is None:
            return []
        serie = Timeserie(tuple(raekker), Gang(start, self.indsats.faktisk_slut))
        return serie.stykker(start, min(i_dag, self.graense))

    def faktisk(self, i_dag: date) -> list[Faktisk]:
        """The same to be drawn: fewer hours than before say only how long, «mindre i 3 uger»."""
        stykker = self.stykker(i_dag)
        noter = [""] + [
            _mindre(nu, i_dag) if nu.timer_pr_uge < foer.timer_pr_uge else ""
            for foer, nu in pairwise(stykker)
        ]
        return [
            Faktisk(s.fra, s.til, s.timer_pr_uge, note)
            for s, note in zip(stykker, noter, strict=False)
        ]

    def vaek(self, i_dag: date) -> list[Vaek]:
        """Absence and pauses in the days that have been, and those agreed on ahead."""
        borte: list[tuple[AabenPeriode, str]] = [
            ((f.fra_dato, f.til_dato), f.get_art_display()) for f in self.fravaer
        ]
        borte = [(p, "andet fravær" if navn == "andet" else navn) for p, navn in borte]
        borte += [(p, "pause") for p in self.indsats.pauser]
        sidste = self.indsats.faktisk_slut or self.graense
        return sorted(
            (
                Vaek(*dage, navn)
                for (fra, til), navn in borte
                for dage in inden_for([(fra, til or max(i_dag, fra))], date.min, sidste)
            ),
            key=lambda v: v.fra,
        )


def _mindre(stykke: Stykke, i_dag: date) -> str:
    return "mindre nu" if stykke.til >= i_dag else f"mindre i {varighed(stykke)}"


def varighed(stykke: Stykke) -> str:
    """`3 uger`, `10 dage`: whole weeks as weeks, from two weeks on the nearest number of them."""
    antal = (stykke.til - stykke.fra).days + 1
    if antal % UGE and antal < 2 * UGE:
        return dansk.dage(antal)
    uger = round(antal / UGE)
    return f"{uger} {'uge' if uger == 1 else 'uger'}"


def laeg_sammen(stykker: Iterable[Stykke]) -> list[Stykke]:
    """Hours a week in all: one piece for each stretch of days with the same sum, in order."""
    skift: dict[date, tuple[int, Decimal]] = {}
    for s in stykker:
        for dag, fortegn in ((s.fra, 1), (s.til + EN_DAG, -1)):
            antal, timer = skift.get(dag, (0, Decimal(0)))
            skift[dag] = (antal + fortegn, timer + fortegn * s.timer_pr_uge)
    samlet: list[Stykke] = []
    i_gang, i_alt = 0, Decimal(0)
    for dag, naeste in pairwise(sorted(skift)):
        i_gang, i_alt = i_gang + skift[dag][0], i_alt + skift[dag][1]
        if not i_gang:
            continue
        foer = samlet[-1] if samlet else None
        if foer and foer.til == dag - EN_DAG and foer.timer_pr_uge == i_alt:
            samlet[-1] = Stykke(foer.fra, naeste - EN_DAG, i_alt)
        else:
            samlet.append(Stykke(dag, naeste - EN_DAG, i_alt))
    return samlet


def samlet_faktisk(gange: Iterable[Timegang], i_dag: date) -> list[Stykke]:
    """What the efforts came to together, in hours a week until today."""
    return laeg_sammen(s for gang in gange for s in gang.stykker(i_dag))


def samlet_gaaet(gange: Iterable[Timegang], i_dag: date) -> list[Stykke]:
    """The same, with those nothing is written of as they were planned."""
    return laeg_sammen(s for gang in gange for s in gang.stykker_eller_plan(i_dag))


def samlet_planlagt(
    gange: Iterable[Timegang], i_dag: date, *, mindst_til: date = date.min
) -> list[Stykke]:
    """What is planned of them together, in hours a week; what has no end at least to `mindst_til`."""
    return laeg_sammen(
        Stykke(t.fra, t.til, Decimal(t.timer))
        for gang in gange
        for t in gang.planlagt(i_dag, mindst_til=mindst_til)
    )


def paa_dagen(stykker: Iterable[Stykke], dag: date) -> Decimal:
    """The hours a week of `dag`; zero when no piece holds it."""
    return next((s.timer_pr_uge for s in stykker if s.fra <= dag <= s.til), Decimal(0))
