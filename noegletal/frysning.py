"""Freezing a month: the figures as they were, kept for good, and the PDF made of them."""

import hashlib
import json
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from noegletal import rapport
from noegletal.beregning import (
    beregn,
    beregn_udfald,
    overskredne_pr_regel,
    udviklingsmaaneder,
)
from noegletal.definitioner import VERSION
from noegletal.models import Maaltal, Maanedsrapport
from ressource.datoer import Enhed, maanedens_dage, maaneder_tilbage, tilfoej
from ressource.kalender import i_dag

# Any number: two freezings of the same installation wait for each other by it.
_LAAS = 7_301_956


def maal(dato: date) -> dict[str, dict[str, str]]:
    """The targets in force on `dato`, by key figure."""
    return {
        m.noegletal: {"vaerdi": str(m.vaerdi), "retning": m.retning, "ejer": m.ejer}
        for m in Maaltal.objects.gaeldende(dato)
    }


def opgoer(maaned: date) -> dict[str, Any]:
    """Everything the month's report says, as plain JSON.

    Months that are frozen already are read back and never recomputed silently (architecture.md).
    """
    maaneder = udviklingsmaaneder(maaned)
    frosne = _frosne_tal(maaneder[:-1])
    nye = beregn([m for m in maaneder if m not in frosne])
    udfald = beregn_udfald(maaned)
    return {
        "maaned": maaned.isoformat(),
        "udvikling": [
            {
                "maaned": m.isoformat(),
                "tal": frosne[m]
                if m in frosne
                else {kode: [t.taeller, t.naevner] for kode, t in sorted(nye[m].items())},
            }
            for m in maaneder
        ],
        "maal": maal(maanedens_dage(maaned)[1]),
        "udfald": {
            "i_alt": udfald.i_alt,
            "grupper": [[g.kode, antal] for g, antal in udfald.grupper],
            "sammenlagte": [[g.kode, antal] for g, antal in udfald.sammenlagte],
        },
        "overskredne": [list(raekke) for raekke in overskredne_pr_regel(maaned)],
    }


def _frosne_tal(maaneder: list[date]) -> dict[date, dict[str, list[int]]]:
    """The figures of those months that have been frozen under the present definitions."""
    rapporter = (
        Maanedsrapport.objects.filter(maaned__in=maaneder, definitionsversion=VERSION)
        .order_by("maaned", "version")
        .values_list("maaned", "tal")
    )
    return {maaned: tal["udvikling"][-1]["tal"] for maaned, tal in rapporter}


def aftryk(tal: dict[str, Any]) -> str:
    """SHA-256 of the figures and the version of the definitions."""
    kanonisk = json.dumps([VERSION, tal], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(kanonisk.encode()).hexdigest()


def manglende_maaneder() -> list[date]:
    """The ended months since the last one frozen, oldest first; before the first, last month."""
    sidste = tilfoej(i_dag().replace(day=1), -1, Enhed.MAANEDER)
    frosset = Maanedsrapport.objects.aggregate(maaned=Max("maaned"))["maaned"]
    if frosset is None:
        return [sidste]
    antal = (sidste.year - frosset.year) * 12 + sidste.month - frosset.month
    return maaneder_tilbage(sidste, antal) if antal > 0 else []


@transaction.atomic
def frys(maaned: date, *, ret: bool = False) -> Maanedsrapport:
    """The month's newest frozen report; made now when there is none.

    `ret` computes anew and adds a version if anything changed. Safe to run twice and by two workers
    at once. Raises `ValidationError` for a month that has not ended.
    """
    if maanedens_dage(maaned)[1] >= i_dag():
        raise ValidationError(
            "Måneden er ikke slut. Rapporten kan laves fra den 1. i næste måned.",
            code="ikke_slut",
        )
    with connection.cursor() as markoer:
        markoer.execute("SELECT pg_advisory_xact_lock(%s)", [_LAAS])
    sidste = Maanedsrapport.objects.filter(maaned=maaned).order_by("-version").first()
    if sidste and not ret:
        return sidste
    tal = opgoer(maaned)
    if sidste and sidste.aftryk == aftryk(tal):
        return sidste
    version = sidste.version + 1 if sidste else 1
    frosset_den = timezone.now()
    return Maanedsrapport.objects.create(
        maaned=maaned,
        version=version,
        tal=tal,
        definitionsversion=VERSION,
        aftryk=aftryk(tal),
        frosset_den=frosset_den,
        pdf=rapport.pdf(tal, version=version, frosset_den=frosset_den),
    )
