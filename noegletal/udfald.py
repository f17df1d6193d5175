"""How reasons for closing are grouped (domain.md 4.4), with the denominator stated each time."""

from dataclasses import dataclass

from borgere.models import Afslutningsaarsag


@dataclass(frozen=True)
class Gruppe:
    """Reasons that are reported together."""

    kode: str
    navn: str
    aarsager: frozenset[str]


def _gruppe(kode: str, navn: str, *aarsager: Afslutningsaarsag) -> Gruppe:
    return Gruppe(kode, navn, frozenset(aarsager))


SELVFORSOERGENDE = _gruppe(
    "selvforsoergende",
    "Helt eller delvist selvforsørgende i ordinært job eller fleksjob",
    Afslutningsaarsag.ORDINAERT_JOB,
    Afslutningsaarsag.ORDINAERT_JOB_DELTID,
    Afslutningsaarsag.FLEKSJOB_ANSAT,
)
PAA_VEJ = _gruppe(
    "paa_vej",
    "Visiteret til fleksjob, under revalidering eller uddannelse",
    Afslutningsaarsag.FLEKSJOB_VISITERET,
    Afslutningsaarsag.REVALIDERING,
    Afslutningsaarsag.UDDANNELSE,
)
FOERTIDSPENSION = _gruppe("foertidspension", "Førtidspension", Afslutningsaarsag.FOERTIDSPENSION)
FRAFLYTTET = _gruppe("fraflyttet", "Fraflyttet kommunen", Afslutningsaarsag.FRAFLYTTET)
OEVRIGE = Gruppe(
    "oevrige",
    "Øvrige",
    frozenset(Afslutningsaarsag.values)
    - SELVFORSOERGENDE.aarsager
    - PAA_VEJ.aarsager
    - FOERTIDSPENSION.aarsager
    - FRAFLYTTET.aarsager,
)
# Every reason belongs to exactly one, so the rows sum to all closed cases, moved and dead included.
FORDELING = (SELVFORSOERGENDE, PAA_VEJ, FOERTIDSPENSION, FRAFLYTTET, OEVRIGE)

# Sums across the rows above.
SUCCES = Gruppe("succes", "Succes i alt", SELVFORSOERGENDE.aarsager | PAA_VEJ.aarsager)
MAALGRUPPESKIFT = _gruppe(
    "maalgruppeskift",
    "Målgruppeskift, typisk fleksjob",
    Afslutningsaarsag.FLEKSJOB_ANSAT,
    Afslutningsaarsag.FLEKSJOB_VISITERET,
    Afslutningsaarsag.REVALIDERING,
    Afslutningsaarsag.JOBAFKLARING,
    Afslutningsaarsag.LEDIGHEDSYDELSE,
    Afslutningsaarsag.KONTANTHJAELP,
    Afslutningsaarsag.SYGEDAGPENGE,
)
SAMMENLAGTE = (SUCCES, MAALGRUPPESKIFT)
NAEVNER_TEKST = (
    "Alle sager med ressourceforløb, der blev afsluttet i de seneste 12 måneder. "
    "Fraflyttede og døde tæller med i nævneren"
)
