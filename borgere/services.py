"""What a caseworker does with a citizen and a case."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from borgere.models import Fase, Sag, Tildeling
from ressource import haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger


def laas_sag(sag_id: int) -> Sag:
    """The case, locked until the transaction ends; every service that moves a case starts here."""
    return Sag.objects.select_for_update(of=("self",)).select_related("regelsaet").get(pk=sag_id)


def kraev_fase(sag: Sag, *faser: Fase) -> None:
    """Raise `ValidationError` unless the case is in one of `faser`."""
    if sag.fase not in faser:
        navne = " eller ".join(fase.label.lower() for fase in faser)
        raise ValidationError(
            "Sagen er i trinnet %(nu)s. Det her kan kun gøres i %(krav)s.",
            code="forkert_fase",
            params={"nu": sag.get_fase_display().lower(), "krav": navne},
        )


@transaction.atomic
def skift_fase(sag: Sag, til: Fase, *, af: Bruger) -> Sag:
    """Move the case to step `til` and log it.

    `sag` must be locked (`laas_sag`). Raises `ValidationError` when the course does not allow it.
    Closing has its own service, for it also needs a reason.
    """
    if til == Fase.AFSLUTNING or til not in Sag.OVERGANGE[sag.fase]:
        raise ValidationError(
            "En sag i trinnet %(fra)s kan ikke gå til %(til)s.",
            code="ugyldig_overgang",
            params={"fra": sag.get_fase_display().lower(), "til": til.label.lower()},
        )
    fra, sag.fase = sag.fase, til
    sag.save(update_fields=["fase"])
    haendelser.log(sag, "sag.fase", af=af, sag_id=sag.pk, fra=fra, til=til)
    return sag


@transaction.atomic
def tildel(
    sag: Sag,
    bruger: Bruger,
    art: Tildeling.Art,
    *,
    af: Bruger | None,
    fra_dato: date | None = None,
    til_dato: date | None = None,
) -> Tildeling:
    """Put `bruger` in the case circle from `fra_dato` (default today) to `til_dato` (open).

    A new responsible ends the present one's time the day before. Raises `ValidationError` when the
    periods do not fit together.
    """
    fra_dato = fra_dato or i_dag()
    if art == Tildeling.Art.ANSVARLIG:
        _afslut_ansvarlig(sag, foer=fra_dato)
    tildeling = Tildeling(sag=sag, bruger=bruger, art=art, fra_dato=fra_dato, til_dato=til_dato)
    tildeling.full_clean()
    tildeling.save()
    haendelser.log(tildeling, "sag.tildelt", af=af, sag_id=sag.pk, art=art, bruger=bruger.pk)
    return tildeling


def _afslut_ansvarlig(sag: Sag, *, foer: date) -> None:
    """End the open responsibility the day before `foer`."""
    sag.tildelinger.ansvarlige().filter(til_dato=None, fra_dato__lt=foer).update(
        til_dato=foer - timedelta(days=1)
    )
