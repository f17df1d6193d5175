"""The monthly report: frozen figures in, an accessible PDF out. Nothing is computed twice."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from noegletal import diskretion
from noegletal.beregning import Tal
from noegletal.definitioner import NOEGLETAL, VERSION, Enhed, Noegletal
from noegletal.models import Maaltal
from noegletal.udfald import FORDELING, NAEVNER_TEKST, SAMMENLAGTE, SELVFORSOERGENDE
from ressource import dansk
from ressource.pdf import skabelon_til_pdf
from ressource.svg import Maal, Punkt, linje

PAA_FORSIDEN = ("personer", "begyndt", "afsluttet", "overskredne")
OM_PLANEN = ("passiv", "parallel", "indstillingstab")
PAA_MAALTAVLEN = ("virksomhedsrettet", "mentor", "foerste_opfoelgning", "plan_klar")
I_UDVIKLINGEN = (
    "virksomhedsrettet",
    "mentor",
    "foerste_opfoelgning",
    "plan_klar",
    "personer",
    "overskredne",
)

# Days in a month that can be those of fewer than five whole persons.
_FAA_DAGE = diskretion.MIN_CELLE * 31


@dataclass(frozen=True)
class Vist:
    """One figure as it may be distributed, with its basis and its target."""

    noegletal: Noegletal
    # None when the figure is hidden or there is nothing to take a share of.
    vaerdi: Decimal | None
    tekst: str
    grundlag: str
    maal: str
    status: str
    naaet: bool | None


def vis(noegletal: Noegletal, tal: Tal) -> str:
    """A figure as it may leave the house: suppressed, rounded half up, with its unit."""
    if noegletal.dage and 0 < tal.naevner < _FAA_DAGE:
        return diskretion.SKJULT
    if noegletal.enhed == Enhed.PCT:
        return diskretion.andel(tal.taeller, tal.naevner)
    if noegletal.enhed == Enhed.FULDTID:
        vaerdi = tal.vaerdi(noegletal)
        if not vaerdi:
            return diskretion.NUL
        # Fewer than five whole persons point at somebody, as a count does.
        return diskretion.SKJULT if vaerdi < diskretion.MIN_CELLE else dansk.decimal(vaerdi)
    return diskretion.antal(tal.taeller)


def _skjult(noegletal: Noegletal, tal: Tal) -> bool:
    return vis(noegletal, tal) in {diskretion.SKJULT, "..."}


def _tal(raekke: dict[str, Any], kode: str) -> Tal:
    """One figure of one frozen month; zero for one that did not exist then."""
    return Tal(*raekke["tal"].get(kode, [0, 0]))


def _maaned(raekke: dict[str, Any]) -> date:
    return date.fromisoformat(raekke["maaned"])


def vist(tal: dict[str, Any], kode: str) -> Vist:
    """The month's figure `kode` with target and status."""
    noegletal = NOEGLETAL[kode]
    maanedens = _tal(tal["udvikling"][-1], kode)
    maal = tal["maal"].get(kode)
    vaerdi = None if _skjult(noegletal, maanedens) else maanedens.vaerdi(noegletal)
    naaet = None
    if maal and vaerdi is not None:
        graense = Decimal(maal["vaerdi"])
        afrundet = dansk.afrund(vaerdi)
        naaet = (
            afrundet <= graense
            if maal["retning"] == Maaltal.Retning.HOEJST
            else afrundet >= graense
        )
    return Vist(
        noegletal=noegletal,
        vaerdi=vaerdi,
        tekst=vis(noegletal, maanedens),
        grundlag=_grundlag(noegletal, maanedens),
        maal=f"{dansk.tal(Decimal(maal['vaerdi']))} {noegletal.enhed}" if maal else "",
        status="" if naaet is None else "Nået" if naaet else _forfejlet(maal),
        naaet=naaet,
    )


def _forfejlet(maal: dict[str, str] | None) -> str:
    """On which side of its target a figure lies that has not reached it."""
    return "Over" if maal and maal["retning"] == Maaltal.Retning.HOEJST else "Under"


def _grundlag(noegletal: Noegletal, tal: Tal) -> str:
    if not noegletal.er_andel:
        return ""
    if noegletal.dage:
        dage = [dansk.tal(tal.taeller), dansk.tal(tal.naevner)]
        return (
            f"{diskretion.SKJULT} dage" if _skjult(noegletal, tal) else " af ".join(dage) + " dage"
        )
    naevner = diskretion.antal(tal.naevner)
    if diskretion.andel_er_skjult(tal.taeller, tal.naevner):
        return f"{diskretion.SKJULT} af {naevner}"
    return f"{diskretion.antal(tal.taeller)} af {naevner}"


@dataclass(frozen=True)
class Udvikling:
    """Thirteen months of one figure: the chart and the table below it say the same."""

    noegletal: Noegletal
    diagram: SafeString
    punkter: list[Punkt]


def udvikling(tal: dict[str, Any], kode: str) -> Udvikling:
    """The trend of `kode`, hidden months left out, the finding in the chart's title."""
    noegletal = NOEGLETAL[kode]
    punkter = []
    for raekke in tal["udvikling"]:
        maanedens = _tal(raekke, kode)
        vaerdi = None if _skjult(noegletal, maanedens) else maanedens.vaerdi(noegletal)
        punkter.append(Punkt(_maaned(raekke), vaerdi, vis(noegletal, maanedens)))
    maal = tal["maal"].get(kode)
    streg = (
        Maal(Decimal(maal["vaerdi"]), f"mål {dansk.tal(Decimal(maal['vaerdi']))}") if maal else None
    )
    uid = f"u-{kode.replace('_', '-')}"
    diagram = linje(_fund(noegletal, punkter), punkter, uid=uid, maal=streg)
    return Udvikling(noegletal, diagram, punkter)


def _raekker(udviklinger: list[Udvikling]) -> list[dict[str, Any]]:
    """The charts' figures as table rows, newest month first."""
    return [
        {"maaned": punkter[0].maaned, "celler": [p.vist for p in punkter]}
        for punkter in zip(*(u.punkter for u in udviklinger), strict=True)
    ][::-1]


def _fund(noegletal: Noegletal, punkter: list[Punkt]) -> str:
    foerste, sidste = punkter[0], punkter[-1]
    return (
        f"{noegletal.navn}: {sidste.vist} i {dansk.maaned(sidste.maaned)} "
        f"mod {foerste.vist} i {dansk.maaned(foerste.maaned)}"
    )


@dataclass(frozen=True)
class Udfaldslinje:
    navn: str
    antal: str
    andel: str
    er_sum: bool


def udfaldslinjer(tal: dict[str, Any]) -> list[Udfaldslinje]:
    """Outcomes by group with share of all closed cases; suppressed also against subtraction."""
    udfald = tal["udfald"]
    i_alt: int = udfald["i_alt"]
    antal = dict(map(tuple, udfald["grupper"]))
    skjul = diskretion.skjulte([antal[g.kode] for g in FORDELING])
    linjer = []
    for gruppe, er_skjult in zip(FORDELING, skjul, strict=True):
        linjer.append(_udfaldslinje(gruppe.navn, antal[gruppe.kode], i_alt, skjul=er_skjult))
    sammenlagte = dict(map(tuple, udfald["sammenlagte"]))
    for gruppe in SAMMENLAGTE:
        # A sum of hidden rows would give them away again.
        rammer_skjult = any(
            er_skjult and del_gruppe.aarsager & gruppe.aarsager
            for del_gruppe, er_skjult in zip(FORDELING, skjul, strict=True)
        )
        linjer.append(
            _udfaldslinje(
                gruppe.navn, sammenlagte[gruppe.kode], i_alt, skjul=rammer_skjult, er_sum=True
            )
        )
    return linjer


def _udfaldslinje(
    navn: str, antal: int, i_alt: int, *, skjul: bool, er_sum: bool = False
) -> Udfaldslinje:
    if skjul:
        return Udfaldslinje(navn, diskretion.SKJULT, diskretion.SKJULT, er_sum)
    return Udfaldslinje(navn, diskretion.antal(antal), diskretion.andel(antal, i_alt), er_sum)


def _udfaldsmaal(tal: dict[str, Any]) -> str:
    """The municipality's target for self-support, as a sentence; empty when it has none."""
    maal = tal["maal"].get(SELVFORSOERGENDE.kode)
    if not maal:
        return ""
    return f"Målet er, at {dansk.tal(Decimal(maal['vaerdi']))} pct. bliver selvforsørgende."


def budskaber(tal: dict[str, Any]) -> list[str]:
    """The month in a few plain sentences, computed from the figures."""
    saetninger = []
    for kode in PAA_MAALTAVLEN:
        maanedens = vist(tal, kode)
        foer = vis(maanedens.noegletal, _tal(tal["udvikling"][0], kode))
        # «pct.» already ends the sentence.
        maal = f" Målet er {maanedens.maal}".rstrip(".") + "." if maanedens.maal else ""
        saetninger.append(
            f"{maanedens.noegletal.navn}: {maanedens.tekst} mod {foer} for et år siden.{maal}"
        )
    overskredne = vist(tal, "overskredne").tekst
    ingen = overskredne == diskretion.NUL
    saetninger.append(
        "Ingen frister var overskredet ved månedens udgang."
        if ingen
        else f"{overskredne} frister var overskredet ved månedens udgang."
    )
    return saetninger


def kontekst(tal: dict[str, Any], *, version: int, frosset_den: datetime) -> dict[str, Any]:
    """What the report's template shows."""
    maaned = _maaned(tal)
    udviklinger = [udvikling(tal, kode) for kode in I_UDVIKLINGEN]
    overskredne = [(navn, antal) for navn, antal in tal["overskredne"]]
    skjul = diskretion.skjulte([antal for _, antal in overskredne])
    return {
        "kommune": settings.RESSOURCE_KOMMUNE,
        "overtitel": "Nøgletal for ressourceforløb",
        "overskrift": dansk.maaned(maaned).capitalize(),
        "undertitel": f"{settings.RESSOURCE_KOMMUNE}, alle teams",
        "version": f"Version {version} · frosset {dansk.dato(frosset_den)}",
        "forside": [vist(tal, kode) for kode in PAA_FORSIDEN],
        "fuldtidspersoner": vist(tal, "fuldtidspersoner"),
        "budskaber": budskaber(tal),
        "maaltavle": [vist(tal, kode) for kode in PAA_MAALTAVLEN],
        "om_planen": [vist(tal, kode) for kode in OM_PLANEN],
        "udviklinger": udviklinger,
        "udviklingsraekker": _raekker(udviklinger),
        "overskredne": [
            (navn, diskretion.SKJULT if er_skjult else diskretion.antal(antal))
            for (navn, antal), er_skjult in zip(overskredne, skjul, strict=True)
        ],
        "udfald": udfaldslinjer(tal),
        "udfald_maal": _udfaldsmaal(tal),
        "udfald_i_alt": diskretion.antal(tal["udfald"]["i_alt"]),
        "udfald_naevner": NAEVNER_TEKST,
        "definitioner": list(NOEGLETAL.values()),
        "definitionsversion": VERSION,
        "tegnforklaring": diskretion.FORKLARING,
    }


def pdf(tal: dict[str, Any], *, version: int, frosset_den: datetime) -> bytes:
    """The report as PDF/UA-1 and PDF/A-2a. The same figures and moment give the same bytes."""
    indhold = kontekst(tal, version=version, frosset_den=frosset_den)
    titel = f"Nøgletal for ressourceforløb, {dansk.maaned(_maaned(tal))}"
    return skabelon_til_pdf(
        "noegletal/pdf/maanedsrapport.html",
        indhold,
        titel=titel,
        tidspunkt=frosset_den,
        css=("pdf/a4.css",),
    )
