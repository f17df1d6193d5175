"""The screening note: written by the caseworker, decided by the faglig konsulent (domain.md 2.9)."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from borgere.models import Fase, Sag
from borgere.services import kraev_fase, laas_sag, skift_fase
from rehabilitering.egen import SCREENING, har_skrevet
from rehabilitering.models import Screeningsnotat
from ressource import haendelser
from ressource.models import Bruger
from ressource.samtidighed import kraev_laas

FELTER = (
    "henvist_af",
    "hvorfor_nu",
    "betingelse",
    "betingelse_tekst",
    "hidtidig_indsats",
    "har_udviklingsperspektiv",
    "udviklingsperspektiv_tekst",
    "helbredsstatus",
    "manglende_oplysninger",
    "anbefaling",
)
# What the faglig konsulent cannot decide without; a draft may lack all of it.
KRAEVET = {
    "hvorfor_nu": "Skriv, hvorfor sagen rejses nu.",
    "betingelse": "Vælg den betingelse, borgeren opfylder.",
    "betingelse_tekst": "Skriv, hvordan betingelsen er opfyldt.",
    "har_udviklingsperspektiv": "Svar ja eller nej til, om der er et udviklingsperspektiv.",
    "udviklingsperspektiv_tekst": "Skriv, hvad vurderingen af udviklingsperspektivet bygger på.",
    "anbefaling": "Skriv din anbefaling til faglig konsulent.",
}


def udkast(sag: Sag, *, af: Bruger) -> Screeningsnotat:
    """The note to go on writing: the open draft, or an unsaved one.

    After «mangler oplysninger» the unsaved one holds the last note's text. A note that is handed in
    or finally decided comes back as it is; `gem_notat` refuses to change it.
    """
    seneste = sag.screeningsnotater.first()
    if seneste is None:
        return Screeningsnotat(sag=sag, skrevet_af=af)
    if seneste.resultat != Screeningsnotat.Resultat.MANGLER_OPLYSNINGER:
        return seneste
    forrige = {felt: getattr(seneste, felt) for felt in FELTER}
    return Screeningsnotat(sag=sag, skrevet_af=af, **forrige)


@transaction.atomic
def gem_notat(
    sag: Sag, data: Mapping[str, Any], *, laas: int | None = None, af: Bruger
) -> Screeningsnotat:
    """Save the case's draft note with the fields of `FELTER` that `data` names.

    Begins a note when there is no open one. The author is the one who began it. Raises
    `ForaeldetVersionError` when somebody saved the draft after `laas` was read (nothing is stored),
    `ValidationError` outside the step screening and when the note is handed in or decided.
    """
    sag = laas_sag(sag.pk)
    kraev_fase(sag, Fase.SCREENING)
    notat = udkast(sag, af=af)
    _kraev_kladde(notat)
    # A new one holds nothing that could be undone, whatever number the page was sent with.
    if notat.pk:
        kraev_laas(notat, laas)
    for felt in FELTER:
        if felt in data:
            setattr(notat, felt, data[felt])
    notat.laas += 1
    notat.full_clean()
    notat.save()
    haendelser.log_skrivning(notat, "screening.gemt", af=af, sag_id=sag.pk)
    return notat


@transaction.atomic
def indsend_notat(notat: Screeningsnotat, *, af: Bruger) -> Screeningsnotat:
    """Hand the draft in to the faglig konsulent.

    Raises `ValidationError`, by field, when something of `KRAEVET` is missing.
    """
    sag = laas_sag(notat.sag_id)
    kraev_fase(sag, Fase.SCREENING)
    notat = _laas(notat)
    _kraev_kladde(notat)
    mangler = {felt: tekst for felt, tekst in KRAEVET.items() if getattr(notat, felt) in {None, ""}}
    if mangler:
        raise ValidationError(mangler)
    notat.indsendt_den = timezone.now()
    notat.full_clean()
    notat.save(update_fields=["indsendt_den"])
    haendelser.log(notat, "screening.indsendt", af=af, sag_id=sag.pk)
    return notat


@transaction.atomic
def afgoer_notat(
    notat: Screeningsnotat, *, resultat: str, begrundelse: str = "", af: Bruger
) -> Screeningsnotat:
    """Decide a note that is handed in; «fortsæt» moves the case to preparation.

    The two other results need a reason, and so does «fortsæt» without the development perspective
    that the rule set asks for. Raises `ValidationError` when the note is not handed in or is decided
    already, and when `af` is its author.
    """
    sag = laas_sag(notat.sag_id)
    kraev_fase(sag, Fase.SCREENING)
    notat = _laas(notat)
    _kraev_kan_afgoeres(notat, af)
    if not begrundelse.strip():
        _kraev_uden_grund(notat, sag, resultat)
    notat.resultat = resultat
    notat.resultat_begrundelse = begrundelse.strip()
    notat.afgjort_af = af
    notat.afgjort_den = timezone.now()
    notat.full_clean()
    notat.save(update_fields=["resultat", "resultat_begrundelse", "afgjort_af", "afgjort_den"])
    if resultat == Screeningsnotat.Resultat.FORTSAET:
        skift_fase(sag, Fase.FORBEREDELSE, af=af)
    haendelser.log(notat, "screening.afgjort", af=af, sag_id=sag.pk, resultat=resultat)
    return notat


def _laas(notat: Screeningsnotat) -> Screeningsnotat:
    return Screeningsnotat.objects.select_for_update(of=("self",)).get(pk=notat.pk)


def _kraev_kladde(notat: Screeningsnotat) -> None:
    """Raise `ValidationError` unless the note may still be written in."""
    if notat.resultat:
        raise ValidationError(
            "Screeningen er afgjort, og notatet kan ikke rettes. Skriv et notat i journalen, "
            "hvis der er kommet nyt.",
            code="afgjort",
        )
    if notat.indsendt_den:
        raise ValidationError(
            "Notatet er sendt til faglig konsulent og kan ikke rettes, før det er afgjort.",
            code="indsendt",
        )


def usagt(notat: Screeningsnotat) -> list[str]:
    """What of domain.md 2.9 the note says nothing about, as the names of its fields.

    Missing information and a perspective that was answered are no gaps.
    """
    tomme = (felt for felt in FELTER if getattr(notat, felt) in {None, ""})
    felter: list[Any] = [
        Screeningsnotat._meta.get_field(felt) for felt in tomme if felt != "manglende_oplysninger"
    ]
    return [felt.verbose_name for felt in felter]


def mangler_perspektiv(notat: Screeningsnotat, sag: Sag) -> bool:
    """Whether the note says no to the perspective without which the rule set lets no forløb begin."""
    return sag.regelsaet.kraever_udviklingsperspektiv and notat.har_udviklingsperspektiv is False


def _kraev_uden_grund(notat: Screeningsnotat, sag: Sag, resultat: str) -> None:
    """Raise `ValidationError` when the result needs a reason."""
    if resultat != Screeningsnotat.Resultat.FORTSAET:
        raise ValidationError({"begrundelse": "Skriv hvorfor, så sagsbehandleren kan gå videre."})
    if mangler_perspektiv(notat, sag):
        raise ValidationError(
            {
                "begrundelse": "Notatet siger nej til et udviklingsperspektiv. Skriv, hvorfor sagen "
                "skal fortsætte alligevel."
            }
        )


def er_egen(notat: Screeningsnotat, bruger: Bruger) -> bool:
    """Whether the user began the note, wrote in it or handed it in. One statement at most."""
    return notat.skrevet_af_id == bruger.pk or har_skrevet(notat.sag_id, bruger, SCREENING)


def _kraev_kan_afgoeres(notat: Screeningsnotat, af: Bruger) -> None:
    """Raise `ValidationError` unless `af` may decide the note now."""
    if notat.indsendt_den is None:
        raise ValidationError(
            "Notatet er ikke sendt ind endnu. Vent, til sagsbehandleren har sendt det.",
            code="ikke_indsendt",
        )
    if notat.resultat:
        raise ValidationError(
            "Notatet er allerede afgjort. Genindlæs siden for at se resultatet.", code="afgjort"
        )
    if er_egen(notat, af):
        raise ValidationError(
            "Du har selv skrevet notatet. En anden faglig konsulent skal afgøre det.",
            code="egen",
        )
