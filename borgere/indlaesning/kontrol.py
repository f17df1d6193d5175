"""Is a row right? First what it says, then what is already known; never one query per row.

A row's `data` holds the text of each column and, beside it, what the reading mended (`NOTER`) and
whether the citizen is known (`KENDT`). Its `fejl` says by column what is wrong and what to do; no
sentence repeats a personnummer.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models.functions import Lower

from borgere.indlaesning.kolonner import HERKOMSTER, KOLONNER
from borgere.models import (
    Borger,
    Indlaesning,
    Indlaesningsraekke,
    Inhabilitet,
    Personnummer,
    Sag,
    Tildeling,
)
from borgere.personnummer import Personnummer as Nummer
from borgere.personnummer import UgyldigtPersonnummer
from borgere.services.sag import ROLLER_FOR_ART
from ressource.forms import AARSTAL, DATO_FORMATER
from ressource.kalender import i_dag
from ressource.models import Bruger

NOTER, KENDT = "_noter", "_kendt"
IKKE_KENDT = "Sagen kan ikke oprettes med det nummer. Kontrollér det, eller udelad rækken."
# What Excel shows where a formula went wrong.
_EXCELFEJL = re.compile(r"#(REF!|N/A|I/T|NAME\?|NAVN\?|VALUE!|VÆRDI!|DIV/0!|NUM!|NULL!)")
# So many identifiers are looked up in one statement; the protocol takes 65,535 values.
_PR_OPSLAG = 5_000


def nummer(tekst: str) -> Nummer | None:
    """The identifier in a row's text, or None when it is not one."""
    try:
        return Nummer.laes(tekst, i_dag=i_dag())
    except UgyldigtPersonnummer:
        return None


def maskeret(tekst: str) -> str:
    """A row's personnummer as a list may show it; of a wrong one the day and the month at most."""
    if fundet := nummer(tekst):
        return fundet.maskeret
    return f"{tekst[:4]} ****" if len(tekst) > 4 else "****" if tekst else ""


def ret_til(felter: Mapping[str, str]) -> dict[str, object]:
    """A row's data with what a spreadsheet spoils put right, and a note of each.

    A number cell loses its leading zero. It is put back when what stands is then right.
    """
    data: dict[str, object] = dict(felter)
    noter = []
    raat = felter.get("personnummer", "")
    if raat.isdigit() and len(raat) == 9 and nummer(f"0{raat}"):
        raat = f"0{raat}"
        noter.append("Personnummeret manglede nullet foran; det er sat på igen.")
    fundet = nummer(raat)
    data["personnummer"] = fundet.tegn if fundet else raat
    if re.fullmatch(r"[0-9]{3}", felter.get("postnummer", "")):
        data["postnummer"] = f"0{felter['postnummer']}"
        noter.append("Postnummeret manglede nullet foran; det er sat på igen.")
    if "adressebeskyttet" in felter:
        data["adressebeskyttet"] = felter["adressebeskyttet"].casefold()
    if kategori := herkomst(felter.get("herkomst", "")):
        data["herkomst"] = kategori
    if noter:
        data[NOTER] = noter
    return data


def feltfejl(art: str, data: Mapping[str, object]) -> dict[str, str]:
    """What is wrong with the row taken by itself."""
    fejl: dict[str, str] = {}
    for kolonne in KOLONNER[art]:
        tekst = str(data.get(kolonne.navn, ""))
        if not tekst:
            if kolonne.er_kraevet:
                fejl[kolonne.navn] = f"Feltet {kolonne.overskrift} er tomt. Skriv det."
        elif _EXCELFEJL.fullmatch(tekst):
            fejl[kolonne.navn] = f"Der står {tekst}, som er en fejl fra Excel. Skriv værdien selv."
        elif kolonne.maks_laengde and len(tekst) > kolonne.maks_laengde:
            fejl[kolonne.navn] = (
                f"Teksten er længere end {kolonne.maks_laengde} tegn. Skriv den kortere."
            )
        elif besked := _KONTROL.get(kolonne.navn, _intet)(tekst):
            fejl[kolonne.navn] = besked
    if "personnummer" not in fejl and "foedselsdato" not in fejl and art == Indlaesning.Art.BORGERE:
        fejl |= _foedselsdatofejl(data)
    return fejl


def _intet(tekst: str) -> str:
    return ""


def _nummerfejl(tekst: str) -> str:
    try:
        Nummer.laes(tekst, i_dag=i_dag())
    except UgyldigtPersonnummer as fejl:
        return str(fejl)
    return ""


def _emailfejl(tekst: str) -> str:
    try:
        validate_email(tekst)
    except ValidationError:
        return "Det er ikke en e-mailadresse. Skriv den som navn@eksempel.dk, eller lad feltet stå tomt."
    return ""


def _postnummerfejl(tekst: str) -> str:
    return "" if re.fullmatch("[0-9]{4}", tekst) else "Skriv postnummeret med fire cifre."


def _ja_nej_fejl(tekst: str) -> str:
    return "" if tekst.casefold() in {"ja", "nej"} else "Skriv ja eller nej."


def _datofejl(tekst: str) -> str:
    dato = laes_dato(tekst)
    if dato is None or dato > i_dag() or dato.year not in AARSTAL:
        return "Skriv fødselsdatoen som dag.måned.år, for eksempel 24.12.1986."
    return ""


def _herkomstfejl(tekst: str) -> str:
    if herkomst(tekst) is None:
        return f"Herkomsten er ikke en af kategorierne: {'; '.join(HERKOMSTER)}. Skriv en af dem."
    return ""


_KONTROL = {
    "personnummer": _nummerfejl,
    "email": _emailfejl,
    "postnummer": _postnummerfejl,
    "adressebeskyttet": _ja_nej_fejl,
    "foedselsdato": _datofejl,
    "herkomst": _herkomstfejl,
}


def laes_dato(tekst: str) -> date | None:
    """The date in one of the ways it may be written, or None."""
    for form in DATO_FORMATER:
        try:
            return datetime.strptime(tekst, form).date()  # noqa: DTZ007 -- a date has no zone
        except ValueError:
            continue
    return None


def herkomst(tekst: str) -> str | None:
    """The category as Danmarks Statistik spells it, however its letters were written."""
    return next((h for h in HERKOMSTER if h.casefold() == tekst.casefold()), None)


def _foedselsdatofejl(data: Mapping[str, object]) -> dict[str, str]:
    """A foreign identifier needs a date of birth; a Danish one must not be contradicted."""
    skrevet = laes_dato(str(data.get("foedselsdato", "")))
    fundet = nummer(str(data["personnummer"]))
    if fundet is None:
        return {}
    if fundet.foedselsdato is None and skrevet is None:
        return {"foedselsdato": "Nummeret er et udenlandsk id. Skriv fødselsdatoen."}
    if fundet.foedselsdato and skrevet and skrevet != fundet.foedselsdato:
        return {"foedselsdato": "Fødselsdatoen passer ikke til personnummeret. Ret en af dem."}
    return {}


@dataclass(slots=True)
class Kendte:
    """What is already known about the people and the caseworkers of some rows."""

    # Citizen by identifier, present or former.
    borgere: dict[str, int] = field(default_factory=dict)
    # Citizens that whoever brings the file in has to do with.
    egne: set[int] = field(default_factory=set)
    # The same for each caseworker named in a row about somebody known.
    sagsbehandleres: dict[int, set[int]] = field(default_factory=dict)
    aabne: dict[int, str] = field(default_factory=dict)
    inhabile: set[tuple[int, int]] = field(default_factory=set)
    # By user name in small letters.
    brugere: dict[str, Bruger] = field(default_factory=dict)


def slaa_op(art: str, raekker: Sequence[Indlaesningsraekke], *, af: Bruger) -> Kendte:
    """Ask the database about all the rows at once; the statements do not grow with the rows."""
    kendte = Kendte()
    for numre in _bidder({str(r.data.get("personnummer", "")) for r in raekker}):
        fundne = Personnummer.objects.filter(tegn__in=numre)
        kendte.borgere |= dict(fundne.values_list("tegn", "borger_id"))
    ider = set(kendte.borgere.values())
    kendte.egne = _kendt_af(ider, af)
    if art == Indlaesning.Art.BORGERE:
        kendte.brugere = _brugere({_brugernavn(r) for r in raekker})
        kendte.aabne = dict(
            Sag.objects.aabne().filter(borger__in=ider).values_list("borger_id", "sagsnummer")
        )
        naevnte = {
            bruger
            for r in raekker
            if str(r.data.get("personnummer", "")) in kendte.borgere
            and (bruger := kendte.brugere.get(_brugernavn(r)))
        }
        kendte.sagsbehandleres = {b.pk: _kendt_af(ider, b) for b in naevnte}
        kendte.inhabile = set(
            Inhabilitet.objects.gaeldende()
            .filter(borger__in=ider, bruger__in=naevnte)
            .values_list("borger_id", "bruger_id")
        )
    return kendte


def samme_borgeres(numre: Collection[str]) -> set[str]:
    """Every identifier of the citizens that hold one of `numre`."""
    borgere = Personnummer.objects.filter(tegn__in=sorted(numre)).values("borger")
    return set(Personnummer.objects.filter(borger__in=borgere).values_list("tegn", flat=True))


def _bidder(alle: Collection[str]) -> Iterable[list[str]]:
    sorteret = sorted(alle)
    return (sorteret[i : i + _PR_OPSLAG] for i in range(0, len(sorteret), _PR_OPSLAG))


def _kendt_af(ider: set[int], bruger: Bruger) -> set[int]:
    if not ider:
        return set()
    kendte = Borger.objects.filter(pk__in=ider).kendt_af(bruger)
    return set(kendte.values_list("pk", flat=True))


def _brugernavn(raekke: Indlaesningsraekke) -> str:
    return str(raekke.data.get("sagsbehandler", "")).casefold()


def _brugere(navne: set[str]) -> dict[str, Bruger]:
    """The users so named. One whose name another has with other letters large counts as unknown."""
    fundne: defaultdict[str, list[Bruger]] = defaultdict(list)
    smaa = Bruger.objects.annotate(smaa=Lower("brugernavn")).filter(smaa__in=navne)
    for bruger in smaa.select_related("team"):
        fundne[bruger.brugernavn.casefold()].append(bruger)
    return {navn: brugere[0] for navn, brugere in fundne.items() if len(brugere) == 1}


def kontroller(
    art: str,
    raekker: Sequence[Indlaesningsraekke],
    *,
    linjer: Mapping[str, Collection[int]],
    af: Bruger,
) -> Kendte:
    """Set `fejl` and the mark of a known citizen on each row; gives what was known.

    `linjer` are the lines of the whole file that hold each identifier, those left out excepted.
    Nothing is saved.
    """
    kendte = slaa_op(art, raekker, af=af)
    borgerens_linjer: defaultdict[int, set[int]] = defaultdict(set)
    for tekst, ejer_id in kendte.borgere.items():
        borgerens_linjer[ejer_id].update(linjer.get(tekst, ()))
    for raekke in raekker:
        tekst = str(raekke.data.get("personnummer", ""))
        borger_id = kendte.borgere.get(tekst)
        raekke.fejl = feltfejl(art, raekke.data)
        raekke.data = {k: v for k, v in raekke.data.items() if k != KENDT}
        if borger_id is not None:
            raekke.data[KENDT] = True
        if art == Indlaesning.Art.BORGERE:
            _kontroller_sagsbehandler(raekke, kendte)
        if "personnummer" in raekke.fejl:
            continue
        steder = set(linjer.get(tekst, ()))
        if borger_id is not None:
            steder |= borgerens_linjer[borger_id]
        if fejl := _gentaget(steder - {raekke.nr}) or _kendt_fejl(art, raekke, borger_id, kendte):
            raekke.fejl["personnummer"] = fejl
    return kendte


def _gentaget(andre: set[int]) -> str:
    if not andre:
        return ""
    steder = ", ".join(str(nr) for nr in sorted(andre)[:5])
    return f"Den samme borger står også i linje {steder}. Ret nummeret, eller udelad en af dem."


def _kontroller_sagsbehandler(raekke: Indlaesningsraekke, kendte: Kendte) -> None:
    if "sagsbehandler" in raekke.fejl:
        return
    bruger = kendte.brugere.get(_brugernavn(raekke))
    if bruger is not None:
        raekke.data["sagsbehandler"] = bruger.brugernavn
    if bruger is None:
        raekke.fejl["sagsbehandler"] = (
            "Der er ingen bruger med det brugernavn. Vælg en sagsbehandler."
        )
    elif not (bruger.is_active and bruger.har_rolle(*ROLLER_FOR_ART[Tildeling.Art.ANSVARLIG])):
        raekke.fejl["sagsbehandler"] = (
            f"{bruger.navn} er ikke sagsbehandler eller er ikke ansat mere. Vælg en anden."
        )
    elif bruger.team is None:
        raekke.fejl["sagsbehandler"] = (
            f"{bruger.navn} er ikke knyttet til et team. Bed din administrator om det, eller vælg "
            "en anden."
        )


def _kendt_fejl(art: str, raekke: Indlaesningsraekke, borger_id: int | None, kendte: Kendte) -> str:
    """Why a row about somebody known, or not known, cannot be taken in; empty when it can.

    Of somebody else's citizen nothing is told, as when one case is registered.
    """
    if art == Indlaesning.Art.HERKOMST:
        if borger_id not in kendte.egne:
            return (
                "Nummeret hører ikke til en borger i dit team. Kontrollér det, eller udelad rækken."
            )
        return ""
    if borger_id is None:
        return ""
    bruger = kendte.brugere.get(_brugernavn(raekke))
    hans = kendte.sagsbehandleres.get(bruger.pk, set()) if bruger else set()
    if borger_id not in kendte.egne | hans:
        return IKKE_KENDT
    if sagsnummer := kendte.aabne.get(borger_id):
        return f"Borgeren har allerede en åben sag, {sagsnummer}. Udelad rækken."
    if bruger and (borger_id, bruger.pk) in kendte.inhabile:
        return f"{bruger.navn} er inhabil over for borgeren. Vælg en anden sagsbehandler."
    return ""
