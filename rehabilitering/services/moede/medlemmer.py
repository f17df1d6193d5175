"""Who sits in a meeting, who comes instead, and who chairs it."""

from django.core.exceptions import ValidationError
from django.db import transaction

from rehabilitering.models import Dagsordenspunkt, Moededeltager, Teammoede
from rehabilitering.services import adgang_til_moede
from rehabilitering.services.moede.faelles import kraev_kommende, laas
from rehabilitering.services.moede.planlaegning import Medlem, gem_deltager
from ressource import haendelser
from ressource.models import Bruger


def leder_er(punkt: Dagsordenspunkt, bruger: Bruger) -> bool:
    """Whether the user chairs the item's meeting: finalises, and registers who is there.

    The mødeleder, or, when that one has sent apologies or was marked absent, the mødeleder's deputy
    if that one sits in the meeting and is there. What the role may do is the matrix' to say. One
    statement.
    """
    moede = punkt.moede
    ledere = (moede.moedeleder_id, moede.stedfortraeder_leder_id)
    if bruger.pk not in ledere:
        return False
    kommer = {
        deltager.bruger_id: deltager.kommer
        for deltager in moede.deltagere.filter(bruger__in=ledere)
    }
    lederen_kommer = kommer.get(moede.moedeleder_id, True)
    if bruger.pk == moede.moedeleder_id:
        return lederen_kommer
    return not lederen_kommer and kommer.get(bruger.pk, False)


@transaction.atomic
def tilfoej_deltager(moede: Teammoede, medlem: Medlem, *, af: Bruger) -> Moededeltager:
    """Let somebody sit in the meeting, and read the cases that are on its agenda and open.

    Raises `ValidationError` when the person already does, or the meeting is over.
    """
    moede = laas(moede.pk)
    kraev_kommende(moede)
    deltager = gem_deltager(moede, medlem)
    for punkt in moede.punkter.aabne().select_related("sag"):
        adgang_til_moede.giv(punkt.sag, moede, medlem.bruger, af=af)
    haendelser.log(deltager, "moede.deltager_tilfoejet", af=af, bruger=medlem.bruger.pk)
    return deltager


@transaction.atomic
def fjern_deltager(deltager: Moededeltager, *, af: Bruger) -> None:
    """Take somebody out of a coming meeting; the access that came with it ends.

    Raises `ValidationError` for the chair, and when the meeting is over.
    """
    moede = laas(deltager.moede_id)
    kraev_kommende(moede)
    if deltager.bruger_id == moede.moedeleder_id:
        raise ValidationError("Mødelederen kan ikke tages af sit eget møde.")
    sager = list(moede.punkter.aabne().values_list("sag_id", flat=True))
    adgang_til_moede.tag(moede, sager, [deltager.bruger_id])
    haendelser.log(deltager, "moede.deltager_fjernet", af=af, bruger=deltager.bruger_id)
    deltager.delete()
