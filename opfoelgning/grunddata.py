"""The deadline rules a municipality starts with (domain.md 1.4)."""

from datetime import date

from indsatsplan.garanti import HJEMMEL
from opfoelgning import progressionsindikatorer
from opfoelgning.models import Fristregel
from ressource.datoer import Enhed

_START = date(2013, 1, 1)
_GUIDE = "Guide til gode ressourceforløb, grundelement 8. Kommunens egen frist"

REGLER = [
    {
        "kode": "FOERSTE_OPFOELGNING",
        "navn": "Første opfølgning",
        "laengde": 1,
        "enhed": Enhed.UGER,
        "varsel_dage": 2,
        "hjemmel": _GUIDE,
        "udloeses_af": "Teammøde med indstilling til ressourceforløb",
        "opfyldes_af": "En holdt opfølgning",
    },
    {
        "kode": "INDSATSPLAN_VARSEL",
        "navn": "Indsatsplan på vej",
        "laengde": 2,
        "enhed": Enhed.UGER,
        "varsel_dage": 2,
        "hjemmel": _GUIDE,
        "udloeses_af": "Første opfølgning, eller fristen for den",
        "opfyldes_af": "Godkendt indsatsplan",
    },
    {
        "kode": "INDSATSPLAN_FRIST",
        "navn": "Indsatsplan klar",
        "laengde": 3,
        "enhed": Enhed.UGER,
        "varsel_dage": 7,
        "hjemmel": _GUIDE,
        "udloeses_af": "Første opfølgning, eller fristen for den",
        "opfyldes_af": "Godkendt indsatsplan",
    },
    {
        "kode": "LAE265_SVAR",
        "navn": "Svar på lægeattest LÆ 265",
        "laengde": 30,
        "enhed": Enhed.DAGE,
        "varsel_dage": 3,
        "alvor": Fristregel.Alvor.LOV,
        "hjemmel": "Aftalen med lægerne om attester til kommunen",
        "udloeses_af": "Anmodning til lægen",
        "opfyldes_af": "Modtaget attest",
    },
    {
        "kode": "KLAGEFRIST",
        "navn": "Klagefrist for afgørelsen",
        "laengde": 4,
        "enhed": Enhed.UGER,
        "rulning": Fristregel.Rulning.FREM,
        "udloeber": True,
        "varsel_dage": 0,
        "alvor": Fristregel.Alvor.LOV,
        "hjemmel": "Retssikkerhedsloven § 67",
        "udloeses_af": "Borgeren har fået afgørelsen",
        "opfyldes_af": "Fristen løber ud",
    },
    {
        "kode": "GENVURDERING",
        "navn": "Genvurdering af en klage",
        "laengde": 4,
        "enhed": Enhed.UGER,
        "rulning": Fristregel.Rulning.FREM,
        "varsel_dage": 7,
        "alvor": Fristregel.Alvor.LOV,
        "hjemmel": "Retssikkerhedsloven § 66",
        "udloeses_af": "Kommunen har fået en klage",
        "opfyldes_af": "Klagen er genvurderet",
    },
    {
        # The months are the rule set's (`Regelsaet.indsatsgaranti_maaneder`); none, no deadline.
        "kode": "INDSATSGARANTI",
        "navn": "Indsats begyndt, 6-måneders garanti",
        "laengde": 6,
        "enhed": Enhed.MAANEDER,
        "varsel_dage": 30,
        "alvor": Fristregel.Alvor.LOV,
        "hjemmel": HJEMMEL,
        "udloeses_af": "Ressourceforløbets første dag",
        "opfyldes_af": "En indsats, der tæller, er begyndt, eller sagen er forelagt teamet igen",
    },
]


def indlaes() -> None:
    """Add the rules that are missing, and the first questions of progression."""
    for regel in REGLER:
        if not Fristregel.objects.filter(kode=regel["kode"]).exists():
            Fristregel.objects.create(gyldig_fra=_START, **regel)
    progressionsindikatorer.indlaes()
