"""Who may read health text in a case on an agenda (domain.md 3).

The virksomhedskonsulent works from job goal, considerations at work and praktik, and reads no
diagnoses unless at the meeting. The uddannelsesvejleder reads the education part of the preparation
and, like everybody who sits in the meeting, the team's reasons. Every other role that gets this far
may read.
"""

from borgere.models import Sag
from rehabilitering.models import Dagsordenspunkt, Moededeltager
from rehabilitering.services.forberedelse import AFSNIT_OENSKER
from ressource.adgang import maa
from ressource.kalender import i_dag
from ressource.models import Bruger

# Health as such. What a workplace must take into account is its own section, open to everybody.
AFSNIT = frozenset({"helbred", "laegens_vurdering"})
# School, jobs held and wishes: the education part.
UDDANNELSE = frozenset({"erfaring_ressourcer", AFSNIT_OENSKER})


def ser_forberedelsens(punkt: Dagsordenspunkt, bruger: Bruger) -> bool:
    """Whether the user may read the preparation's health text: the role may, or is at the meeting."""
    if maa(bruger, "forberedende_del.se"):
        return True
    return (
        maa(bruger, "forberedende_del.hoer_paa_moedet")
        and punkt.moede.dato == i_dag()
        and ser_indstillingens(punkt, bruger)
    )


def ser_afsnit(kode: str, bruger: Bruger, *, ser_helbred: bool) -> bool:
    """Whether the user may read section `kode`; `ser_helbred` is `ser_forberedelsens`'s answer."""
    if ser_helbred:
        return True
    if maa(bruger, "forberedende_del.hoer_paa_moedet"):
        return kode not in AFSNIT
    return kode in UDDANNELSE


def ser_indstillingens(punkt: Dagsordenspunkt, bruger: Bruger) -> bool:
    """Whether the user may read the team's reasons: the role may, or sits in that meeting."""
    if maa(bruger, "forberedende_del.se"):
        return True
    return punkt.moede.deltagere.for_bruger(bruger).exists()


def moeder_uden_tekst(sag: Sag, bruger: Bruger) -> set[int]:
    """Ids of the case's meetings whose reasons the user may not read. At most two statements."""
    if maa(bruger, "forberedende_del.se"):
        return set()
    alle = set(sag.dagsordenspunkter.values_list("moede_id", flat=True))
    egne = Moededeltager.objects.for_bruger(bruger).filter(moede__in=alle)
    return alle - set(egne.values_list("moede_id", flat=True))
