"""The staircase of each effort: planned steps against the hours it came to, as chart and table.

One of all efforts together when there are several, for a citizen who changes company goes on.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from django.utils.safestring import SafeString

from indsatsplan.billede import Indsatsbillede, Trinbillede
from indsatsplan.models import (
    FaktiskTimetal,
    Indsats,
    Indsatsfravaer,
    Indsatstrin,
    Ressourceforloeb,
)
from indsatsplan.timegang import Timegang, samlet_faktisk, samlet_planlagt, varighed
from indsatsplan.timer import Stykke
from rehabilitering.models import Omraade
from ressource import dansk, svg
from ressource.svg import Faktisk, Trin, Vaek

R = TypeVar("R", FaktiskTimetal, Indsatsfravaer)

LUFT_FOER, LUFT_EFTER = timedelta(days=7), timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Trinlinje:
    """A planned step in the table. `kan_blive` when nothing was written of how it went."""

    id: int
    nr: int
    fra: date
    timer: str
    opgaver: str
    detaljer: str
    er_skitse: bool
    blev_til: str
    kan_blive: bool

    @property
    def noegle(self) -> str:
        """Its key on the plan page."""
        return f"trin-{self.id}"


@dataclass(frozen=True, slots=True)
class Gangraekke:
    """Hours as they came to be, or days away, in the list below the table."""

    id: int
    noegle: str
    tekst: str


@dataclass(frozen=True, slots=True)
class Trappe:
    """One effort's staircase. `tegning` is empty until there is a step or an hour to draw."""

    indsats_id: int
    navn: str
    er_praktik: bool
    er_begyndt: bool
    er_ophoert: bool
    tegning: SafeString
    trin: tuple[Trinlinje, ...]
    timer: tuple[Gangraekke, ...]
    fravaer: tuple[Gangraekke, ...]

    @property
    def noegle(self) -> str:
        """Where it stands on the page."""
        return f"trappe-{self.indsats_id}"

    @property
    def nyt_trin(self) -> str:
        """The key of the form for its next step."""
        return f"trin-ny-{self.indsats_id}"

    @property
    def nye_timer(self) -> str:
        """The key of the form for hours as they came to be."""
        return f"timer-ny-{self.indsats_id}"

    @property
    def nyt_fravaer(self) -> str:
        """The key of the form for days away."""
        return f"fravaer-ny-{self.indsats_id}"

    @property
    def titel(self) -> str:
        """`Praktiktrappe, byggecentret`."""
        return f"{'Praktiktrappe' if self.er_praktik else 'Timer'}, {self.navn}"

    @property
    def er_tom(self) -> bool:
        """Whether nothing is written in it."""
        return not (self.trin or self.timer or self.fravaer)


@dataclass(frozen=True, slots=True)
class Trapper:
    """What the plan page shows of hours: those that go on, those that ended, and all together.

    `uden` are the efforts that could have a staircase and have none. `samlet` is empty for fewer
    than two with hours.
    """

    aktuelle: tuple[Trappe, ...]
    ophoerte: tuple[Trappe, ...]
    uden: tuple[Trappe, ...]
    samlet: SafeString
    samlede_timer: tuple[Stykke, ...]


def byg(
    indsatser: Iterable[Indsatsbillede],
    forloeb: Ressourceforloeb,
    *,
    i_dag: date,
    ser_helbred: bool,
) -> Trapper:
    """The staircases of a forløb's efforts, without those of health unless `ser_helbred`.

    Two statements, whatever the number of efforts.
    """
    gange = timegange(indsatser, forloeb, ser_helbred=ser_helbred)
    alle = [_trappe(g, navn, i_dag) for g, navn in zip(gange, _navne(gange), strict=True)]
    vist = [t for t in alle if not t.er_tom or (t.er_praktik and not t.er_ophoert)]
    med_tal = [g for g in gange if g.taeller_med]
    return Trapper(
        aktuelle=tuple(t for t in vist if not t.er_ophoert),
        ophoerte=tuple(t for t in vist if t.er_ophoert),
        uden=tuple(t for t in alle if t.er_tom and not t.er_praktik and not t.er_ophoert),
        samlet=samlet_tegning(med_tal, i_dag) if len(med_tal) > 1 else SafeString(""),
        samlede_timer=tuple(samlet_faktisk(med_tal, i_dag)),
    )


def timegange(
    indsatser: Iterable[Indsatsbillede], forloeb: Ressourceforloeb, *, ser_helbred: bool = True
) -> list[Timegang]:
    """The efforts that did not lapse, with hours and absence. Two statements."""
    timer = _efter_indsats(FaktiskTimetal.objects.filter(indsats__forloeb=forloeb).gaeldende())
    fravaer = _efter_indsats(Indsatsfravaer.objects.filter(indsats__forloeb=forloeb).gaeldende())
    return [
        Timegang(i, timer.get(i.id, ()), fravaer.get(i.id, ()), forloeb.gaelder_til)
        for i in indsatser
        if i.status != Indsats.Status.BORTFALDET and (ser_helbred or i.omraade != Omraade.SUNDHED)
    ]


def _efter_indsats(raekker: Iterable[R]) -> dict[int, list[R]]:
    samlet: dict[int, list[R]] = defaultdict(list)
    for raekke in raekker:
        samlet[raekke.indsats_id].append(raekke)
    return samlet


def _navne(gange: Sequence[Timegang]) -> list[str]:
    """What each is called: a praktik after its company, unless it has several; all different."""
    navne = [(g.indsats.er_praktik and g.indsats.leverandoer) or g.indsats.navn for g in gange]
    antal = Counter(navne)
    navne = [
        g.indsats.navn if antal[navn] > 1 else navn for g, navn in zip(gange, navne, strict=True)
    ]
    antal = Counter(navne)
    return [
        f"{navn} fra {dansk.dato(g.indsats.fra)}" if antal[navn] > 1 else navn
        for g, navn in zip(gange, navne, strict=True)
    ]


def _trappe(gang: Timegang, navn: str, i_dag: date) -> Trappe:
    indsats = gang.indsats
    return Trappe(
        indsats_id=indsats.id,
        navn=navn,
        er_praktik=indsats.er_praktik,
        er_begyndt=indsats.er_begyndt,
        er_ophoert=indsats.er_ophoert,
        tegning=_tegning(gang, navn, i_dag),
        trin=tuple(_trinlinjer(gang, i_dag)),
        timer=tuple(
            Gangraekke(
                t.pk,
                f"timer-{t.pk}",
                f"{dansk.timer(t.timer_pr_uge)} om ugen fra {dansk.dato(t.fra_dato)}"
                + (f": {t.bemaerkning}" if t.bemaerkning else ""),
            )
            for t in gang.timer
        ),
        fravaer=tuple(Gangraekke(f.pk, f"fravaer-{f.pk}", _fravaerstekst(f)) for f in gang.fravaer),
    )


def _fravaerstekst(fravaer: Indsatsfravaer) -> str:
    art = fravaer.get_art_display()
    navn = "Andet fravær" if art == "andet" else art.capitalize()
    til = f" til {dansk.dato(fravaer.til_dato)}" if fravaer.til_dato else ", endnu ikke tilbage"
    note = f": {fravaer.bemaerkning}" if fravaer.bemaerkning else ""
    return f"{navn} fra {dansk.dato(fravaer.fra_dato)}{til}{note}"


def _trinlinjer(gang: Timegang, i_dag: date) -> Iterable[Trinlinje]:
    planlagt = {t.fra: t for t in gang.planlagt(i_dag)}
    stykker = gang.stykker(i_dag)
    for nr, trin in enumerate(gang.indsats.trin, start=1):
        tegnet = planlagt.get(trin.fra)
        dage = [s for s in stykker if tegnet and s.fra <= tegnet.til and s.til >= tegnet.fra]
        yield Trinlinje(
            id=trin.id,
            nr=nr,
            fra=trin.fra,
            timer=f"{trin.dage_pr_uge} × {dansk.timetal(trin.timer_pr_dag)}",
            opgaver=trin.opgaver,
            detaljer=_detaljer(trin),
            er_skitse=trin.er_skitse,
            blev_til=_blev_til(tegnet, dage) if tegnet else "Indsatsen sluttede før.",
            kan_blive=_kan_blive(gang, tegnet, i_dag) if tegnet else False,
        )


def _kan_blive(gang: Timegang, trin: Trin, i_dag: date) -> bool:
    """Whether a step has begun and nothing was written of its hours yet."""
    start = gang.indsats.faktisk_start
    if start is None or trin.til < start or max(trin.fra, start) > i_dag:
        return False
    return not any(max(trin.fra, start) <= t.fra_dato <= trin.til for t in gang.timer)


def _detaljer(trin: Trinbillede) -> str:
    """`enkle opgaver, støtte jævnligt; mandag og torsdag`."""
    hvordan = f"{Indsatstrin.Kompleksitet(trin.kompleksitet).label}, {trin.stoette_vist}"
    return f"{hvordan}; {trin.ugedage}" if trin.ugedage else hvordan


def _blev_til(trin: Trin, stykker: Sequence[Stykke]) -> str:
    """What came of a step where that was something else: `Blev til 6 timer, 3 uger med 4.`"""
    inden = [Stykke(max(s.fra, trin.fra), min(s.til, trin.til), s.timer_pr_uge) for s in stykker]
    dage: dict[Decimal, int] = {}
    for s in inden:
        dage[s.timer_pr_uge] = dage.get(s.timer_pr_uge, 0) + (s.til - s.fra).days + 1
    # Hours worked are kept with one decimal.
    planlagt = dansk.afrund(trin.timer, 1)
    if not dage or set(dage) == {planlagt}:
        return ""
    mest = max(dage, key=lambda timer: dage[timer])
    andre = [
        f"{varighed(s)} med {dansk.timetal(s.timer_pr_uge)}"
        for s in inden
        if s.timer_pr_uge != mest
    ]
    hoved = "Blev som planlagt" if mest == planlagt else f"Blev til {dansk.timer(mest)}"
    return f"{', '.join([hoved, *andre])}."


def _tegning(gang: Timegang, navn: str, i_dag: date) -> SafeString:
    planlagt, faktisk = gang.planlagt(i_dag), gang.faktisk(i_dag)
    if not planlagt and not faktisk:
        return SafeString("")
    return _svg(f"tr{gang.indsats.id}", navn, planlagt, faktisk, gang.vaek(i_dag), i_dag)


def samlet_tegning(gange: Sequence[Timegang], i_dag: date) -> SafeString:
    """The hours a week of all `gange` together; empty when there are none to draw."""
    planlagt = [Trin(s.fra, s.til, s.timer_pr_uge) for s in samlet_planlagt(gange, i_dag)]
    faktisk = [Faktisk(s.fra, s.til, s.timer_pr_uge) for s in samlet_faktisk(gange, i_dag)]
    if not planlagt and not faktisk:
        return SafeString("")
    return _svg("tralle", "Alle indsatser", planlagt, faktisk, [], i_dag)


def _svg(
    uid: str,
    navn: str,
    planlagt: Sequence[Trin],
    faktisk: Sequence[Faktisk],
    vaek: Sequence[Vaek],
    i_dag: date,
) -> SafeString:
    stykker: list[Trin | Faktisk] = [*planlagt, *faktisk]
    slut = max(s.til for s in stykker)
    if slut >= i_dag:
        slut = max(slut, i_dag + LUFT_EFTER, _plads_til_navnet(stykker))
    else:
        slut += LUFT_EFTER
    return svg.trappe(
        _titel(navn, planlagt, faktisk, i_dag),
        planlagt,
        faktisk,
        uid=uid,
        fra=min(s.fra for s in stykker) - LUFT_FOER,
        til=slut,
        i_dag=i_dag,
        vaek=vaek,
    )


def _plads_til_navnet(stykker: Sequence[Trin | Faktisk]) -> date:
    """A day so long after the last step's first that its name is written in full."""
    foerste, sidste = min(s.fra for s in stykker), max(s.fra for s in stykker)
    return sidste + (sidste - foerste) / 3


def _titel(navn: str, planlagt: Sequence[Trin], faktisk: Sequence[Faktisk], i_dag: date) -> str:
    """`Byggecentret, timer om ugen: nu 10, planlagt 10`, or what it began and ended with."""
    led = [
        f"{ord_} {dansk.timetal(s.timer)}"
        for ord_, stykker in (("nu", faktisk), ("planlagt", planlagt))
        for s in stykker
        if s.fra <= i_dag <= s.til
    ]
    if not led and faktisk:
        led = [f"fra {dansk.timetal(faktisk[0].timer)} til {dansk.timetal(faktisk[-1].timer)}"]
    return f"{navn}, timer om ugen" + (f": {', '.join(led)}" if led else "")
