"""The forløb begins with the decision and ends with the case: reactions to events below."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from borgere.models import Sag
from indsatsplan.models import Indsats, Indsatsplan, Maal, Ressourceforloeb
from rehabilitering.models import Afgoerelse, Udfald
from ressource import dansk, haendelser
from ressource.models import Haendelse


@transaction.atomic
def start_forloeb(haendelse: Haendelse) -> None:
    """Reaction to `afgoerelse.truffet`: begin the forløb that was granted, with a first draft plan.

    The first goal is the indstilling's; a decision that departs from an indstilling without goal
    begins without one. Other outcomes begin nothing. Raises `ValidationError` when the citizen
    already has a forløb in the period, so that the decision is not made either.
    """
    afgoerelse = Afgoerelse.objects.select_related("sag", "indstilling", "afsluttet_af").get(
        pk=haendelse.objekt_id
    )
    if afgoerelse.udfald != Udfald.RESSOURCEFORLOEB:
        return
    fra, til, af = afgoerelse.virkning_fra, afgoerelse.slut_dato, afgoerelse.afsluttet_af
    if fra is None or til is None or af is None:
        raise ValidationError(
            "Afgørelsen mangler en periode. Skriv, hvornår forløbet begynder og slutter.",
            code="uden_periode",
        )
    forloeb = Ressourceforloeb(
        sag=afgoerelse.sag,
        borger_id=afgoerelse.sag.borger_id,
        afgoerelse=afgoerelse,
        start_dato=fra,
        slut_dato=til,
    )
    _opret_uden_overlap(forloeb)
    haendelser.log(forloeb, "forloeb.begyndt", af=haendelse.af, sag_id=forloeb.sag_id)
    indstilling = afgoerelse.indstilling
    if indstilling.maal:
        Maal.objects.create(
            forloeb=forloeb, rang=1, tekst=indstilling.maal, art=indstilling.maal_art
        )
    plan = Indsatsplan.objects.create(forloeb=forloeb, nr=1, oprettet_af=af)
    haendelser.log(plan, "plan.begyndt", af=haendelse.af, sag_id=forloeb.sag_id, nr=plan.nr)


def _opret_uden_overlap(forloeb: Ressourceforloeb) -> None:
    """Save a new forløb. The database judges; the look-up is for a sentence that helps."""
    andet = (
        Ressourceforloeb.objects.filter(borger_id=forloeb.borger_id)
        .i_perioden(forloeb.start_dato, forloeb.slut_dato)
        .first()
    )
    if andet is not None:
        raise ValidationError(
            "Borgeren har allerede et ressourceforløb fra %(fra)s til %(til)s. "
            "Ret virkningsdatoen, eller afslut det andet forløb først.",
            code="overlap",
            params={"fra": dansk.dato(andet.start_dato), "til": dansk.dato(andet.gaelder_til)},
        )
    forloeb.full_clean()
    try:
        with transaction.atomic():
            forloeb.save()
    except IntegrityError as fejl:
        raise ValidationError(
            "Borgeren har netop fået et andet ressourceforløb i perioden. "
            "Genindlæs siden, og se sagens forløb.",
            code="overlap",
        ) from fejl


@transaction.atomic
def afslut_forloeb(haendelse: Haendelse) -> None:
    """Reaction to `sag.afsluttet`: the case's forløb and its efforts end with the case.

    Running efforts end the same day, efforts never begun lapse. Raises `ValidationError` when an
    effort began after the day the case is closed.
    """
    sag = Sag.objects.get(pk=haendelse.objekt_id)
    if sag.afsluttet_dato is None:
        return
    aabne = Ressourceforloeb.objects.select_for_update(of=("self",)).filter(
        sag=sag, afsluttet_dato=None
    )
    for forloeb in aabne:
        forloeb.afsluttet_dato = _sidste_dag(forloeb, sag.afsluttet_dato)
        _afslut_indsatser(forloeb, forloeb.afsluttet_dato)
        forloeb.full_clean()
        forloeb.save(update_fields=["afsluttet_dato"])
        haendelser.log(forloeb, "forloeb.afsluttet", af=haendelse.af, sag_id=sag.pk)


def _sidste_dag(forloeb: Ressourceforloeb, sagens_slut: date) -> date:
    """The forløb's last day: never past what was granted, and at least its first day.

    A case can stay open after the grant ran out, and can be closed before the grant began.
    """
    return max(forloeb.start_dato, min(sagens_slut, forloeb.slut_dato))


def _afslut_indsatser(forloeb: Ressourceforloeb, dato: date) -> None:
    loebende = forloeb.indsatser.loebende()
    senere = loebende.filter(faktisk_start__gt=dato).first()
    if senere and senere.faktisk_start:
        raise ValidationError(
            "Indsatsen «%(indsats)s» er begyndt %(start)s. Sagen kan ikke slutte før den dag: "
            "ret indsatsens dato eller sagens slutdato.",
            code="indsats_efter_slut",
            params={"indsats": senere.beskrivelse, "start": dansk.dato(senere.faktisk_start)},
        )
    loebende.update(status=Indsats.Status.AFSLUTTET, faktisk_slut=dato)
    forloeb.indsatser.ikke_begyndte().update(status=Indsats.Status.BORTFALDET)
