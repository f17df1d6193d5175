"""What an indstilling lacks before it can be finalised, and what it gives reasons for.

domain.md 2.2 and 1.3. Pure: asks no table; what the case and the meeting say comes as a `Grundlag`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rehabilitering import maalforskel
from rehabilitering.deltagerkrav import Kravstatus
from rehabilitering.models import Indstilling, Indstillingslinje, Udfald
from rehabilitering.models.katalog import UDFALD_TIL_AFGOERELSE
from ressource.models import Regelsaet

UDEN_FORMAAL = "Skriv, hvad indsatsen skal føre til. Uden formål kan indstillingen ikke afsluttes."
UDEN_MAAL = "Skriv et job- eller uddannelsesmål. Uden mål kan indstillingen ikke afsluttes."
# Outcomes that close the way to more development: they need a professional reason.
FAGLIGT_BEGRUNDEDE = frozenset({Udfald.FLEKSJOB, Udfald.FOERTIDSPENSION})
# What only the municipality does. The team recommends (domain.md 1.3).
_AFGOER = re.compile(
    r"\b(?:tilkend(?:e|er|es|t|te)|bevilg(?:e|er|es|et|ede|ges|get|gede|ger)"
    r"|(?:teamet|vi)\s+giver)\b",
    re.IGNORECASE,
)
# Where a reader looks for what the team says.
_TEKSTFELTER = {
    "begrundelse": "begrundelsen",
    "muligheder": "muligheder",
    "mentor_formaal": "mentors formål",
    "mentor_opgaver": "mentors opgaver",
    "dissens": "uenigheden",
}


class Alvor(StrEnum):
    """What a finding does to finalising."""

    SPAERRER = "spaerrer"
    # Stops until somebody writes why; with the reason it is a warning.
    BEGRUNDES = "begrundes"
    ADVARSEL = "advarsel"


@dataclass(frozen=True)
class Mangel:
    """One finding: the form field it is mended in, a sentence, and a few words for the sticky bar."""

    felt: str
    tekst: str
    kort: str
    alvor: Alvor = Alvor.SPAERRER
    # The reason given, of one that needs a reason.
    begrundelse: str = ""

    @property
    def stopper(self) -> bool:
        """Whether the indstilling cannot be finalised as it stands."""
        if self.alvor is Alvor.BEGRUNDES:
            return not self.begrundelse
        return self.alvor is Alvor.SPAERRER


@dataclass(frozen=True)
class Grundlag:
    """What the case and its meeting say, beside the indstilling's own words."""

    # The forberedende del's goal, which the team's is held against.
    maal_foer: str = ""
    # Unmet requirements of the rule set.
    uopfyldte_krav: Sequence[Kravstatus] = ()
    # None: nobody from the region has a seat and attendance does not matter.
    region_deltog: bool = False
    # An answer of the sundhedskoordinator has been put into the indstilling.
    har_indsat_svar: bool = False
    # What the rule set has against the duration whatever the citizen wishes, and unless they wish it.
    varighedsbrud: Sequence[str] = ()
    kun_efter_oenske: Sequence[str] = ()
    # Why no new forløb can begin now, unless a departure from the rule is approved.
    skaering: str = ""


TOMT = Grundlag()


def linjefelt(nr: int, felt: str) -> str:
    """The name of `felt` on line `nr`, as errors carry it."""
    return f"linje-{nr}-{felt}"


def mangler(
    indstilling: Indstilling,
    linjer: Sequence[Indstillingslinje],
    regelsaet: Regelsaet,
    grundlag: Grundlag = TOMT,
) -> list[Mangel]:
    """What stops the chair, in the order of the page; none means that it can be finalised.

    `linjer` must have `indsatstype` loaded. Duration, outcomes and participants are the rule set's.
    """
    return [m for m in fund(indstilling, linjer, regelsaet, grundlag) if m.stopper]


def advarsler(
    indstilling: Indstilling,
    linjer: Sequence[Indstillingslinje],
    regelsaet: Regelsaet,
    grundlag: Grundlag = TOMT,
) -> list[Mangel]:
    """What the chair is told of and can finalise with, each with the reason where one is given."""
    return [m for m in fund(indstilling, linjer, regelsaet, grundlag) if not m.stopper]


def fund(
    indstilling: Indstilling,
    linjer: Sequence[Indstillingslinje],
    regelsaet: Regelsaet,
    grundlag: Grundlag = TOMT,
) -> list[Mangel]:
    """`mangler` and `advarsler` together, in the order of the page."""
    indstiller = indstilling.udfald in UDFALD_TIL_AFGOERELSE
    fundne = [*_af_udfald(indstilling, regelsaet)]
    if indstilling.udfald == Udfald.RESSOURCEFORLOEB:
        fundne += _af_forloeb(indstilling, regelsaet, grundlag)
    fundne += _af_begrundelser(indstilling)
    if indstiller:
        fundne += _af_sundhed(indstilling, regelsaet, grundlag)
        fundne += _af_linjer(linjer)
    if indstilling.udfald == Udfald.RESSOURCEFORLOEB:
        fundne += _af_indsatser(indstilling, linjer)
    if indstiller:
        fundne += _af_deltagere(grundlag)
    return [*fundne, *_af_ordvalg(indstilling, linjer)]


def _af_udfald(indstilling: Indstilling, regelsaet: Regelsaet) -> Iterator[Mangel]:
    udfald = indstilling.udfald
    if not udfald:
        yield Mangel("udfald", "Vælg, hvad teamet indstiller til.", "udfald")
    elif udfald not in regelsaet.udfald:
        navn = Udfald(udfald).label
        yield Mangel("udfald", f"{regelsaet.kode} kender ikke udfaldet {navn}.", "udfald")
    if udfald in {Udfald.UDSAT, Udfald.TILBAGESENDT} and not indstilling.aarsag:
        handling = "udsættes" if udfald == Udfald.UDSAT else "sendes tilbage"
        yield Mangel("aarsag", f"Vælg, hvorfor sagen {handling}.", "årsag")


def _af_forloeb(
    indstilling: Indstilling, regelsaet: Regelsaet, grundlag: Grundlag
) -> Iterator[Mangel]:
    if not indstilling.maal.strip():
        yield Mangel("maal", UDEN_MAAL, "mål")
    if not indstilling.maal_art:
        yield Mangel("maal_art", "Vælg, om målet handler om job eller uddannelse.", "målets art")
    if maalforskel.afviger(indstilling.maal, grundlag.maal_foer):
        yield _med_grund(
            "maal_begrundelse",
            maalforskel.er_et_andet("den forberedende del", grundlag.maal_foer),
            "hvorfor målet er et andet",
            indstilling.maal_begrundelse.strip(),
        )
    if regelsaet.maalgruppebetingelser and not _kendt_maalgruppe(indstilling, regelsaet):
        yield Mangel("maalgruppebetingelse", "Vælg, hvorfor borgeren er i målgruppen.", "målgruppe")
    yield from _af_varighed(indstilling, regelsaet, grundlag)


def _kendt_maalgruppe(indstilling: Indstilling, regelsaet: Regelsaet) -> bool:
    return any(
        betingelse["kode"] == indstilling.maalgruppebetingelse
        for betingelse in regelsaet.maalgruppebetingelser
    )


def _af_varighed(
    indstilling: Indstilling, regelsaet: Regelsaet, grundlag: Grundlag
) -> Iterator[Mangel]:
    mindst, hoejst = regelsaet.varighed_min_maaneder, regelsaet.varighed_max_maaneder
    varighed = indstilling.varighed_maaneder
    if varighed is None or not 1 <= varighed <= hoejst or (varighed < mindst and grundlag is TOMT):
        yield Mangel(
            "varighed_maaneder",
            f"Varigheden skal være mellem {mindst} og {hoejst} måneder ({regelsaet.kode}).",
            "varighed",
        )
        return
    for brud in grundlag.varighedsbrud:
        yield Mangel("varighed_maaneder", brud, "varighed")
    for brud in (*grundlag.kun_efter_oenske, grundlag.skaering):
        if brud:
            yield Mangel("varighed_maaneder", brud, "varighed", Alvor.ADVARSEL)


def _af_begrundelser(indstilling: Indstilling) -> Iterator[Mangel]:
    udfald = indstilling.udfald
    if udfald in UDFALD_TIL_AFGOERELSE and not indstilling.muligheder.strip():
        yield Mangel(
            "muligheder",
            "Skriv teamets vurdering af mulighederne for job eller uddannelse.",
            "muligheder",
        )
    if indstilling.enighed == Indstilling.Enighed.DISSENS and not indstilling.dissens.strip():
        yield Mangel("dissens", "Beskriv uenigheden.", "dissens")
    if not indstilling.begrundelse.strip():
        yield Mangel("begrundelse", _manglende_begrundelse(udfald), "begrundelse")


def _manglende_begrundelse(udfald: str) -> str:
    if udfald in FAGLIGT_BEGRUNDEDE:
        return (
            "Skriv den faglige begrundelse: hvad der har været afgørende om job, sociale forhold "
            "og helbred."
        )
    return {
        str(Udfald.UDSAT): "Skriv, hvorfor sagen udsættes.",
        str(Udfald.TILBAGESENDT): "Skriv, hvorfor sagen sendes tilbage.",
    }.get(udfald, "Begrund indstillingen.")


def _af_sundhed(
    indstilling: Indstilling, regelsaet: Regelsaet, grundlag: Grundlag
) -> Iterator[Mangel]:
    """The sundhedskoordinator's own assessment: an answer put in from sparring is one."""
    if indstilling.sundhedskoordinators_vurdering.strip() or grundlag.har_indsat_svar:
        return
    felt, kort = "sundhedskoordinators_vurdering", "sundhedskoordinators vurdering"
    if grundlag.region_deltog:
        yield Mangel(felt, "Skriv, hvad sundhedskoordinator vurderer.", kort)
    elif regelsaet.sparring_er_lovpligtig and indstilling.udfald in FAGLIGT_BEGRUNDEDE:
        tekst = (
            "Sundhedskoordinators rådgivning er lovpligtig her. Sæt svaret fra sparring ind, eller "
            "skriv vurderingen."
        )
        yield Mangel(felt, tekst, kort)
    else:
        tekst = "Sundhedskoordinator var ikke med, og der står ingen vurdering."
        yield Mangel(felt, tekst, kort, Alvor.ADVARSEL)


def _af_linjer(linjer: Sequence[Indstillingslinje]) -> Iterator[Mangel]:
    for linje in linjer:
        if not linje.formaal.strip():
            yield Mangel(
                linjefelt(linje.nr, "formaal"), UDEN_FORMAAL, f"formål på linje {linje.nr}"
            )


def _af_indsatser(
    indstilling: Indstilling, linjer: Sequence[Indstillingslinje]
) -> Iterator[Mangel]:
    """No mentor, no praktik: possible, and a reason must be given (domain.md 1.3 and 2.2)."""
    if any(linje.indsatstype.er_mentor for linje in linjer):
        if not indstilling.mentor_formaal.strip():
            yield Mangel("mentor_formaal", "Skriv, hvad mentor skal føre til.", "mentors formål")
        if not indstilling.mentor_opgaver.strip():
            yield Mangel("mentor_opgaver", "Skriv, hvad mentor skal gøre.", "mentors opgaver")
    else:
        yield _med_grund(
            "uden_mentor_begrundelse",
            "Ingen af indsatserne er mentor.",
            "hvorfor ingen mentor",
            indstilling.uden_mentor_begrundelse.strip(),
        )
    if any(linje.indsatstype.er_praktik for linje in linjer):
        return
    rettet = any(linje.indsatstype.er_virksomhedsrettet for linje in linjer)
    yield _med_grund(
        "uden_praktik_begrundelse",
        f"Ingen af indsatserne er {'praktik' if rettet else 'rettet mod en virksomhed'}.",
        "hvorfor ingen praktik" if rettet else "hvorfor ingen virksomhedsrettet indsats",
        indstilling.uden_praktik_begrundelse.strip(),
    )


def _med_grund(felt: str, tekst: str, kort: str, grund: str) -> Mangel:
    """What stops until somebody writes why, and says so until then."""
    return Mangel(felt, tekst if grund else f"{tekst} Skriv hvorfor.", kort, Alvor.BEGRUNDES, grund)


def _af_deltagere(grundlag: Grundlag) -> Iterator[Mangel]:
    for krav in grundlag.uopfyldte_krav:
        if krav.spaerrer:
            tekst = (
                f"{krav.naevn} deltog ikke ({krav.krav.hvorfor}), så teamet kan ikke indstille. "
                "Udsæt sagen, eller registrér, hvem der deltog."
            )
            yield Mangel("til_stede", tekst, f"{krav.naevn.lower()} deltog ikke")
        else:
            tekst = f"{krav.naevn} deltog ikke ({krav.krav.hvorfor})."
            kort = f"{krav.naevn.lower()} deltog ikke"
            yield Mangel("til_stede", tekst, kort, Alvor.ADVARSEL, krav.begrundelse)


def _af_ordvalg(indstilling: Indstilling, linjer: Sequence[Indstillingslinje]) -> Iterator[Mangel]:
    """The team recommends, the municipality decides: also in the words (domain.md 1.3)."""
    tekster = [(felt, getattr(indstilling, felt), hvor) for felt, hvor in _TEKSTFELTER.items()]
    tekster += [
        (linjefelt(linje.nr, "formaal"), linje.formaal, f"linje {linje.nr}") for linje in linjer
    ]
    for felt, tekst, hvor in tekster:
        if fundet := _AFGOER.search(tekst):
            yield Mangel(
                felt,
                f"I {hvor} står der «{fundet[0]}». Teamet indstiller, og kommunen afgør. Ret "
                "ordet, hvis det handler om denne indstilling.",
                f"ordet «{fundet[0]}»",
                Alvor.ADVARSEL,
            )
