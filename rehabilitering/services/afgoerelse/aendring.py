"""A decision that changes an earlier one, after reconsideration or by the appeal body."""

from django.core.exceptions import ValidationError
from django.db import transaction

from borgere.services import laas_sag
from rehabilitering.models import Afgoerelse, Klage
from rehabilitering.services.afgoerelse.grundlag import kraev_ansvarlig
from ressource import haendelser
from ressource.models import Bruger

GIVER_AENDRING = (Klage.Genvurdering.MEDHOLD, Klage.Genvurdering.DELVIST_MEDHOLD)
RESULTAT_GIVER_AENDRING = (
    Klage.Resultat.AENDRET,
    Klage.Resultat.HJEMVIST,
    Klage.Resultat.UGYLDIG,
)
# What stays as it was until somebody writes another.
_KOPIERES = ("udfald", "virkning_fra", "slut_dato", "borger_oensker_mere", "maalgruppebetingelse")
_TEKSTER = ("faktum", "hjemmel", "klagevejledning")


def gaeldende(afgoerelse: Afgoerelse) -> Afgoerelse:
    """The decision in force: `afgoerelse`, or the latest made that changes it."""
    while (ny := getattr(afgoerelse, "erstattet_af", None)) and ny.er_truffet:
        afgoerelse = ny
    return afgoerelse


@transaction.atomic
def begynd_aendring(klage: Klage, *, af: Bruger) -> Afgoerelse:
    """The draft that changes the decision complained about; the one begun already, if there is.

    It begins as a copy of what is in force, with the reconsideration's reasons. The case stays in
    its step. Raises `ValidationError` when neither the reconsideration nor the appeal body asks for
    a change, `PermissionDenied` for others than the responsible caseworker.
    """
    sag = laas_sag(klage.sag_id)
    kraev_ansvarlig(sag, af)
    if klage.genvurdering not in GIVER_AENDRING and klage.resultat not in RESULTAT_GIVER_AENDRING:
        raise ValidationError("Klagen har ikke ført til, at afgørelsen skal ændres.")
    gammel = gaeldende(klage.afgoerelse)
    if findes := Afgoerelse.objects.filter(erstatter=gammel).first():
        return findes
    afgoerelse = Afgoerelse(sag=sag, erstatter=gammel, skrevet_af=af)
    for felt in (*_KOPIERES, *_TEKSTER):
        setattr(afgoerelse, felt, getattr(gammel, felt))
    afgoerelse.begrundelse = klage.resultat_tekst or klage.genvurdering_begrundelse
    afgoerelse.full_clean()
    afgoerelse.save()
    haendelser.log(afgoerelse, "afgoerelse.aendring_begyndt", af=af, sag_id=sag.pk)
    return afgoerelse
