"""What has changed in a case since its package was published."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

from rehabilitering.models import (
    Forberedelsesversion,
    Laegeattest,
    Sagspakke,
    Sparringsbooking,
)
from rehabilitering.sagspakke.dokumenter import valgbare, valgte


def aendringer(pakker: Sequence[Sagspakke]) -> dict[int, list[str]]:
    """For each package, by id, what is new since, in words; five statements whatever their number.

    The packages bring their items.
    """
    sager = {pakke.punkt.sag_id for pakke in pakker}
    versioner = _efter_sag(
        Forberedelsesversion.objects.filter(forberedende_del__sag__in=sager).values_list(
            "forberedende_del__sag", "oprettet_den"
        )
    )
    attester = _efter_sag(
        Laegeattest.objects.filter(sag__in=sager, dokument__isnull=False).values_list(
            "sag", "dokument__oprettet_den"
        )
    )
    retur = _efter_sag(
        Laegeattest.objects.filter(sag__in=sager, returneret_dato__isnull=False).values_list(
            "sag", "returneret_dato"
        )
    )
    svar = _efter_sag(
        Sparringsbooking.objects.filter(sag__in=sager, besvaret_den__isnull=False).values_list(
            "sag", "besvaret_den"
        )
    )
    mulige: dict[int, list[Any]] = {}
    for dokument in valgbare(sager):
        mulige.setdefault(dokument.sag_id, []).append(dokument)
    fundne = {}
    for pakke in pakker:
        sag, siden = pakke.punkt.sag_id, pakke.udgivet_den
        nyt = (
            (_er_efter(versioner, sag, siden), "den forberedende del er rettet"),
            (_er_efter(attester, sag, siden), "der er kommet en lægeattest"),
            (
                _er_efter(retur, sag, timezone.localdate(siden)),
                "en lægeattest er sendt retur",
            ),
            (_er_efter(svar, sag, siden), "sundhedskoordinatoren har svaret"),
            (
                valgte(pakke.punkt, mulige.get(sag, [])) != pakke.dokumenter,
                "der er andre dokumenter i pakken",
            ),
        )
        fundne[pakke.pk] = [tekst for er_sket, tekst in nyt if er_sket]
    return fundne


def _efter_sag(raekker: Iterable[tuple[int, Any]]) -> dict[int, Any]:
    """The latest moment of each case."""
    seneste: dict[int, Any] = {}
    for sag, hvornaar in raekker:
        seneste[sag] = max(hvornaar, seneste.get(sag, hvornaar))
    return seneste


def _er_efter(seneste: dict[int, Any], sag: int, siden: Any) -> bool:
    hvornaar = seneste.get(sag)
    return hvornaar is not None and hvornaar > siden
