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
# What a new effort of the type begins from: purpose, weeks, and hours a week.
FORSLAG: dict[str, tuple[str, int | None, str | None]] = {
    "virksomhedspraktik": ("Prøve opgaverne af på en rigtig arbejdsplads", 13, "4"),
    "loentilskud": ("Få fodfæste på en arbejdsplads", 26, "10"),
    "ordinaere_timer": ("Have løn for de timer, borgeren kan klare", None, "3"),
    "undervisning": ("Læse og skrive godt nok til job eller uddannelse", 20, "4"),
    "uddannelsesvejledning": ("Finde en uddannelse, der passer", 8, None),
    "kursus": ("Få et bevis, der bruges i jobbet", 4, None),
    "koerekort": ("Kunne køre til og i arbejdet", 20, None),
    "jobsoegning": ("Finde arbejdspladser, der passer til målet", 13, None),
    "frivilligt_arbejde": ("Få en rytme i hverdagen sammen med andre", 26, "3"),
    "angst_stress": ("Få redskaber til de svære situationer", 10, "2"),
    "smertehaandtering": ("Lære at styre kræfterne", 10, "2"),
    "psykolog": ("Få det bedre nok til at komme videre", 13, "1"),
    "traening": ("Få kræfter til job og hverdag", 13, "3"),
    "kostvejledning": ("Få mere overskud i hverdagen", 10, "1"),
    "psykoedukation": ("Kende sin sygdom og tegnene på, at den tager til", 10, "2"),
    "mentor": ("Komme af sted og tale om det, der er svært", 26, "2"),
    "gaeldsraadgivning": ("Få overblik over gæld og regninger", 10, "1"),
    "familietilbud": ("Få ro på derhjemme, så der er plads til at arbejde", 26, "1"),
    "boligraadgivning": ("Få en bolig, der passer", 10, None),
    "bostoette": ("Få hverdagen i egen bolig til at hænge sammen", 26, "2"),
    "misbrugsbehandling": ("Komme ud af misbruget", 26, None),
    "ledsagelse": ("Komme hen til det, der er aftalt", 13, "2"),
    "stoette_kontaktperson": ("Få kontakt og støtte i hverdagen", 26, "2"),
}
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
    _forslag()
    for nr, tekst in enumerate(SPOERGSMAAL, start=1):
        Sparringsspoergsmaal.objects.get_or_create(tekst=tekst, defaults={"raekkefoelge": nr})
    _skabelon(Drejebogspunkt, moedeskabeloner.DREJEBOG, "tekst", "vejledning")
    _skabelon(Teamspoergsmaal, moedeskabeloner.SPOERGSMAAL, "tekst")
    _skabelon(Pakketekst, moedeskabeloner.PAKKE, "overskrift", "tekst")
    _skabelon(Tekststykke, tekststykker.TEKSTSTYKKER, "sted", "titel", "tekst")
    _breve()


def _forslag() -> None:
    """What the types begin from, for those nobody has written anything about."""
    for kode, (formaal, uger, timer) in FORSLAG.items():
        Indsatstype.objects.filter(
            kode=kode, laas=0, formaal_forslag="", uger=None, timer_pr_uge=None
        ).update(formaal_forslag=formaal, uger=uger, timer_pr_uge=timer)


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
