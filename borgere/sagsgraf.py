"""Every table that belongs to a case or a citizen, found from the models themselves.

A table belongs where a required foreign key leads, over however many others: what is deleted with
the case, or with the citizen when no case is left. Floors above are discovered, not imported. The
history tables follow the table they tell of. Rows that name a case by plain number are declared in
`LOESE`; what is near a case and does not belong to it stands in `UNDTAGET` with the reason.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from functools import cache
from graphlib import TopologicalSorter
from typing import Any

from django.apps import apps
from django.db import models

from borgere.models import Borger, Sag

Model = type[models.Model]


class Ejer(Enum):
    """Whose a row is."""

    SAG = "sag"
    BORGER = "borger"


# Tables without a foreign key to the case, with the field that holds its number.
LOESE: dict[str, str] = {"ressource.Haendelse": "sag_id"}

# Near a case or a citizen, but not theirs: they are neither put in an archive nor deleted with it.
UNDTAGET: dict[str, str] = {
    "ressource.Opslag": (
        "Loggen over opslag har sin egen regel (24 måneder): den viser, hvem der har set sagen, "
        "også efter at den er slettet. Borgeren får den som «opslag i din sag»."
    ),
    "borgere.Sletning": "Protokollen er uden navn og skal overleve sagen.",
}


@dataclass(frozen=True)
class Tabel:
    """One table, and the way from its rows to the case or the citizen, as a lookup."""

    model: Model
    ejer: Ejer
    sti: str

    @property
    def navn(self) -> str:
        """The table's name in the database."""
        return self.model._meta.db_table

    @property
    def er_historik(self) -> bool:
        """Whether it holds former versions of another table's rows."""
        return hasattr(self.model, "pgh_tracked_model")

    @property
    def er_direkte(self) -> bool:
        """Whether its rows name the case or the citizen themselves."""
        return "__" not in self.sti

    def raekker(self, ider: Collection[int]) -> "models.QuerySet[Any]":
        """The rows of the cases, or citizens, with these ids, in the order they were made."""
        return self.model._base_manager.filter(**{f"{self.sti}__in": ider}).order_by("pk")


def fremmednoegler(model: Model) -> list["models.ForeignKey[Any, Any]"]:
    """The model's foreign keys, one-to-one included."""
    return [f for f in model._meta.concrete_fields if isinstance(f, models.ForeignKey)]


def _modeller() -> list[Model]:
    """Every table of the installation, many-to-many ones included; no proxies, no views."""
    alle = apps.get_models(include_auto_created=True)
    return [m for m in alle if m._meta.managed and not m._meta.proxy]


def _find(rod: Model, modeller: list[Model], kendte: Collection[Model]) -> dict[Model, str]:
    """The shortest way over required keys to `rod`, for each model that has one and is not known."""
    stier: dict[Model, str] = {rod: "pk"}
    fundet = [rod]
    while fundet:
        naeste = []
        for model in modeller:
            if model in stier or model in kendte:
                continue
            for felt in fremmednoegler(model):
                maal = felt.related_model
                if not felt.null and maal in fundet:
                    sti = stier[maal]
                    stier[model] = felt.name if sti == "pk" else f"{felt.name}__{sti}"
                    naeste.append(model)
                    break
        fundet = naeste
    return stier


@cache
def tabeller() -> tuple[Tabel, ...]:
    """Every table of a case or a citizen, in an order they can be deleted in: children first.

    Those of cases come before those of citizens, and a history before the table it tells of.
    """
    alle = [m for m in _modeller() if m._meta.label not in UNDTAGET]
    egne = [m for m in alle if not hasattr(m, "pgh_tracked_model")]
    sagens = _find(Sag, egne, ())
    borgerens = _find(Borger, egne, set(sagens))
    fundne = {m: Tabel(m, Ejer.SAG, sti) for m, sti in sagens.items()}
    fundne |= {m: Tabel(m, Ejer.BORGER, sti) for m, sti in borgerens.items()}
    for model in alle:
        fulgt = fundne.get(getattr(model, "pgh_tracked_model", None))  # type: ignore[arg-type]
        if fulgt:
            # The copied keys, not `pgh_obj`: the row itself may have been taken out since.
            sti = "pgh_obj" if fulgt.sti == "pk" else fulgt.sti
            fundne[model] = Tabel(model, fulgt.ejer, sti)
    for navn, felt in LOESE.items():
        fundne[apps.get_model(navn)] = Tabel(apps.get_model(navn), Ejer.SAG, felt)
    return tuple(sorted(_boern_foerst(fundne), key=lambda t: t.ejer is Ejer.BORGER))


def _boern_foerst(fundne: dict[Model, Tabel]) -> list[Tabel]:
    """Sorted so that a table comes before those its rows point to."""
    orden: TopologicalSorter[Model] = TopologicalSorter(dict.fromkeys(fundne, ()))
    for model, tabel in fundne.items():
        for felt in fremmednoegler(model):
            maal = felt.related_model
            if maal in fundne and maal is not model and fundne[maal].ejer is tabel.ejer:
                orden.add(maal, model)
    return [fundne[model] for model in orden.static_order()]


def tabel_for(model: Model) -> Tabel | None:
    """The table in the graph, or None when the model's rows belong to no case or citizen."""
    return next((t for t in tabeller() if t.model is model), None)


def sagens() -> tuple[Tabel, ...]:
    """Those that go with a case."""
    return tuple(t for t in tabeller() if t.ejer is Ejer.SAG)


def borgerens() -> tuple[Tabel, ...]:
    """Those that go with the citizen."""
    return tuple(t for t in tabeller() if t.ejer is Ejer.BORGER)


def loese_henvisninger() -> list[tuple[Tabel, str]]:
    """Optional keys from the citizen's tables into a case's, such as the scan of a consent.

    They are emptied when the case goes and the citizen stays. Histories keep their number: their
    keys are not real ones.
    """
    sagens_modeller = {t.model for t in sagens()}
    return [
        (tabel, felt.name)
        for tabel in borgerens()
        if not tabel.er_historik
        for felt in fremmednoegler(tabel.model)
        if felt.related_model in sagens_modeller
    ]


def glemte() -> list[str]:
    """Models that point at a case's or a citizen's table and are neither in the graph nor exempted.

    Also those with a plain field that is named like a case's or a citizen's key. Empty when all is
    well; a test asks.
    """
    kendte = {t.model for t in tabeller()}
    navne = {"sag_id", "sag_pk", "sagsnummer", "borger_id", "borger_noegle", "personnummer"}
    return sorted(
        model._meta.label
        for model in _modeller()
        if model not in kendte
        and model._meta.label not in UNDTAGET
        and not _foelger_undtaget(model)
        and (
            any(f.related_model in kendte for f in fremmednoegler(model))
            or any(f.name in navne for f in model._meta.concrete_fields)
        )
    )


def _foelger_undtaget(model: Model) -> bool:
    fulgt = getattr(model, "pgh_tracked_model", None)
    return fulgt is not None and fulgt._meta.label in UNDTAGET
