"""Which case an address is about, when it names something of a case rather than the case itself."""

from uuid import UUID

from django.db.models import Model

from borgere.models import (
    Dokument,
    Forsendelse,
    Huskeseddel,
    Journalnotat,
    Sag,
    Sletning,
    Tildeling,
    Uddrag,
)
from ressource import afvisning


def kend(adresse: str, model: type[Model], sag: str = "sag") -> None:
    """Declare that the pk in `adresse` is a `model`'s, whose field path `sag` leads to its case.

    Called by the `ready` of the app that owns the address. What is refused there is then logged
    with the case and the citizen; see `ressource.afvisning.kend`.
    """
    felter = (f"{sag}__pk", f"{sag}__borger__noegle")

    def find(pk: int) -> tuple[int, UUID] | None:
        return model._default_manager.filter(pk=pk).values_list(*felter).first()

    afvisning.kend(adresse, find)


def registrer() -> None:
    """This floor's own addresses; called by its `ready`."""
    afvisning.kend("sager/<int:pk>", _sagen)
    afvisning.kend("sletning/<int:pk>", _sagen_der_slettes)
    for navn, model in _EGNE.items():
        kend(f"{navn}/<int:pk>", model)


_EGNE: dict[str, type[Model]] = {
    "dokumenter": Dokument,
    "forsendelser": Forsendelse,
    "huskesedler": Huskeseddel,
    "notater": Journalnotat,
    "tildelinger": Tildeling,
    "uddrag": Uddrag,
}


def _sagen(pk: int) -> tuple[int, UUID] | None:
    return Sag.objects.filter(pk=pk).values_list("pk", "borger__noegle").first()


def _sagen_der_slettes(pk: int) -> tuple[int, UUID] | None:
    """The case that is to go, while it is there."""
    sager = Sag.objects.filter(pk__in=Sletning.objects.filter(pk=pk).values("sag_id"))
    return sager.values_list("pk", "borger__noegle").first()
