"""What every request to go round a rule has in common: one asks with a reason, another answers.

Each kind says what may be gone round and what an approval does (`screeningsfravigelse`,
`regelfravigelse`).
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from borgere.models import Sag
from rehabilitering.models import Regelfravigelse, Screeningsfravigelse
from ressource import beskeder, haendelser
from ressource.models import Bruger

ALLEREDE_SPURGT = (
    "Teamlederen er allerede spurgt og har ikke svaret endnu. Svaret kommer på denne side."
)


def gem_anmodning(
    fravigelse: Screeningsfravigelse | Regelfravigelse, kode: str, *, sag: Sag, af: Bruger
) -> None:
    """Store a new request and log it. Raises `ValidationError` for what cannot be."""
    fravigelse.full_clean()
    fravigelse.save()
    haendelser.log(fravigelse, kode, af=af, sag_id=sag.pk)


def kraev_kan_afgoeres(fravigelse: Screeningsfravigelse | Regelfravigelse, af: Bruger) -> None:
    """Refuse an answered request, one's own (`ValidationError`) and another's to decide.

    Raises `PermissionDenied` for a teamleder who may not decide it (`for_teamleder`).
    """
    if fravigelse.resultat:
        raise ValidationError(
            "Anmodningen er allerede afgjort. Genindlæs siden for at se svaret.", code="afgjort"
        )
    if fravigelse.anmodet_af_id == af.pk:
        raise ValidationError(
            "Du har selv bedt om det. En anden teamleder skal afgøre det.", code="egen"
        )
    mulige = type(fravigelse).objects.for_teamleder(af)
    if not mulige.filter(pk=fravigelse.pk).exists():
        raise PermissionDenied("En anden teamleder skal afgøre det.")


def gem_svar(
    fravigelse: Screeningsfravigelse | Regelfravigelse, *, resultat: str, svar: str, af: Bruger
) -> None:
    """Write the answer. Raises `ValidationError` without a reason."""
    if not svar.strip():
        raise ValidationError({"svar": "Skriv hvorfor. Svaret står på sagen."})
    fravigelse.resultat = resultat
    fravigelse.svar = svar.strip()
    fravigelse.afgjort_af = af
    fravigelse.afgjort_den = timezone.now()
    fravigelse.full_clean()
    fravigelse.save(update_fields=["resultat", "svar", "afgjort_af", "afgjort_den"])


def fortael(fravigelse: Screeningsfravigelse | Regelfravigelse, *, tekst: str, sti: str) -> None:
    """Give who asked a notice of the answer, with no word of the case."""
    beskeder.opret(
        fravigelse.anmodet_af,
        noegle=f"{type(fravigelse).__name__.lower()}-{fravigelse.pk}",
        emne="Din teamleder har svaret",
        tekst=tekst,
        sti=sti,
    )
