"""What people decide about keeping and deleting: `BEVARES`, stopping a deletion, the rules."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from borgere import bevaringsregler
from borgere.models import Bevaringsregel, Sag, Sletning
from borgere.services.sag import laas_sag
from ressource import haendelser
from ressource.datoer import EN_DAG
from ressource.kalender import i_dag
from ressource.models import Bruger


@transaction.atomic
def bevar_sag(sag: Sag, *, grund: str, af: Bruger) -> Sag:
    """Mark the case `BEVARES`: no rule deletes it. A deletion that was warned of is stopped.

    Raises `ValidationError` without a reason, and when the case is marked already.
    """
    sag = laas_sag(sag.pk)
    if sag.bevares:
        raise ValidationError("Sagen er allerede markeret til at blive bevaret.", code="findes")
    sag.bevares, sag.bevares_grund = True, grund.strip()
    sag.full_clean()
    sag.save(update_fields=["bevares", "bevares_grund"])
    for sletning in Sletning.objects.varslede().select_for_update().filter(sag_id=sag.pk):
        _stands(sletning, grund="Sagen er markeret til at blive bevaret.", af=af)
    haendelser.log(sag, "sag.bevares", af=af, sag_id=sag.pk)
    return sag


@transaction.atomic
def ophaev_bevaring(sag: Sag, *, af: Bruger) -> Sag:
    """Let the rules decide again. Raises `ValidationError` when the case is not marked."""
    sag = laas_sag(sag.pk)
    if not sag.bevares:
        raise ValidationError("Sagen er ikke markeret til at blive bevaret.", code="findes_ikke")
    sag.bevares, sag.bevares_grund = False, ""
    sag.save(update_fields=["bevares", "bevares_grund"])
    haendelser.log(sag, "sag.bevares_ophaevet", af=af, sag_id=sag.pk)
    return sag


@transaction.atomic
def stands_sletning(sletning: Sletning, *, grund: str, af: Bruger) -> Sletning:
    """Stop a deletion that was warned of; the case is warned of again after a year.

    Raises `ValidationError` without a reason, and when it has been stopped or carried out.
    """
    sletning = Sletning.objects.select_for_update(of=("self",)).get(pk=sletning.pk)
    if sletning.slettet_den:
        raise ValidationError("Sagen er slettet. Det kan ikke gøres om.", code="slettet")
    if sletning.standset_den:
        raise ValidationError("Sletningen er allerede standset.", code="standset")
    _stands(sletning, grund=grund.strip(), af=af)
    haendelser.log(sletning, "sletning.standset", af=af, sag_id=sletning.sag_id)
    return sletning


def _stands(sletning: Sletning, *, grund: str, af: Bruger | None) -> None:
    sletning.standset_den, sletning.standset_af = timezone.now(), af
    sletning.standset_grund = grund
    sletning.full_clean()
    sletning.save(update_fields=["standset_den", "standset_af", "standset_grund"])


@transaction.atomic
def ret_regel(regel: Bevaringsregel, *, fra: date, af: Bruger, **felter: Any) -> Bevaringsregel:
    """End `regel` the day before `fra`, and make a new version in force from then.

    `felter`: antal, enhed, varsel_dage, undtag_foedt_den_foerste, kilde. Raises `ValidationError`
    when `fra` lies behind or before the present version began, when the version has ended, or when
    the period is outside `bevaringsregler.GRAENSER`.
    """
    regel = Bevaringsregel.objects.select_for_update(of=("self",)).get(pk=regel.pk)
    if regel.gyldig_til is not None:
        raise ValidationError("Reglen er afløst af en nyere. Ret den nyeste.", code="afloest")
    if fra < i_dag():
        raise ValidationError({"fra": "Datoen er gået. Vælg i dag eller senere."})
    if fra <= regel.gyldig_fra:
        raise ValidationError(
            {"fra": f"Den nuværende regel gælder fra {regel.gyldig_fra:%d.%m.%Y}. Vælg en senere."}
        )
    ny = Bevaringsregel(gaelder=regel.gaelder, gyldig_fra=fra, **felter)
    _kontroller_laengde(ny)
    regel.gyldig_til = fra - EN_DAG
    regel.save(update_fields=["gyldig_til"])
    ny.full_clean()
    ny.save()
    haendelser.log(ny, "bevaringsregel.aendret", af=af, gaelder=ny.gaelder)
    return ny


def _kontroller_laengde(regel: Bevaringsregel) -> None:
    mindst, hoejst = bevaringsregler.GRAENSER[regel.gaelder]
    dage = bevaringsregler.i_dage(regel.antal, regel.enhed)
    if not mindst <= dage <= hoejst:
        raise ValidationError({"antal": GRAENSETEKSTER[regel.gaelder]})


GRAENSETEKSTER: dict[str, str] = {
    "sag": "En sag bevares mindst 2 og højst 50 år, for nøgletallene ser to år tilbage.",
    "opslag": "Loggen bevares mindst 6 måneder og højst 5 år.",
    "uddrag": "Et uddrag bevares mindst 1 og højst 90 dage.",
    "indlaesning": "En indlæst fil bevares mindst 1 og højst 90 dage.",
    "besked": "En besked bevares mindst 6 måneder og højst 5 år.",
    "sagspakke": "En sagspakke bevares mindst 14 dage og højst 1 år.",
}
