"""Whom a case needs at the meeting, as its rule set says, and how that stands.

A requirement (`regelsaet.deltagerkrav`) is a warning, answered with a person or a reason, or it bars
the team from recommending anything (domain.md 1.2 row 11, 1.3 and 1.5).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from borgere.models import Borger, Inhabilitet
from rehabilitering.models import (
    Dagsordenspunkt,
    Fagomraade,
    Fremmoedeform,
    Kravbegrundelse,
    Moededeltager,
    Punktdeltager,
)
from ressource.models import Regelsaet

SPAERRER = "spaerrer"


@dataclass(frozen=True)
class Krav:
    """Somebody the rule set wants at a case; `naevn` is how the role is named on a page."""

    fagomraade: str
    naevn: str
    hvorfor: str
    spaerrer: bool = False


@dataclass(frozen=True)
class Kravstatus:
    """One requirement of one case: who meets it, or why nobody does."""

    krav: Krav
    # The one who comes for the area; empty when nobody does.
    opfyldt_af: str = ""
    paa_video: bool = False
    # Why nobody comes, as it was written; never does away with a requirement that bars.
    begrundelse: str = ""

    @property
    def naevn(self) -> str:
        """How the role is named."""
        return self.krav.naevn

    @property
    def er_opfyldt(self) -> bool:
        """Whether somebody comes for the area."""
        return bool(self.opfyldt_af)

    @property
    def skal_begrundes(self) -> bool:
        """Whether nobody comes and no reason is given."""
        return not self.er_opfyldt and not self.begrundelse

    @property
    def spaerrer(self) -> bool:
        """Whether the team cannot recommend anything as it stands."""
        return not self.er_opfyldt and self.krav.spaerrer

    @property
    def mangler(self) -> str:
        """What the badge says when nobody comes."""
        return f"{self.naevn} mangler"

    @property
    def mangler_begrundet(self) -> str:
        """What it says when a reason is given."""
        return f"{self.naevn} deltager ikke, begrundet"

    @property
    def paa_video_tekst(self) -> str:
        """What it says of one who takes part on video."""
        return f"{self.naevn} på video"


def krav_til(regelsaet: Regelsaet, borger: Borger, dato: date) -> list[Krav]:
    """What `regelsaet` requires for this citizen on `dato`, in the set's order. No statement."""
    return [
        Krav(
            fagomraade=post["fagomraade"],
            naevn=str(Fagomraade(post["fagomraade"]).label).capitalize(),
            hvorfor=post["hvorfor"],
            spaerrer=post["virkning"] == SPAERRER,
        )
        for post in regelsaet.deltagerkrav
        if _gaelder(post, borger, dato)
    ]


def _gaelder(post: dict[str, Any], borger: Borger, dato: date) -> bool:
    if post["naar"] == "ung_uden_uddannelse":
        # Not asked yet counts as none: better one adviser too many.
        return borger.alder(dato) < post["alder"] and not borger.har_uddannelse
    if post["naar"] == "boernesag":
        har_det_svaert = bool(borger.antal_hjemmeboende_boern and borger.boern_har_vanskeligheder)
        return borger.har_boernesag or har_det_svaert
    return True


def status(punkt: Dagsordenspunkt) -> list[Kravstatus]:
    """Every requirement of the item's case and how it stands. Four statements beside `punkt`'s own.

    A member counts who sits in the meeting, has not sent apologies, was not marked absent and is not
    inhabil towards the citizen; a deputy has a seat of their own. So does a fagperson who comes for
    this case.
    """
    return statusser([punkt])[punkt.pk]


def statusser(punkter: Sequence[Dagsordenspunkt]) -> dict[int, list[Kravstatus]]:
    """`status` of every item, by id, in four statements whatever their number."""
    kommer = _kommer(punkter)
    tekster = {
        (b.punkt_id, b.fagomraade): b.begrundelse
        for b in Kravbegrundelse.objects.filter(punkt__in=punkter)
    }
    return {
        punkt.pk: [
            _status(krav, kommer[punkt.pk], tekster.get((punkt.pk, krav.fagomraade), ""))
            for krav in krav_til(punkt.sag.regelsaet, punkt.sag.borger, punkt.moede.dato)
        ]
        for punkt in punkter
    }


def _status(krav: Krav, kommer: Iterable[Any], begrundelse: str) -> Kravstatus:
    egne = [en for en in kommer if en.fagomraade == krav.fagomraade]
    if not egne:
        return Kravstatus(krav, begrundelse=begrundelse)
    bedst = min(egne, key=lambda en: en.form == Fremmoedeform.VIDEO)
    navn = bedst.bruger.navn if bedst.bruger else bedst.navn
    return Kravstatus(krav, opfyldt_af=navn, paa_video=bedst.form == Fremmoedeform.VIDEO)


def _kommer(punkter: Sequence[Dagsordenspunkt]) -> dict[int, list[Any]]:
    """Who comes to each item, members and fagpersoner: three statements."""
    medlemmer: dict[int, list[Moededeltager]] = {}
    for deltager in (
        Moededeltager.objects.kommer()
        .filter(moede__in={punkt.moede_id for punkt in punkter})
        .select_related("bruger")
    ):
        medlemmer.setdefault(deltager.moede_id, []).append(deltager)
    fagfolk: dict[int, list[Punktdeltager]] = {}
    for en in (
        Punktdeltager.objects.aktuelle()
        .filter(punkt__in=punkter, art=Punktdeltager.Art.FAGPERSON)
        .exclude(var_til_stede=False)
        .select_related("bruger")
    ):
        fagfolk.setdefault(en.punkt_id, []).append(en)
    inhabile = set(
        Inhabilitet.objects.gaeldende()
        .filter(borger__in={punkt.sag.borger_id for punkt in punkter})
        .values_list("borger", "bruger")
    )
    return {
        punkt.pk: [
            en
            for en in (*medlemmer.get(punkt.moede_id, ()), *fagfolk.get(punkt.pk, ()))
            if (punkt.sag.borger_id, en.bruger_id) not in inhabile
        ]
        for punkt in punkter
    }
