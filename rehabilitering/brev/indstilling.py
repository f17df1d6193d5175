"""What the letter about the team's indstilling says of one that is finalised."""

from rehabilitering.brev.afgoerelse import indsatslinjer
from rehabilitering.brev.tekst import Vaerdi
from rehabilitering.models import Indstilling, Sparringsbooking
from ressource.dansk import dato_skrevet


def felter(indstilling: Indstilling) -> dict[str, Vaerdi]:
    """The letter's fields; dates are written out. A corrected one says so, and why."""
    udfald = indstilling.get_udfald_display()
    maaneder = indstilling.varighed_maaneder
    return {
        "moede_dato": dato_skrevet(indstilling.moede_dato),
        "rettet": _rettet(indstilling),
        "indstiller_til": f"{udfald}, {maaneder} måneder" if maaneder else udfald,
        "maal": indstilling.maal.strip(),
        "maal_begrundelse": indstilling.maal_begrundelse.strip(),
        "begrundelse": indstilling.begrundelse.strip(),
        "muligheder": indstilling.muligheder.strip(),
        "sundhedskoordinator": indstilling.sundhedskoordinators_vurdering.strip(),
        "svar": "\n".join(
            _svar(indsat.booking) for indsat in indstilling.indsatte_svar.med_kilde()
        ),
        "dissens": indstilling.dissens.strip(),
        "indsatser": indsatslinjer(indstilling),
        "mentor_formaal": indstilling.mentor_formaal.strip(),
        "mentor_opgaver": indstilling.mentor_opgaver.strip(),
    }


def _rettet(indstilling: Indstilling) -> str:
    if indstilling.version <= 1:
        return ""
    version = indstilling.versioner.filter(nr=indstilling.version).first()
    if version is None:
        return ""
    return f"{dato_skrevet(version.afsluttet_den)}. {version.begrundelse.strip().rstrip('.')}."


def _svar(booking: Sparringsbooking) -> str:
    """The sundhedskoordinator's answer with its source."""
    hvem = booking.besvaret_af
    navn = ", ".join(filter(None, [hvem.navn, hvem.titel])) if hvem else ""
    spurgt = "".join(f" Spørgsmål: {spoergsmaal}" for spoergsmaal in booking.alle_spoergsmaal())
    kilde = f"Kilde: {navn}, sparring {dato_skrevet(booking.tid.start)}.{spurgt}"
    return f"{booking.svar.strip()}\n{kilde}"
