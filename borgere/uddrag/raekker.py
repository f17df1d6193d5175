"""What an archive holds: the rows of every table of the case and the citizen, at one moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction

from borgere import sagsgraf
from borgere.models import Borger, Sag, Uddrag
from borgere.sagsgraf import Ejer, Tabel
from borgere.uddrag.beskrivelser import Raekke
from ressource import tidsgraense

# The bytes of former archives: an archive does not hold archives.
IKKE_I_UDDRAG = frozenset({"borgere.Uddragsdel"})


@dataclass
class Tabeldata:
    """One table's rows as they go into the archive: every column but stored bytes."""

    tabel: Tabel
    felter: list[str]
    raekker: list[Raekke]

    @property
    def model(self) -> sagsgraf.Model:
        """The table's model."""
        return self.tabel.model

    @property
    def label(self) -> str:
        """`app.Model`; a history has its own."""
        return self.model._meta.label


@dataclass
class Indhold:
    """Everything an archive is made of, but the documents' bytes."""

    uddrag: Uddrag
    borger: Borger
    # The ordered one first, the others by age.
    sager: list[Sag]
    tabeller: list[Tabeldata]
    # Names of the staff and of what else the rows point to, by (model label, id).
    navne: dict[tuple[str, int], str]

    def data(self, label: str) -> list[Raekke]:
        """The rows of one table."""
        return next((t.raekker for t in self.tabeller if t.label == label), [])


def saml(uddrag: Uddrag) -> Indhold:
    """Read all of it in one snapshot: no row of one table without its kin in another.

    The case file is one case with its citizen; the article 15 extract is the citizen with every
    case. One statement per table, whatever the rows.
    """
    with _oejebliksbillede():
        sag = Sag.objects.select_related("borger", "regelsaet", "team").get(pk=uddrag.sag_id)
        sager = [sag]
        if uddrag.art == Uddrag.Art.INDSIGT:
            andre = Sag.objects.filter(borger=sag.borger).exclude(pk=sag.pk)
            sager += andre.select_related("borger", "regelsaet", "team").order_by("pk")
        ider = {Ejer.SAG: [s.pk for s in sager], Ejer.BORGER: [sag.borger_id]}
        tabeller = [
            _laes(tabel, ider[tabel.ejer])
            # Parents first: a reader meets a plan before its lines.
            for tabel in reversed(sagsgraf.tabeller())
            if tabel.model._meta.label not in IKKE_I_UDDRAG
        ]
        return Indhold(uddrag, sag.borger, sager, tabeller, _navne(tabeller))


@contextmanager
def _oejebliksbillede() -> Iterator[None]:
    """One moment's view of all tables; inside somebody's transaction, that one's view."""
    yderst = not connection.in_atomic_block
    with transaction.atomic():
        if yderst:
            with connection.cursor() as markoer:
                markoer.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        tidsgraense.ophaev()
        yield


def felter_i(model: sagsgraf.Model) -> "list[models.Field[Any, Any]]":
    """The columns that go into an archive: all but stored bytes and what is computed from others."""
    return [
        f
        for f in model._meta.concrete_fields
        if not isinstance(f, models.BinaryField | models.GeneratedField)
    ]


def _laes(tabel: Tabel, ider: list[int]) -> Tabeldata:
    felter = [f.attname for f in felter_i(tabel.model)]
    return Tabeldata(tabel, felter, list(tabel.raekker(ider).values(*felter)))


def _navne(tabeller: list[Tabeldata]) -> dict[tuple[str, int], str]:
    """The words for what rows point to outside the graph: staff, teams, kinds of effort, meetings."""
    i_grafen = {t.model for t in sagsgraf.tabeller()}
    soegte: dict[sagsgraf.Model, set[int]] = {}
    for data in tabeller:
        for felt in sagsgraf.fremmednoegler(data.model):
            maal = felt.related_model
            if maal not in i_grafen and maal._meta.label != "pghistory.Context":
                fundne = {r[felt.attname] for r in data.raekker} - {None}
                soegte.setdefault(maal, set()).update(fundne)
    return {
        (model._meta.label, raekke.pk): getattr(raekke, "navn", "") or str(raekke)
        for model, ider in soegte.items()
        if ider
        for raekke in model._base_manager.filter(pk__in=ider)
    }
