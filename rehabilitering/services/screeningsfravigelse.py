"""Opening a case without an approved screening note: asked for, and decided by the teamleder.

A rehabilitation case cannot be opened without one (domain.md 2.9); this is the way round it, and it
is written down: the caseworker says why, the teamleder answers with a reason, and quality assurance
shows it.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from borgere.models import Fase, Sag
from borgere.services import kraev_fase, laas_sag, skift_fase
from rehabilitering.models import Screeningsfravigelse
from ressource import beskeder, haendelser
from ressource.models import Bruger

Resultat = Screeningsfravigelse.Resultat


@transaction.atomic
def anmod(sag: Sag, *, begrundelse: str, af: Bruger) -> Screeningsfravigelse:
    """Ask the teamleder to let the case go on without an approved note.

    Raises `ValidationError` without a reason, outside the step screening, and while an earlier
    request waits.
    """
    sag = laas_sag(sag.pk)
    kraev_fase(sag, Fase.SCREENING)
    if not begrundelse.strip():
        raise ValidationError(
            {"begrundelse": "Skriv, hvorfor sagen skal åbnes uden godkendt screening."}
        )
    if sag.screeningsfravigelser.venter().exists():
        raise ValidationError(
            "Teamlederen er allerede spurgt og har ikke svaret endnu. Svaret kommer på denne side."
        )
    fravigelse = Screeningsfravigelse(sag=sag, begrundelse=begrundelse.strip(), anmodet_af=af)
    fravigelse.full_clean()
    fravigelse.save()
    haendelser.log(fravigelse, "screening.fravigelse_anmodet", af=af, sag_id=sag.pk)
    return fravigelse


@transaction.atomic
def afgoer(
    fravigelse: Screeningsfravigelse, *, resultat: str, svar: str, af: Bruger
) -> Screeningsfravigelse:
    """Answer with a reason; «godkendt» moves the case to preparation. Who asked gets a notice.

    Raises `ValidationError` without a reason, for one's own request, when it is answered already and
    when the case has left the step screening: then the note was decided meanwhile. Raises
    `PermissionDenied` for somebody who may not decide it (`for_teamleder`).
    """
    sag = laas_sag(fravigelse.sag_id)
    fravigelse = Screeningsfravigelse.objects.select_for_update(of=("self",)).get(pk=fravigelse.pk)
    _kraev_kan_afgoeres(fravigelse, af)
    kraev_fase(sag, Fase.SCREENING)
    if not svar.strip():
        raise ValidationError({"svar": "Skriv hvorfor. Svaret står på sagen."})
    fravigelse.resultat = resultat
    fravigelse.svar = svar.strip()
    fravigelse.afgjort_af = af
    fravigelse.afgjort_den = timezone.now()
    fravigelse.full_clean()
    fravigelse.save(update_fields=["resultat", "svar", "afgjort_af", "afgjort_den"])
    if resultat == Resultat.GODKENDT:
        skift_fase(sag, Fase.FORBEREDELSE, af=af)
    haendelser.log(fravigelse, f"screening.fravigelse_{resultat}", af=af, sag_id=sag.pk)
    beskeder.opret(
        fravigelse.anmodet_af,
        noegle=f"screeningsfravigelse-{fravigelse.pk}",
        emne="Din teamleder har svaret",
        tekst="Der er svar på, om sagen må åbnes uden godkendt screening.",
        sti=reverse("rehabilitering:screening", args=[sag.pk]),
    )
    return fravigelse


def _kraev_kan_afgoeres(fravigelse: Screeningsfravigelse, af: Bruger) -> None:
    if fravigelse.resultat:
        raise ValidationError(
            "Anmodningen er allerede afgjort. Genindlæs siden for at se svaret.", code="afgjort"
        )
    if fravigelse.anmodet_af_id == af.pk:
        raise ValidationError(
            "Du har selv bedt om det. En anden teamleder skal afgøre det.", code="egen"
        )
    if not Screeningsfravigelse.objects.for_teamleder(af).filter(pk=fravigelse.pk).exists():
        raise PermissionDenied("En anden teamleder skal afgøre det.")
