"""How a list is shown: what it is narrowed to, its order and its columns, all of it in the address.

    SAGER = Liste(
        navn="sager",
        titel="Mine sager",
        adresse="overblik",
        handling="sag.se",
        kolonner=(
            Kolonne("borger", "Borger", ("fornavn", "efternavn"), fast=True),
            Kolonne("frist", "Næste frist", ("forfald_dato",)),
            Kolonne("maal", "Mål", valgt=False),
        ),
        sortering="frist",
        foerst="nærmeste frist først",
        filtre={"vis": en_af("overskredet", "varslet"), "ejer": heltal},
    )

    valg = Listevalg.laes(SAGER, request.GET)
    valg.filter("vis"), valg.orden_sql("m"), valg.kolonner, valg.forespoergsel(vis=None)

What an address asks for and the list does not know is left out, so that any address shows a list.
A text that was searched for is never part of it (`borgere.soegning`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import F
from django.db.models.expressions import OrderBy
from django.http import QueryDict
from django.urls import reverse

from ressource.models import Rolle

# As many figures as the largest key of the database is sure to hold.
_HOEJST_CIFRE = 18

Vaerdi = Callable[[str], bool]


def en_af(*vaerdier: str) -> Vaerdi:
    """A filter that takes one of `vaerdier`."""
    kendte = frozenset(vaerdier)
    return lambda vaerdi: vaerdi in kendte


def heltal(vaerdi: str) -> bool:
    """A filter that takes the number of something."""
    return vaerdi.isascii() and vaerdi.isdecimal() and len(vaerdi) <= _HOEJST_CIFRE


@dataclass(frozen=True, slots=True)
class Kolonne:
    """One column. `orden` is what it orders by in the list's own rows; empty: it cannot."""

    kode: str
    navn: str
    orden: tuple[str, ...] = ()
    # Always there: the row is known by it.
    fast: bool = False
    # Shown until something else is chosen.
    valgt: bool = True


@dataclass(frozen=True)
class Liste:
    """One list of the house. `navn` is what saved views are kept under (`GemtVisning.side`)."""

    navn: str
    titel: str
    # The view's name, and the action that opens it.
    adresse: str
    handling: str
    kolonner: tuple[Kolonne, ...]
    # A column's code, with «-» before it for the reverse; and the same in words.
    sortering: str
    foerst: str
    filtre: Mapping[str, Vaerdi] = field(default_factory=dict)

    @cached_property
    def koder(self) -> dict[str, Kolonne]:
        """The columns by code."""
        return {kolonne.kode: kolonne for kolonne in self.kolonner}

    @cached_property
    def standard(self) -> tuple[str, ...]:
        """The columns shown when nothing is chosen."""
        return tuple(k.kode for k in self.kolonner if k.fast or k.valgt)


@dataclass(frozen=True, slots=True)
class Overskrift:
    """One heading. `adresse` is the query that orders by it, which nothing does for some."""

    kode: str
    navn: str
    kan_sorteres: bool
    adresse: str
    # The value of `aria-sort`, or empty.
    sorteret: str

    @property
    def ikon(self) -> str:
        """The symbol of the way it is ordered."""
        return f"sort-table-{self.sorteret}"


@dataclass(frozen=True)
class Listevalg:
    """One way to show a list, read from an address. Never changed."""

    liste: Liste
    filtre: dict[str, str]
    sorter: str
    kolonner: tuple[str, ...]
    # Which Overblik a user with more roles is on; goes along, and is no choice.
    rolle: str = ""
    # Whether the bare address is something else: the user's own first view.
    har_standard: bool = False

    @classmethod
    def laes(
        cls, liste: Liste, data: QueryDict, *, sendt: Mapping[str, str] | None = None
    ) -> "Listevalg":
        """What `data` asks for, with what a form `sendt` before it."""
        samlet = {navn: str(data[navn]) for navn in data} | dict(sendt or {})
        sorter = samlet.get("sorter", "")
        kolonne = liste.koder.get(sorter.removeprefix("-"))
        valgte = {kode for tekst in data.getlist("kol") for kode in tekst.split(",")}
        kolonner = tuple(k.kode for k in liste.kolonner if k.fast or k.kode in valgte)
        return cls(
            liste,
            filtre={
                navn: vaerdi
                for navn, maa in liste.filtre.items()
                if (vaerdi := samlet.get(navn, "")) and maa(vaerdi)
            },
            sorter=sorter if kolonne and kolonne.orden else liste.sortering,
            kolonner=kolonner if valgte & set(liste.koder) else liste.standard,
            rolle=samlet.get("rolle", "") if samlet.get("rolle") in Rolle.values else "",
        )

    def filter(self, navn: str, ellers: str = "") -> str:
        """What is chosen of the filter `navn`."""
        return self.filtre.get(navn, ellers)

    @property
    def er_valgt(self) -> bool:
        """Whether anything at all is chosen; the role is not a choice."""
        return bool(self._dele())

    @property
    def viste(self) -> tuple[Kolonne, ...]:
        """The columns shown, in the list's order."""
        return tuple(self.liste.koder[kode] for kode in self.kolonner)

    def _dele(self) -> dict[str, str]:
        dele = dict(self.filtre)
        if self.sorter != self.liste.sortering:
            dele["sorter"] = self.sorter
        if self.kolonner != self.liste.standard:
            dele["kol"] = ",".join(self.kolonner)
        return dele

    @property
    def til_at_gemme(self) -> str:
        """The query a saved view holds: the choices, and nothing about who looks."""
        return urlencode(self._dele(), safe=",")

    def forespoergsel(self, **aendret: object) -> str:
        """The first page in this state as a query, with `aendret` in place; None leaves a part out.

        Where the bare address opens the user's first view, «nothing chosen» is said by the order.
        """
        alle: dict[str, object] = dict.fromkeys((*self.liste.filtre, "sorter", "kol"))
        alle |= self._dele() | aendret
        dele = {navn: vaerdi for navn, vaerdi in alle.items() if vaerdi}
        if self.har_standard and not dele:
            dele["sorter"] = self.liste.sortering
        if self.rolle:
            dele = {"rolle": self.rolle} | dele
        return urlencode(dele, safe=",")

    @property
    def adresse(self) -> str:
        """The address in this state."""
        foresporgsel = self.forespoergsel()
        sti = reverse(self.liste.adresse)
        return f"{sti}?{foresporgsel}" if foresporgsel else sti

    @property
    def hent_xlsx(self) -> str:
        """The link to the whole list, all pages, as a spreadsheet."""
        return f"?{self.forespoergsel(hent='xlsx')}"

    @property
    def hent_csv(self) -> str:
        """The same as CSV."""
        return f"?{self.forespoergsel(hent='csv')}"

    def med(self, *, har_standard: bool) -> "Listevalg":
        """The same in an address where the bare one is taken."""
        return replace(self, har_standard=har_standard)

    @property
    def overskrifter(self) -> list[Overskrift]:
        """The headings shown. One ordered by turns the order round."""
        return [self._overskrift(kolonne) for kolonne in self.viste]

    def _overskrift(self, kolonne: Kolonne) -> Overskrift:
        if not kolonne.orden:
            return Overskrift(kolonne.kode, kolonne.navn, False, "", "")
        stigende, faldende = kolonne.kode, f"-{kolonne.kode}"
        ny = faldende if self.sorter == stigende else stigende
        sorteret = {stigende: "ascending", faldende: "descending"}.get(self.sorter, "")
        adresse = self.forespoergsel(sorter=None if ny == self.liste.sortering else ny)
        return Overskrift(kolonne.kode, kolonne.navn, True, adresse, sorteret)

    @property
    def orden_i_ord(self) -> str:
        """`nærmeste frist først`, `efter fase`, `efter fase, omvendt`."""
        if self.sorter == self.liste.sortering:
            return self.liste.foerst
        navn = self._sorteret_efter.navn
        ord_ = navn if navn[:2].isupper() else navn[:1].lower() + navn[1:]
        return f"efter {ord_}{', omvendt' if self._er_omvendt else ''}"

    @property
    def _sorteret_efter(self) -> Kolonne:
        return self.liste.koder[self.sorter.removeprefix("-")]

    @property
    def _er_omvendt(self) -> bool:
        return self.sorter.startswith("-")

    def orden_sql(self, tabel: str) -> str:
        """What stands after ORDER BY: the column's names in `tabel`, what is missing last.

        The names are the list's own, never the address's.
        """
        retning = "DESC" if self._er_omvendt else "ASC"
        return ", ".join(
            f"{tabel}.{navn} {retning} NULLS LAST" for navn in self._sorteret_efter.orden
        )

    @property
    def orden(self) -> list[OrderBy]:
        """The same for `QuerySet.order_by`."""
        return [
            OrderBy(F(navn), descending=self._er_omvendt, nulls_last=True)
            for navn in self._sorteret_efter.orden
        ]


@dataclass(frozen=True, slots=True)
class Taeller:
    """A count that, chosen, narrows the list to what it counts."""

    navn: str
    antal: int
    adresse: str
    aktiv: bool
    haster: bool


def taellere(
    valg: Listevalg, navne: Mapping[str, str], antal: Mapping[str, int], *, haster: str = ""
) -> list[Taeller]:
    """The counts of the filter `vis`, in the order of `navne`; «alle» is no filter.

    `haster` is the one drawn as urgent while it counts any.
    """
    aktiv = valg.filter("vis", "alle")
    return [
        Taeller(
            navn,
            antal[vis],
            valg.forespoergsel(vis=None if vis == "alle" else vis),
            vis == aktiv,
            vis == haster and antal[vis] > 0,
        )
        for vis, navn in navne.items()
    ]


_lister: dict[str, Liste] = {}


def kend(*lister: Liste) -> None:
    """Let views of these lists be saved; called by each app's `ready`.

    Raises `ValueError` when another list has the name.
    """
    for liste in lister:
        if _lister.setdefault(liste.navn, liste) is not liste:
            raise ValueError(f"Listen «{liste.navn}» er allerede kendt.")


def find(navn: str) -> Liste | None:
    """The list of that name."""
    return _lister.get(navn)
