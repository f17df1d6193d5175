"""The lawful way out of an append-only table: deleted under a rule, with a keyed protocol.

Whoever deletes old log rows or a whole case (retention) uses `slet_udloebne` or `slet`; a row that
disappears in any other way is reported as removed by `efterproev`.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

import pgtrigger
from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from psycopg import sql

from ressource import tidsgraense
from ressource.models import Seglfrigivelse
from ressource.segl import kaede
from ressource.segl.forsegling import PARTI
from ressource.segl.tabeller import Tabel, tabeller


@transaction.atomic
def frigiv(tabel: str, ider: Sequence[int], *, regel: str) -> None:
    """Write in the protocol that the rows `ider` of `tabel` are deleted under `regel`.

    `regel` is a Danish phrase of at most 200 characters, without personal data. Call it in the
    transaction that deletes the rows. Raises `KeyError` for a table that is not sealed.
    """
    tabeller()[tabel]
    sorteret = sorted(ider)
    for start in range(0, len(sorteret), PARTI):
        parti = sorteret[start : start + PARTI]
        frigivelse = Seglfrigivelse(
            tabel=tabel,
            ider=parti,
            foerste_id=parti[0],
            sidste_id=parti[-1],
            regel=regel,
            tidspunkt=timezone.now(),
        )
        frigivelse.kode = kaede.for_frigivelse(frigivelse)
        frigivelse.full_clean()
        frigivelse.save(force_insert=True)


@transaction.atomic
def slet(raekker: "models.QuerySet[Any]", *, regel: str) -> int:
    """Delete the rows of an append-only table under `regel`, with a protocol; gives how many.

    For the deletion of a case: `slet(Model.pgh_event_model.objects.filter(pgh_obj_id__in=…),
    regel=…)`, and likewise for `Haendelse` and `Opslag`. Rows that something still points to make
    it fail (`IntegrityError`). Raises `KeyError` for a table that is not append-only.
    """
    tabel = tabeller()[raekker.model._meta.db_table]
    antal, sidste = 0, None
    while True:
        resten = raekker.order_by("pk") if sidste is None else raekker.filter(pk__gt=sidste)
        ider = list(resten.order_by("pk").values_list("pk", flat=True)[:PARTI])
        if not ider:
            return antal
        frigiv(tabel.navn, ider, regel=regel)
        _slet_ider(tabel, ider)
        antal, sidste = antal + len(ider), ider[-1]


def slet_udloebne(tabel: str, *, foer: date, regel: str) -> int:
    """Delete the sealed batches of `tabel` all of whose rows are older than `foer`; gives how many.

    A batch with one younger row stays whole until its turn comes. Rows that something points to (a
    spot check keeps what it judged) stay as long as that does. One transaction per batch: stopped in
    the middle, the next run goes on; twice does no harm.
    """
    kendt = tabeller()[tabel]
    graense = timezone.make_aware(datetime.combine(foer, time.min))
    return sum(
        _slet_parti(kendt, foerste, sidste, regel)
        for foerste, sidste in _udloebne_partier(kendt, graense)
    )


def _udloebne_partier(tabel: Tabel, graense: datetime) -> list[tuple[int, int]]:
    """First and last id of the batches that still have rows, none of them from `graense` on."""
    sporg = sql.SQL(
        "SELECT fra, til FROM (SELECT nr, ider[1] AS fra, ider[cardinality(ider)] AS til"
        " FROM ressource_segl WHERE tabel = %(tabel)s) s"
        " WHERE EXISTS (SELECT 1 FROM {tabel} WHERE {noegle} BETWEEN fra AND til)"
        " AND NOT EXISTS (SELECT 1 FROM {tabel} WHERE {noegle} BETWEEN fra AND til"
        " AND {tid} >= %(graense)s) ORDER BY nr"
    ).format(
        tabel=sql.Identifier(tabel.navn),
        noegle=sql.Identifier(tabel.noegle),
        tid=sql.Identifier(tabel.tid),
    )
    with transaction.atomic(), connection.cursor() as markoer:
        tidsgraense.ophaev()
        markoer.execute(sporg, {"tabel": tabel.navn, "graense": graense})
        return list(markoer.fetchall())


@transaction.atomic
def _slet_parti(tabel: Tabel, foerste: int, sidste: int, regel: str) -> int:
    tidsgraense.ophaev()
    raekker = tabel.model._default_manager.filter(pk__range=(foerste, sidste))
    for peger in _peger_paa(tabel.model):
        andre = peger.model._default_manager.filter(**{peger.name: OuterRef("pk")})
        raekker = raekker.exclude(Exists(andre))
    return slet(raekker, regel=regel)


def _peger_paa(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    """The keys by which other tables hold on to rows of `model`."""
    relationer = model._meta.get_fields(include_hidden=True)
    felter = [r.field for r in relationer if isinstance(r, models.ManyToOneRel)]
    # The field history's keys are no real constraints: it keeps nothing here.
    return [felt for felt in felter if getattr(felt, "db_constraint", False)]


def _slet_ider(tabel: Tabel, ider: Sequence[int]) -> None:
    with pgtrigger.ignore(tabel.trigger), connection.cursor() as markoer:
        markoer.execute(
            sql.SQL("DELETE FROM {} WHERE {} = ANY(%s)").format(
                sql.Identifier(tabel.navn), sql.Identifier(tabel.noegle)
            ),
            [list(ider)],
        )
