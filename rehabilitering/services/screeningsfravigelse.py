"""Opening a case without an approved screening note: asked for, and decided by the teamleder.

A rehabilitation case cannot be opened without one (domain.md 2.9); this is the way round it, and it
is written down: the caseworker says why, the teamleder answers with a reason, and quality assurance
shows it.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from borgere.models import Fase, Sag
from borgere.services import kraev_fase, laas_sag, skift_fase
from rehabilitering.models import Screeningsfravigelse
from rehabilitering.services import fravigelse as faelles
from ressource import haendelser
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
        raise ValidationError(faelles.ALLEREDE_SPURGT)
    fravigelse = Screeningsfravigelse(sag=sag, begrundelse=begrundelse.strip(), anmodet_af=af)
    faelles.gem_anmodning(fravigelse, "screening.fravigelse_anmodet", sag=sag, af=af)
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
    faelles.kraev_kan_afgoeres(fravigelse, af)
    kraev_fase(sag, Fase.SCREENING)
    faelles.gem_svar(fravigelse, resultat=resultat, svar=svar, af=af)
    if resultat == Resultat.GODKENDT:
        skift_fase(sag, Fase.FORBEREDELSE, af=af)
    haendelser.log(fravigelse, f"screening.fravigelse_{resultat}", af=af, sag_id=sag.pk)
    faelles.fortael(
        fravigelse,
        tekst="Der er svar på, om sagen må åbnes uden godkendt screening.",
        sti=reverse("rehabilitering:screening", args=[sag.pk]),
    )
    return fravigelse
