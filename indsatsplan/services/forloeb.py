"""The forløb follows the decisions and ends with the case: reactions to events below."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from borgere.models import Fase, Sag
from borgere.services import laas_sag, skift_fase
from indsatsplan.models import Indsats, Indsatsplan, Maal, Ressourceforloeb
from indsatsplan.services.perioder import luk_aabne
from rehabilitering.models import Afgoerelse, Udfald
from ressource import dansk, haendelser
from ressource.datoer import EN_DAG
from ressource.kalender import i_dag
from ressource.models import Bruger, Haendelse


@transaction.atomic
def start_forloeb(haendelse: Haendelse) -> None:
    """Reaction to `afgoerelse.truffet`: what the decision does to the citizen's forløb.

    A granted forløb begins, with a first draft plan and the indstilling's goal; what runs in the
    case ends the day before. A decision for something else ends what runs; «samme indsats» lets it
    go on, and the case with it. A changed decision adjusts the forløb of the one it changes. Raises
    `ValidationError` when the forløb would overlap another, so that the decision is not made either.
    """
    afgoerelse = Afgoerelse.objects.select_related(
        "sag", "indstilling", "erstatter", "afsluttet_af"
    ).get(pk=haendelse.objekt_id)
    fra, til, af = afgoerelse.virkning_fra, afgoerelse.slut_dato, afgoerelse.afsluttet_af
    if fra is None or af is None or (_er_forloeb(afgoerelse) and til is None):
        raise ValidationError(
            "Afgørelsen mangler en periode. Skriv, hvornår forløbet begynder og slutter.",
            code="uden_periode",
        )
    loebende = _loebende(afgoerelse)
    if (tidligere := aendret(afgoerelse)) is not None:
        _aendr(tidligere, afgoerelse, af)
    elif til is not None and _er_forloeb(afgoerelse):
        for forloeb in loebende:
            _slut_dagen_foer(forloeb, fra, af)
        _begynd(afgoerelse, fra, til, af)
    elif afgoerelse.udfald == Udfald.HIDTIDIG_INDSATS:
        _fortsaet(afgoerelse.sag, af)
    else:
        for forloeb in loebende:
            _slut_dagen_foer(forloeb, fra, af)


def _er_forloeb(afgoerelse: Afgoerelse) -> bool:
    return afgoerelse.udfald == Udfald.RESSOURCEFORLOEB


def _loebende(afgoerelse: Afgoerelse) -> list[Ressourceforloeb]:
    """The case's forløb that have not ended before the decision takes effect, locked."""
    return list(
        Ressourceforloeb.objects.select_for_update(of=("self",)).filter(
            sag=afgoerelse.sag, afsluttet_dato=None, slut_dato__gte=afgoerelse.virkning_fra
        )
    )


def aendret(afgoerelse: Afgoerelse) -> Ressourceforloeb | None:
    """The forløb that an earlier decision granted and this one changes, locked; else None."""
    kaede, tidligere = [], afgoerelse.erstatter
    while tidligere is not None:
        kaede.append(tidligere.pk)
        tidligere = tidligere.erstatter
    laast = Ressourceforloeb.objects.select_for_update(of=("self",))
    return laast.filter(afgoerelse__in=kaede).order_by("-pk").first()


def _begynd(afgoerelse: Afgoerelse, fra: date, til: date, af: Bruger) -> None:
    """Begin the forløb that was granted, with its goal and the first draft of its plan."""
    forloeb = Ressourceforloeb(
        sag=afgoerelse.sag,
        borger_id=afgoerelse.sag.borger_id,
        afgoerelse=afgoerelse,
        start_dato=fra,
        slut_dato=til,
    )
    _gem_uden_overlap(forloeb)
    haendelser.log(forloeb, "forloeb.begyndt", af=af, sag_id=forloeb.sag_id)
    grundlag = afgoerelse.grundlag
    if grundlag and grundlag.maal:
        Maal.objects.create(forloeb=forloeb, rang=1, tekst=grundlag.maal, art=grundlag.maal_art)
    plan = Indsatsplan.objects.create(forloeb=forloeb, nr=1, oprettet_af=af)
    haendelser.log(plan, "plan.begyndt", af=af, sag_id=forloeb.sag_id, nr=plan.nr)


def _slut_dagen_foer(forloeb: Ressourceforloeb, dato: date, af: Bruger) -> None:
    if dato <= forloeb.start_dato:
        raise ValidationError(
            "Sagens forløb begynder %(start)s. Vælg en virkningsdato efter den dag.",
            code="foer_forloebet",
            params={"start": dansk.dato(forloeb.start_dato)},
        )
    _afkort(forloeb, dato - EN_DAG, af)


def _afkort(forloeb: Ressourceforloeb, sidste_dag: date, af: Bruger) -> None:
    """Let the forløb end on `sidste_dag`; a day that is past ends its efforts too."""
    forloeb.slut_dato = sidste_dag
    if sidste_dag < i_dag():
        _afslut_indsatser(forloeb, sidste_dag)
        forloeb.afsluttet_dato = sidste_dag
    forloeb.full_clean()
    forloeb.save(update_fields=["slut_dato", "afsluttet_dato"])
    haendelser.log(forloeb, "forloeb.afkortet", af=af, sag_id=forloeb.sag_id)


def _aendr(forloeb: Ressourceforloeb, afgoerelse: Afgoerelse, af: Bruger) -> None:
    """Give the forløb the changed period; of another outcome, its last day is that before it.

    What never was lawful is kept as a single day: the plan and what was done must stay on the case.
    """
    fra, til = afgoerelse.virkning_fra, afgoerelse.slut_dato
    if fra is None:
        return
    if not _er_forloeb(afgoerelse) or til is None:
        _afkort(forloeb, max(fra - EN_DAG, forloeb.start_dato), af)
        return
    forloeb.start_dato, forloeb.slut_dato = fra, til
    if til < i_dag():
        _afslut_indsatser(forloeb, til)
        forloeb.afsluttet_dato = til
    elif not forloeb.sag.er_afsluttet:
        forloeb.afsluttet_dato = None
    _gem_uden_overlap(forloeb)
    haendelser.log(forloeb, "forloeb.aendret", af=af, sag_id=forloeb.sag_id)


def _fortsaet(sag: Sag, af: Bruger) -> None:
    """A new round that ends in the same effort as before: a forløb that runs goes on.

    The case goes on where it was: in the step plan when its plan was never approved.
    """
    loebende = sag.forloeb.filter(afsluttet_dato=None, slut_dato__gte=i_dag()).first()
    if loebende is not None and sag.fase == Fase.AFGOERELSE:
        er_godkendt = [plan.er_godkendt for plan in loebende.planer.all()]
        fase = Fase.PLAN if er_godkendt and not any(er_godkendt) else Fase.OPFOELGNING
        skift_fase(laas_sag(sag.pk), fase, af=af)


def _gem_uden_overlap(forloeb: Ressourceforloeb) -> None:
    """Save the forløb. The database judges; the look-up is for a sentence that helps."""
    andet = (
        Ressourceforloeb.objects.filter(borger_id=forloeb.borger_id)
        .exclude(pk=forloeb.pk)
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
            "Indsatsen «%(indsats)s» er begyndt %(start)s. Forløbet kan ikke slutte før den dag: "
            "ret indsatsens dato, eller vælg en senere dag.",
            code="indsats_efter_slut",
            params={"indsats": senere.beskrivelse, "start": dansk.dato(senere.faktisk_start)},
        )
    luk_aabne(list(loebende.values_list("pk", flat=True)), dato)
    loebende.update(status=Indsats.Status.AFSLUTTET, faktisk_slut=dato)
    forloeb.indsatser.ikke_begyndte().update(status=Indsats.Status.BORTFALDET)
