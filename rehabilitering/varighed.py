"""How long a ressourceforløb may last, how often and until when (domain.md 1.1 and 0, no. 2 and 5).

Pure: a rule set, the citizen's day of birth and the forløb there have been go in, plain Danish
comes out. All numbers are the set's. Periods are closed: both days belong.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ressource import dansk
from ressource.datoer import EN_DAG, Enhed, tilfoej
from ressource.models import Regelsaet

Periode = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Graenser:
    """What the set says of those who are a certain age on the first day; months, None no limit."""

    hvem: str
    mindst: int
    pr_forloeb: int
    antal: int | None = None
    i_alt: int | None = None
    mere_efter_oenske: bool = False


def alder(foedt: date, dato: date) -> int:
    """Whole years on `dato`; somebody born 29 February is a year older on 1 March."""
    return dato.year - foedt.year - ((dato.month, dato.day) < (foedt.month, foedt.day))


def graenser(regelsaet: Regelsaet, *, foedt: date, start: date) -> Graenser:
    """The limits for a citizen born `foedt` when a forløb begins on `start`."""
    aar = alder(foedt, start)
    mindst, stoerst = regelsaet.varighed_min_maaneder, regelsaet.varighed_max_maaneder
    for baand in regelsaet.varigheder:
        fra, til = baand["fra_alder"], baand["til_alder"]
        if (fra is None or aar >= fra) and (til is None or aar <= til):
            return Graenser(
                hvem=aldersgruppe(baand),
                mindst=mindst,
                pr_forloeb=min(baand["pr_forloeb"] or stoerst, stoerst),
                antal=baand["antal"],
                i_alt=baand["i_alt"],
                mere_efter_oenske=baand["mere_efter_oenske"],
            )
    return Graenser(hvem="", mindst=mindst, pr_forloeb=stoerst)


def aldersgruppe(baand: dict[str, Any]) -> str:
    """`under 40 år`, `40 til 49 år`, `50 år eller mere`; empty for a band of every age."""
    fra, til = baand["fra_alder"], baand["til_alder"]
    if fra is None and til is None:
        return ""
    if fra is None:
        return f"under {til + 1} år"
    return f"{fra} år eller mere" if til is None else f"{fra} til {til} år"


def folkepension(regelsaet: Regelsaet, foedt: date) -> date | None:
    """The day the citizen reaches the folkepension age; None when the set has no age for them."""
    raekker = [
        r for r in regelsaet.folkepensionsaldre if date.fromisoformat(r["foedt_fra"]) <= foedt
    ]
    if not raekker:
        return None
    raekke = max(raekker, key=lambda r: str(r["foedt_fra"]))
    return tilfoej(foedt, raekke["aar"] * 12 + raekke["maaneder"], Enhed.MAANEDER)


def sidste_dag(start: date, maaneder: int) -> date:
    """The last day of a forløb of `maaneder` whole months that begins on `start`."""
    return tilfoej(start, maaneder, Enhed.MAANEDER) - EN_DAG


def laengde(fra: date, til: date) -> tuple[int, int]:
    """Whole months from `fra` to `til`, both included, and the days left over."""
    maaneder = max((til.year - fra.year) * 12 + til.month - fra.month - 1, 0)
    while sidste_dag(fra, maaneder + 1) <= til:
        maaneder += 1
    return maaneder, (til - sidste_dag(fra, maaneder)).days


def samlet(perioder: Iterable[Periode], pr_forloeb: int) -> list[Periode]:
    """The forløb the periods make up: an extension that fits one forløb's limit is part of it.

    What goes on past `pr_forloeb` months is the next forløb, though no day lies between.
    """
    forloeb: list[Periode] = []
    for fra, til in sorted(perioder):
        if forloeb:
            foerste, sidste = forloeb[-1]
            if sidste + EN_DAG == fra and til <= sidste_dag(foerste, pr_forloeb):
                forloeb[-1] = (foerste, til)
                continue
        forloeb.append((fra, til))
    return forloeb


def brud(
    regelsaet: Regelsaet,
    *,
    foedt: date,
    start: date,
    slut: date,
    tidligere: Iterable[Periode] = (),
    oensker_mere: bool = False,
) -> list[str]:
    """What `regelsaet` has against a forløb from `start` to `slut`: sentences, empty when nothing.

    `tidligere` are the citizen's other forløb, of every case, each with its last day. Age is that
    on `start`. `oensker_mere` is the citizen's own wish, which lifts the limits the set says it can
    lift. The cut-off for new forløb is apart (`skaeringsbrud`), for only that can be gone round.
    """
    if slut < start:
        return ["Forløbet skal slutte efter den dag, det begynder."]
    regler = graenser(regelsaet, foedt=foedt, start=start)
    mulige = (
        *_over(regelsaet, regler, start, slut, list(tidligere), oensker_mere),
        _for_kort(regelsaet, regler, start, slut, list(tidligere)),
        _for_taet_paa_pension(regelsaet, foedt, start, oensker_mere),
    )
    return [saetning for saetning in mulige if saetning]


def hoejst(
    regelsaet: Regelsaet,
    *,
    foedt: date,
    start: date,
    tidligere: Iterable[Periode] = (),
    oensker_mere: bool = False,
) -> int:
    """The longest forløb that can begin on `start`, in whole months; 0 when none can.

    None can, too, when what is left is less than the least a forløb may last.
    """
    perioder = list(tidligere)
    if _for_taet_paa_pension(regelsaet, foedt, start, oensker_mere):
        return 0
    regler = graenser(regelsaet, foedt=foedt, start=start)
    for maaneder in range(regler.pr_forloeb, 0, -1):
        slut = sidste_dag(start, maaneder)
        if not any(_over(regelsaet, regler, start, slut, perioder, oensker_mere)):
            return 0 if _for_kort(regelsaet, regler, start, slut, perioder) else maaneder
    return 0


def skaeringsbrud(
    regelsaet: Regelsaet,
    *,
    foedt: date,
    start: date,
    slut: date,
    tidligere: Iterable[Periode] = (),
) -> str:
    """Why no new forløb, or no extension, may begin on `start`; empty when it may.

    Neither is granted after `nye_forloeb_til`, unless the set lets a running one be extended.
    """
    sidste = regelsaet.nye_forloeb_til
    if sidste is None or start <= sidste:
        return ""
    if not er_forlaengelse(regelsaet, foedt=foedt, start=start, slut=slut, tidligere=tidligere):
        return (
            f"Efter reglerne kan et nyt ressourceforløb senest begynde {dansk.dato(sidste)} "
            f"({regelsaet.kode})."
        )
    if regelsaet.maa_forlaenges:
        return ""
    return (
        f"Efter reglerne kan et ressourceforløb ikke forlænges efter {dansk.dato(sidste)} "
        f"({regelsaet.kode})."
    )


def er_forlaengelse(
    regelsaet: Regelsaet,
    *,
    foedt: date,
    start: date,
    slut: date,
    tidligere: Iterable[Periode],
) -> bool:
    """Whether `start` to `slut` is more of an earlier forløb, and not a forløb of its own.

    It goes on the day after, and the two together are no longer than one forløb may be.
    """
    perioder = list(tidligere)
    stoerst = graenser(regelsaet, foedt=foedt, start=start).pr_forloeb
    alle = samlet([*perioder, (start, slut)], stoerst)
    return len(alle) == len(samlet(perioder, stoerst)) and bool(perioder)


def _over(
    regelsaet: Regelsaet,
    regler: Graenser,
    start: date,
    slut: date,
    tidligere: list[Periode],
    oensker_mere: bool,
) -> Iterable[str]:
    """What is more than the set allows: of one forløb, of their number, of all together."""
    oenske = regler.mere_efter_oenske and oensker_mere
    yield _for_langt(regelsaet, regler, start, slut)
    if regler.antal is not None and not oenske:
        yield _for_mange(regelsaet, regler, start, slut, tidligere)
    if regler.i_alt is not None and not oenske:
        yield _for_meget_i_alt(regelsaet, regler, start, slut, tidligere)


def _naar(regler: Graenser) -> str:
    return f", når borgeren er {regler.hvem}" if regler.hvem else ""


def _medmindre(regler: Graenser) -> str:
    return " Mere kræver, at borgeren selv ønsker det." if regler.mere_efter_oenske else ""


def _for_langt(regelsaet: Regelsaet, regler: Graenser, start: date, slut: date) -> str:
    senest = sidste_dag(start, regler.pr_forloeb)
    if slut <= senest:
        return ""
    return (
        f"Et ressourceforløb kan højst vare {regler.pr_forloeb} måneder{_naar(regler)} "
        f"({regelsaet.kode}). Det skal slutte senest {dansk.dato(senest)}."
    )


def _for_mange(
    regelsaet: Regelsaet, regler: Graenser, start: date, slut: date, tidligere: list[Periode]
) -> str:
    alle = samlet([*tidligere, (start, slut)], regler.pr_forloeb)
    if regler.antal is None or len(alle) <= regler.antal:
        return ""
    return (
        f"Borgeren kan højst få {regler.antal} ressourceforløb{_naar(regler)} ({regelsaet.kode}), "
        f"og dette er nr. {len(alle)}.{_medmindre(regler)}"
    )


def _for_meget_i_alt(
    regelsaet: Regelsaet, regler: Graenser, start: date, slut: date, tidligere: list[Periode]
) -> str:
    laengder = [laengde(fra, til) for fra, til in tidligere]
    maaneder = sum(m for m, _ in laengder)
    dage = sum(d for _, d in laengder)
    rest = max((regler.i_alt or 0) - maaneder, 0)
    if slut <= sidste_dag(start, rest) - dage * EN_DAG:
        return ""
    haft = f"{maaneder} måneder" + (f" og {dage} dage" if dage else "")
    return (
        f"Ressourceforløb kan højst vare {regler.i_alt} måneder i alt{_naar(regler)} "
        f"({regelsaet.kode}). Borgeren har haft {haft}.{_medmindre(regler)}"
    )


def _for_kort(
    regelsaet: Regelsaet, regler: Graenser, start: date, slut: date, tidligere: list[Periode]
) -> str:
    """A forløb shorter than the least; an extension is measured with what it extends."""
    forloeb = samlet([*tidligere, (start, slut)], regler.pr_forloeb)
    foerste = next(fra for fra, til in forloeb if fra <= start and til >= slut)
    tidligst = sidste_dag(foerste, regler.mindst)
    if slut >= tidligst:
        return ""
    return (
        f"Et ressourceforløb skal mindst vare {regler.mindst} måneder ({regelsaet.kode}). "
        f"Det kan tidligst slutte {dansk.dato(tidligst)}."
    )


def _for_taet_paa_pension(
    regelsaet: Regelsaet, foedt: date, start: date, oensker_mere: bool
) -> str:
    """None begins with fewer years left than the set says; one that is running goes on to its end."""
    graense = regelsaet.pensionsgraense_aar
    pension = folkepension(regelsaet, foedt)
    if graense is None or pension is None or oensker_mere:
        return ""
    if start <= tilfoej(pension, -12 * graense, Enhed.MAANEDER):
        return ""
    return (
        f"Der er under {graense} år til borgerens folkepension {dansk.dato(pension)} "
        f"({regelsaet.kode}). Et forløb kræver, at borgeren selv ønsker det."
    )
