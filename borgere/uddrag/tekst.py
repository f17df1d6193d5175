"""Rows as a person reads them: one entry each, dated, with labels and Danish values."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone

from borgere import sagsgraf
from borgere.models import Dokument, Sag
from borgere.sagsgraf import Ejer
from borgere.uddrag import beskrivelser, originaler
from borgere.uddrag.beskrivelser import Raekke
from borgere.uddrag.indsigt import UDELADT
from borgere.uddrag.raekker import Indhold, Tabeldata, felter_i
from ressource import dansk

# By which of its dates a row stands in the course, unless its app says otherwise.
_DATOER = (
    "dato",
    "anmodet_dato",
    "afsendt_dato",
    "tidspunkt",
    "start_dato",
    "fra_dato",
    "fra_tid",
    "bestilt_den",
    "booket_den",
    "sat_paa_den",
    "oprettet_den",
)
_SKJUL = frozenset({"laas", "noegle"})
_ISO_DATO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")


@dataclass
class Post:
    """One entry: a row, and the rows that belong under it."""

    dato: date
    slags: str
    titel: str
    linjer: list[tuple[str, str]]
    anker: str
    under: list["Post"] = field(default_factory=list)


class Fortaeller:
    """Tells the rows of one archive."""

    def __init__(self, indhold: Indhold) -> None:
        self.indhold = indhold
        self.originaler = originaler.i_orden(indhold)
        self._filer = {o.pk: o.fil for o in self.originaler}
        self._tabeller = {t.model: t for t in indhold.tabeller}
        self._raekker = {
            t.model: {r[t.model._meta.pk.attname]: r for r in t.raekker} for t in indhold.tabeller
        }

    def sagen(self, sag: Sag) -> Post:
        """The case's own row."""
        return self._post(self._tabeller[Sag], self._raekker[Sag][sag.pk], sag)

    def forloebet(self, sag: Sag) -> list[Post]:
        """Everything that happened in the case, oldest first; what has no date is under its own."""
        poster: dict[tuple[sagsgraf.Model, int], Post] = {}
        oeverst: list[Post] = []
        for data in self.indhold.tabeller:
            if data.tabel.ejer is not Ejer.SAG or data.tabel.er_historik or data.model is Sag:
                continue
            if data.label in sagsgraf.LOESE:
                continue
            for raekke in data.raekker:
                if self._sag_id(data, raekke) != sag.pk:
                    continue
                post = self._post(data, raekke, sag)
                poster[data.model, raekke[data.model._meta.pk.attname]] = post
                over = None if self._staar_selv(data) else poster.get(self._over(data, raekke))
                (over.under if over else oeverst).append(post)
        return sorted(oeverst, key=lambda p: (p.dato, p.slags, p.anker))

    def borgeren(self) -> list[Post]:
        """The citizen's own rows, by kind."""
        sag = self.indhold.sager[0]
        return [
            self._post(data, raekke, sag)
            for data in self.indhold.tabeller
            if data.tabel.ejer is Ejer.BORGER and not data.tabel.er_historik
            for raekke in data.raekker
        ]

    def rettelser(self) -> list[Post]:
        """What rows said before they were changed, oldest first; only the fields that changed."""
        fundne: list[Post] = []
        for data in self.indhold.tabeller:
            if not data.tabel.er_historik:
                continue
            fulgt: Any = data.model.pgh_tracked_model  # type: ignore[attr-defined]
            nu = dict(self._raekker.get(fulgt, {}))
            # Newest first: what an event changed is told by the version after it.
            for raekke in sorted(data.raekker, key=lambda r: -r["pgh_id"]):
                senere = nu.get(raekke["pgh_obj_id"])
                nu[raekke["pgh_obj_id"]] = raekke
                if senere and (linjer := self._forskel(fulgt, raekke, senere)):
                    fundne.append(
                        Post(
                            _dag(raekke["pgh_created_at"]),
                            "Rettelse",
                            f"{_navn(fulgt)}, nr. {raekke['pgh_obj_id']}: tidligere",
                            linjer,
                            f"r-{data.tabel.navn}-{raekke['pgh_id']}",
                        )
                    )
        return sorted(fundne, key=lambda p: (p.dato, p.anker))

    def _forskel(self, model: sagsgraf.Model, foer: Raekke, efter: Raekke) -> list[tuple[str, str]]:
        skjul = beskrivelser.for_model(model._meta.label).skjul | _SKJUL
        return [
            (_etiket(f), self._vis(f, foer[f.attname]) or "ikke udfyldt")
            for f in felter_i(model)
            if f.attname in foer
            and f.name not in skjul
            and not f.name.startswith("rettet_")
            and foer[f.attname] != efter.get(f.attname)
        ]

    def _post(self, data: Tabeldata, raekke: Raekke, sag: Sag) -> Post:
        om = beskrivelser.for_model(data.label)
        linjer = [
            (_etiket(f), tekst)
            for f in felter_i(data.model)
            if not f.primary_key
            and f.name not in om.skjul | _SKJUL
            and (tekst := self._vis(f, raekke[f.attname]))
        ]
        return Post(
            self._dato(om.datoer or _DATOER, raekke, sag),
            _navn(data.model),
            om.titel(raekke, sag) if om.titel else self._titel(data, raekke, om.titelfelt),
            linjer,
            f"{data.tabel.navn}-{raekke[data.model._meta.pk.attname]}",
        )

    def _titel(self, data: Tabeldata, raekke: Raekke, felt: str) -> str:
        navn = _navn(data.model)
        if not felt:
            return navn
        noegle: Any = data.model._meta.get_field(felt)
        return f"{navn}: {self._vis(noegle, raekke[noegle.attname])}"

    @staticmethod
    def _dato(felter: tuple[str, ...], raekke: Raekke, sag: Sag) -> date:
        # A field of such a name may hold text, e.g. what time of day somebody wants.
        datoer = (_dag(raekke[f]) for f in felter if isinstance(raekke.get(f), date))
        return next(datoer, sag.oprettet_dato)

    @staticmethod
    def _staar_selv(data: Tabeldata) -> bool:
        """Whether the table's rows stand in the course by themselves."""
        return data.tabel.er_direkte or bool(beskrivelser.for_model(data.label).datoer)

    @staticmethod
    def _over(data: Tabeldata, raekke: Raekke) -> tuple[sagsgraf.Model, int]:
        noegle: Any = data.model._meta.get_field(data.tabel.sti.split("__")[0])
        return noegle.related_model, raekke[noegle.attname]

    def _sag_id(self, data: Tabeldata, raekke: Raekke) -> int:
        """The case a row belongs to, up through the rows above it."""
        if data.model is Sag:
            return int(raekke["id"])
        if data.tabel.er_direkte:
            felt: Any = data.model._meta.get_field(data.tabel.sti)
            return int(raekke[felt.attname])
        model, pk = self._over(data, raekke)
        return self._sag_id(self._tabeller[model], self._raekker[model][pk])

    def _vis(self, felt: "models.Field[Any, Any]", vaerdi: Any) -> str:
        """A value in Danish; empty for what is empty and for keys to rows told elsewhere."""
        if vaerdi is None or vaerdi in ("", [], {}):
            return ""
        if isinstance(felt, models.ForeignKey) and vaerdi != UDELADT:
            if felt.related_model is Dokument:
                return self._filer.get(vaerdi, "")
            return self.indhold.navne.get((felt.related_model._meta.label, vaerdi), "")
        if valg := _valg(felt):
            dele = vaerdi if isinstance(vaerdi, list) else [vaerdi]
            return ", ".join(str(valg.get(del_, del_)) for del_ in dele)
        return i_ord(vaerdi)


def i_ord(vaerdi: Any) -> str:
    """A value without a field of its own, such as one inside a JSON, in Danish."""
    match vaerdi:
        case bool():
            return "ja" if vaerdi else "nej"
        case datetime():
            return dansk.tidspunkt(vaerdi)
        case date():
            return dansk.dato(vaerdi)
        case Decimal() | float():
            return dansk.decimal(vaerdi, 1)
        case Mapping():
            return _opslag_i_ord(vaerdi)
        case list():
            return "\n".join(f"– {i_ord(v)}" for v in vaerdi)
        case str():
            return _ISO_DATO.sub(r"\3.\2.\1", vaerdi)
    return "" if vaerdi is None else str(vaerdi)


def _opslag_i_ord(vaerdi: Mapping[str, Any]) -> str:
    """A JSON object: lists on lines of their own, the rest on one. Its own numbers say nothing."""
    dele = [(_oversat(n), v) for n, v in vaerdi.items() if n != "id" and v not in ("", None, [])]
    enkle = "; ".join(f"{n}: {i_ord(v)}" for n, v in dele if not isinstance(v, list))
    lister = [f"{n}:\n{i_ord(v)}" for n, v in dele if isinstance(v, list)]
    return "\n".join([enkle] * bool(enkle) + lister)


def _oversat(navn: str) -> str:
    """A name of the code in Danish letters: `planlagt_start`, `omraade`."""
    for ascii_, dansk_ in (("_", " "), ("ae", "æ"), ("oe", "ø"), ("aa", "å")):
        navn = navn.replace(ascii_, dansk_)
    return navn


def _dag(vaerdi: date | datetime) -> date:
    return timezone.localtime(vaerdi).date() if isinstance(vaerdi, datetime) else vaerdi


def _navn(model: sagsgraf.Model) -> str:
    navn = str(model._meta.verbose_name)
    return navn[:1].upper() + navn[1:]


def _etiket(felt: "models.Field[Any, Any]") -> str:
    navn = str(felt.verbose_name)
    if navn == felt.name.replace("_", " "):
        # Nobody wrote a label, so it is the code's own name.
        navn = _oversat(navn)
    return navn[:1].upper() + navn[1:]


def _valg(felt: Any) -> dict[Any, str]:
    """The labels of a field's codes, or of those of its list."""
    return dict(getattr(felt, "base_field", felt).flatchoices)
