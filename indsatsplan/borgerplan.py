"""What the citizen's own plan says: the goal, what has begun, what comes. Pure functions.

Plain words and short lines; what is not known is left out. Sixty efforts still fit on two pages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from indsatsplan import billede
from indsatsplan.billede import Indsatsbillede, Maalbillede
from indsatsplan.models import FaktiskTimetal
from indsatsplan.timegang import Timegang, paa_dagen, samlet_gaaet, samlet_planlagt
from ressource import dansk
from ressource.datoer import Enhed, tilfoej
from ressource.svg.trappe import Soejletilstand, Trappesoejle

# What the plan makes concrete; what lies later is a sketch (guide, element 8).
KONKRETE_MAANEDER = 3
# Efforts with a row of their own, and with their purpose; the others are named in one line.
RAEKKER = 8
RAEKKER_MED_FORMAAL = 5
# Lines of what has begun, the newest; of these at most so many of what was reached.
BEGYNDTE, NAAEDE = 5, 2

# What was worked, by the effort's id, in order of the days.
Faktiske = Mapping[int, Sequence[FaktiskTimetal]]


@dataclass(frozen=True, slots=True)
class Raekke:
    """One effort in the citizen's words: what, why, when and who helps."""

    hvad: str
    hvorfor: str
    hvornaar: str
    hvem: str


@dataclass(frozen=True, slots=True)
class Borgerplan:
    """The plan in the citizen's words on the day it was agreed."""

    maal: str
    andre_maal: tuple[str, ...]
    timer: str
    soejler: tuple[Trappesoejle, ...]
    begyndt: tuple[str, ...]
    begyndt_mere: int
    konkret: tuple[Raekke, ...]
    konkret_mere: tuple[str, ...]
    timer_senere: str
    delmaal: tuple[str, ...]
    senere: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Timer:
    """Hours a week of the citizen's work: the first, those now and the next, each with its day.

    `i_gang` are the efforts that those now are of.
    """

    foerste: tuple[date, Decimal] | None
    nu: Decimal
    naeste: tuple[date, Decimal] | None
    i_gang: tuple[Indsatsbillede, ...]


def byg(maal: Sequence[Maalbillede], dag: date, faktiske: Faktiske) -> Borgerplan:
    """The plan as it stood on `dag`. `faktiske` are the hours worked until then."""
    gaeldende = [m for m in maal if not m.er_fjernet]
    alle = sorted(billede.indsatser(maal), key=lambda i: (i.fra, i.id))
    timer = _timer(alle, dag, faktiske)
    begyndte = [i for i in alle if i.faktisk_start and not (timer.nu and i in timer.i_gang)]
    naaede = _naaede(gaeldende)
    sket = [*naaede[-NAAEDE:]]
    sket += map(_begyndt, begyndte[len(sket) - BEGYNDTE :])
    konkrete, senere = _fremad(sorted(alle, key=lambda i: i.er_mentor), dag)
    return Borgerplan(
        maal=gaeldende[0].tekst if gaeldende else "",
        andre_maal=tuple(m.tekst for m in gaeldende[1:] if not m.naaet),
        timer=_timer_nu(timer),
        soejler=_soejler(timer, dag),
        begyndt=tuple(sket),
        begyndt_mere=len(naaede) + len(begyndte) - len(sket),
        konkret=tuple(_raekker(konkrete[:RAEKKER], dag)),
        konkret_mere=tuple(i.navn for i in konkrete[RAEKKER:]),
        timer_senere=_timer_senere(timer, dag),
        delmaal=tuple(_delmaal(gaeldende)),
        senere=tuple(i.navn for i in senere),
    )


# What has begun -----------------------------------------------------------------------------------


def _timer(alle: list[Indsatsbillede], dag: date, faktiske: Faktiske) -> _Timer:
    """As worked where that is written, else as planned."""
    gange = [Timegang(i, faktiske.get(i.id, ()), (), date.max) for i in alle]
    gange = [g for g in gange if g.taeller_med]
    i_gang = [g for g in gange if _er_i_gang(g.indsats, dag)]
    foerste = next(iter(samlet_gaaet(gange, dag)), None)
    return _Timer(
        foerste=(foerste.fra, foerste.timer_pr_uge) if foerste else None,
        nu=paa_dagen(samlet_gaaet(i_gang, dag), dag),
        naeste=_naeste([g for g in gange if not g.indsats.er_ophoert], dag),
        i_gang=tuple(g.indsats for g in i_gang),
    )


def _naeste(gange: list[Timegang], dag: date) -> tuple[date, Decimal] | None:
    """The day of the next planned step, and what is planned of all efforts then."""
    fra = min((t.fra for g in gange for t in g.indsats.trin if t.fra > dag), default=None)
    if fra is None:
        return None
    return fra, paa_dagen(samlet_planlagt(gange, dag, mindst_til=fra), fra)


def _er_i_gang(indsats: Indsatsbillede, dag: date) -> bool:
    return indsats.er_begyndt and not indsats.er_ophoert and not _paa_pause(indsats, dag)


def _paa_pause(indsats: Indsatsbillede, dag: date) -> bool:
    return any(fra <= dag and (til is None or dag <= til) for fra, til in indsats.pauser)


def _timer_nu(timer: _Timer) -> str:
    """`Du er nu i gang 10 timer om ugen. Da du begyndte i juni 2026, var det 4 timer.`"""
    if not timer.nu or timer.foerste is None:
        return ""
    nu = f"Du er nu i gang {dansk.timer(timer.nu)} om ugen."
    fra, foer = timer.foerste
    if foer == timer.nu:
        return nu
    return f"{nu} Da du begyndte i {dansk.maaned(fra)}, var det {dansk.timer(foer)}."


def _soejler(timer: _Timer, dag: date) -> tuple[Trappesoejle, ...]:
    """The small bars; none where there is nothing to compare."""
    soejler = []
    if timer.foerste and timer.nu and timer.foerste[1] != timer.nu:
        fra, antal = timer.foerste
        soejler.append(Trappesoejle(antal, _maaned(fra, dag), Soejletilstand.FOER))
    if timer.nu:
        soejler.append(Trappesoejle(timer.nu, "nu", Soejletilstand.NU))
    if timer.nu and timer.naeste and timer.naeste[1] != timer.nu:
        fra, antal = timer.naeste
        soejler.append(Trappesoejle(antal, f"fra {_maaned(fra, dag)}", Soejletilstand.MAASKE))
    return tuple(soejler) if len(soejler) > 1 else ()


def _maaned(dato: date, dag: date) -> str:
    """`juni`; with the year when it is more than eleven months away."""
    navn = dansk.MAANEDER[dato.month - 1]
    return navn if abs(dato - dag) < timedelta(days=330) else f"{navn} {dato.year}"


def _naaede(maal: list[Maalbillede]) -> list[str]:
    """`Du har nået: 10 timer om ugen, 10. november 2026`."""
    naaede = [(m.naaet, m.tekst) for m in maal if m.naaet]
    naaede += [(d.naaet, d.tekst) for m in maal for d in m.delmaal if d.naaet]
    return [f"Du har nået: {tekst}, {_dag(dato)}" for dato, tekst in sorted(naaede)]


def _begyndt(indsats: Indsatsbillede) -> str:
    """`Mentor, siden 9. juni 2026`; `Smertehåndtering, sluttede 24. oktober 2026`."""
    if indsats.faktisk_slut:
        return f"{indsats.navn}, sluttede {_dag(indsats.faktisk_slut)}"
    return f"{indsats.navn}, siden {_dag(indsats.fra)}"


# What comes ---------------------------------------------------------------------------------------


def _fremad(
    alle: list[Indsatsbillede], dag: date
) -> tuple[list[Indsatsbillede], list[Indsatsbillede]]:
    """What is ahead on `dag`: the concrete months, and the sketch after them."""
    graense = tilfoej(dag, KONKRETE_MAANEDER, Enhed.MAANEDER)
    kommende = [i for i in alle if not i.er_ophoert]
    konkrete = [i for i in kommende if i.er_begyndt or (not i.er_skitse and i.fra < graense)]
    return konkrete, [i for i in kommende if i not in konkrete]


def _raekker(indsatser: list[Indsatsbillede], dag: date) -> list[Raekke]:
    med_formaal = len(indsatser) <= RAEKKER_MED_FORMAAL
    return [
        Raekke(_hvad(i), i.formaal if med_formaal else "", _hvornaar(i, dag), _hvem(i))
        for i in indsatser
    ]


def _hvad(indsats: Indsatsbillede) -> str:
    """With the place, unless the name says it."""
    sted = indsats.leverandoer
    kendt = not sted or sted.casefold() in indsats.navn.casefold()
    return indsats.navn if kendt else f"{indsats.navn} hos {sted}"


def _hvem(indsats: Indsatsbillede) -> str:
    """`Tina Vestergaard og Bjarne Holm på stedet`."""
    paa_stedet = f"{indsats.virksomhedsmentor} på stedet" if indsats.virksomhedsmentor else ""
    return " og ".join(filter(None, [indsats.ansvarlig, paa_stedet]))


def _hvornaar(indsats: Indsatsbillede, dag: date) -> str:
    """`10 timer om ugen til 28. februar 2027, mandag og onsdag`; `Fra 8. december 2026`."""
    if _paa_pause(indsats, dag):
        return "På pause lige nu"
    trin = [t for t in indsats.trin if t.fra <= max(dag, indsats.fra)]
    if trin:
        timer, ugedage = f"{dansk.timer(trin[-1].timer_pr_uge)} om ugen", trin[-1].ugedage
    else:
        timer, ugedage = indsats.timer_vist, ""
    dage = [] if indsats.er_begyndt else [f"fra {_dag(indsats.planlagt_start)}"]
    if indsats.planlagt_slut and indsats.planlagt_slut >= dag:
        dage.append(f"til {_dag(indsats.planlagt_slut)}")
    tekst = ", ".join(del_ for del_ in (" ".join([timer, *dage]).strip(), ugedage) if del_)
    return (tekst[:1].upper() + tekst[1:]) or "I gang nu"


def _timer_senere(timer: _Timer, dag: date) -> str:
    if timer.naeste is None or not timer.naeste[1]:
        return ""
    fra, antal = timer.naeste
    return f"Fra {_maaned(fra, dag)} regner vi med {dansk.timer(antal)} om ugen."


def _delmaal(maal: list[Maalbillede]) -> list[str]:
    """`kørekort til varebil (31. marts 2027)`, those still to be reached."""
    return [
        f"{d.tekst} ({_dag(d.forventet)})" if d.forventet else d.tekst
        for m in maal
        for d in m.delmaal
        if not d.naaet
    ]


def _dag(dato: date) -> str:
    """`28. februar 2027` on one line: paper is read for months, so the year is always there."""
    return dansk.dato_skrevet(dato).replace(" ", "\N{NO-BREAK SPACE}")
