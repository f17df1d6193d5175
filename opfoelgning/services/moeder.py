"""What a caseworker does with follow-up meetings."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone

from borgere.models import Fase, Sag
from borgere.services import kraev_fase, laas_sag
from indsatsplan.roed_traad import planens_maal
from opfoelgning.models import Opfoelgningsmoede, Opfoelgningspunkt
from opfoelgning.skema import Punkt, Skema, lukkekrav, moedets_indsatser
from rehabilitering import maalforskel
from rehabilitering.models import Udfald
from ressource import dansk, haendelser
from ressource.kalender import i_dag, lukkede_dage
from ressource.models import Bruger, Haendelse
from ressource.samtidighed import ForaeldetVersionError

# The first follow-up can precede the decision (domain.md 1.3), but not the team's recommendation.
FASER = (Fase.AFGOERELSE, Fase.PLAN, Fase.OPFOELGNING)
HOEJST_FREM = timedelta(days=366)
SKEMAFELTER = (
    "tidspunkt",
    "sted",
    "form",
    "referat",
    "maal",
    "maal_begrundelse",
    "mentor_var_med",
    "uden_mentor_begrundelse",
    "skitse",
    "naeste_tidspunkt",
    "naeste_sted",
    "uden_naeste_begrundelse",
)


def kan_aftales(sag: Sag) -> bool:
    """Whether follow-ups belong to the case's step, or its forløb runs on through a new round."""
    loebende = sag.forloeb.filter(afsluttet_dato=None)
    return sag.fase in FASER or (not sag.er_afsluttet and loebende.exists())


@transaction.atomic
def aftal_moede(
    sag: Sag,
    *,
    tidspunkt: datetime,
    sted: str,
    form: str = Opfoelgningsmoede.Form.PERSONLIGT,
    af: Bruger,
) -> Opfoelgningsmoede:
    """Agree a follow-up at `tidspunkt` (aware). A time gone by registers a talk that was held.

    Raises `ValidationError` in a step without follow-ups, on a closed day ahead, before the case
    began or the team recommended a forløb, or more than a year ahead.
    """
    sag = laas_sag(sag.pk)
    if not kan_aftales(sag):
        kraev_fase(sag, *FASER)
    moede = _nyt_moede(sag, tidspunkt, sted, form, af=af)
    haendelser.log(moede, "opfoelgning.aftalt", af=af, sag_id=sag.pk)
    return moede


@transaction.atomic
def gem_moede(
    moede: Opfoelgningsmoede, skema: Skema, *, laas: int, af: Bruger
) -> Opfoelgningsmoede:
    """Keep the form as a draft; nothing in it is demanded yet.

    Raises `ForaeldetVersionError` when somebody saved after `laas` was read (nothing is stored),
    and `ValidationError` when the meeting is closed or cancelled, or is moved to a time it could
    not be agreed at.
    """
    moede = _laas_aabent(moede.pk, laas)
    flyttet = skema.tidspunkt != moede.tidspunkt
    if flyttet and (fejl := _hvorfor_ikke(moede.sag, skema.tidspunkt)):
        raise ValidationError({"tidspunkt": fejl})
    _kontroller_naeste(skema)
    plan = planens_maal(moede.sag_id)
    if maalforskel.er_samme(skema.maal, plan.nu):
        # Not said yet: the draft follows the plan until the talk is closed.
        skema = replace(skema, maal="")
    _skriv(moede, skema)
    haendelser.log(moede, "opfoelgning.gemt", af=af, sag_id=moede.sag_id)
    return moede


@transaction.atomic
def luk_moede(
    moede: Opfoelgningsmoede, skema: Skema, *, laas: int, af: Bruger
) -> Opfoelgningsmoede:
    """Store the form, close the meeting as held, and agree the next one.

    Raises `ForaeldetVersionError` as `gem_moede`, and `ValidationError` with every field that
    closing takes and has not got (domain.md 2.9), when the day has not come or lies before the team
    meeting, or when it is closed already.
    """
    sag = laas_sag(moede.sag_id)
    moede = _laas_aabent(moede.pk, laas)
    _kontroller_holdt(sag, skema.tidspunkt)
    _kontroller_naeste(skema)
    plan = planens_maal(sag.pk)
    grund = skema.maal_begrundelse if plan.afviger(skema.maal) else ""
    skema = replace(skema, maal=skema.maal or plan.nu, maal_begrundelse=grund)
    krav = lukkekrav(skema, moedets_indsatser(moede), plan)
    if fejl := {felt: tekst for k in krav for felt, tekst in k.fejl.items()}:
        raise ValidationError(fejl)
    moede.naeste = _naeste_moede(sag, moede, skema, af=af)
    moede.status = Opfoelgningsmoede.Status.AFHOLDT
    moede.afholdt_dato = timezone.localdate(skema.tidspunkt)
    moede.lukket_den = timezone.now()
    moede.lukket_af = af
    _skriv(moede, skema, "naeste", "status", "afholdt_dato", "lukket_den", "lukket_af")
    haendelser.log(
        moede,
        "opfoelgning.holdt",
        af=af,
        sag_id=sag.pk,
        naeste=moede.naeste.pk if moede.naeste else None,
    )
    return moede


@transaction.atomic
def aflys_moede(moede: Opfoelgningsmoede, *, af: Bruger) -> Opfoelgningsmoede:
    """Call off an agreed meeting; what was written in its form is kept.

    Raises `ValidationError` when it is no longer agreed.
    """
    moede = _laas_aabent(moede.pk)
    moede.status = Opfoelgningsmoede.Status.AFLYST
    moede.afgjort_dato = i_dag()
    moede.save(update_fields=["status", "afgjort_dato"])
    haendelser.log(moede, "opfoelgning.aflyst", af=af, sag_id=moede.sag_id)
    return moede


@transaction.atomic
def udeblev(moede: Opfoelgningsmoede, *, af: Bruger) -> Opfoelgningsmoede:
    """Register that the citizen did not come; it does not count as a talk.

    Raises `ValidationError` before the day of the meeting or when it is no longer agreed.
    """
    moede = _laas_aabent(moede.pk)
    if timezone.localdate(moede.tidspunkt) > i_dag():
        raise ValidationError(
            "Mødet er ikke begyndt endnu. Aflys det, hvis det ikke skal holdes.", code="for_tidligt"
        )
    moede.status = Opfoelgningsmoede.Status.UDEBLEVET
    moede.afgjort_dato = timezone.localdate(moede.tidspunkt)
    moede.save(update_fields=["status", "afgjort_dato"])
    haendelser.log(moede, "opfoelgning.udeblevet", af=af, sag_id=moede.sag_id)
    return moede


def aflys_ved_afslutning(haendelse: Haendelse) -> None:
    """Reaction to `sag.afsluttet`: nobody waits for a meeting in a case that has ended."""
    Opfoelgningsmoede.objects.aftalte().filter(sag=haendelse.sag_id).update(
        status=Opfoelgningsmoede.Status.AFLYST, afgjort_dato=i_dag()
    )


def _laas_aabent(moede_id: int, laas: int | None = None) -> Opfoelgningsmoede:
    """The meeting, locked, if it is still agreed and nobody has saved after `laas` was read."""
    moede = Opfoelgningsmoede.objects.select_for_update(of=("self",)).get(pk=moede_id)
    if moede.status != Opfoelgningsmoede.Status.PLANLAGT:
        raise ValidationError(
            "Mødet er allerede %(status)s, og skemaet kan ikke ændres. Det, du har skrevet, er "
            "ikke gemt.",
            code="ikke_aftalt",
            params={"status": "lukket" if moede.er_lukket else moede.get_status_display()},
        )
    if laas is not None and laas != moede.laas:
        raise ForaeldetVersionError
    return moede


def _skriv(moede: Opfoelgningsmoede, skema: Skema, *flere_felter: str) -> None:
    """Store the form's values, and what was said of each effort."""
    for felt in SKEMAFELTER:
        setattr(moede, felt, getattr(skema, felt))
    if moede.mentor_var_med:
        moede.uden_mentor_begrundelse = ""
    moede.laas += 1
    moede.full_clean()
    moede.save(update_fields=[*SKEMAFELTER, *flere_felter, "laas"])
    _skriv_punkter(moede, skema)


def _skriv_punkter(moede: Opfoelgningsmoede, skema: Skema) -> None:
    kendte = set(moede.sag.forloeb.values_list("indsatser", flat=True))
    if set(skema.punkter) - kendte:
        raise ValidationError("En af indsatserne hører ikke til sagen. Hent siden igen.")
    gemte = set(moede.punkter.values_list("indsats", flat=True))
    Opfoelgningspunkt.objects.bulk_create(
        [
            Opfoelgningspunkt(
                moede=moede,
                indsats_id=indsats_id,
                hvad_skete=punkt.hvad_skete,
                naeste_tre_maaneder=punkt.naeste_tre_maaneder,
            )
            for indsats_id, punkt in skema.punkter.items()
            if punkt != Punkt() or indsats_id in gemte
        ],
        update_conflicts=True,
        unique_fields=["moede", "indsats"],
        update_fields=["hvad_skete", "naeste_tre_maaneder"],
    )


def _nyt_moede(
    sag: Sag, tidspunkt: datetime, sted: str, form: str, *, af: Bruger
) -> Opfoelgningsmoede:
    """The next meeting of a locked case, numbered in the order they were agreed."""
    if fejl := _hvorfor_ikke(sag, tidspunkt):
        raise ValidationError({"tidspunkt": fejl})
    hidtil = sag.opfoelgningsmoeder.aggregate(nr=Max("nr"))["nr"] or 0
    moede = Opfoelgningsmoede(
        sag=sag, nr=hidtil + 1, tidspunkt=tidspunkt, sted=sted, form=form, aftalt_af=af
    )
    moede.full_clean()
    moede.save()
    return moede


def _naeste_moede(
    sag: Sag, moede: Opfoelgningsmoede, skema: Skema, *, af: Bruger
) -> Opfoelgningsmoede | None:
    """The meeting agreed in the form; one that stands in the calendar already is not made twice."""
    if skema.naeste_tidspunkt is None:
        return None
    aftalt = (
        sag.opfoelgningsmoeder.aftalte()
        .filter(tidspunkt=skema.naeste_tidspunkt, forrige=None)
        .exclude(pk=moede.pk)
        .first()
    )
    if aftalt is not None:
        return aftalt
    try:
        return _nyt_moede(sag, skema.naeste_tidspunkt, skema.naeste_sted, skema.form, af=af)
    except ValidationError as fejl:
        raise ValidationError({"naeste_dato": fejl.messages}) from fejl


def _kontroller_holdt(sag: Sag, tidspunkt: datetime) -> None:
    if sag.er_afsluttet:
        raise ValidationError("Sagen er afsluttet. Der kan ikke lukkes flere møder på den.")
    dato = timezone.localdate(tidspunkt)
    if dato > i_dag():
        raise ValidationError(
            {"dato": "Mødet kan ikke være holdt i fremtiden. Ret datoen, eller gem som kladde."}
        )
    if fejl := _for_tidligt(sag, dato):
        raise ValidationError({"dato": fejl})


def _kontroller_naeste(skema: Skema) -> None:
    if skema.naeste_tidspunkt is not None and skema.naeste_tidspunkt <= skema.tidspunkt:
        raise ValidationError({"naeste_dato": "Næste møde skal ligge efter dette møde."})


def _hvorfor_ikke(sag: Sag, tidspunkt: datetime) -> str:
    """Why a meeting cannot be at that time, in a sentence; empty when it can."""
    dato = timezone.localdate(tidspunkt)
    if fejl := _for_tidligt(sag, dato):
        return fejl
    if dato > i_dag() + HOEJST_FREM:
        return "Datoen ligger mere end et år ude i fremtiden. Kontrollér årstallet."
    if dato >= i_dag() and (navn := lukket_fordi(dato)):
        return f"Der er lukket {dansk.dato(dato)} ({navn}). Vælg en anden dag."
    return ""


def _for_tidligt(sag: Sag, dato: date) -> str:
    """Why nothing was followed up on that day yet: there was no case, or no team meeting."""
    if dato < sag.oprettet_dato:
        return f"Datoen ligger før sagen blev oprettet {dansk.dato(sag.oprettet_dato)}."
    indstillet = sag.indstillinger.filter(
        udfald=Udfald.RESSOURCEFORLOEB, afsluttet_den__isnull=False
    ).aggregate(dato=Min("moede_dato"))["dato"]
    if indstillet and dato < indstillet:
        return f"Datoen ligger før teammødet {dansk.dato(indstillet)}. Ret datoen."
    return ""


def lukket_fordi(dato: date) -> str:
    """The holiday or closing day on `dato`, or empty. A weekend is no reason by itself."""
    navn = lukkede_dage(dato, dato).get(dato, "")
    return "" if navn == "weekend" else navn
