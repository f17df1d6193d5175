"""Who acts for the citizen (party representative, guardian), and who only comes along (bisidder)."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from borgere.models import Bisidder, Dokument, Fuldmagt, Sag
from borgere.services.netvaerk import i_orden, laas_borger
from borgere.services.samtykke import Scan, laeg_scan_paa
from ressource import haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger


@transaction.atomic
def giv_fuldmagt(
    sag: Sag, *, scan: Dokument | Scan | None = None, af: Bruger, **felter: Any
) -> Fuldmagt:
    """Register a party representative or a guardian; `felter` are fields of `Fuldmagt` by name.

    Letters within the scope go to them from the first day (FVL § 8). Raises `ValidationError` by
    field: the scope and its subjects do not agree, a guardian's decision is not named, a
    scan is somebody else's document, or it is registered already.
    """
    laas_borger(sag.borger_id)
    felter["emner"] = i_orden(felter.get("emner") or [])
    fuldmagt = Fuldmagt(borger=sag.borger, registreret_af=af, **felter)
    fuldmagt.full_clean()
    fuldmagt.dokument = laeg_scan_paa(
        sag,
        scan,
        art=Dokument.Art.FULDMAGT,
        titel=fuldmagt.get_art_display().capitalize(),
        dato=fuldmagt.fra_dato,
        af=af,
    )
    fuldmagt.save()
    haendelser.log(fuldmagt, "fuldmagt.givet", af=af, sag_id=sag.pk, art=str(fuldmagt.art))
    return fuldmagt


@transaction.atomic
def traek_fuldmagt(fuldmagt: Fuldmagt, *, sag: Sag, aarsag: str = "", af: Bruger) -> Fuldmagt:
    """End it from today on: the letters go to the citizen again.

    Raises `ValidationError` when it has ended already, and when nobody says why a guardian, whom
    only an authority can remove, is gone.
    """
    fuldmagt = Fuldmagt.objects.select_for_update(of=("self",)).get(pk=fuldmagt.pk)
    if fuldmagt.trukket_dato:
        raise ValidationError("Den er allerede ophørt.", code="trukket")
    if fuldmagt.art == Fuldmagt.Art.VAERGE and not aarsag.strip():
        raise ValidationError(
            {"aarsag": "Skriv, hvilken afgørelse der har ophævet eller ændret værgemålet."}
        )
    fuldmagt.trukket_dato = i_dag()
    fuldmagt.trukket_aarsag = aarsag.strip()
    fuldmagt.full_clean()
    fuldmagt.save(update_fields=["trukket_dato", "trukket_aarsag"])
    haendelser.log(fuldmagt, "fuldmagt.trukket", af=af, sag_id=sag.pk, art=str(fuldmagt.art))
    return fuldmagt


@transaction.atomic
def tilfoej_bisidder(
    sag: Sag,
    *,
    navn: str,
    telefon: str = "",
    aftale: str = "",
    fra_dato: date,
    til_dato: date | None = None,
    af: Bruger,
) -> Bisidder:
    """Register somebody who comes along to meetings: no letters, nothing from the case.

    Raises `ValidationError` by field, and when the same person is registered already.
    """
    laas_borger(sag.borger_id)
    bisidder = Bisidder(
        borger=sag.borger,
        navn=navn,
        telefon=telefon,
        aftale=aftale,
        fra_dato=fra_dato,
        til_dato=til_dato,
    )
    bisidder.full_clean()
    bisidder.save()
    haendelser.log(bisidder, "bisidder.tilfoejet", af=af, sag_id=sag.pk)
    return bisidder


@transaction.atomic
def afslut_bisidder(bisidder: Bisidder, *, sag: Sag, af: Bruger) -> Bisidder:
    """From today the citizen no longer brings them. Raises `ValidationError` when it is so already.

    One that began today ends today, for a period has at least its first day.
    """
    bisidder = Bisidder.objects.select_for_update(of=("self",)).get(pk=bisidder.pk)
    if bisidder.til_dato and bisidder.til_dato <= i_dag():
        raise ValidationError("Bisidderen er allerede ikke længere med.", code="ophoert")
    bisidder.til_dato = max(bisidder.fra_dato, i_dag() - timedelta(days=1))
    bisidder.save(update_fields=["til_dato"])
    haendelser.log(bisidder, "bisidder.ophoert", af=af, sag_id=sag.pk)
    return bisidder
