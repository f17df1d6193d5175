"""What the case says to each section of the packet, or plainly that it is not known yet."""

from collections.abc import Callable
from dataclasses import dataclass

from rehabilitering.borgerpakke.grundlag import Grundlag
from rehabilitering.models import Moededeltager
from ressource.dansk import dato, dato_lang, klokkeslaet, uden_punktum
from ressource.models import Bruger

# What each area does, to somebody who has never met them.
FAGOMRAADER: dict[str, str] = {
    Moededeltager.Fagomraade.BESKAEFTIGELSE: "ved noget om job og om reglerne",
    Moededeltager.Fagomraade.SOCIAL: "ved noget om støtte i hverdagen, bolig og økonomi",
    Moededeltager.Fagomraade.SUNDHED: "ved noget om kommunens sundhedstilbud",
    Moededeltager.Fagomraade.REGION: "er sundhedskoordinator fra regionen og ved noget om helbred",
    Moededeltager.Fagomraade.VIRKSOMHED: "er virksomhedskonsulent og kender arbejdspladserne her",
    Moededeltager.Fagomraade.UNDERVISNING: "er uddannelsesvejleder",
    Moededeltager.Fagomraade.FAMILIE: "kommer fra familieafdelingen",
}
SAEDVANLIGE = (
    "Som regel er der nogen, der ved noget om job, helbred og støtte i hverdagen. Regionens "
    "sundhedskoordinator og en virksomhedskonsulent plejer også at være med."
)


@dataclass(frozen=True)
class Fakta:
    """Sentences and a list to the citizen. `ukendt` names, to the caseworker, what is not known."""

    saetninger: tuple[str, ...] = ()
    punkter: tuple[str, ...] = ()
    ukendt: tuple[str, ...] = ()


def fakta(kode: str, grundlag: Grundlag) -> Fakta:
    """The facts of the section `kode`; none for a section that is words alone."""
    find = _FAKTA.get(kode)
    return find(grundlag) if find else Fakta()


def _hvor_hvornaar(g: Grundlag) -> Fakta:
    if g.punkt is None or g.tid is None:
        return Fakta(
            ("Vi ved endnu ikke, hvor og hvornår mødet er. Du får besked, så snart vi ved det.",),
            ukendt=("tid og sted",),
        )
    moede = g.punkt.moede
    start = f"{dato_lang(moede.dato)} kl. {klokkeslaet(g.tid.start)}"
    return Fakta(
        (
            f"{start[:1].upper()}{start[1:]}. Mødet varer cirka {g.tid.minutter} minutter.",
            f"Sted: {moede.sted}.",
        )
    )


def _ventetid(g: Grundlag) -> Fakta:
    if g.aftale.ventetid:
        return Fakta((f"Ventetid: {uden_punktum(g.aftale.ventetid)}.",))
    return Fakta(
        ("Vi ved endnu ikke, om du kommer til at vente, eller hvor længe.",), ukendt=("ventetid",)
    )


def _hentes(g: Grundlag) -> Fakta:
    saetninger, ukendt = [], []
    if g.aftale.venter_hvor:
        saetninger.append(f"Her venter du: {uden_punktum(g.aftale.venter_hvor)}.")
    else:
        saetninger.append("Vi ved endnu ikke, hvor du skal vente. Spørg din sagsbehandler.")
        ukendt.append("hvor borgeren venter")
    if g.aftale.hentes_af:
        saetninger.append(f"Du bliver hentet af {uden_punktum(g.aftale.hentes_af)}.")
    else:
        saetninger.append("Vi ved endnu ikke, hvem der henter dig.")
        ukendt.append("hvem der henter borgeren")
    return Fakta(tuple(saetninger), ukendt=tuple(ukendt))


def _til_stede(g: Grundlag) -> Fakta:
    din = (
        (f"{g.sagsbehandler.navn} er din sagsbehandler og hjælper dig",) if g.sagsbehandler else ()
    )
    if not g.deltagere:
        return Fakta(
            (f"Vi ved endnu ikke, hvem der er med. {SAEDVANLIGE}",),
            punkter=din,
            ukendt=("hvem der er med til mødet",),
        )
    leder = g.punkt.moede.moedeleder_id if g.punkt else None
    return Fakta(punkter=(*din, *(_deltager(d, leder) for d in g.deltagere)))


def _deltager(deltager: Moededeltager, leder: int | None) -> str:
    goer = FAGOMRAADER[deltager.fagomraade]
    return (
        f"{deltager.bruger.navn} leder mødet og {goer}"
        if deltager.bruger_id == leder
        else f"{deltager.bruger.navn} {goer}"
    )


def _forventes_af_dig(g: Grundlag) -> Fakta:
    aftalt = (
        ("Det fortæller du selv", g.privat("fortaeller_selv")),
        ("Det hjælper din sagsbehandler med", g.privat("hjaelp_til")),
    )
    return Fakta(tuple(f"{hvad}: {tekst}" for hvad, tekst in aftalt if tekst))


def _spoergsmaal(g: Grundlag) -> Fakta:
    return Fakta(punkter=tuple(g.spoergsmaal))


def _bisidder(g: Grundlag) -> Fakta:
    return Fakta(
        (
            *(f"Du har sagt, at {b.navn} er din bisidder." for b in g.bisiddere),
            *(f"{f.navn} er din partsrepræsentant." for f in g.repraesentanter),
        )
    )


def _paaroerende(g: Grundlag) -> Fakta:
    saetninger = [f"Du har sagt, at du gerne vil have {p} med." for p in g.netvaerk]
    if g.aftale.kommer_med.strip():
        saetninger.append(f"Vi har aftalt, hvem der kommer med: {g.aftale.kommer_med.strip()}")
    return Fakta(tuple(saetninger))


def _tolk(g: Grundlag) -> Fakta:
    sprog = g.sag.borger.tolkesprog
    return Fakta((f"Vi har skrevet op, at du skal have tolk: {sprog}.",) if sprog else ())


def _saerlige_behov(g: Grundlag) -> Fakta:
    behov = g.privat("saerlige_behov")
    return Fakta((f"Vi har aftalt: {behov}",) if behov else ())


def _kontakt(g: Grundlag) -> Fakta:
    saetninger = [_kan_naas(g.sagsbehandler)] if g.sagsbehandler else []
    if g.aftale.kontaktperson:
        saetninger.append(f"På mødedagen: {uden_punktum(g.aftale.kontaktperson)}.")
    return Fakta(tuple(saetninger))


def _kan_naas(bruger: Bruger) -> str:
    naas = [f"telefon {bruger.telefon}" if bruger.telefon else "", bruger.email]
    return ", ".join(filter(None, [f"Din sagsbehandler er {bruger.navn}", *naas])) + "."


def _dokumenter(g: Grundlag) -> Fakta:
    del_, attest = g.forberedende_del, g.attest
    plan = "Den forberedende del af din plan"
    if del_ is None:
        plan = f"{plan}. Den er ikke skrevet endnu"
    elif del_.gennemgaaet_dato:
        plan = f"{plan}, som vi gik igennem sammen {dato(del_.gennemgaaet_dato)}"
    else:
        plan = f"{plan}, som vi er ved at skrive sammen"
    laege = "Lægeattesten LÆ 265 fra din læge"
    laege += (
        f", som vi fik {dato(attest.modtaget_dato)}"
        if attest and attest.modtaget_dato
        else ". Den er ikke kommet endnu"
    )
    return Fakta(("Teamet får:",), punkter=(plan, laege))


_FAKTA: dict[str, Callable[[Grundlag], Fakta]] = {
    "hvor_hvornaar": _hvor_hvornaar,
    "ventetid": _ventetid,
    "hentes": _hentes,
    "til_stede": _til_stede,
    "forventes_af_dig": _forventes_af_dig,
    "spoergsmaal": _spoergsmaal,
    "bisidder": _bisidder,
    "paaroerende": _paaroerende,
    "tolk": _tolk,
    "saerlige_behov": _saerlige_behov,
    "kontakt": _kontakt,
    "dokumenter": _dokumenter,
}
