"""Deciding without a meeting, where the rule set does not ask for one (domain.md 0, no. 1)."""

from django.core.exceptions import ValidationError
from django.db import transaction

from borgere.models import Fase, Sag
from borgere.services import kraev_fase, laas_sag, skift_fase
from rehabilitering.dagsorden import hvorfor_uden_attest
from rehabilitering.models import Afgoerelse
from rehabilitering.models.katalog import UDFALD_TIL_AFGOERELSE
from rehabilitering.services.afgoerelse.grundlag import kraev_ansvarlig, med_regler
from ressource import haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger


@transaction.atomic
def begynd_uden_moede(sag: Sag, *, udfald: str, grund: str, af: Bruger) -> Afgoerelse:
    """Begin a decision on a quality-assured case that needs no meeting; it moves to afgørelse.

    Raises `ValidationError` when the rule set asks for a meeting, outside the step møde, while the
    case is on an agenda, without a current LÆ 265, without a reason, and for an outcome the set
    does not have; `PermissionDenied` for others than the responsible caseworker.
    """
    sag = laas_sag(sag.pk)
    kraev_ansvarlig(sag, af)
    kraev_fase(sag, Fase.MOEDE)
    if sag.regelsaet.moede_er_lovpligtigt:
        raise ValidationError(
            f"Efter reglerne ({sag.regelsaet.kode}) skal sagen på et møde, før den afgøres."
        )
    if sag.dagsordenspunkter.aktive().filter(behandlet_den=None).exists():
        raise ValidationError(
            "Sagen er på dagsordenen til et møde. Bed mødekoordinator tage den af dagsordenen først."
        )
    if hvorfor := hvorfor_uden_attest(sag, i_dag()):
        raise ValidationError(f"Sagen kan ikke afgøres: {hvorfor}.")
    if udfald not in UDFALD_TIL_AFGOERELSE or udfald not in sag.regelsaet.udfald:
        raise ValidationError({"udfald": "Vælg, hvad kommunen vil afgøre."})
    if not grund.strip():
        raise ValidationError({"grund": "Skriv, hvorfor sagen afgøres uden et møde."})
    afgoerelse = med_regler(sag, udfald, af=af)
    afgoerelse.uden_moede_grund = grund.strip()
    afgoerelse.full_clean()
    afgoerelse.save()
    skift_fase(sag, Fase.AFGOERELSE, af=af)
    haendelser.log(afgoerelse, "afgoerelse.uden_moede", af=af, sag_id=sag.pk)
    return afgoerelse
