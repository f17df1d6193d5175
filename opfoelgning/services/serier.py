"""Follow-ups planned ahead at one go; each lives its own life afterwards."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from borgere.models import Sag
from borgere.services import kraev_fase, laas_sag
from opfoelgning.models import Opfoelgningsmoede, Opfoelgningsserie
from opfoelgning.services.moeder import FASER, HOEJST_FREM, hvorfor_ikke, kan_aftales, nyt_moede
from ressource import dansk, haendelser
from ressource.datoer import EN_DAG
from ressource.kalender import i_dag, lukkede_dage
from ressource.models import Bruger

# No closing lasts longer than Christmas and New Year together.
_SOEG = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Seriedag:
    """One meeting of a series. `fordi` is why it is not on the day it was counted to; else empty."""

    tidspunkt: datetime
    talt_til: date
    fordi: str


def seriedage(foerste: datetime, *, antal: int, uger: int) -> list[Seriedag]:
    """`antal` times, `uger` weeks apart; one on a closed day is on the next open day of its own.

    Each is counted from the first one, so a closed day moves itself alone. Raises `ValidationError`
    on `antal` when they reach more than a year ahead. Two statements.
    """
    lokal = timezone.localtime(foerste)
    talt = [lokal.date() + timedelta(weeks=uger * nr) for nr in range(antal)]
    if talt[-1] > i_dag() + HOEJST_FREM:
        raise ValidationError(
            {"antal": "Det sidste møde ligger mere end et år ude i fremtiden. Planlæg færre."}
        )
    lukket = lukkede_dage(talt[0], talt[-1] + _SOEG)
    taget = {dag for dag in talt if dag not in lukket}
    dage = []
    for dag in talt:
        dato = dag
        # A closing of more than a week moves two of them.
        while dag in lukket and (dato in lukket or dato in taget):
            dato += EN_DAG
        taget.add(dato)
        tid = timezone.make_aware(datetime.combine(dato, lokal.time()))
        dage.append(Seriedag(tid, dag, lukket.get(dag, "")))
    return sorted(dage, key=lambda dag: dag.tidspunkt)


@transaction.atomic
def opret_serie(
    sag: Sag, *, foerste: datetime, antal: int, uger: int, sted: str, form: str, af: Bruger
) -> Opfoelgningsserie:
    """Agree `antal` meetings, `uger` weeks apart (`seriedage`).

    Raises `ValidationError`, by field, in a step without follow-ups, when the first day has gone
    by, the last is too far ahead, or the case has a meeting at one of the times.
    """
    sag = laas_sag(sag.pk)
    if not kan_aftales(sag):
        kraev_fase(sag, *FASER)
    dage = kraev_serie(sag, foerste, antal=antal, uger=uger)
    serie = Opfoelgningsserie(sag=sag, uger=uger, oprettet_af=af)
    serie.full_clean()
    serie.save()
    for dag in dage:
        nyt_moede(sag, dag.tidspunkt, sted, form, serie=serie, af=af)
    haendelser.log(serie, "opfoelgning.serie", af=af, sag_id=sag.pk, antal=antal, uger=uger)
    return serie


def kraev_serie(sag: Sag, foerste: datetime, *, antal: int, uger: int) -> list[Seriedag]:
    """The days of a series that could be agreed. Raises `ValidationError` as `opret_serie`."""
    if timezone.localdate(foerste) < i_dag():
        raise ValidationError({"tidspunkt": "Det første møde skal ligge fra i dag og frem."})
    dage = seriedage(foerste, antal=antal, uger=uger)
    if fejl := hvorfor_ikke(sag, dage[0].tidspunkt):
        raise ValidationError({"tidspunkt": fejl})
    tider = [dag.tidspunkt for dag in dage]
    optaget = sag.opfoelgningsmoeder.aftalte().filter(tidspunkt__in=tider).first()
    if optaget:
        raise ValidationError(
            {
                "tidspunkt": f"Der er allerede aftalt et møde {dansk.tidspunkt(optaget.tidspunkt)}. "
                "Vælg et andet klokkeslæt eller en anden dag."
            }
        )
    return dage


def rest_af(serie: Opfoelgningsserie) -> QuerySet[Opfoelgningsmoede]:
    """Those of the series that are still to come."""
    return serie.moeder.aftalte().filter(tidspunkt__gt=timezone.now())


@transaction.atomic
def aflys_resten(
    serie: Opfoelgningsserie, *, afbud: str, aarsag: str, af: Bruger
) -> list[Opfoelgningsmoede]:
    """Call off those of the series that are still to come; the others stay as they are.

    Raises `ValidationError`, by field, when nobody says who could not and why, and when none is
    left.
    """
    laas_sag(serie.sag_id)
    rest = list(rest_af(serie).select_for_update(of=("self",)))
    if not rest:
        raise ValidationError("Der er ingen kommende møder tilbage i serien.")
    if afbud not in Opfoelgningsmoede.Afbud.values:
        raise ValidationError({"afbud": "Vælg, hvem der ikke kunne."})
    if not aarsag.strip():
        raise ValidationError({"aarsag": "Skriv, hvorfor møderne aflyses."})
    for moede in rest:
        moede.status, moede.afgjort_dato = Opfoelgningsmoede.Status.AFLYST, i_dag()
        moede.afbud, moede.aarsag, moede.laas = afbud, aarsag.strip(), moede.laas + 1
    felter = ["status", "afgjort_dato", "afbud", "aarsag", "laas"]
    Opfoelgningsmoede.objects.bulk_update(rest, felter)
    haendelser.log(serie, "opfoelgning.serie_aflyst", af=af, sag_id=serie.sag_id, antal=len(rest))
    return rest
