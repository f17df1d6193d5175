"""What is put on a case and stays there: documents and notes."""

import hashlib
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from borgere.models import Dokument, Journalnotat, Sag
from borgere.services.sag import laas_sag
from ressource import filtype, haendelser
from ressource.kalender import i_dag
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
) -> Dokument:
    """Store bytes on the case, with their SHA-256; nothing changes or removes them again.

    Raises `ValidationError` when `indhold` is not what `indholdstype` says, or not allowed, and
    when the same upload lies there already: a form sent twice cannot be taken back.
    """
    if filtype.afgoer(indhold) != indholdstype:
        raise ValidationError(
            "Filen er hverken PDF, PNG eller JPEG. Gem den som PDF, og prøv igen."
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
    ens = sag.dokumenter.filter(
        art=art, titel=titel, dato=dato, sha256=dokument.sha256, er_dannet=False
    )
    if not er_dannet and ens.exists():
        raise ValidationError("Dokumentet ligger allerede på sagen.", code="findes")
    dokument.save()
    haendelser.log(dokument, "dokument.tilfoejet", af=af, sag_id=sag.pk, art=str(art))
    return dokument


@transaction.atomic
def skriv_notat(
    sag: Sag, *, overskrift: str, tekst: str, dato: date, er_delt: bool, af: Bruger
) -> Journalnotat:
    """Write in the journal; `er_delt` notes are for the citizen to read. Never changed again.

    Raises `ValidationError` when something is missing, the date lies ahead, or `af` has written the
    very same note already: a form sent twice cannot be taken back.
    """
    if dato > i_dag():
        raise ValidationError({"dato": "Datoen ligger ude i fremtiden. Skriv i dag eller før."})
    notat = Journalnotat(
        sag=sag, dato=dato, overskrift=overskrift, tekst=tekst, er_delt=er_delt, forfatter=af
    )
    notat.full_clean()
    laas_sag(sag.pk)
    ens = sag.notater.filter(
        dato=dato, overskrift=overskrift, tekst=tekst, er_delt=er_delt, forfatter=af
    )
    if ens.exists():
        raise ValidationError("Notatet står allerede i journalen.", code="findes")
    notat.save()
    haendelser.log(notat, "journal.notat", af=af, sag_id=sag.pk, er_delt=er_delt)
    return notat
