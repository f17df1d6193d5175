"""Handing many cases over at once, with a note to whoever takes them."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from borgere import overdragelse
from borgere.models import Huskeseddel, Journalnotat, Sag, Tildeling
from borgere.services.sag import ROLLER_FOR_ART, afslut_ansvarlige
from ressource import dansk, haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger

HOEJST_FREM = timedelta(days=366)
HUSK = "Ny sag: læs notatet om overdragelse i journalen"


@transaction.atomic
def overdrag(
    sag_ider: Sequence[int],
    *,
    fra: Bruger | None,
    til: Bruger,
    fra_dato: date,
    note: str,
    af: Bruger,
) -> int:
    """Let `til` answer for the cases from `fra_dato`, instead of `fra` (None: nobody); all or none.

    The old responsibility ends the day before. Each case gets an internal note in the journal, the
    receiver a reminder on it, and one event. Gives the number of cases; 0 when exactly this was
    done already. Raises `ValidationError` that names every case in the way, and nothing is done.
    """
    _kontroller(sag_ider, fra=fra, til=til, fra_dato=fra_dato, note=note, af=af)
    # In one order, so that two who hand over the same cases wait for each other.
    laaste = list(
        Sag.objects.select_for_update(of=("self",)).filter(pk__in=sag_ider).order_by("pk")
    )
    hindringer = overdragelse.hindringer(laaste, fra=fra, til=til, team_id=af.team_id)
    mangler = len(set(sag_ider)) - len(laaste)
    if hindringer or mangler:
        if not mangler and overdragelse.er_sket(sag_ider, til, fra_dato):
            return 0
        numre = {sag.pk: sag.sagsnummer for sag in laaste}
        raise ValidationError(
            [
                "Intet er overdraget. Se sagerne igennem, og prøv igen.",
                *(f"{numre[pk]}: {hvorfor}" for pk, hvorfor in hindringer.items()),
                *(["En af sagerne findes ikke mere."] if mangler else []),
            ]
        )
    _flyt(laaste, til=til, fra_dato=fra_dato)
    _skriv(laaste, fra=fra, til=til, fra_dato=fra_dato, note=note, af=af)
    data = {"fra": fra.pk if fra else None, "til": til.pk, "fra_dato": fra_dato.isoformat()}
    haendelser.log_mange("sag.overdraget", [(sag, sag.pk, data) for sag in laaste], af=af)
    return len(laaste)


def _kontroller(
    sag_ider: Sequence[int],
    *,
    fra: Bruger | None,
    til: Bruger,
    fra_dato: date,
    note: str,
    af: Bruger,
) -> None:
    if not 0 < len(set(sag_ider)) <= overdragelse.HOEJST:
        raise ValidationError(f"Vælg mellem 1 og {overdragelse.HOEJST} sager ad gangen.")
    if not (til.is_active and til.har_rolle(*ROLLER_FOR_ART[Tildeling.Art.ANSVARLIG])):
        raise ValidationError({"til": f"{til.navn} kan ikke være ansvarlig. Vælg en anden."})
    if af.team_id is None or til.team_id != af.team_id:
        raise ValidationError({"til": f"{til.navn} er ikke i dit team. Vælg en anden."})
    if fra is not None and til.pk == fra.pk:
        raise ValidationError({"til": f"{til.navn} har allerede sagerne. Vælg en anden."})
    if not i_dag() <= fra_dato <= i_dag() + HOEJST_FREM:
        raise ValidationError({"fra_dato": "Skriv i dag eller en dag inden for det næste år."})
    if not note.strip():
        raise ValidationError({"note": "Skriv, hvad den nye ansvarlige skal vide."})


def _flyt(laaste: Sequence[Sag], *, til: Bruger, fra_dato: date) -> None:
    afslut_ansvarlige(Tildeling.objects.filter(sag__in=laaste), foer=fra_dato)
    Tildeling.objects.bulk_create(
        [
            Tildeling(sag=sag, bruger=til, art=Tildeling.Art.ANSVARLIG, fra_dato=fra_dato)
            for sag in laaste
        ]
    )


def _skriv(
    laaste: Sequence[Sag],
    *,
    fra: Bruger | None,
    til: Bruger,
    fra_dato: date,
    note: str,
    af: Bruger,
) -> None:
    """The note in each journal, for the municipality only, and the receiver's reminders."""
    hidtil = f"fra {fra.navn} " if fra else ""
    tekst = f"Overdraget {hidtil}til {til.navn} fra {dansk.dato(fra_dato)}.\n\n{note.strip()}"
    Journalnotat.objects.bulk_create(
        [
            Journalnotat(
                sag=sag, dato=i_dag(), overskrift="Overdragelse", tekst=tekst, forfatter=af
            )
            for sag in laaste
        ]
    )
    Huskeseddel.objects.bulk_create(
        [Huskeseddel(sag=sag, bruger=til, dato=fra_dato, tekst=HUSK) for sag in laaste],
        ignore_conflicts=True,
    )
