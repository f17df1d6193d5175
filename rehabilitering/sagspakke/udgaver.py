"""Who reads which edition of the package (domain.md 3; `rehabilitering.helbred`)."""

from rehabilitering import helbred
from rehabilitering.models import Sagspakke, Sagspakkeudgave
from ressource.adgang import maa
from ressource.models import Bruger

Udgave = Sagspakkeudgave.Udgave


def udgave_for(bruger: Bruger) -> str:
    """The edition the user may read: the same as the live page shows, before the meeting's day."""
    if maa(bruger, "forberedende_del.se"):
        return Udgave.FULD
    if maa(bruger, "forberedende_del.hoer_paa_moedet"):
        return Udgave.UDEN_HELBRED
    return Udgave.UDDANNELSE


def har_afsnit(udgave: str, kode: str) -> bool:
    """Whether the edition holds the section `kode` of the forberedende del."""
    if udgave == Udgave.FULD:
        return True
    if udgave == Udgave.UDEN_HELBRED:
        return kode not in helbred.AFSNIT
    return kode in helbred.UDDANNELSE


def maa_laese(pakke: Sagspakke, bruger: Bruger) -> bool:
    """Whether somebody who may see the case may read its package.

    Those who sit at the item, or stand in for one who does, and those who may read the certificate.
    """
    if maa(bruger, "laegeattest.se"):
        return True
    if pakke.punkt.moede.deltagere.for_bruger(bruger).exists():
        return True
    return pakke.punkt.deltagere.aktuelle().filter(bruger=bruger).exists()
