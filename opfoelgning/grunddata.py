"""The deadline rules a municipality starts with (domain.md 1.4, product.md 3.6)."""

from datetime import date
from typing import Any

from django.conf import settings

from indsatsplan.garanti import HJEMMEL
from opfoelgning import logistikskabelon, progressionsindikatorer
from opfoelgning.models import Fristregel
from ressource.datoer import Enhed

_START = date(2013, 1, 1)
_GUIDE = "Guide til gode ressourceforløb, grundelement 8. Kommunens egen frist"

# The teamleder sees a deadline that has been overdue for so long.
_ESKALERING_DAGE = 7

REGLER: list[dict[str, Any]] = [
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
        # The one to come a week later is.
        "eskalering_dage": None,
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
        "pause_ved_fritagelse": True,
        "varsel_dage": 30,
        "alvor": Fristregel.Alvor.LOV,
        "hjemmel": HJEMMEL,
        "udloeses_af": "Ressourceforløbets første dag",
        "opfyldes_af": "En indsats, der tæller, er begyndt, eller sagen er forelagt teamet igen",
    },
    {
        "kode": "HORISONT_KONKRET",
        "navn": "De næste tre måneder aftalt igen",
        "laengde": 3,
        "enhed": Enhed.MAANEDER,
        "varsel_dage": 14,
        "hjemmel": _GUIDE,
        "udloeses_af": "En opfølgning, hvor de næste tre måneder blev aftalt",
        "opfyldes_af": "Den næste holdte opfølgning",
    },
    {
        "kode": "HORISONT_SKITSE",
        "navn": "Skitsen af de næste seks måneder set på igen",
        "laengde": 6,
        "enhed": Enhed.MAANEDER,
        "varsel_dage": 14,
        "hjemmel": _GUIDE,
        "udloeses_af": "En opfølgning, hvor de næste seks måneder blev skitseret",
        "opfyldes_af": "Den næste holdte opfølgning",
    },
    {
        "kode": "NAESTE_MOEDE_AFTALT",
        "navn": "Næste opfølgning aftalt",
        "laengde": 0,
        "enhed": Enhed.DAGE,
        "varsel_dage": 0,
        "hjemmel": _GUIDE,
        "udloeses_af": "En opfølgning er lukket, aflyst, eller borgeren kom ikke",
        "opfyldes_af": "Der er aftalt en ny opfølgning",
    },
    {
        "kode": "SAMTALER_MIN",
        "navn": "Samtaler på tolv måneder",
        "laengde": 12,
        "enhed": Enhed.MAANEDER,
        "antal": 6,
        "varsel_dage": 60,
        "alvor": Fristregel.Alvor.LOV,
        "hjemmel": "LAB §§ 33-36 og 115, mindst seks samtaler på tolv måneder",
        "udloeses_af": "Ressourceforløbets første dag, og hver holdt opfølgning",
        "opfyldes_af": "Seks holdte opfølgninger",
    },
    {
        # The months are the rule set's (`Regelsaet.varighed_max_maaneder`).
        "kode": "FORLOEB_MAX",
        "navn": "Ressourceforløbets længste varighed",
        "laengde": 36,
        "enhed": Enhed.MAANEDER,
        "varsel_dage": 90,
        "alvor": Fristregel.Alvor.LOV,
        "hjemmel": "LAB § 112",
        "udloeses_af": "Ressourceforløbets første dag",
        "opfyldes_af": "Ressourceforløbet er afsluttet",
    },
    {
        "kode": "FORLOEB_SLUT",
        "navn": "Ressourceforløbets sidste bevilgede dag",
        "laengde": 0,
        "enhed": Enhed.DAGE,
        "varsel_dage": 90,
        "hjemmel": "Afgørelsen om ressourceforløb",
        "udloeses_af": "Ressourceforløbet er bevilget",
        "opfyldes_af": "Ressourceforløbet er afsluttet",
    },
    {
        "kode": "PASSIV_TID",
        "navn": "Ingen indsats i gang",
        "laengde": 30,
        "enhed": Enhed.DAGE,
        "varsel_dage": 14,
        "hjemmel": "Guide til gode ressourceforløb, grundelement 6. Kommunens egen frist",
        "udloeses_af": "Den første dag uden en indsats i gang",
        "opfyldes_af": "En indsats er i gang igen",
    },
    {
        "kode": "SAMTYKKE_UDLOEBER",
        "navn": "Samtykke udløber",
        "laengde": 0,
        "enhed": Enhed.DAGE,
        "udloeber": True,
        "varsel_dage": 30,
        "hjemmel": "Samtykkets sidste dag",
        "udloeses_af": "Borgeren har givet samtykke",
        "opfyldes_af": "Et nyt samtykke, eller samtykket udløber",
    },
    {
        # The days are the rule set's (`Regelsaet.sagspakke_varsel_dage`).
        "kode": "SAGSPAKKE",
        "navn": "Sagspakken sendt til teamet",
        "laengde": 8,
        "enhed": Enhed.DAGE,
        "retning": Fristregel.Retning.FOER,
        "varsel_dage": 3,
        "hjemmel": "Kommunens egen frist efter regelsættet",
        "udloeses_af": "Sagen er på dagsordenen til et teammøde",
        "opfyldes_af": "Sagspakken er udgivet",
    },
    {
        "kode": "RETUR_SVAR",
        "navn": "Rettet og sendt til kvalitetssikring igen",
        "laengde": 1,
        "enhed": Enhed.UGER,
        "varsel_dage": 2,
        "hjemmel": "Kommunens egen frist",
        "udloeses_af": "Kvalitetssikringen sendte sagen retur",
        "opfyldes_af": "Sagen er sendt til kvalitetssikring igen",
    },
    {
        "kode": "OPGAVE",
        "navn": "Opgave fra logistikplanen",
        "laengde": 0,
        "enhed": Enhed.DAGE,
        "varsel_dage": 2,
        "hjemmel": "Guide til gode ressourceforløb, grundelement 8. Kommunens logistikplan",
        "udloeses_af": "Teammødet, hvor opgaven blev fordelt",
        "opfyldes_af": "Opgaven er gjort",
    },
    {
        # Of no case: `noegletal.rapportfrist` reckons with it.
        "kode": "RAPPORT_MAANED",
        "navn": "Månedens tal frosset",
        "laengde": 0,
        "enhed": Enhed.DAGE,
        "varsel_dage": 0,
        "hjemmel": "Guide til gode ressourceforløb, grundelement 9. Kommunens egen frist",
        "udloeses_af": "Den første dag i måneden efter",
        "opfyldes_af": "Månedens tal er frosset",
    },
]
# The plan's weeks are counted from what the installation says (`RESSOURCE_INDSATSPLAN_ANKER`); from
# then on the rule itself says it.
_PLANENS = ("INDSATSPLAN_VARSEL", "INDSATSPLAN_FRIST")


def indlaes() -> None:
    """Add what is missing: the rules and the progression questions. What is there is kept.

    Raises `ValueError` when `RESSOURCE_INDSATSPLAN_ANKER` is neither of the two readings.
    """
    findes = set(Fristregel.objects.values_list("kode", flat=True))
    Fristregel.objects.bulk_create([_ny(regel) for regel in REGLER if regel["kode"] not in findes])
    progressionsindikatorer.indlaes()
    logistikskabelon.indlaes()


def _ny(felter: dict[str, Any]) -> Fristregel:
    regel = Fristregel(gyldig_fra=_START, **({"eskalering_dage": _ESKALERING_DAGE} | felter))
    if regel.kode in _PLANENS:
        regel.anker = Fristregel.Anker(settings.RESSOURCE_INDSATSPLAN_ANKER)
    if regel.udloeber:
        regel.eskalering_dage = None
    return regel
