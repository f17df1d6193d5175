"""What cannot be in a rule set: one Danish sentence per fault, by field. Pure."""

import string
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError

from rehabilitering.models.katalog import UDFALD_TIL_AFGOERELSE, Udfald
from rehabilitering.models.moede import Fagomraade
from rehabilitering.regler.felter import FELTER, NAAR, VIRKNING

# Sections the pages and the rights know by their code; without them a case could not be written.
FASTE_AFSNIT = ("oensker_job_uddannelse", "helbred", "laegens_vurdering", "erfaring_ressourcer")
AELDSTE = date(1900, 1, 1)
# The outcomes that do not end in a decision are how a case is put off: never taken away.
FASTE_UDFALD = (Udfald.UDSAT, Udfald.TILBAGESENDT)
_UDFALD = {u.value: u.label for u in Udfald}


def kontroller(indhold: Mapping[str, Any]) -> None:
    """Raise `ValidationError` by field for everything in `indhold` that cannot be."""
    fundet: dict[str, list[str]] = {}
    for felt, regel in REGLER.items():
        if felt in indhold and (fejl := list(regel(indhold))):
            fundet[felt] = fejl
    if fundet:
        raise ValidationError(fundet)


def _varighed(indhold: Mapping[str, Any]) -> Iterator[str]:
    if indhold["varighed_min_maaneder"] < 1:
        yield "Et forløb skal vare mindst 1 måned."
    if indhold["varighed_min_maaneder"] > indhold["varighed_max_maaneder"]:
        yield "Mindste varighed er længere end største varighed."


def _indsatsgaranti(indhold: Mapping[str, Any]) -> Iterator[str]:
    maaneder, hoejst = indhold["indsatsgaranti_maaneder"], indhold["varighed_max_maaneder"]
    if maaneder is not None and not 1 <= maaneder <= hoejst:
        yield f"Skriv 1 til {hoejst} måneder, eller lad feltet være tomt: ingen garanti."


def _varigheder(indhold: Mapping[str, Any]) -> Iterator[str]:
    baand = indhold["varigheder"]
    if not baand:
        yield "Skriv mindst én række, så varigheden kan regnes ud."
        return
    for nr, raekke in enumerate(baand, start=1):
        yield from _et_baand(nr, raekke, indhold["varighed_max_maaneder"])
    ordnet = sorted(baand, key=lambda r: -1 if r["fra_alder"] is None else r["fra_alder"])
    if ordnet[0]["fra_alder"] not in (None, 0):
        yield f"Der er ingen række for dem under {ordnet[0]['fra_alder']} år."
    if ordnet[-1]["til_alder"] is not None:
        yield f"Der er ingen række for dem over {ordnet[-1]['til_alder']} år."
    for foer, efter in pairwise(ordnet):
        til, fra = foer["til_alder"], efter["fra_alder"]
        if til is None or fra is None or fra <= til:
            yield f"To rækker gælder for samme alder: {_alder(foer)} og {_alder(efter)}."
        elif fra > til + 1:
            yield f"Der er ingen række for dem på {til + 1} år."


def _et_baand(nr: int, raekke: Mapping[str, Any], stoerst: int) -> Iterator[str]:
    fra, til = raekke["fra_alder"], raekke["til_alder"]
    if fra is not None and til is not None and til < fra:
        yield f"Række {nr}: «til og med» er lavere end «fra»."
    if not raekke["pr_forloeb"]:
        yield f"Række {nr}: skriv, hvor mange måneder ét forløb højst må vare."
    elif raekke["pr_forloeb"] > stoerst:
        yield f"Række {nr}: {raekke['pr_forloeb']} måneder er mere end største varighed, {stoerst}."
    if raekke["i_alt"] is not None and raekke["i_alt"] < (raekke["pr_forloeb"] or 0):
        yield f"Række {nr}: måneder i alt er mindre end måneder pr. forløb."
    if raekke["antal"] == 0:
        yield f"Række {nr}: lad antallet være tomt, eller skriv mindst 1."


def _alder(raekke: Mapping[str, Any]) -> str:
    fra, til = raekke["fra_alder"], raekke["til_alder"]
    return f"{'0' if fra is None else fra} til {'alle' if til is None else til} år"


def _folkepension(indhold: Mapping[str, Any]) -> Iterator[str]:
    raekker = indhold["folkepensionsaldre"]
    if not raekker:
        if indhold.get("pensionsgraense_aar") is not None:
            yield "Skriv folkepensionsalderen, når der er en grænse før folkepension."
        return
    datoer = [date.fromisoformat(raekke["foedt_fra"]) for raekke in raekker]
    if len(set(datoer)) < len(datoer):
        yield "To rækker har samme fødselsdato."
    if min(datoer) > AELDSTE:
        yield "Den første række skal gælde fra 01.01.1900, så alle har en folkepensionsalder."
    for nr, raekke in enumerate(raekker, start=1):
        if not 60 <= raekke["aar"] <= 80 or raekke["maaneder"] > 11:
            yield f"Række {nr}: alderen skal være 60 til 80 år og 0 til 11 måneder."


def _maalgruppe(indhold: Mapping[str, Any]) -> Iterator[str]:
    koder = [raekke["kode"] for raekke in indhold["maalgruppebetingelser"]]
    yield from _ens(koder)
    # The screening note keeps the code as a number.
    for kode in koder:
        if not (kode.isdecimal() and 1 <= int(kode) <= 99):
            yield f"Koden «{kode}» skal være et tal fra 1 til 99."


def _deltagerkrav(indhold: Mapping[str, Any]) -> Iterator[str]:
    for nr, raekke in enumerate(indhold["deltagerkrav"], start=1):
        if raekke["fagomraade"] not in Fagomraade.values:
            yield f"Række {nr}: «{raekke['fagomraade']}» er ikke et fagområde."
        if raekke["naar"] not in dict(NAAR) or raekke["virkning"] not in dict(VIRKNING):
            yield f"Række {nr}: vælg, hvornår kravet gælder, og hvad der sker uden."
        if raekke["naar"] == "ung_uden_uddannelse" and not raekke["alder"]:
            yield f"Række {nr}: skriv den alder, borgeren skal være under."
    par = [(raekke["fagomraade"], raekke["naar"]) for raekke in indhold["deltagerkrav"]]
    if len(set(par)) < len(par):
        yield "Det samme fagområde står to gange med samme «når»."


def _udfald(indhold: Mapping[str, Any]) -> Iterator[str]:
    for kode in indhold["udfald"]:
        if kode not in _UDFALD:
            yield f"«{kode}» er ikke et udfald, som systemet kender."
    for fast in FASTE_UDFALD:
        if fast.value not in indhold["udfald"]:
            yield f"«{fast.label}» skal kunne vælges: ellers kan en sag ikke vente."


def _hjemler(indhold: Mapping[str, Any]) -> Iterator[str]:
    for kode, tekst in indhold["hjemler"].items():
        if kode not in {u.value for u in UDFALD_TIL_AFGOERELSE}:
            yield f"«{kode}» er ikke en afgørelse, der skal have hjemmel."
        if not str(tekst).strip():
            yield f"Skriv hjemlen for {_UDFALD.get(kode, kode)}."
    for udfald in UDFALD_TIL_AFGOERELSE:
        if udfald.value in indhold.get("udfald", ()) and udfald.value not in indhold["hjemler"]:
            yield f"Der mangler en hjemmel for {udfald.label}."


def _afsnit(indhold: Mapping[str, Any]) -> Iterator[str]:
    dele = [d["kode"] for raekke in indhold["afsnit"] for d in raekke.get("dele", ())]
    koder = [raekke["kode"] for raekke in indhold["afsnit"]]
    yield from _ens([*koder, *dele])
    yield from _kodeform([*koder, *dele])
    for raekke in indhold["afsnit"]:
        if any(not d["titel"] for d in raekke.get("dele", ())):
            yield f"Afsnittet «{raekke['titel']}»: skriv hver del som «kode: titel»."
    for kode in FASTE_AFSNIT:
        if kode not in koder:
            yield f"Afsnittet med koden «{kode}» kan ikke undværes."


def _samtaleemner(indhold: Mapping[str, Any]) -> Iterator[str]:
    koder = [raekke["kode"] for raekke in indhold["samtaleemner"]]
    yield from _ens(koder)
    yield from _kodeform(koder)


def _ens(koder: list[str]) -> Iterator[str]:
    for kode in sorted({kode for kode in koder if koder.count(kode) > 1}):
        yield f"Koden «{kode}» står to gange."


def _kodeform(koder: Iterable[str]) -> Iterator[str]:
    tilladt = set(string.ascii_lowercase + string.digits + "_")
    for kode in koder:
        if not kode or set(kode) - tilladt:
            yield f"Koden «{kode}» må kun have små bogstaver a-z, tal og bundstreg."


def _mindst_en(felt: str, ord_: str) -> Any:
    def regel(indhold: Mapping[str, Any]) -> Iterator[str]:
        if indhold[felt] < 1:
            yield f"{FELTER[felt].etiket}: skriv mindst 1 {ord_}."

    return regel


REGLER: dict[str, Any] = {
    "varighed_min_maaneder": _varighed,
    "indsatsgaranti_maaneder": _indsatsgaranti,
    "varigheder": _varigheder,
    "folkepensionsaldre": _folkepension,
    "maalgruppebetingelser": _maalgruppe,
    "deltagerkrav": _deltagerkrav,
    "udfald": _udfald,
    "hjemler": _hjemler,
    "afsnit": _afsnit,
    "samtaleemner": _samtaleemner,
    "klagefrist_uger": _mindst_en("klagefrist_uger", "uge"),
    "genvurdering_uger": _mindst_en("genvurdering_uger", "uge"),
    "laegeattest_gyldig_maaneder": _mindst_en("laegeattest_gyldig_maaneder", "måned"),
}
