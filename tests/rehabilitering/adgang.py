"""Who gets through to each address of the app; each part lists its own."""

from tests.rehabilitering import adgang_forberedelse, adgang_laege, adgang_moede, adgang_sparring

ADGANG: dict[str, dict] = {
    **adgang_forberedelse.ADGANG,
    **adgang_laege.ADGANG,
    **adgang_sparring.ADGANG,
    **adgang_moede.ADGANG,
}
