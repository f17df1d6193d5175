"""Sealing what is new, in batches, exactly: no row that commits late is ever passed by."""

import logging
from dataclasses import dataclass

from django.db import OperationalError, connection, transaction
from django.utils import timezone
from psycopg import errors, sql

from ressource import tidsgraense
from ressource.models import Segl
from ressource.segl import kaede
from ressource.segl.tabeller import Tabel, aftryk, fast_skrivemaade, stoerste_id, tabeller

logger = logging.getLogger(__name__)

PARTI = 10_000
# Writers queue behind the lock while it waits: better to come again in an hour.
LAASEVENTETID_MS = 2_000


@dataclass(frozen=True)
class Hoved:
    """The newest seal of one table after a run, to be kept outside the database."""

    tabel: str
    nr: int
    kaede: str
    # How many rows this run sealed; `optaget`: the table was in use, or another run had it.
    nye: int
    optaget: bool

    def __str__(self) -> str:
        return f"{self.tabel}:{self.nr}:{self.kaede}"


def forsegl() -> list[Hoved]:
    """Seal every row that is committed and not yet sealed; gives the head of each chain.

    Call it outside a transaction: each batch (at most `PARTI` rows) is its own, so that a run that
    is stopped leaves whole seals only and the next goes on. Two runs at once do each batch once. A
    table that is being written to without pause is left for the next run (`optaget`).
    """
    hoveder = []
    for tabel in tabeller().values():
        hoved = _forsegl_tabel(tabel)
        if hoved is None:
            continue
        if hoved.nye:
            logger.info("Segl sat: %s (%s nye rækker)", hoved, hoved.nye)
        if hoved.optaget:
            logger.warning("Tabellen %s var optaget. Resten forsegles næste gang.", tabel.navn)
        hoveder.append(hoved)
    return hoveder


def _forsegl_tabel(tabel: Tabel) -> Hoved | None:
    """The head of the table's chain; None when nothing has ever been sealed or could be."""
    nye, optaget = 0, False
    if _har_nyt(tabel):
        graense = _graense(tabel)
        optaget = graense is None
        while graense is not None:
            antal = _forsegl_parti(tabel, graense)
            if antal is None:
                optaget = True
            if not antal:
                break
            nye += antal
    sidste = _sidste(tabel.navn)
    if sidste is None and not optaget:
        return None
    nr, kode = (sidste.nr, sidste.kaede) if sidste else (0, "")
    return Hoved(tabel.navn, nr, kode, nye, optaget)


def _sidste(tabel: str) -> Segl | None:
    # A head line needs neither the ids nor the fingerprints.
    return Segl.objects.filter(tabel=tabel).only("nr", "kaede").order_by("-nr").first()


def _sidste_id(tabel: str) -> int | None:
    raekke = Segl.objects.filter(tabel=tabel).order_by("-nr").values_list("ider", flat=True).first()
    return raekke[-1] if raekke else None


def _har_nyt(tabel: Tabel) -> bool:
    """Whether there seems to be something to seal; asked without a lock."""
    with connection.cursor() as markoer:
        stoerste = stoerste_id(markoer, tabel)
    forseglet = _sidste_id(tabel.navn)
    return stoerste is not None and (forseglet is None or stoerste > forseglet)


def _graense(tabel: Tabel) -> int | None:
    """The highest id below which nothing more can come; None when the table is in use.

    A number is given out before its row is committed, so the highest one seen says nothing about
    those below it. The lock waits until every transaction that writes to the table has ended.
    """
    try:
        with transaction.atomic(), connection.cursor() as markoer:
            markoer.execute("SELECT set_config('lock_timeout', %s, true)", [str(LAASEVENTETID_MS)])
            markoer.execute(
                sql.SQL("LOCK TABLE {} IN SHARE MODE").format(sql.Identifier(tabel.navn))
            )
            return stoerste_id(markoer, tabel)
    except OperationalError as fejl:
        if isinstance(fejl.__cause__, errors.LockNotAvailable):
            return None
        raise


@transaction.atomic
def _forsegl_parti(tabel: Tabel, til: int) -> int | None:
    """Seal the next batch of rows up to `til`; how many, or None when another run has the table."""
    tidsgraense.ophaev()
    with connection.cursor() as markoer:
        markoer.execute(
            "SELECT pg_try_advisory_xact_lock(hashtext('ressource.segl'), hashtext(%s))",
            [tabel.navn],
        )
        if markoer.fetchone() != (True,):
            return None
        sidste = Segl.objects.filter(tabel=tabel.navn).order_by("-nr").first()
        fast_skrivemaade(markoer)
        markoer.execute(
            aftryk(tabel, tabel.kolonner),
            {"efter": sidste.ider[-1] if sidste else None, "til": til, "hoejst": PARTI},
        )
        raekker = markoer.fetchall()
    if not raekker:
        return 0
    segl = Segl(
        tabel=tabel.navn,
        nr=sidste.nr + 1 if sidste else 1,
        kolonner=list(tabel.kolonner),
        ider=[raekke[0] for raekke in raekker],
        fingeraftryk=[raekke[1] for raekke in raekker],
        forrige=sidste.kaede if sidste else "",
        tidspunkt=timezone.now(),
    )
    segl.kaede = kaede.for_segl(segl)
    segl.save(force_insert=True)
    return len(raekker)
