"""The retention rules a municipality starts with (domain.md 5.4 and 5.5)."""

from datetime import date

from borgere.models import Bevaringsregel

_START = date(2013, 1, 1)
_IKKE_EFTERPROEVET = "Ikke efterprøvet mod kommunens KLE-regler"

REGLER = [
    {
        "gaelder": Bevaringsregel.Gaelder.SAG,
        "antal": 5,
        "enhed": Bevaringsregel.Enhed.AAR,
        "varsel_dage": 30,
        "undtag_foedt_den_foerste": True,
        "kilde": f"Arkivloven og bekendtgørelse om kassation; stikprøve født den 1. {_IKKE_EFTERPROEVET}.",
    },
    {
        "gaelder": Bevaringsregel.Gaelder.OPSLAG,
        "antal": 24,
        "enhed": Bevaringsregel.Enhed.MAANEDER,
        "varsel_dage": 0,
        "undtag_foedt_den_foerste": False,
        "kilde": "GDPR art. 5 og 32; kommunens valg mellem 6 og 60 måneder. Ikke fastsat i lov.",
    },
    {
        "gaelder": Bevaringsregel.Gaelder.UDDRAG,
        "antal": 14,
        "enhed": Bevaringsregel.Enhed.DAGE,
        "varsel_dage": 0,
        "undtag_foedt_den_foerste": False,
        "kilde": "GDPR art. 5, stk. 1, litra e. Kommunens eget valg.",
    },
    {
        "gaelder": Bevaringsregel.Gaelder.INDLAESNING,
        "antal": 30,
        "enhed": Bevaringsregel.Enhed.DAGE,
        "varsel_dage": 0,
        "undtag_foedt_den_foerste": False,
        "kilde": "GDPR art. 5, stk. 1, litra e. Kommunens eget valg.",
    },
    {
        "gaelder": Bevaringsregel.Gaelder.BESKED,
        "antal": 12,
        "enhed": Bevaringsregel.Enhed.MAANEDER,
        "varsel_dage": 0,
        "undtag_foedt_den_foerste": False,
        "kilde": "GDPR art. 5, stk. 1, litra e. Kommunens eget valg.",
    },
    {
        "gaelder": Bevaringsregel.Gaelder.SAGSPAKKE,
        "antal": 30,
        "enhed": Bevaringsregel.Enhed.DAGE,
        "varsel_dage": 0,
        "undtag_foedt_den_foerste": False,
        "kilde": "GDPR art. 5, stk. 1, litra e. Kommunens eget valg.",
    },
]


def indlaes() -> None:
    """Add the rules of kinds that have none; never touches one an administrator may have changed."""
    for regel in REGLER:
        if not Bevaringsregel.objects.filter(gaelder=regel["gaelder"]).exists():
            Bevaringsregel.objects.create(gyldig_fra=_START, **regel)
