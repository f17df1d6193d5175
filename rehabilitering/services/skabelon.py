"""Editing the municipality's templates: never overwritten, always a new row."""

from collections.abc import Mapping
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from rehabilitering.models import Pakketekst
from rehabilitering.models.drejebog import Skabelonraekke
from rehabilitering.moedeskabeloner import KRAEVEDE
from ressource import haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger
from ressource.samtidighed import ForaeldetVersionError

Retning = Literal["op", "ned"]
Model = type[Skabelonraekke]
UDGAAET = "Teksten er taget ud imens. Gå tilbage til listen."


@transaction.atomic
def ret_tekst(
    model: Model, kode: str, tekster: Mapping[str, Any], *, laas: int | None, af: Bruger
) -> Skabelonraekke:
    """Give the text `kode` new words from today; the old row ends and keeps its words.

    `laas` is the pk of the row the page showed. When nothing differs, nothing is written. Raises
    `ForaeldetVersionError` when somebody changed it meanwhile, and `ValidationError` by field and
    when it has been taken out.
    """
    gammel: Skabelonraekke = _find(_laas_alle(model), kode)
    if laas is not None and gammel.pk != laas:
        raise ForaeldetVersionError
    if all(getattr(gammel, felt) == tekst for felt, tekst in tekster.items()):
        return gammel
    _slut(gammel)
    ny = _opret(model, kode, gammel.raekkefoelge, tekster, af)
    haendelser.log(ny, "skabelon.rettet", af=af, tekst=kode)
    return ny


@transaction.atomic
def tilfoej_tekst(model: Model, tekster: Mapping[str, Any], *, af: Bruger) -> Skabelonraekke:
    """Add a text last. Raises `ValidationError` by field."""
    alle = _laas_alle(model)
    kode = f"egen_{max((raekke.pk for raekke in alle), default=0) + 1}"
    sidst = max((raekke.raekkefoelge for raekke in alle), default=0)
    ny = _opret(model, kode, sidst + 1, tekster, af)
    haendelser.log(ny, "skabelon.tilfoejet", af=af, tekst=kode)
    return ny


@transaction.atomic
def tag_ud(model: Model, kode: str, *, af: Bruger) -> Skabelonraekke:
    """Take a text out from today; what was ticked or handed over with it stays.

    Raises `ValidationError` for a section the packet must hold, and when it is out already.
    """
    raekke: Skabelonraekke = _find(_laas_alle(model), kode)
    if model is Pakketekst and kode in KRAEVEDE:
        raise ValidationError(
            f"Afsnittet «{raekke}» skal være i borgerens pakke. Ret teksten i stedet."
        )
    _slut(raekke)
    haendelser.log(raekke, "skabelon.taget_ud", af=af, tekst=kode)
    return raekke


@transaction.atomic
def flyt_tekst(model: Model, kode: str, retning: Retning, *, af: Bruger) -> None:
    """Move a text one place up or down among those in force; at the end of the row nothing happens.

    The order is not part of the words, so that a move makes no new row. Raises `ValidationError`
    when it has been taken out.
    """
    gaeldende = [raekke for raekke in _laas_alle(model) if raekke.til_dato is None]
    gaeldende.sort(key=lambda raekke: (raekke.raekkefoelge, raekke.pk))
    fra = gaeldende.index(_find(gaeldende, kode))
    til = fra + (-1 if retning == "op" else 1)
    if not 0 <= til < len(gaeldende):
        return
    gaeldende[fra], gaeldende[til] = gaeldende[til], gaeldende[fra]
    for nr, raekke in enumerate(gaeldende, start=1):
        if raekke.raekkefoelge != nr:
            raekke.raekkefoelge = nr
            raekke.save(update_fields=["raekkefoelge"])
    haendelser.log(gaeldende[til], "skabelon.flyttet", af=af, tekst=kode, retning=retning)


def _laas_alle(model: Model) -> list[Any]:
    """Every row of the template, for one editor at a time: row locks would not see the new rows."""
    with connection.cursor() as markoer:
        markoer.execute("SELECT pg_advisory_xact_lock(hashtext('rehabilitering.skabelon'))")
    return list(model._default_manager.order_by("pk"))


def _find(raekker: list[Any], kode: str) -> Any:
    fundet = next((r for r in raekker if r.kode == kode and r.til_dato is None), None)
    if fundet is None:
        raise ValidationError(UDGAAET, code="udgaaet")
    return fundet


def _slut(raekke: Skabelonraekke) -> None:
    raekke.til_dato = max(raekke.fra_dato, i_dag())
    raekke.save(update_fields=["til_dato"])


def _opret(
    model: Model, kode: str, raekkefoelge: int, tekster: Mapping[str, Any], af: Bruger
) -> Skabelonraekke:
    ny = model(kode=kode, raekkefoelge=raekkefoelge, rettet_af=af, **tekster)
    ny.full_clean()
    ny.save()
    return ny
