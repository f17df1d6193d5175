"""What is put on a case as a file and stays there."""

import hashlib
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from borgere.models import Dokument, Sag
from borgere.services.sag import laas_sag
from ressource import filtype, haendelser
from ressource.models import Bruger


@transaction.atomic
def gem_dokument(
    sag: Sag,
    *,
    art: Dokument.Art | str,
    titel: str,
    indhold: bytes,
    indholdstype: str,
    dato: date,
    af: Bruger | None,
    er_dannet: bool = False,
    erstatter: Dokument | None = None,
) -> Dokument:
    """Store bytes on the case, with their SHA-256; nothing changes or removes them again.

    An upload is checked through and through (`filtype.kontroller`), whoever calls; what the system
    made itself (`er_dannet`) by its beginning. `erstatter` is the upload that this one is a newer
    edition of.
    Raises `ValidationError` when `indhold` is not what `indholdstype` says, or not allowed; when
    the same upload lies there already, for a form sent twice cannot be taken back; and when
    `erstatter` is on another case, was made by the system, or has been replaced already.
    """
    fundet = filtype.afgoer(indhold) if er_dannet else filtype.kontroller(indhold)
    if fundet != indholdstype:
        raise ValidationError(
            "Filens indhold passer ikke til dens type. Gem den som PDF, og prøv igen."
        )
    dokument = Dokument(
        sag=sag,
        art=art,
        titel=titel,
        dato=dato,
        indholdstype=indholdstype,
        indhold=indhold,
        antal_byte=len(indhold),
        sha256=hashlib.sha256(indhold).hexdigest(),
        er_dannet=er_dannet,
        oprettet_af=af,
    )
    dokument.full_clean()
    laas_sag(sag.pk)
    if not er_dannet:
        _kraev_ny(dokument)
    if erstatter is not None:
        _kraev_kan_erstattes(erstatter, sag)
        dokument.erstatter = erstatter
    dokument.save()
    haendelser.log(
        dokument,
        "dokument.ny_udgave" if erstatter else "dokument.tilfoejet",
        af=af,
        sag_id=sag.pk,
        art=str(art),
    )
    return dokument


def _kraev_ny(dokument: Dokument) -> None:
    """Raise unless this upload is new to the locked case."""
    ens = dokument.sag.dokumenter.filter(
        art=dokument.art,
        titel=dokument.titel,
        dato=dokument.dato,
        sha256=dokument.sha256,
        er_dannet=False,
    )
    if ens.exists():
        raise ValidationError("Dokumentet ligger allerede på sagen.", code="findes")


def _kraev_kan_erstattes(gammel: Dokument, sag: Sag) -> None:
    """Raise unless `gammel` is the newest edition of an upload on the locked case."""
    if gammel.sag_id != sag.pk or gammel.er_dannet:
        raise ValidationError(
            "Dokumentet kan ikke få en ny udgave. Læg filen på sagen som et nyt dokument.",
            code="kan_ikke_erstattes",
        )
    if sag.dokumenter.filter(erstatter=gammel).exists():
        raise ValidationError(
            "Der er allerede lagt en nyere udgave på sagen. Gå til listen, og læg din udgave på "
            "som ny udgave af den.",
            code="erstattet",
        )
