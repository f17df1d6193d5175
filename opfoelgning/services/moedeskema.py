"""The meeting form is kept as a draft, and closed as a talk that was held."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from borgere.models import Sag
from borgere.services import laas_sag
from indsatsplan.models import Indsats
from indsatsplan.roed_traad import planens_maal
from opfoelgning.maaling import gem_maalinger, gem_smaa_skridt
from opfoelgning.models import Opfoelgningsmoede, Opfoelgningspunkt
from opfoelgning.services import indsatsstatus
from opfoelgning.services.moeder import for_tidligt, laas_aabent, nyt_moede
from opfoelgning.skema import I_GANG, PUNKTFELTER, Punkt, Skema, lukkekrav, moedets_indsatser
from rehabilitering import maalforskel
from ressource import dansk, haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger

SKEMAFELTER = (
    "sted",
    "form",
    "andre_til_stede",
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


@transaction.atomic
def gem_moede(
    moede: Opfoelgningsmoede, skema: Skema, *, laas: int, af: Bruger
) -> Opfoelgningsmoede:
    """Keep the form as a draft; nothing in it is demanded yet.

    Raises `ForaeldetVersionError` when somebody saved after `laas` was read (nothing is stored),
    and `ValidationError` when the meeting is closed or cancelled.
    """
    moede = laas_aabent(moede.pk, laas)
    _kontroller_naeste(moede, skema)
    plan = planens_maal(moede.sag_id)
    if maalforskel.er_samme(skema.maal, plan.nu):
        # Not said yet: the draft follows the plan until the talk is closed.
        skema = replace(skema, maal="")
    _skriv(moede, skema, af=af)
    haendelser.log_skrivning(moede, "opfoelgning.gemt", af=af, sag_id=moede.sag_id)
    return moede


@transaction.atomic
def luk_moede(
    moede: Opfoelgningsmoede, skema: Skema, *, laas: int, af: Bruger
) -> Opfoelgningsmoede:
    """Store the form, close the meeting as held, change the efforts as said, agree the next one.

    Raises `ForaeldetVersionError` as `gem_moede`, and `ValidationError` with every field that
    closing takes and has not got (domain.md 2.9) or that an effort cannot be changed by, when the
    day has not come or lies before the team meeting, or when it is closed already.
    """
    sag = laas_sag(moede.sag_id)
    moede = laas_aabent(moede.pk, laas)
    _kontroller_holdt(sag, moede)
    _kontroller_naeste(moede, skema)
    plan = planens_maal(sag.pk)
    grund = skema.maal_begrundelse if plan.afviger(skema.maal) else ""
    indsatser = list(moedets_indsatser(moede))
    skema = replace(
        skema,
        maal=skema.maal or plan.nu,
        maal_begrundelse=grund,
        punkter=_uden_forspildte(skema.punkter, indsatser),
    )
    krav = lukkekrav(skema, indsatser, plan)
    if fejl := {felt: tekst for k in krav for felt, tekst in k.fejl.items()}:
        raise ValidationError(fejl)
    moede.naeste = _naeste_moede(sag, moede, skema, af=af)
    moede.status = Opfoelgningsmoede.Status.AFHOLDT
    moede.afholdt_dato = timezone.localdate(moede.tidspunkt)
    moede.lukket_den = timezone.now()
    moede.lukket_af = af
    _skriv(moede, skema, "naeste", "status", "afholdt_dato", "lukket_den", "lukket_af", af=af)
    indsatsstatus.skift(indsatser, skema.punkter, dato=moede.afholdt_dato, af=af)
    haendelser.log(
        moede,
        "opfoelgning.holdt",
        af=af,
        sag_id=sag.pk,
        naeste=moede.naeste.pk if moede.naeste else None,
    )
    return moede


def _uden_forspildte(
    punkter: Mapping[int, Punkt], indsatser: Iterable[Indsats]
) -> dict[int, Punkt]:
    """What a draft wished for an effort that has ended since is no longer asked of it."""
    slut = {i.pk for i in indsatser if i.status not in (*I_GANG, *Indsats.IKKE_BEGYNDT)}
    return {
        pk: replace(p, status_nu="", status_dato=None, status_grund="") if pk in slut else p
        for pk, p in punkter.items()
    }


def _skriv(moede: Opfoelgningsmoede, skema: Skema, *flere_felter: str, af: Bruger) -> None:
    """Store the form's values, and what was said of each effort and about progression."""
    for felt in SKEMAFELTER:
        setattr(moede, felt, getattr(skema, felt))
    if moede.mentor_var_med:
        moede.uden_mentor_begrundelse = ""
    moede.laas += 1
    moede.full_clean()
    moede.save(update_fields=[*SKEMAFELTER, *flere_felter, "laas"])
    _skriv_punkter(moede, skema)
    gem_maalinger(moede, skema.maalinger)
    gem_smaa_skridt(moede, skema.smaa_skridt, af=af)


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
                **{felt: getattr(punkt, felt) for felt in PUNKTFELTER},
            )
            for indsats_id, punkt in skema.punkter.items()
            if punkt != Punkt() or indsats_id in gemte
        ],
        update_conflicts=True,
        unique_fields=["moede", "indsats"],
        update_fields=PUNKTFELTER,
    )


def _naeste_moede(
    sag: Sag, moede: Opfoelgningsmoede, skema: Skema, *, af: Bruger
) -> Opfoelgningsmoede | None:
    """The meeting agreed in the form; one that stands in the calendar already is not made twice."""
    if skema.naeste_tidspunkt is None:
        return None
    aftalt = (
        sag.opfoelgningsmoeder.aftalte()
        .filter(tidspunkt=skema.naeste_tidspunkt)
        .exclude(pk=moede.pk)
        .first()
    )
    if aftalt is not None:
        if aftalt.sted != skema.naeste_sted:
            aftalt.sted = skema.naeste_sted
            aftalt.laas += 1
            aftalt.save(update_fields=["sted", "laas"])
        return aftalt
    try:
        return nyt_moede(sag, skema.naeste_tidspunkt, skema.naeste_sted, skema.form, af=af)
    except ValidationError as fejl:
        raise ValidationError({"naeste_dato": fejl.messages}) from fejl


def _kontroller_holdt(sag: Sag, moede: Opfoelgningsmoede) -> None:
    if sag.er_afsluttet:
        raise ValidationError("Sagen er afsluttet. Der kan ikke lukkes flere møder på den.")
    dato = timezone.localdate(moede.tidspunkt)
    if dato > i_dag():
        raise ValidationError(
            "Mødet er aftalt til %(dato)s og kan ikke være holdt endnu. Flyt det til den dag, det "
            "blev holdt, eller gem som kladde.",
            code="fremtid",
            params={"dato": dansk.dato(dato)},
        )
    if fejl := for_tidligt(sag, dato):
        raise ValidationError(f"{fejl} Flyt mødet til den dag, det blev holdt.")


def _kontroller_naeste(moede: Opfoelgningsmoede, skema: Skema) -> None:
    if skema.naeste_tidspunkt is not None and skema.naeste_tidspunkt <= moede.tidspunkt:
        raise ValidationError({"naeste_dato": "Næste møde skal ligge efter dette møde."})
