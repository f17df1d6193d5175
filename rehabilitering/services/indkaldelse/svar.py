"""What came back on a call: received, the answer, and word to one who would come in vain."""

from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from borgere.services import laas_sag, registrer_modtaget
from rehabilitering.models import Dagsordenspunkt, Indkaldelse
from rehabilitering.services.indkaldelse.faelles import laas_deltager
from rehabilitering.services.sparring.tider import indeholder_personnummer
from ressource import haendelser
from ressource.dansk import dato
from ressource.kalender import i_dag
from ressource.models import Bruger


@transaction.atomic
def registrer_svar(
    indkaldelse: Indkaldelse,
    *,
    kvitteret: date | None = None,
    svar: str = "",
    bemaerkning: str = "",
    af: Bruger,
) -> Indkaldelse:
    """Write the day it was received, and the answer; a new answer replaces the one before.

    Raises `ValidationError` when neither is given, for a call that a newer one has replaced, a day
    before it was sent or after today, a remark without an answer or with a personnummer, and as
    `laas_deltager`.
    """
    deltager = laas_deltager(indkaldelse.deltager, af)
    indkaldelse = deltager.indkaldelser.select_for_update(of=("self",)).get(pk=indkaldelse.pk)
    indkaldelse.deltager = deltager
    if deltager.indkaldelser.filter(nr__gt=indkaldelse.nr).exists():
        raise ValidationError("Personen er indkaldt igen. Skriv svaret på den nye indkaldelse.")
    if not kvitteret and not svar:
        raise ValidationError("Skriv, hvornår indkaldelsen er modtaget, eller hvad svaret er.")
    if bemaerkning.strip() and not svar:
        raise ValidationError({"svar": "Vælg, hvad svaret er."})
    if indeholder_personnummer(bemaerkning):
        raise ValidationError({"bemaerkning": "Skriv ikke personnumre i bemærkningen."})
    if kvitteret:
        _kvitter(indkaldelse, kvitteret, af)
    if svar:
        indkaldelse.svar, indkaldelse.svar_bemaerkning = svar, bemaerkning.strip()
        indkaldelse.svar_den, indkaldelse.svar_registreret_af = timezone.now(), af
    indkaldelse.full_clean()
    indkaldelse.save(
        update_fields=[
            "kvittering_den",
            "svar",
            "svar_bemaerkning",
            "svar_den",
            "svar_registreret_af",
        ]
    )
    haendelser.log(
        indkaldelse,
        "indkaldelse.besvaret",
        af=af,
        sag_id=deltager.punkt.sag_id,
        svar=svar,
        kvitteret=bool(kvitteret),
    )
    return indkaldelse


def _kvitter(indkaldelse: Indkaldelse, dag: date, af: Bruger) -> None:
    sendt = timezone.localdate(indkaldelse.afsendt_den)
    if not sendt <= dag <= i_dag():
        raise ValidationError({"kvitteret": f"Vælg en dag fra {dato(sendt)} til i dag."})
    indkaldelse.kvittering_den = timezone.make_aware(datetime.combine(dag, time(12)))
    forsendelse = indkaldelse.forsendelse
    if forsendelse and forsendelse.modtaget_dato is None:
        registrer_modtaget(forsendelse, dato=dag, af=af)


@transaction.atomic
def underret(punkt: Dagsordenspunkt, *, af: Bruger) -> Dagsordenspunkt:
    """Write that the citizen was told today that the case is not on the meeting after all.

    Told already, nothing is written. Raises `ValidationError` when the case is still on the agenda.
    """
    laas_sag(punkt.sag_id)
    punkt = Dagsordenspunkt.objects.select_for_update(of=("self",)).get(pk=punkt.pk)
    if punkt.taget_af_den is None:
        raise ValidationError("Sagen er stadig på dagsordenen.")
    if punkt.underrettet_den is None:
        punkt.underrettet_den = timezone.now()
        punkt.save(update_fields=["underrettet_den"])
        haendelser.log(punkt, "indkaldelse.underrettet", af=af, sag_id=punkt.sag_id)
    return punkt
