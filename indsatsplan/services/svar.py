"""Put the sundhedskoordinator's answers into the plan, and take them out; either opens the draft."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from indsatsplan.models import Plansvar, Ressourceforloeb
from indsatsplan.services.adgangskrav import laas_aabent_forloeb
from indsatsplan.services.kladde import aabn_kladde
from rehabilitering.models import Sparringsbooking
from rehabilitering.services.svarindsaettelse import kraev_besvaret
from ressource import haendelser
from ressource.models import Bruger


@transaction.atomic
def indsaet_svar(forloeb: Ressourceforloeb, booking: Sparringsbooking, *, af: Bruger) -> Plansvar:
    """Let the plan build on the answer. Twice is once; an answer never changes.

    Raises `ValidationError` without an answer and for another case's.
    """
    forloeb = laas_aabent_forloeb(forloeb.pk)
    kraev_besvaret(booking)
    if booking.sag_id != forloeb.sag_id:
        raise ValidationError("Svaret hører til en anden sag.")
    if fundet := forloeb.indsatte_svar.gaeldende().filter(booking=booking).first():
        return fundet
    aabn_kladde(forloeb, af=af)
    plansvar = Plansvar(forloeb=forloeb, booking=booking, indsat_af=af)
    plansvar.full_clean()
    plansvar.save()
    haendelser.log(plansvar, "plan.svar_indsat", af=af, sag_id=forloeb.sag_id)
    return plansvar


@transaction.atomic
def fjern_svar(plansvar: Plansvar, *, af: Bruger) -> Plansvar:
    """Take an answer out of the draft; approved versions keep it. Twice is once."""
    forloeb = laas_aabent_forloeb(plansvar.forloeb_id)
    plansvar = Plansvar.objects.select_for_update(of=("self",)).get(pk=plansvar.pk)
    if plansvar.fjernet_den:
        return plansvar
    aabn_kladde(forloeb, af=af)
    plansvar.fjernet_den = timezone.now()
    plansvar.fjernet_af = af
    plansvar.save(update_fields=["fjernet_den", "fjernet_af"])
    haendelser.log(plansvar, "plan.svar_fjernet", af=af, sag_id=forloeb.sag_id)
    return plansvar
