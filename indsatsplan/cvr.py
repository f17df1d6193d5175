"""The number a company is known by (Erhvervsstyrelsen): eight digits that check themselves."""

from indsatsplan.models.virksomhed import CVR_VAEGTE

ANTAL_CIFRE = len(CVR_VAEGTE)
IKKE_OTTE = "Et CVR-nummer har 8 cifre."
IKKE_RIGTIGT = "CVR-nummeret er ikke rigtigt. Se efter, om to cifre er byttet om."


def rens(skrevet: str) -> str:
    """The number without the spaces, points and country code people write it with."""
    uden = "".join(tegn for tegn in skrevet.upper() if tegn.isalnum())
    return uden.removeprefix("DK")


def fejl(cvr: str) -> str:
    """What is wrong with the cleaned number, as a Danish sentence; empty when nothing is.

    The table's own constraint says the same (modulus 11).
    """
    if not (cvr.isascii() and cvr.isdigit() and len(cvr) == ANTAL_CIFRE and cvr[0] != "0"):
        return IKKE_OTTE
    vaegtet = sum(int(ciffer) * vaegt for ciffer, vaegt in zip(cvr, CVR_VAEGTE, strict=True))
    return IKKE_RIGTIGT if vaegtet % 11 else ""
