"""Spot checks of what a team has looked at: drawn by chance, judged one by one, concluded once."""

from datetime import date, datetime, time, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from ressource import haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger, Opslag, Rolle, Stikproeve, Stikproevelinje, Team

ANTAL = range(5, 51)
LAENGSTE_DAGE = 366


@transaction.atomic
def udtag_stikproeve(
    *, fra_dato: date, til_dato: date, antal: int, med_afviste: bool = False, af: Bruger
) -> Stikproeve:
    """Draw `antal` look-ups by the team of `af` from the period (both ends included), by chance.

    The database chooses, so that nobody can. Only what concerns a case counts, never the look-ups of
    `af`; refusals are among them when `med_afviste`. Where there are fewer, all are taken. Raises
    `PermissionDenied` unless `af` leads a team, and `ValidationError` by field, also when the team
    has an open one already (so a form sent twice draws once).
    """
    if not af.har_rolle(Rolle.TEAMLEDER) or af.team_id is None:
        raise PermissionDenied("Kun en teamleder med et team kan udtage en stikprøve.")
    _kontroller_periode(fra_dato, til_dato, antal)
    team = Team.objects.select_for_update().get(pk=af.team_id)
    mulige = _mulige(team, fra_dato, til_dato, med_afviste=med_afviste).exclude(bruger=af)
    valgte = list(mulige.order_by("?")[:antal])
    if not valgte:
        raise ValidationError("Teamet har ingen opslag i perioden. Vælg en anden periode.")
    stikproeve = Stikproeve(
        team=team,
        fra_dato=fra_dato,
        til_dato=til_dato,
        udtaget_af=af,
        antal_opslag=mulige.count(),
    )
    stikproeve.full_clean()
    stikproeve.save()
    Stikproevelinje.objects.bulk_create(
        Stikproevelinje(stikproeve=stikproeve, opslag=opslag)
        for opslag in sorted(valgte, key=lambda opslag: opslag.pk)
    )
    haendelser.log(stikproeve, "stikproeve.udtaget", af=af, antal=len(valgte))
    return stikproeve


def _kontroller_periode(fra_dato: date, til_dato: date, antal: int) -> None:
    if til_dato > i_dag():
        raise ValidationError({"til_dato": "Datoen ligger ude i fremtiden. Vælg i dag eller før."})
    if til_dato < fra_dato:
        raise ValidationError({"til_dato": "Slutdatoen ligger før startdatoen."})
    if til_dato - fra_dato > timedelta(days=LAENGSTE_DAGE):
        raise ValidationError({"til_dato": "Vælg højst et år ad gangen."})
    if antal not in ANTAL:
        raise ValidationError({"antal": f"Vælg fra {ANTAL[0]} til {ANTAL[-1]} opslag."})


def _mulige(team: Team, fra_dato: date, til_dato: date, *, med_afviste: bool) -> QuerySet[Opslag]:
    """The look-ups to choose among: those about a case, and searches, which find citizens."""
    fra = timezone.make_aware(datetime.combine(fra_dato, time.min))
    til = timezone.make_aware(datetime.combine(til_dato + timedelta(days=1), time.min))
    om_sager = Q(sag_id__isnull=False) | Q(handling=Opslag.Handling.SOEG)
    mulige = Opslag.objects.filter(bruger__team=team, tidspunkt__gte=fra, tidspunkt__lt=til)
    if med_afviste:
        return mulige.filter(om_sager | Q(handling=Opslag.Handling.AFVIST))
    return mulige.filter(om_sager).exclude(handling=Opslag.Handling.AFVIST)


@transaction.atomic
def vurder_opslag(
    linje: Stikproevelinje, *, vurdering: str, bemaerkning: str = "", af: Bruger
) -> Stikproevelinje:
    """Judge one look-up of an open spot check; judged again, the last judgement holds.

    Raises `PermissionDenied` for one's own look-up or another team's, and `ValidationError` by field
    (anything but «begrundet» takes a remark) or when the spot check is concluded.
    """
    _laas_aaben(linje.stikproeve_id, af)
    linje = Stikproevelinje.objects.select_related("opslag").get(pk=linje.pk)
    if linje.opslag.bruger_id == af.pk:
        raise PermissionDenied("Du kan ikke vurdere dit eget opslag.")
    if vurdering not in Stikproevelinje.Vurdering.values:
        raise ValidationError({"vurdering": "Vælg en vurdering."})
    bemaerkning = bemaerkning.strip()
    if vurdering != Stikproevelinje.Vurdering.BEGRUNDET and not bemaerkning:
        raise ValidationError(
            {"bemaerkning": "Skriv, hvad der skal forklares, eller hvad der er galt."}
        )
    linje.vurdering, linje.bemaerkning = vurdering, bemaerkning
    linje.full_clean()
    linje.save(update_fields=["vurdering", "bemaerkning"])
    haendelser.log(linje, "stikproeve.vurderet", af=af, vurdering=vurdering)
    return linje


@transaction.atomic
def afslut_stikproeve(stikproeve: Stikproeve, *, konklusion: str, af: Bruger) -> Stikproeve:
    """Conclude the spot check; after this the database refuses every change to it.

    Raises `PermissionDenied` for another team's, and `ValidationError` when a look-up has not been
    judged, when the conclusion is empty, or when it is concluded already.
    """
    stikproeve = _laas_aaben(stikproeve.pk, af)
    mangler = stikproeve.linjer.filter(vurdering="").count()
    if mangler:
        raise ValidationError(
            f"{mangler} opslag mangler en vurdering. Vurdér dem, før du afslutter stikprøven.",
            code="mangler",
        )
    if not konklusion.strip():
        raise ValidationError({"konklusion": "Skriv, hvad stikprøven viste."})
    stikproeve.konklusion = konklusion.strip()
    stikproeve.afsluttet_den = timezone.now()
    stikproeve.full_clean()
    stikproeve.save(update_fields=["konklusion", "afsluttet_den"])
    haendelser.log(stikproeve, "stikproeve.afsluttet", af=af)
    return stikproeve


def _laas_aaben(pk: int, af: Bruger) -> Stikproeve:
    """The spot check, locked. Raises unless `af` leads its team and it is open."""
    stikproeve = Stikproeve.objects.select_for_update(of=("self",)).get(pk=pk)
    if not af.har_rolle(Rolle.TEAMLEDER) or af.team_id != stikproeve.team_id:
        raise PermissionDenied("Stikprøven hører til et andet team.")
    if stikproeve.afsluttet_den:
        raise ValidationError(
            "Stikprøven er afsluttet og kan ikke ændres. Udtag en ny.", code="afsluttet"
        )
    return stikproeve
