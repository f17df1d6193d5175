"""The indstilling as it was finalised and as it was corrected: kept whole, never changed."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from rehabilitering.models import Indstilling, Indstillingslinje, Indstillingsversion
from ressource.models import Bruger

# What a reader sees. The chair's summary is the meeting's own and not part of a version.
HOVED = (
    "udfald",
    "aarsag",
    "maal",
    "maal_art",
    "maal_begrundelse",
    "varighed_maaneder",
    "maalgruppebetingelse",
    "enighed",
    "dissens",
    "begrundelse",
    "muligheder",
    "sundhedskoordinators_vurdering",
    "mentor_formaal",
    "mentor_opgaver",
    "uden_praktik_begrundelse",
    "uden_mentor_begrundelse",
)
LINJE = ("beskrivelse", "formaal", "betydning_for_maal", "start_dato", "ansvarlig", "mandat")


def tag(indstilling: Indstilling, *, begrundelse: str = "", af: Bruger) -> Indstillingsversion:
    """Keep the indstilling as it is stored now as its next version, which is then the one in force.

    Inside the caller's transaction, which holds its lock and logs. Raises `ValidationError` for a
    correction without a reason.
    """
    version = Indstillingsversion(
        indstilling=indstilling,
        nr=indstilling.version + 1,
        indhold=indhold(indstilling),
        begrundelse=begrundelse.strip(),
        afsluttet_af=af,
    )
    version.full_clean()
    version.save()
    indstilling.version = version.nr
    indstilling.save(update_fields=["version"])
    return version


def indhold(indstilling: Indstilling) -> dict[str, Any]:
    """The stored indstilling as a version keeps it: head, and the lines that were not taken out."""
    linjer = indstilling.linjer.gaeldende().select_related("indsatstype")
    return som_indhold(indstilling, list(linjer))


def som_indhold(indstilling: Indstilling, linjer: Sequence[Indstillingslinje]) -> dict[str, Any]:
    """The same of values that need not be stored. `linjer` have `indsatstype` loaded."""
    return {
        "hoved": {felt: _vaerdi(getattr(indstilling, felt)) for felt in HOVED},
        "linjer": [_linje(linje) for linje in linjer],
    }


def _linje(linje: Indstillingslinje) -> Mapping[str, Any]:
    # The effort's name as it was called then: the catalogue may be renamed.
    fast = {"linje": linje.pk, "nr": linje.nr, "indsats": linje.indsatstype.navn}
    return fast | {felt: _vaerdi(getattr(linje, felt)) for felt in LINJE}


def _vaerdi(vaerdi: Any) -> Any:
    return vaerdi.isoformat() if isinstance(vaerdi, date) else vaerdi
