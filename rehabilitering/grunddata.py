"""Catalogues of this floor: kinds of effort, questions to the sundhedskoordinator, templates."""

from typing import Any

from django.utils import timezone

from rehabilitering import moedeskabeloner, tekststykker
from rehabilitering.brev.standard import STANDARD
from rehabilitering.models import (
    Brevskabelon,
    Drejebogspunkt,
    Indsatstype,
    Omraade,
    Pakketekst,
    Sparringsspoergsmaal,
    Teamspoergsmaal,
    Tekststykke,
)
from rehabilitering.models.drejebog import Skabelonraekke

# domain.md 2.4. Marks: v = company-directed, p = praktik, m = mentor, b = basistilbud, i = does not
# count as begun in the six-month guarantee, o = ordinary hours, which end it (LAB § 113 stk. 2).
INDSATSTYPER = [
    ("virksomhedspraktik", "Virksomhedspraktik", Omraade.BESKAEFTIGELSE, "vp"),
    ("loentilskud", "Løntilskud", Omraade.BESKAEFTIGELSE, "v"),
    ("ordinaere_timer", "Ordinære timer", Omraade.BESKAEFTIGELSE, "vo"),
    ("undervisning", "Undervisning, fx for ordblinde", Omraade.BESKAEFTIGELSE, ""),
    ("uddannelsesvejledning", "Uddannelsesvejledning", Omraade.BESKAEFTIGELSE, ""),
    ("kursus", "Kort kursus, fx truck eller hygiejne", Omraade.BESKAEFTIGELSE, ""),
    ("koerekort", "Kørekort", Omraade.BESKAEFTIGELSE, ""),
    ("jobsoegning", "Hjælp til at finde job, fx gennem netværk", Omraade.BESKAEFTIGELSE, ""),
    ("frivilligt_arbejde", "Frivilligt arbejde", Omraade.BESKAEFTIGELSE, "i"),
    ("angst_stress", "Kursus i angst eller stress", Omraade.SUNDHED, "b"),
    ("smertehaandtering", "Smertehåndtering, lær at leve med", Omraade.SUNDHED, "b"),
    ("psykolog", "Psykolog eller terapeut", Omraade.SUNDHED, "b"),
    ("traening", "Tilpasset træning", Omraade.SUNDHED, "b"),
    ("kostvejledning", "Kostvejledning", Omraade.SUNDHED, ""),
    ("psykoedukation", "Psykoedukation", Omraade.SUNDHED, "b"),
    ("behandling", "Behandling i sundhedsvæsenet", Omraade.SUNDHED, "i"),
    ("mentor", "Mentor", Omraade.SOCIAL, "mi"),
    ("gaeldsraadgivning", "Gældsrådgivning", Omraade.SOCIAL, "b"),
    ("familietilbud", "Familietilbud", Omraade.SOCIAL, "b"),
    ("boligraadgivning", "Rådgivning om bolig", Omraade.SOCIAL, ""),
    ("bostoette", "Bostøtte", Omraade.SOCIAL, ""),
    ("misbrugsbehandling", "Misbrugsbehandling", Omraade.SOCIAL, ""),
    ("ledsagelse", "Ledsagelse", Omraade.SOCIAL, ""),
    ("samtaler", "Samtaler, fx med coach eller sagsbehandler", Omraade.SOCIAL, "i"),
    ("stoette_kontaktperson", "Støtte- og kontaktperson", Omraade.SOCIAL, ""),
]
SPOERGSMAAL = [
    "Er sagen oplyst godt nok om helbred?",
    "Er jobønsket forsvarligt?",
    "Hvad siger oplysningerne om borgerens bekymring?",
    "Hvilke skånehensyn er nødvendige?",
]


def indlaes() -> None:
    """Add the catalogue rows that are missing."""
    for kode, navn, omraade, maerker in INDSATSTYPER:
        Indsatstype.objects.get_or_create(
            kode=kode,
            defaults={
                "navn": navn,
                "omraade": omraade,
                "er_virksomhedsrettet": "v" in maerker,
                "er_praktik": "p" in maerker,
                "er_mentor": "m" in maerker,
                "er_basistilbud": "b" in maerker,
                "garanti": _garanti(maerker),
            },
        )
    for nr, tekst in enumerate(SPOERGSMAAL, start=1):
        Sparringsspoergsmaal.objects.get_or_create(tekst=tekst, defaults={"raekkefoelge": nr})
    _skabelon(Drejebogspunkt, moedeskabeloner.DREJEBOG, "tekst", "vejledning")
    _skabelon(Teamspoergsmaal, moedeskabeloner.SPOERGSMAAL, "tekst")
    _skabelon(Pakketekst, moedeskabeloner.PAKKE, "overskrift", "tekst")
    _skabelon(Tekststykke, tekststykker.TEKSTSTYKKER, "sted", "titel", "tekst")
    _breve()


def _garanti(maerker: str) -> str:
    if "o" in maerker:
        return Indsatstype.Garanti.ORDINAERE_TIMER
    return Indsatstype.Garanti.TAELLER_IKKE if "i" in maerker else Indsatstype.Garanti.TAELLER


def _skabelon(model: type[Skabelonraekke], poster: list[Any], *felter: str) -> None:
    """Rows whose code has never been there; a text somebody changed or took out stays so."""
    kendte = set(model._default_manager.values_list("kode", flat=True))
    model._default_manager.bulk_create(
        model(kode=kode, raekkefoelge=nr, **dict(zip(felter, tekster, strict=True)))
        for nr, (kode, *tekster) in enumerate(poster, start=1)
        if kode not in kendte
    )


def _breve() -> None:
    """Version 1 of each letter that has never been written here."""
    kendte = set(Brevskabelon.objects.values_list("kode", flat=True))
    Brevskabelon.objects.bulk_create(
        Brevskabelon(
            kode=kode,
            nr=1,
            overskrift=overskrift,
            tekst=tekst,
            status=Brevskabelon.Status.GAELDENDE,
            godkendt_den=timezone.now(),
        )
        for kode, (overskrift, tekst) in STANDARD.items()
        if kode not in kendte
    )
