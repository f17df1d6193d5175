"""Which of the case's documents may go into its package, and which do."""

from collections.abc import Iterable

from django.db.models import Q

from borgere.models import Dokument
from borgere.models.dokument import DokumentQuerySet
from rehabilitering.models import Dagsordenspunkt, Laegeattest

# What comes along when nobody has chosen.
FORVALGTE = (Dokument.Art.HELBRED,)
# Consents and fuldmagter are private to those they name. The certificate has its own place.
_VALGBARE = (
    *FORVALGTE,
    Dokument.Art.ANDET,
    Dokument.Art.PLAN,
    Dokument.Art.INDSTILLING,
    Dokument.Art.AFGOERELSE,
)


def valgbare(sager: Iterable[int]) -> DokumentQuerySet:
    """The newest editions that may be chosen in the cases with these ids, newest first; no bytes.

    Without our own letters of no kind, such as reminders to the GP.
    """
    return (
        Dokument.objects.gaeldende()
        .filter(sag__in=sager, art__in=_VALGBARE)
        .exclude(Q(art=Dokument.Art.ANDET) & Q(er_dannet=True))
        .exclude(pk__in=Laegeattest.objects.exclude(dokument=None).values("dokument"))
        .defer("indhold")
    )


def valgte(punkt: Dagsordenspunkt, mulige: Iterable[Dokument]) -> list[int]:
    """The ids among `mulige`, the case's `valgbare`, that go into a package published now."""
    if punkt.pakkedokumenter is None:
        return sorted(dokument.pk for dokument in mulige if dokument.art in FORVALGTE)
    return sorted(dokument.pk for dokument in mulige if dokument.pk in punkt.pakkedokumenter)
