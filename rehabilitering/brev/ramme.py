"""What stands round every letter of a case: sender, recipient, number, signature."""

from django.conf import settings

from borgere import deling
from borgere.models import Informationstype, Sag, Tildeling
from borgere.personnummer import Personnummer, Type
from ressource.kalender import i_dag
from ressource.models import Bruger


def brevramme(sag: Sag, informationstype: Informationstype, ellers: Bruger) -> dict[str, object]:
    """What every letter of a case has; `ellers` signs when nobody answers for the case today.

    It is addressed as `deling.postmodtagere` says, without an address that is protected.
    """
    return ramme_fra(sag, informationstype, svarer_for(sag, ellers))


def ramme_fra(
    sag: Sag, informationstype: Informationstype, sagsbehandler: Bruger
) -> dict[str, object]:
    """`brevramme` when it is known who signs."""
    return afsender(sag, sagsbehandler) | {
        **deling.brevhoved(sag.borger, informationstype),
        "personnummer": _maskeret(sag),
    }


def afsender(sag: Sag, sagsbehandler: Bruger) -> dict[str, object]:
    """The sender's half of the frame: it says nothing about the citizen but the case number."""
    return {
        "kommune": settings.RESSOURCE_KOMMUNE,
        "afdeling": sag.regelsaet.betegnelse_myndighed.capitalize(),
        "kontaktlinjer": _kontaktlinjer(sagsbehandler),
        "sag": sag.sagsnummer,
        "afsender": [sagsbehandler.navn, sagsbehandler.titel or "Sagsbehandler"],
    }


def svarer_for(sag: Sag, ellers: Bruger) -> Bruger:
    """Whom the reader is to turn to: the one who answers for the case today, else `ellers`."""
    tildeling: Tildeling | None = (
        sag.tildelinger.gaeldende(i_dag()).ansvarlige().select_related("bruger").first()
    )
    return tildeling.bruger if tildeling else ellers


def _kontaktlinjer(bruger: Bruger) -> list[str]:
    telefon = f"Telefon {bruger.telefon}" if bruger.telefon else ""
    return [linje for linje in (bruger.navn, telefon, bruger.email) if linje]


def _maskeret(sag: Sag) -> str:
    """The date of birth of the number in force, the last four digits masked; empty without one."""
    gaeldende = sag.borger.personnumre.filter(til_dato=None).first()
    if gaeldende is None or gaeldende.art == Type.UDENLANDSK:
        return ""
    nummer = Personnummer(gaeldende.nummer, Type(gaeldende.art))
    return f"{nummer.formateret[:7]}****"
