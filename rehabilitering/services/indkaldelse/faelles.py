"""What every change of who takes part in a case, and every call, asks first."""

from django.core.exceptions import ValidationError

from borgere.models import Sag
from borgere.services import laas_sag
from rehabilitering.models import Dagsordenspunkt, Punktdeltager
from rehabilitering.services.moede.faelles import kraev_kommende, laas
from ressource.kalender import i_dag
from ressource.models import Bruger


def laas_punkt(punkt_id: int, af: Bruger) -> Dagsordenspunkt:
    """The item with meeting and case, locked in that order.

    Raises `ValidationError` when the meeting is over or called off, the case is dealt with or off
    the agenda, and when the citizen's name is hidden from `af`.
    """
    raa = Dagsordenspunkt.objects.get(pk=punkt_id)
    moede = laas(raa.moede_id)
    kraev_kommende(moede)
    sag = laas_sag(raa.sag_id)
    punkt = Dagsordenspunkt.objects.select_for_update(of=("self",)).get(pk=punkt_id)
    punkt.moede, punkt.sag = moede, sag
    if punkt.taget_af_den or punkt.behandlet_den:
        raise ValidationError("Sagen er behandlet eller taget af dagsordenen.")
    if er_skjult(sag, af):
        raise ValidationError("Navnet er beskyttet. Sagens sagsbehandler indkalder.")
    return punkt


def er_i_kredsen(sag: Sag, bruger: Bruger) -> bool:
    """Whether the user may read the case."""
    return Sag.objects.synlige_for(bruger).filter(pk=sag.pk).exists()


def er_skjult(sag: Sag, bruger: Bruger) -> bool:
    """Whether the citizen is protected and the user outside the case circle (domain.md 5.3)."""
    return sag.borger.er_beskyttet(i_dag()) and not er_i_kredsen(sag, bruger)


def laas_deltager(deltager: Punktdeltager, af: Bruger) -> Punktdeltager:
    """The person with the locked item. Raises as `laas_punkt`, and for one who was taken off."""
    punkt = laas_punkt(deltager.punkt_id, af)
    deltager = (
        Punktdeltager.objects.select_for_update(of=("self",))
        .select_related("bruger", "netvaerksperson", "fuldmagt")
        .get(pk=deltager.pk)
    )
    if deltager.fjernet_den:
        raise ValidationError("Personen er taget af listen. Genindlæs siden.")
    deltager.punkt = punkt
    return deltager
