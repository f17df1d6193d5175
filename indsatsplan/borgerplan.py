"""What the citizen's own plan says: the goal, what has begun, what comes. Pure functions.

Plain words and short lines; what is not known is left out. Sixty efforts still fit on two pages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from indsatsplan import billede
from indsatsplan.billede import Indsatsbillede, Maalbillede
from ressource import dansk
from ressource.datoer import Enhed, tilfoej
from ressource.svg.trappe import Soejletilstand, Trappesoejle

# What the plan makes concrete; what lies later is a sketch (guide, element 8).
KONKRETE_MAANEDER = 3
# Efforts with a row of their own, and with their purpose; the others are named in one line.
RAEKKER = 8
RAEKKER_MED_FORMAAL = 5
# Lines of what has begun, the newest.
BEGYNDTE = 6

# Hours a week from given days, by the effort's id: what was worked.
Faktiske = Mapping[int, Sequence[tuple[date, Decimal]]]


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
class _Timegang:
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
    gang = _timegang(alle, dag, faktiske)
    begyndte = [i for i in alle if i.faktisk_start and not (gang.nu and i in gang.i_gang)]
    konkrete, senere = _fremad(sorted(alle, key=lambda i: i.er_mentor), dag)
    return Borgerplan(
        maal=gaeldende[0].tekst if gaeldende else "",
        andre_maal=tuple(m.tekst for m in gaeldende[1:] if not m.naaet),
        timer=_timer_nu(gang),
        soejler=_soejler(gang, dag),
        begyndt=(*_naaede(gaeldende), *map(_begyndt, begyndte[-BEGYNDTE:])),
        begyndt_mere=max(len(begyndte) - BEGYNDTE, 0),
        konkret=tuple(_raekker(konkrete[:RAEKKER], dag)),
        konkret_mere=tuple(i.navn for i in konkrete[RAEKKER:]),
        timer_senere=_timer_senere(gang, dag),
        delmaal=tuple(_delmaal(gaeldende)),
        senere=tuple(i.navn for i in senere),
    )


# What has begun -----------------------------------------------------------------------------------


def _timegang(alle: list[Indsatsbillede], dag: date, faktiske: Faktiske) -> _Timegang:
    """Of efforts with steps or hours worked: as worked where that is written, else as planned."""
    serier = {i.id: _serie(i, faktiske) for i in alle if i.trin or i.id in faktiske}
    begyndt = [i for i in alle if i.id in serier and i.faktisk_start]
    i_gang = tuple(i for i in begyndt if not i.er_ophoert and not _paa_pause(i, dag))
    foer = [raekke for i in begyndt for raekke in serier[i.id] if raekke[0] <= dag]
    return _Timegang(
        foerste=min(foer, default=None),
        nu=sum((_gaeldende(serier[i.id], dag) for i in i_gang), start=Decimal(0)),
        naeste=_naeste([i for i in alle if not i.er_ophoert and i.trin], dag),
        i_gang=i_gang,
    )


def _naeste(indsatser: list[Indsatsbillede], dag: date) -> tuple[date, Decimal] | None:
    """The day of the next planned step, and what is planned of all efforts then."""
    kommende = [t.fra for i in indsatser for t in i.trin if t.fra > dag]
    if not kommende:
        return None
    fra = min(kommende)
    da = [i for i in indsatser if i.planlagt_slut is None or i.planlagt_slut >= fra]
    planlagt = ([(t.fra, t.timer_pr_uge) for t in i.trin] for i in da)
    return fra, sum((_gaeldende(serie, fra) for serie in planlagt), start=Decimal(0))


def _serie(indsats: Indsatsbillede, faktiske: Faktiske) -> list[tuple[date, Decimal]]:
    return sorted(faktiske.get(indsats.id) or [(t.fra, t.timer_pr_uge) for t in indsats.trin])


def _gaeldende(serie: list[tuple[date, Decimal]], dag: date) -> Decimal:
    return next((timer for fra, timer in reversed(serie) if fra <= dag), Decimal(0))


def _paa_pause(indsats: Indsatsbillede, dag: date) -> bool:
    return any(fra <= dag and (til is None or dag <= til) for fra, til in indsats.pauser)


def _timer_nu(gang: _Timegang) -> str:
    """`Du er nu i gang 10 timer om ugen. Da du begyndte i juni 2026, var det 4 timer.`"""
    if not gang.nu or gang.foerste is None:
        return ""
    nu = f"Du er nu i gang {dansk.timer(gang.nu)} om ugen."
    fra, timer = gang.foerste
    if timer == gang.nu:
        return nu
    return f"{nu} Da du begyndte i {dansk.maaned(fra)}, var det {dansk.timer(timer)}."


def _soejler(gang: _Timegang, dag: date) -> tuple[Trappesoejle, ...]:
    """The small bars; none where there is nothing to compare."""
    soejler = []
    if gang.foerste and gang.nu and gang.foerste[1] != gang.nu:
        fra, timer = gang.foerste
        soejler.append(Trappesoejle(timer, _maaned(fra, dag), Soejletilstand.FOER))
    if gang.nu:
        soejler.append(Trappesoejle(gang.nu, "nu", Soejletilstand.NU))
    if gang.nu and gang.naeste and gang.naeste[1] != gang.nu:
        fra, timer = gang.naeste
        soejler.append(Trappesoejle(timer, f"fra {_maaned(fra, dag)}", Soejletilstand.MAASKE))
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


def _timer_senere(gang: _Timegang, dag: date) -> str:
    if gang.naeste is None or not gang.naeste[1]:
        return ""
    fra, timer = gang.naeste
    return f"Fra {_maaned(fra, dag)} regner vi med {dansk.timer(timer)} om ugen."


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
