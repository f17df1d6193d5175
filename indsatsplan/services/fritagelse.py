"""Days in which nothing is expected of the citizen: the guarantee's clock stands still.

What happened, so an approved plan need not be opened.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from indsatsplan.models import Fritagelse, Ressourceforloeb
from indsatsplan.services.adgangskrav import (
    kraev_i_forloebet,
    kraev_ikke_fremtid,
    laas_aabent_forloeb,
)
from ressource import haendelser
from ressource.models import Bruger
from ressource.samtidighed import kraev_laas


@transaction.atomic
def gem_fritagelse(
    forloeb: Ressourceforloeb,
    *,
    art: str,
    fra_dato: date,
    til_dato: date | None,
    begrundelse: str,
    af: Bruger,
    fritagelse: Fritagelse | None = None,
    laas: int | None = None,
) -> Fritagelse:
    """Write an exemption of the forløb, or correct `fritagelse`. Without `til_dato` it goes on.

    An exemption can be agreed ahead; that there was no contact is known only afterwards. Raises
    `ValidationError`, on the field where there is one, for days outside the forløb, to come,
    reversed or already exempted; `ForaeldetVersionError` when somebody saved after `laas` was read.
    """
    forloeb = laas_aabent_forloeb(forloeb.pk)
    fritagelse = _laas(fritagelse, laas) if fritagelse else Fritagelse(forloeb=forloeb)
    kraev_i_forloebet(forloeb, fra_dato=fra_dato, til_dato=til_dato)
    if art == Fritagelse.Art.UDEN_KONTAKT:
        datoer = {"fra_dato": fra_dato} | ({"til_dato": til_dato} if til_dato else {})
        kraev_ikke_fremtid(**datoer)
    fritagelse.art, fritagelse.begrundelse = art, begrundelse
    fritagelse.fra_dato, fritagelse.til_dato = fra_dato, til_dato
    fritagelse.laas += 1
    fritagelse.full_clean()
    fritagelse.save()
    haendelser.log(fritagelse, "plan.fritagelse_gemt", af=af, sag_id=forloeb.sag_id)
    return fritagelse


@transaction.atomic
def fjern_fritagelse(fritagelse: Fritagelse, *, af: Bruger) -> Fritagelse:
    """Take out an exemption written by mistake; the row is kept and no longer counts.

    Raises `ValidationError` when the forløb has ended, or it was taken out already.
    """
    forloeb = laas_aabent_forloeb(fritagelse.forloeb_id)
    fritagelse = _laas(fritagelse, None)
    fritagelse.fjernet_den = timezone.now()
    fritagelse.save(update_fields=["fjernet_den"])
    haendelser.log(fritagelse, "plan.fritagelse_fjernet", af=af, sag_id=forloeb.sag_id)
    return fritagelse


def _laas(fritagelse: Fritagelse, laas: int | None) -> Fritagelse:
    gaeldende = Fritagelse.objects.gaeldende().select_for_update(of=("self",))
    laast = gaeldende.filter(pk=fritagelse.pk).first()
    if laast is None:
        raise ValidationError(
            "Fritagelsen er taget ud imens. Genindlæs siden for at se planen.", code="taget_ud"
        )
    kraev_laas(laast, laas)
    return laast
