"""Notes in the journal, and corrections of them. Nothing written is ever changed."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from borgere.models import Journalnotat, Sag, Tildeling
from borgere.services.sag import laas_sag
from ressource import haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger


class AlleredeRettetError(ValidationError):
    """Somebody else has corrected the note; `nyeste` is what stands there now."""

    def __init__(self, nyeste: Journalnotat) -> None:
        super().__init__(
            f"{nyeste.forfatter.navn} har rettet notatet, mens du skrev. "
            "Læs den nye udgave, og ret den, hvis der stadig er noget at rette.",
            code="allerede_rettet",
        )
        self.nyeste = nyeste


@transaction.atomic
def skriv_notat(
    sag: Sag, *, overskrift: str, tekst: str, dato: date, er_delt: bool, af: Bruger
) -> Journalnotat:
    """Write in the journal; `er_delt` notes are for the citizen to read. Never changed again.

    Raises `ValidationError` when something is missing, the date lies ahead, or `af` has written the
    very same note already: a form sent twice cannot be taken back.
    """
    notat = Journalnotat(
        sag=sag, dato=dato, overskrift=overskrift, tekst=tekst, er_delt=er_delt, forfatter=af
    )
    _kontroller(notat)
    laas_sag(sag.pk)
    ens = sag.notater.filter(
        dato=dato, overskrift=overskrift, tekst=tekst, er_delt=er_delt, forfatter=af
    )
    if ens.exists():
        raise ValidationError("Notatet står allerede i journalen.", code="findes")
    notat.save()
    haendelser.log(notat, "journal.notat", af=af, sag_id=sag.pk, er_delt=er_delt)
    return notat


def maa_rette(notat: Journalnotat, bruger: Bruger) -> bool:
    """Whether `bruger` wrote the note, or one of its editions, or answers for its case today."""
    return bruger.pk in notat.forfattere() or er_ansvarlig(notat.sag, bruger)


def er_ansvarlig(sag: Sag, bruger: Bruger) -> bool:
    """Whether `bruger` answers for the case today."""
    plads = sag.tildelinger.gaeldende(i_dag()).filter(bruger=bruger, art=Tildeling.Art.ANSVARLIG)
    return plads.exists()


@transaction.atomic
def ret_notat(
    notat: Journalnotat,
    *,
    overskrift: str,
    tekst: str,
    dato: date,
    er_delt: bool,
    grund: str,
    af: Bruger,
) -> Journalnotat:
    """Write the note anew with a reason; `notat` stays as it was, and is shown below the new one.

    Raises `AlleredeRettetError` when `notat` is no longer the newest, and `ValidationError` when
    `af` neither wrote it nor answers for the case, when nothing is changed, when the reason or
    something else is missing, or when the date lies ahead.
    """
    laas_sag(notat.sag_id)
    if not maa_rette(notat, af):
        raise ValidationError(
            "Et notat rettes af den, der skrev det, eller af den, der har sagen. Skriv i stedet et "
            "nyt notat.",
            code="ikke_din",
        )
    nyt = Journalnotat(
        sag_id=notat.sag_id,
        dato=dato,
        overskrift=overskrift,
        tekst=tekst,
        er_delt=er_delt,
        forfatter=af,
        retter=notat,
        rettelse_grund=grund.strip(),
    )
    nyeste = notat.nyeste()
    if nyeste != notat:
        raise AlleredeRettetError(nyeste)
    felter = ("dato", "overskrift", "tekst", "er_delt")
    if all(getattr(nyt, felt) == getattr(notat, felt) for felt in felter):
        raise ValidationError("Der er ikke rettet noget i notatet.", code="uaendret")
    if not nyt.rettelse_grund:
        raise ValidationError({"grund": "Skriv, hvorfor notatet bliver rettet."})
    _kontroller(nyt)
    nyt.save()
    haendelser.log(nyt, "journal.rettet", af=af, sag_id=notat.sag_id, er_delt=er_delt)
    return nyt


def _kontroller(notat: Journalnotat) -> None:
    """Raise when the date lies ahead or a field is missing."""
    if notat.dato > i_dag():
        raise ValidationError({"dato": "Datoen ligger ude i fremtiden. Skriv i dag eller før."})
    notat.full_clean()
