"""What the letters that call somebody to a meeting say (domain.md 2.5)."""

from dataclasses import dataclass
from datetime import date, time

from borgere.models import Informationstype, Sag
from rehabilitering.borgerpakke.fakta import FAGOMRAADER
from rehabilitering.borgerpakke.grundlag import Grundlag, laes_grundlag
from rehabilitering.brev.ramme import svarer_for
from rehabilitering.brev.tekst import Vaerdi
from rehabilitering.models import Brevskabelon, Moededeltager, Punktdeltager
from rehabilitering.sagspakke.dokumenter import valgbare, valgte
from ressource.dansk import dato_lang, klokkeslaet, uden_punktum
from ressource.kalender import i_dag
from ressource.models import Bruger

Art = Punktdeltager.Art
# Whoever gets the citizen's own letter.
PARTENS = frozenset({Art.BORGER, Art.PARTSREPRAESENTANT, Art.VAERGE})
_ER: dict[str, str] = {
    Art.PARTSREPRAESENTANT: "er din partsrepræsentant",
    Art.VAERGE: "er din værge",
    Art.BISIDDER: "er din bisidder",
    Art.NETVAERK: "er med, fordi du gerne vil have det",
}


@dataclass(frozen=True)
class Aftale:
    """When, where and how long the case's turn is, and by when an answer is asked for.

    `erstatter` is the time that the person was called to before, if it was another.
    """

    dato: date
    kl: time
    minutter: int
    sted: str
    svar_senest: date
    erstatter: str = ""


def kode(deltager: Punktdeltager) -> Brevskabelon.Kode:
    """Which letter the person gets."""
    if deltager.art in PARTENS:
        return Brevskabelon.Kode.INDKALDELSE_BORGER
    return Brevskabelon.Kode.INDKALDELSE_NETVAERK


def felter(
    deltager: Punktdeltager, aftale: Aftale, *, i_kredsen: bool, af: Bruger
) -> tuple[dict[str, Vaerdi], Informationstype]:
    """The letter's fields, and what its reader must be allowed to know to get it.

    `i_kredsen`: whether the sender may read the case. The citizen's special needs are written only
    by somebody who may; the mødekoordinator's letter says nothing about them.
    """
    grundlag = laes_grundlag(deltager.punkt.sag, i_dag())
    fundne = _faelles(aftale, grundlag, af)
    if deltager.art not in PARTENS:
        return fundne | {"modtagernavn": deltager.navn}, Informationstype.MOEDER
    behov = grundlag.privat("saerlige_behov") if i_kredsen else ""
    fundne |= {
        "ventetid": uden_punktum(grundlag.aftale.ventetid),
        "hentes_af": uden_punktum(grundlag.aftale.hentes_af),
        "deltagere": _deltagere(deltager, grundlag),
        "tolk": grundlag.sag.borger.tolkesprog if _har_tolk(deltager) else "",
        "saerlige_behov": behov,
        "dokumenter": _dokumenter(deltager, grundlag),
    }
    return fundne, Informationstype.FORBEREDENDE_DEL if behov else Informationstype.MOEDER


def _faelles(aftale: Aftale, grundlag: Grundlag, af: Bruger) -> dict[str, Vaerdi]:
    return {
        "moede_dato": dato_lang(aftale.dato),
        "moede_tid": klokkeslaet(aftale.kl),
        "sted": aftale.sted,
        "varighed": f"cirka {aftale.minutter} minutter",
        "venter_hvor": uden_punktum(grundlag.aftale.venter_hvor),
        "svar_senest": dato_lang(aftale.svar_senest),
        "erstatter": aftale.erstatter,
        "kontakt": _kontakt(grundlag.sag, af),
    }


def _kontakt(sag: Sag, af: Bruger) -> str:
    """The one to call before the meeting: who answers for the case."""
    bruger = svarer_for(sag, af)
    if not bruger.telefon:
        return bruger.navn
    telefon = bruger.telefon.replace(" ", "\N{NO-BREAK SPACE}")
    return f"{bruger.navn} på {telefon}"


def _deltagere(deltager: Punktdeltager, grundlag: Grundlag) -> list[str]:
    """Everybody who comes but the citizen, the chair first, each with what they come as."""
    leder = deltager.punkt.moede.moedeleder_id
    medlemmer = [_medlem(d, leder) for d in grundlag.deltagere if d.kommer]
    egen = grundlag.sagsbehandler
    linjer = [*medlemmer, *([f"{egen.navn} er din sagsbehandler"] if egen else [])]
    andre = deltager.punkt.deltagere.aktuelle().exclude(art__in=(Art.BORGER, Art.SAGSBEHANDLER))
    return list(dict.fromkeys([*linjer, *(_anden(en) for en in andre)]))


def _medlem(medlem: Moededeltager, leder: int) -> str:
    goer = "leder mødet" if medlem.bruger_id == leder else FAGOMRAADER[medlem.fagomraade]
    return f"{medlem.bruger.navn} {goer}"


def _anden(deltager: Punktdeltager) -> str:
    if deltager.art == Art.TOLK:
        return "En tolk"
    er = _ER.get(deltager.art) or FAGOMRAADER[deltager.fagomraade]
    return f"{deltager.navn} {er}"


def _har_tolk(deltager: Punktdeltager) -> bool:
    andre = deltager.punkt.deltagere.aktuelle()
    return bool(andre.filter(art=Art.TOLK).exists())


def _dokumenter(deltager: Punktdeltager, grundlag: Grundlag) -> list[str]:
    """What the team reads, in kinds: a title can say more than the sender may know."""
    papirer = []
    if grundlag.forberedende_del:
        papirer.append("Den forberedende del af din plan")
    if grundlag.attest:
        papirer.append("Lægeattesten LÆ 265 fra din læge")
    if valgte(deltager.punkt, valgbare([grundlag.sag.pk])):
        papirer.append("De andre papirer fra din sag, som din sagsbehandler har valgt")
    return papirer
