"""What a new effort begins from: its kind, a line of the indstilling, the mentor, an effort again."""

from datetime import date, timedelta
from decimal import Decimal
from textwrap import shorten
from typing import TypedDict

from django.db.models import Exists, OuterRef, QuerySet

from indsatsplan.borgerplan import KONKRETE_MAANEDER
from indsatsplan.models import Indsats, Linjeforklaring, Maal, Ressourceforloeb
from rehabilitering.models import Indsatstype, Indstillingslinje
from ressource.datoer import EN_DAG, Enhed, tilfoej
from ressource.kalender import i_dag

MENTORS_GRUND = "Mentor er udgangspunktet i et ressourceforløb"
_FORMAALETS_LAENGDE = 250


class Indsatsfelter(TypedDict, total=False):
    """What the plan says of an effort; what was done of it has its own services."""

    maal: Maal | None
    indsatstype: Indsatstype
    beskrivelse: str
    formaal: str
    linje: Indstillingslinje | None
    tilfoejet_begrundelse: str
    planlagt_start: date
    planlagt_slut: date | None
    timer_pr_uge: Decimal | None
    ansvarlig: str
    leverandoer: str
    skaanehensyn: str
    opgaver: str
    er_skitse: bool


def fra_type(
    indsatstype: Indsatstype, forloeb: Ressourceforloeb, *, start: date | None = None
) -> Indsatsfelter:
    """The catalogue's purpose, length and hours, from `start` or today and within the forløb."""
    foerste = _i_forloebet(start or i_dag(), forloeb)
    slut = foerste + timedelta(weeks=indsatstype.uger) - EN_DAG if indsatstype.uger else None
    return {
        "indsatstype": indsatstype,
        "beskrivelse": indsatstype.navn,
        "formaal": indsatstype.formaal_forslag,
        "planlagt_start": foerste,
        "planlagt_slut": _i_forloebet(slut, forloeb) if slut else None,
        "timer_pr_uge": indsatstype.timer_pr_uge,
        "er_skitse": foerste > tilfoej(i_dag(), KONKRETE_MAANEDER, Enhed.MAANEDER),
    }


def fra_linje(linje: Indstillingslinje, forloeb: Ressourceforloeb) -> Indsatsfelter:
    """An effort that carries out `linje` (with its kind), under the first goal. Two statements."""
    felter = fra_type(linje.indsatstype, forloeb, start=linje.start_dato)
    felter |= {
        "linje": linje,
        "maal": forloeb.maal.gaeldende().first(),
        "beskrivelse": linje.beskrivelse or linje.indsatstype.navn,
        "formaal": linje.formaal or felter["formaal"],
        "ansvarlig": linje.ansvarlig,
    }
    if linje.indsatstype.er_mentor:
        _mentors_ord(felter, forloeb)
    return felter


def mentor(forloeb: Ressourceforloeb) -> Indsatsfelter:
    """The mentor the team recommended, or the catalogue's; empty when it has no such kind."""
    linje = manglende_linjer(forloeb).filter(indsatstype__er_mentor=True).first()
    if linje is not None:
        return fra_linje(linje, forloeb)
    indsatstype = Indsatstype.objects.filter(er_mentor=True, er_aktiv=True).first()
    if indsatstype is None:
        return {}
    felter = fra_type(indsatstype, forloeb)
    felter |= {
        "maal": forloeb.maal.gaeldende().first(),
        "tilfoejet_begrundelse": MENTORS_GRUND,
    }
    _mentors_ord(felter, forloeb)
    return felter


def igen(indsats: Indsats, forloeb: Ressourceforloeb) -> Indsatsfelter:
    """The same effort once more: from today, as long as the first was planned to be."""
    start = _i_forloebet(i_dag(), forloeb)
    slut = indsats.planlagt_slut
    varighed = slut - indsats.planlagt_start if slut else None
    return {
        "maal": indsats.maal if indsats.maal.fjernet_den is None else None,
        "indsatstype": indsats.indsatstype,
        "beskrivelse": indsats.beskrivelse,
        "formaal": indsats.formaal,
        "linje": indsats.linje,
        "tilfoejet_begrundelse": indsats.tilfoejet_begrundelse,
        "planlagt_start": start,
        "planlagt_slut": _i_forloebet(start + varighed, forloeb) if varighed else None,
        "timer_pr_uge": indsats.timer_pr_uge,
        "ansvarlig": indsats.ansvarlig,
        "leverandoer": indsats.leverandoer,
        "skaanehensyn": indsats.skaanehensyn,
        "opgaver": indsats.opgaver,
    }


def manglende_linjer(forloeb: Ressourceforloeb) -> QuerySet[Indstillingslinje]:
    """The indstilling's lines that no effort carries out and nobody has explained, in order."""
    udfoert = forloeb.indsatser.filter(linje=OuterRef("pk")).exclude(
        status=Indsats.Status.BORTFALDET
    )
    forklaret = Linjeforklaring.objects.gaeldende().filter(forloeb=forloeb, linje=OuterRef("pk"))
    return (
        Indstillingslinje.objects.gaeldende()
        .filter(~Exists(udfoert), ~Exists(forklaret), indstilling=forloeb.indstilling_id)
        .select_related("indsatstype")
    )


def _mentors_ord(felter: Indsatsfelter, forloeb: Ressourceforloeb) -> None:
    """Fill in what the team wrote of the mentor's purpose and tasks."""
    indstilling = forloeb.afgoerelse.grundlag
    if indstilling is None:
        return
    formaal = shorten(indstilling.mentor_formaal, _FORMAALETS_LAENGDE, placeholder=" …")
    felter["formaal"] = felter["formaal"] or formaal
    felter["opgaver"] = indstilling.mentor_opgaver


def _i_forloebet(dato: date, forloeb: Ressourceforloeb) -> date:
    return min(max(dato, forloeb.start_dato), forloeb.gaelder_til)
