"""The forberedende del as it stood: kept when it is gone through, sent in, approved, and on request."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from borgere.models import Sag
from borgere.services import laas_sag
from rehabilitering.models import Forberedelsesversion, ForberedendeDel
from rehabilitering.services import forberedelse
from ressource import haendelser
from ressource.models import Bruger, Haendelse

Anledning = Forberedelsesversion.Anledning
# What happens to a forberedende del, and why it is kept as it stood then.
_VED: dict[str, Anledning] = {
    "forberedende_del.gennemgaaet": Anledning.GENNEMGAAET,
    "kvalitetssikring.indsendt": Anledning.INDSENDT,
    "kvalitetssikring.godkendt": Anledning.GODKENDT,
}
# Besides what the writing page saves.
_HOVED = (*forberedelse.HOVEDFELTER, "tragt_spurgt", "gennemgaaet_dato")
_AFSNIT = (*forberedelse.AFSNITSFELTER, "sammen_dato")


def lyt() -> None:
    """Keep a version at every event that closes a stage. Called once, by the app's `ready`."""
    for kode in _VED:
        haendelser.reager(kode, _ved_haendelse)


def _ved_haendelse(haendelse: Haendelse) -> None:
    """All three are about the newest round, and who logs them holds the case."""
    del_ = ForberedendeDel.objects.filter(sag=haendelse.sag_id).first()
    if del_ and haendelse.af:
        tag(del_, _VED[haendelse.kode], af=haendelse.af)


def tag(del_: ForberedendeDel, anledning: Anledning, *, af: Bruger) -> Forberedelsesversion:
    """Keep the part as it is stored now, inside the caller's transaction, which holds its lock.

    Logs nothing: the caller's own event is the reason it was kept.
    """
    # Whoever holds an instance may hold an old one.
    del_ = ForberedendeDel.objects.select_related("sag__regelsaet").get(pk=del_.pk)
    seneste = del_.versioner.aggregate(nr=Max("nr"))["nr"] or 0
    version = Forberedelsesversion(
        forberedende_del=del_,
        nr=seneste + 1,
        anledning=anledning,
        indhold=indhold(del_.sag, del_),
        oprettet_af=af,
    )
    version.full_clean()
    version.save()
    return version


@transaction.atomic
def gem_som_version(sag: Sag, *, af: Bruger) -> Forberedelsesversion:
    """Keep the newest round's text as a version of its own, to come back to.

    Raises `ValidationError` when nothing is written, or nothing differs from the last version.
    """
    sag = laas_sag(sag.pk)
    del_ = forberedelse.seneste_del(sag)
    if del_ is None:
        raise ValidationError("Der er ikke skrevet noget endnu. Skriv først, og gem så en version.")
    forrige = del_.versioner.first()
    if forrige and forrige.indhold == indhold(sag, del_):
        raise ValidationError(
            f"Der er ikke ændret noget siden version {betegnelse(forrige)}. Den gælder stadig."
        )
    version = tag(del_, Anledning.GEMT, af=af)
    haendelser.log(version, "forberedende_del.version", af=af, sag_id=sag.pk, nr=version.nr)
    return version


def betegnelse(version: Forberedelsesversion) -> str:
    """What people call it: the round's number and its own, `2.1`."""
    return f"{version.forberedende_del.nr}.{version.nr}"


def indhold(sag: Sag, del_: ForberedendeDel) -> dict[str, Any]:
    """Everything a reader sees of the part, as a version keeps it; every section, written or not."""
    return {
        "hoved": {felt: _vaerdi(getattr(del_, felt)) for felt in _HOVED},
        "afsnit": [
            {"kode": linje.kode, "titel": linje.titel}
            | {felt: _vaerdi(getattr(linje.afsnit, felt)) for felt in _AFSNIT}
            for linje in forberedelse.afsnitsliste(sag, del_)
        ],
    }


def _vaerdi(vaerdi: Any) -> Any:
    return vaerdi.isoformat() if isinstance(vaerdi, date) else vaerdi
