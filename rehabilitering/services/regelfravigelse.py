"""A ressourceforløb after the rule set's last day for it: asked for, decided by the teamleder.

The law may have closed (domain.md 0, no. 5); what is granted all the same is written down with who
said so and why. Nothing but the cut-off can be gone round so: no limit of age, number or duration.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse

from borgere.models import Fase, Sag
from borgere.services import laas_sag
from rehabilitering import varighedskontrol
from rehabilitering.models import Regelfravigelse
from rehabilitering.services import fravigelse as faelles
from rehabilitering.services.afgoerelse import kan_skrive
from ressource import haendelser
from ressource.models import Bruger

Art = Regelfravigelse.Art
Resultat = Regelfravigelse.Resultat


@transaction.atomic
def anmod(sag: Sag, *, art: str, begrundelse: str, af: Bruger) -> Regelfravigelse:
    """Ask the teamleder to let the case have `art` though the rules have closed for it.

    Raises `ValidationError` without a reason, for a case that has ended, and while an earlier
    request waits or an approval is not used; `PermissionDenied` for others than the responsible caseworker.
    """
    sag = laas_sag(sag.pk)
    if not kan_skrive(sag, af):
        raise PermissionDenied("Kun den ansvarlige sagsbehandler kan bede om det.")
    _kraev_aaben(sag)
    if not begrundelse.strip():
        raise ValidationError({"begrundelse": "Skriv, hvorfor reglen skal fraviges."})
    samme = sag.regelfravigelser.filter(art=art)
    if samme.venter().exists():
        raise ValidationError(faelles.ALLEREDE_SPURGT)
    if varighedskontrol.er_fraveget(sag, art):
        raise ValidationError("Teamlederen har allerede godkendt det. Du kan træffe afgørelsen.")
    fravigelse = Regelfravigelse(sag=sag, art=art, begrundelse=begrundelse.strip(), anmodet_af=af)
    faelles.gem_anmodning(fravigelse, "regel.fravigelse_anmodet", sag=sag, af=af)
    return fravigelse


@transaction.atomic
def afgoer(fravigelse: Regelfravigelse, *, resultat: str, svar: str, af: Bruger) -> Regelfravigelse:
    """Answer with a reason. Who asked gets a notice; nothing else happens to the case.

    Raises `ValidationError` without a reason, for one's own request, when it is answered already and
    when the case has ended; `PermissionDenied` for somebody who may not decide it.
    """
    sag = laas_sag(fravigelse.sag_id)
    fravigelse = (
        Regelfravigelse.objects.select_for_update(of=("self",))
        .select_related("anmodet_af")
        .get(pk=fravigelse.pk)
    )
    faelles.kraev_kan_afgoeres(fravigelse, af)
    _kraev_aaben(sag)
    faelles.gem_svar(fravigelse, resultat=resultat, svar=svar, af=af)
    haendelser.log(fravigelse, f"regel.fravigelse_{resultat}", af=af, sag_id=sag.pk)
    faelles.fortael(
        fravigelse,
        tekst="Der er svar på, om reglen om nye ressourceforløb må fraviges i sagen.",
        sti=reverse("rehabilitering:afgoerelse", args=[sag.pk]),
    )
    return fravigelse


def _kraev_aaben(sag: Sag) -> None:
    if sag.fase == Fase.AFSLUTNING:
        raise ValidationError("Sagen er afsluttet, så der er ikke noget at fravige.")
