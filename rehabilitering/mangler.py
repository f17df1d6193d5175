"""What an indstilling lacks before it can be finalised (domain.md 2.2). Pure: asks no table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rehabilitering.models import Indstilling, Indstillingslinje, Udfald
from ressource.models import Regelsaet

UDEN_FORMAAL = "Skriv, hvad indsatsen skal føre til. Uden formål kan indstillingen ikke afsluttes."
UDEN_MAAL = "Skriv et job- eller uddannelsesmål. Uden mål kan indstillingen ikke afsluttes."


@dataclass(frozen=True)
class Mangel:
    """One lack: the form field it is mended in, a sentence, and a few words for the sticky bar."""

    felt: str
    tekst: str
    kort: str


def linjefelt(nr: int, felt: str) -> str:
    """The name of `felt` on line `nr`, as errors carry it."""
    return f"linje-{nr}-{felt}"


def mangler(
    indstilling: Indstilling, linjer: Sequence[Indstillingslinje], regelsaet: Regelsaet
) -> list[Mangel]:
    """Every lack, in the order of the page; none means that the chair can finalise.

    `linjer` must have `indsatstype` loaded. Duration and possible outcomes are the rule set's.
    """
    return [*_af_hoved(indstilling, regelsaet), *_af_indsatser(indstilling, linjer)]


def _af_hoved(indstilling: Indstilling, regelsaet: Regelsaet) -> Iterator[Mangel]:
    udfald = indstilling.udfald
    if not udfald:
        yield Mangel("udfald", "Vælg, hvad teamet indstiller til.", "udfald")
    elif udfald not in regelsaet.udfald:
        navn = Udfald(udfald).label
        yield Mangel("udfald", f"{regelsaet.kode} kender ikke udfaldet {navn}.", "udfald")
    if udfald == Udfald.RESSOURCEFORLOEB:
        yield from _af_forloeb(indstilling, regelsaet)
    if indstilling.enighed == Indstilling.Enighed.DISSENS and not indstilling.dissens.strip():
        yield Mangel("dissens", "Beskriv uenigheden.", "dissens")
    if not indstilling.begrundelse.strip():
        hvorfor: dict[str, str] = {
            Udfald.UDSAT: "Skriv, hvorfor sagen udsættes.",
            Udfald.TILBAGESENDT: "Skriv, hvorfor sagen sendes tilbage.",
        }
        yield Mangel("begrundelse", hvorfor.get(udfald, "Begrund indstillingen."), "begrundelse")


def _af_forloeb(indstilling: Indstilling, regelsaet: Regelsaet) -> Iterator[Mangel]:
    if not indstilling.maal.strip():
        yield Mangel("maal", UDEN_MAAL, "mål")
    if not indstilling.maal_art:
        yield Mangel("maal_art", "Vælg, om målet handler om job eller uddannelse.", "målets art")
    mindst, hoejst = regelsaet.varighed_min_maaneder, regelsaet.varighed_max_maaneder
    varighed = indstilling.varighed_maaneder
    if varighed is None or not mindst <= varighed <= hoejst:
        yield Mangel(
            "varighed_maaneder",
            f"Varigheden skal være mellem {mindst} og {hoejst} måneder ({regelsaet.kode}).",
            "varighed",
        )


def _af_indsatser(
    indstilling: Indstilling, linjer: Sequence[Indstillingslinje]
) -> Iterator[Mangel]:
    for linje in linjer:
        if not linje.formaal.strip():
            yield Mangel(
                linjefelt(linje.nr, "formaal"), UDEN_FORMAAL, f"formål på linje {linje.nr}"
            )
    if indstilling.udfald != Udfald.RESSOURCEFORLOEB:
        return
    if any(linje.indsatstype.er_mentor for linje in linjer):
        if not indstilling.mentor_formaal.strip():
            yield Mangel("mentor_formaal", "Skriv, hvad mentor skal føre til.", "mentors formål")
        if not indstilling.mentor_opgaver.strip():
            yield Mangel("mentor_opgaver", "Skriv, hvad mentor skal gøre.", "mentors opgaver")
    elif not indstilling.uden_mentor_begrundelse.strip():
        yield Mangel(
            "uden_mentor_begrundelse",
            "Ingen af indsatserne er mentor. Skriv hvorfor.",
            "hvorfor ingen mentor",
        )
    if not any(linje.indsatstype.er_praktik for linje in linjer) and (
        not indstilling.uden_praktik_begrundelse.strip()
    ):
        yield Mangel(
            "uden_praktik_begrundelse",
            "Ingen af indsatserne er praktik. Skriv hvorfor.",
            "hvorfor ingen praktik",
        )
