"""The citizen's own plan on paper: plain words, larger type, one or two pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from borgere import deling
from borgere.models import Informationstype, Sag
from indsatsplan import aftaler, billede, plansvar
from indsatsplan.billede import Indsatsbillede
from indsatsplan.models import Indsatsplan
from ressource import dansk
from ressource.datoer import Enhed, tilfoej
from ressource.kalender import i_dag
from ressource.models import Bruger
from ressource.pdf import skabelon_til_pdf

# What the plan makes concrete; what lies later is a sketch (guide, element 8).
KONKRETE_MAANEDER = 3


@dataclass(frozen=True, slots=True)
class Linje:
    """One effort in the citizen's words: what, why, when and who helps."""

    hvad: str
    hvorfor: str
    hvornaar: str
    hvem: str


def borgerens_plan(plan: Indsatsplan, *, tidspunkt: datetime) -> bytes:
    """The approved version `plan` as a PDF; the next appointment is the one agreed at `tidspunkt`.

    `plan` brings its forløb, case and citizen. Four statements besides those of the follow-ups'
    source. Raises `PdfUtilgaengelig` when this machine cannot make PDFs.
    """
    sag = plan.forloeb.sag
    maal = billede.fra_json(plan.indhold)
    godkendt = plan.godkendt_dato or i_dag()
    kontekst = {
        "kommune": settings.RESSOURCE_KOMMUNE,
        "navn": sag.borger.navn,
        **deling.brevhoved(sag.borger, Informationstype.PLAN),
        "plan": plan,
        "foerste_maal": maal[0].tekst,
        "andre_maal": [m.tekst for m in maal[1:]],
        "naaet": _naaet(billede.indsatser(maal)),
        **_fremad(list(billede.indsatser(maal)), godkendt),
        "svar": [linje.booking for linje in plansvar.i_version(plan)],
        "aftale": aftaler.naeste(aftaler.for_sag(sag), tidspunkt),
        "ansvarlig": _ansvarlig(sag),
    }
    return skabelon_til_pdf(
        "indsatsplan/pdf/plan.html", kontekst, titel="Din plan", tidspunkt=tidspunkt
    )


def _naaet(indsatser: Iterable[Indsatsbillede]) -> list[str]:
    """`Mentor, siden 9. juni 2026`; `Smertehåndtering, sluttede 24. oktober 2026`."""
    linjer = []
    for indsats in sorted((i for i in indsatser if i.faktisk_start), key=lambda i: (i.fra, i.id)):
        if indsats.faktisk_slut:
            linjer.append(f"{indsats.navn}, sluttede {_dag(indsats.faktisk_slut)}")
        else:
            linjer.append(f"{indsats.navn}, siden {_dag(indsats.fra)}")
    return linjer


def _fremad(indsatser: list[Indsatsbillede], godkendt: date) -> dict[str, list[Linje]]:
    """What is ahead on the day of approval: the concrete months, and the sketch after them."""
    graense = tilfoej(godkendt, KONKRETE_MAANEDER, Enhed.MAANEDER)
    kommende = sorted((i for i in indsatser if not i.er_ophoert), key=lambda i: (i.fra, i.id))
    konkrete = [i for i in kommende if not i.er_skitse and i.fra < graense]
    return {
        "konkret": [_linje(i) for i in konkrete],
        "skitse": [_linje(i) for i in kommende if i not in konkrete],
    }


def _linje(indsats: Indsatsbillede) -> Linje:
    return Linje(indsats.navn, indsats.formaal, _hvornaar(indsats), indsats.ansvarlig)


def _hvornaar(indsats: Indsatsbillede) -> str:
    """`10 timer om ugen, til 28. februar 2027`; `Fra 8. december 2026`."""
    dage = []
    if not indsats.er_begyndt:
        dage.append(f"fra {_dag(indsats.planlagt_start)}")
    if indsats.planlagt_slut:
        dage.append(f"til {_dag(indsats.planlagt_slut)}")
    tekst = ", ".join(del_ for del_ in (indsats.timer_vist, " ".join(dage)) if del_)
    return (tekst[:1].upper() + tekst[1:]) or "I gang nu"


def _dag(dato: date) -> str:
    """`28. februar 2027`: paper is read for months, so the year is always there."""
    return f"{dato.day}. {dansk.MAANEDER[dato.month - 1]} {dato.year}"


def _ansvarlig(sag: Sag) -> Bruger | None:
    """Who answers for the case today."""
    tildeling = sag.tildelinger.gaeldende(i_dag()).ansvarlige().select_related("bruger").first()
    return tildeling.bruger if tildeling else None
