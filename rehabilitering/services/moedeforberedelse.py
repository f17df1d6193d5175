"""What is agreed with the citizen about the meeting: one sheet per case, saved as a whole."""

from collections.abc import Mapping

from django.db import transaction

from borgere.models import Sag
from borgere.services import kraev_fase, laas_sag
from rehabilitering.models import Moedeforberedelse
from rehabilitering.services.drejebog import FASER
from ressource import haendelser
from ressource.models import Bruger
from ressource.samtidighed import kraev_laas

FELTER = (
    "fortaeller_selv",
    "hjaelp_til",
    "kommer_med",
    "hentes_af",
    "venter_hvor",
    "ventetid",
    "saerlige_behov",
    "kontaktperson",
)


@transaction.atomic
def gem_moedeforberedelse(
    sag: Sag, oplysninger: Mapping[str, str], *, laas: int | None, af: Bruger
) -> Moedeforberedelse:
    """Save the agreement, `oplysninger` being fields of `FELTER`; when nothing differs, nothing is.

    `laas` is the version the page showed, 0 before there is one. Raises `ForaeldetVersionError`
    when somebody saved meanwhile, and `ValidationError` by field and after the team's meeting.
    """
    sag = laas_sag(sag.pk)
    kraev_fase(sag, *FASER)
    aftale = Moedeforberedelse.objects.select_for_update(of=("self",)).filter(sag=sag).first()
    aftale = aftale or Moedeforberedelse(sag=sag)
    kraev_laas(aftale, laas)
    rettet = [felt for felt, tekst in oplysninger.items() if getattr(aftale, felt) != tekst]
    if not rettet:
        return aftale
    for felt in rettet:
        setattr(aftale, felt, oplysninger[felt])
    aftale.laas += 1
    aftale.rettet_af = af
    aftale.full_clean()
    aftale.save()
    haendelser.log(aftale, "moedeforberedelse.gemt", af=af, sag_id=sag.pk, felter=sorted(rettet))
    return aftale
