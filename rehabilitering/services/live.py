"""What the live page of one case sends: notes, attendance and indstilling, all or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction

from rehabilitering.models import Dagsordenspunkt, Indstilling
from rehabilitering.rettelse import Rettelse
from rehabilitering.services import fremmoede, indstilling_kladde, moedenote
from rehabilitering.services.fremmoede import BORGEREN, Fremmoede
from rehabilitering.services.indstilling import afslut
from rehabilitering.services.indstilling_kladde import Gemt
from ressource.models import Bruger

UDEN_GRUND = "Skriv, hvorfor borgeren ikke er med."


@dataclass(frozen=True)
class Indsendt:
    """What the writer changed on the page."""

    hoved: Rettelse | None = None
    linjer: Mapping[int, Rettelse] = field(default_factory=dict)
    noter: Mapping[bool, str] = field(default_factory=dict)
    medlemmer: Mapping[int, Rettelse] = field(default_factory=dict)
    deltagere: Mapping[int, Rettelse] = field(default_factory=dict)

    @property
    def skriver_indstilling(self) -> bool:
        """Whether there is anything for the indstilling itself."""
        return bool(self.hoved or self.linjer)


@dataclass(frozen=True)
class Modtaget:
    """What became of it. `indstilling` is None when nothing was written in it yet."""

    indstilling: Indstilling | None
    gemt: Gemt
    fremmoede: Fremmoede
    noter: set[bool]
    # The lock number before this save.
    laas_foer: int


@transaction.atomic
def modtag(
    punkt: Dagsordenspunkt, indsendt: Indsendt, *, er_valg: bool = False, af: Bruger
) -> Modtaget:
    """Save what was changed; the first word in the indstilling begins it.

    Raises what `begynd` and `indstilling_kladde.gem` raise, and then stores nothing at all.
    """
    noter = moedenote.gem(punkt, indsendt.noter, af=af) if indsendt.noter else set()
    moedt = Fremmoede()
    if indsendt.medlemmer or indsendt.deltagere:
        moedt = fremmoede.registrer(punkt, indsendt.medlemmer, indsendt.deltagere, af=af)
    indstilling = Indstilling.objects.filter(punkt=punkt).first()
    gemt, laas_foer = Gemt(), indstilling.laas if indstilling else 0
    if indsendt.skriver_indstilling:
        indstilling = indstilling_kladde.begynd(punkt, af=af)
        gemt = indstilling_kladde.gem(
            indstilling, indsendt.hoved, indsendt.linjer, er_valg=er_valg, af=af
        )
        indstilling.refresh_from_db()
    return Modtaget(indstilling, gemt, moedt, noter, laas_foer)


@transaction.atomic
def afslut_moedet(punkt: Dagsordenspunkt, *, af: Bruger) -> Indstilling:
    """Finalise what is stored. Raises what `afslut` raises, and also, together with the rest, for a
    citizen who was not there when nobody wrote why.
    """
    indstilling = indstilling_kladde.begynd(punkt, af=af)
    fejl: dict[str, list[str]] = {}
    if fremmoede.borger_uden_grund(punkt):
        fejl[f"deltager-{BORGEREN}-fravaer_grund"] = [UDEN_GRUND]
    try:
        indstilling = afslut(indstilling, af=af)
    except ValidationError as afvist:
        if not hasattr(afvist, "error_dict"):
            raise
        fejl |= afvist.message_dict
    if fejl:
        raise ValidationError(fejl)
    return indstilling
