"""Health advice as a duty of the rule set (lov 1750; domain.md 0): asked at every gate alike."""

from borgere.models import Sag


def er_opfyldt(sag: Sag) -> bool:
    """Whether the set asks for no health advice, or a sundhedskoordinator has given it in the case.

    Needs the case with its rule set; one statement, and none where it is no duty.
    """
    if not sag.regelsaet.sparring_er_lovpligtig:
        return True
    return bool(sag.sparringer.filter(besvaret_den__isnull=False).exists())


def mangler(sag: Sag) -> str:
    """What stops a decision on fleksjob or førtidspension; empty when nothing does."""
    if er_opfyldt(sag):
        return ""
    return (
        f"Efter {sag.regelsaet.kode} skal sundhedskoordinator have givet sparring, før der træffes "
        "afgørelse om fleksjob eller førtidspension. Book en tid, og vent på svaret."
    )
