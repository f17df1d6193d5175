"""What the mentor writes before a talk."""

from django.core.exceptions import ValidationError
from django.db import transaction

from opfoelgning.models import Mentorsvar, Opfoelgningsmoede
from opfoelgning.services.moeder import laas_aabent
from ressource import haendelser
from ressource.models import Bruger
from ressource.samtidighed import kraev_laas


@transaction.atomic
def gem_mentorsvar(
    moede: Opfoelgningsmoede, *, godt: str, svaert: str, oever: str, laas: int, af: Bruger
) -> Mentorsvar:
    """Store the mentor's three answers to `moede`; they can be rewritten until it is held.

    `laas` is the number of the answers the page was shown with, 0 when there were none. Raises
    `ForaeldetVersionError` when somebody saved since, and `ValidationError` when nothing is answered
    or the meeting is no longer to come.
    """
    moede = laas_aabent(moede.pk)
    svar = Mentorsvar.objects.select_for_update(of=("self",)).filter(moede=moede).first()
    if svar is None:
        svar = Mentorsvar(moede=moede)
    kraev_laas(svar, laas)
    svar.godt, svar.svaert, svar.oever = godt.strip(), svaert.strip(), oever.strip()
    if not (svar.godt or svar.svaert or svar.oever):
        raise ValidationError({"godt": "Skriv et svar på mindst ét af spørgsmålene."})
    svar.skrevet_af = af
    svar.laas += 1
    svar.full_clean()
    svar.save()
    haendelser.log(moede, "opfoelgning.mentorsvar", af=af, sag_id=moede.sag_id)
    return svar
