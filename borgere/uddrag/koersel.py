"""Making an ordered archive: one worker at a time, again after one that died, never half stored."""

import hashlib
import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from django.db import OperationalError, connection, transaction
from django.db.models import F
from django.utils import timezone

from borgere.models import Uddrag, Uddragsdel
from borgere.uddrag import data, indeks, indsigt, originaler
from borgere.uddrag.arkiv import Arkiv
from borgere.uddrag.raekker import Indhold, saml
from ressource import tidsgraense
from ressource.pdf import PdfUtilgaengelig

logger = logging.getLogger(__name__)

# Any number: with the order's id it names the lock that one worker holds while it works.
_LAAS = 7_301_957
STYKKE = 1024 * 1024
HOEJST_FORSOEG = 3
OPGIVET = "Uddraget kunne ikke laves. Bestil det igen, og sig det til driften, hvis det sker igen."


def koer(uddrag_id: int) -> bool:
    """Make the archive; False when it is made, given up, or another worker is at it.

    The lock lives with the database connection, so a killed worker lets go of it, and whoever is
    called next begins again. A worker that dies each time is not called for ever: after
    `HOEJST_FORSOEG` the order says that it failed. Raises `OperationalError` for the job to retry.
    """
    with _alene_om(uddrag_id) as alene:
        if not alene:
            return False
        uddrag = Uddrag.objects.filter(pk=uddrag_id, faerdig_den=None, fejl="").first()
        if uddrag is None:
            return False
        if uddrag.forsoeg >= HOEJST_FORSOEG:
            _opgiv(uddrag, OPGIVET)
            return False
        Uddrag.objects.filter(pk=uddrag.pk).update(forsoeg=F("forsoeg") + 1)
        try:
            _dan(uddrag)
        except OperationalError:
            raise
        except PdfUtilgaengelig as fejl:
            _opgiv(uddrag, str(fejl))
            return False
        except Exception:
            logger.exception("Uddrag %s kunne ikke laves.", uddrag.pk)
            _opgiv(uddrag, OPGIVET)
            return False
        return True


def ventende() -> list[int]:
    """Orders that are neither finished nor given up, oldest first."""
    fundne = Uddrag.objects.filter(faerdig_den=None, fejl="").order_by("pk")
    return list(fundne.values_list("pk", flat=True))


@contextmanager
def _alene_om(uddrag_id: int) -> Iterator[bool]:
    """Whether nobody else is at work on the order; until the block ends nobody else can be."""
    with connection.cursor() as markoer:
        markoer.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LAAS, uddrag_id])
        (alene,) = markoer.fetchone()
    try:
        yield alene
    finally:
        if alene and not connection.needs_rollback:
            with connection.cursor() as markoer:
                markoer.execute("SELECT pg_advisory_unlock(%s, %s)", [_LAAS, uddrag_id])


def _opgiv(uddrag: Uddrag, hvorfor: str) -> None:
    Uddrag.objects.filter(pk=uddrag.pk).update(fejl=hvorfor[:200], trin="")


def _melde(uddrag: Uddrag, fremdrift: int, trin: str) -> None:
    Uddrag.objects.filter(pk=uddrag.pk).update(fremdrift=fremdrift, trin=trin)


def _dan(uddrag: Uddrag) -> None:
    _melde(uddrag, 5, "Samler sagens oplysninger")
    indhold = saml(uddrag)
    udeladt = indsigt.rens(indhold) if uddrag.art == Uddrag.Art.INDSIGT else 0
    with tempfile.TemporaryFile(prefix="uddrag-") as fil:
        _skriv(indhold, udeladt, fil)
        _melde(uddrag, 95, "Gemmer uddraget")
        _gem(uddrag, fil)


def _skriv(indhold: Indhold, udeladt: int, fil: IO[bytes]) -> None:
    """The whole ZIP, in `fil`. In memory at one time: the rows, and one document or the PDF."""
    uddrag = indhold.uddrag
    filer = originaler.i_orden(indhold)
    om = {
        "art": uddrag.get_art_display(),
        "sag": indhold.sager[0].sagsnummer,
        "bestilt": uddrag.bestilt_den.isoformat(),
        "raekker": {t.tabel.navn: len(t.raekker) for t in indhold.tabeller},
        "udeladte_oplysninger_om_andre": udeladt,
    }
    with Arkiv(fil, om) as arkiv:
        _melde(uddrag, 15, "Skriver indekset")
        arkiv.skriv("indeks.pdf", [indeks.dan(indhold, udeladt)])
        _melde(uddrag, 50, "Skriver data")
        arkiv.skriv("data.json", data.stykker(indhold, filer))
        for nr, original in enumerate(filer, start=1):
            _melde(uddrag, 55 + 40 * nr // len(filer), f"Lægger fil {nr} af {len(filer)} i")
            arkiv.skriv(original.fil, originaler.indhold_af(original))


@transaction.atomic
def _gem(uddrag: Uddrag, fil: IO[bytes]) -> None:
    """Store the file in pieces with its sum; all of it or nothing."""
    tidsgraense.ophaev()
    uddrag.dele.all().delete()
    sum_, antal = hashlib.sha256(), 0
    fil.seek(0)
    for nr, stykke in enumerate(iter(lambda: fil.read(STYKKE), b"")):
        Uddragsdel.objects.create(uddrag=uddrag, nr=nr, indhold=stykke)
        sum_.update(stykke)
        antal += len(stykke)
    Uddrag.objects.filter(pk=uddrag.pk).update(
        fremdrift=100,
        trin="",
        faerdig_den=timezone.now(),
        antal_byte=antal,
        sha256=sum_.hexdigest(),
    )


def stykker(uddrag: Uddrag) -> Iterator[bytes]:
    """The stored bytes, a piece at a time."""
    for pk in uddrag.dele.order_by("nr").values_list("pk", flat=True):
        yield bytes(Uddragsdel.objects.values_list("indhold", flat=True).get(pk=pk))
