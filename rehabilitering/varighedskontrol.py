"""A ressourceforløb of one case held against its rule set and the citizen's history.

The limits are those of the set the case carries; the cut-off is also that of the set that is or
will be in force on the first day (domain.md 0, no. 5), and may be gone round with an approved `Regelfravigelse`.
"""

from datetime import date

from django.db.models import Max
from django.db.models.functions import Coalesce

from borgere.models import Sag
from rehabilitering import varighed
from rehabilitering.models import Afgoerelse, Regelfravigelse
from rehabilitering.varighed import Periode
from ressource import dansk
from ressource.datoer import EN_DAG
from ressource.models import Regelsaet


def tidligere_forloeb(
    sag: Sag, *, undtagen: Afgoerelse | None = None, foer: date | None = None
) -> list[Periode]:
    """The citizen's forløb of every case, oldest first, each with its last day.

    `undtagen` is a decision that is being changed: its forløb is not counted beside the new one.
    `foer` is the first day of a new one: what runs then ends the day before. A single day is how a
    forløb is kept that a changed decision annulled, or whose case ended before it began: it never
    ran, and counts for nothing.
    """
    givne = Afgoerelse.objects.filter(sag__borger=sag.borger_id, forloeb__isnull=False)
    if undtagen:
        givne = givne.exclude(pk=undtagen.pk)
    sidste = Coalesce("forloeb__afsluttet_dato", "forloeb__slut_dato")
    givne = givne.exclude(forloeb__start_dato=sidste).order_by("forloeb__start_dato")
    perioder = givne.values_list("forloeb__start_dato", sidste)
    return [(fra, foer - EN_DAG if foer and fra < foer <= til else til) for fra, til in perioder]


def brud(
    sag: Sag,
    *,
    start: date,
    slut: date,
    oensker_mere: bool = False,
    undtagen: Afgoerelse | None = None,
) -> list[str]:
    """Everything the rules have against that forløb: Danish sentences, empty when nothing."""
    foedt = sag.borger.foedselsdato
    tidligere = tidligere_forloeb(sag, undtagen=undtagen, foer=start)
    fundet = varighed.brud(
        sag.regelsaet,
        foedt=foedt,
        start=start,
        slut=slut,
        tidligere=tidligere,
        oensker_mere=oensker_mere,
    )
    skaering = skaeringsbrud(sag, start=start, slut=slut, tidligere=tidligere, undtagen=undtagen)
    if skaering:
        fundet.append(skaering)
    return fundet


def skaeringsbrud(
    sag: Sag,
    *,
    start: date,
    slut: date,
    tidligere: list[Periode],
    undtagen: Afgoerelse | None = None,
) -> str:
    """Why the forløb comes after the last day for it and nobody has approved that; else empty."""
    foedt = sag.borger.foedselsdato
    for regelsaet in _saet(sag, start):
        besked = varighed.skaeringsbrud(
            regelsaet, foedt=foedt, start=start, slut=slut, tidligere=tidligere
        )
        if besked:
            mere = varighed.er_forlaengelse(
                regelsaet, foedt=foedt, start=start, slut=slut, tidligere=tidligere
            )
            art = Regelfravigelse.Art.FORLAENGELSE if mere else Regelfravigelse.Art.NYT_FORLOEB
            if not er_fraveget(sag, art, undtagen=undtagen):
                return f"{besked} Teamlederen kan godkende, at reglen fraviges."
    if not er_i_kraft(start):
        return (
            f"Der er intet regelsæt i kraft {dansk.dato(start)}. "
            "Administratoren skal sætte et i kraft, før der kan bevilges et forløb fra den dag."
        )
    return ""


def er_fraveget(sag: Sag, art: str, *, undtagen: Afgoerelse | None = None) -> bool:
    """Whether the teamleder has approved that the case gets `art` in spite of the cut-off.

    An approval is for one forløb: the next that is granted in the case needs one of its own.
    `undtagen` is a decision that is being changed; what it was approved by still holds.
    """
    brugt = Afgoerelse.objects.filter(sag=sag, forloeb__isnull=False)
    if undtagen:
        brugt = brugt.exclude(pk=undtagen.pk)
    seneste = brugt.aggregate(tid=Max("afsluttet_den"))["tid"]
    godkendte = Regelfravigelse.objects.godkendte().filter(sag=sag, art=art)
    return (godkendte.filter(afgjort_den__gt=seneste) if seneste else godkendte).exists()


def er_i_kraft(dato: date) -> bool:
    """Whether an active rule set covers `dato`."""
    return _gaeldende(dato) is not None


def _saet(sag: Sag, start: date) -> list[Regelsaet]:
    """The case's own set, and the one in force on the first day when that is another."""
    gaeldende = _gaeldende(start)
    if gaeldende is None or gaeldende == sag.regelsaet:
        return [sag.regelsaet]
    return [sag.regelsaet, gaeldende]


def _gaeldende(dato: date) -> Regelsaet | None:
    try:
        return Regelsaet.objects.ventet(dato)
    except Regelsaet.DoesNotExist:
        return None
