"""The frame round every page: menu per role, the municipality's name, unread reminders.

Templates read it as `ramme`. Nothing is asked of the database before a template does.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from ressource.adgang import maa
from ressource.models import Bruger, Rolle


@dataclass(frozen=True)
class Menupunkt:
    """One line of the main menu; left out when the role may not or the page does not exist.

    `sider` are beginnings of view names that belong under the item. The longest one that fits the
    page decides which item is marked.
    """

    label: str
    url_navn: str
    handling: str
    sider: tuple[str, ...] = ()


MENU = (
    Menupunkt("Overblik", "overblik", "overblik.se"),
    Menupunkt(
        "Sager",
        "borgere:sag_liste",
        "sag.se",
        ("sag", "borgere:", "rehabilitering:", "indsatsplan:", "opfoelgning:"),
    ),
    Menupunkt("Sparring", "rehabilitering:sparring", "sparring.se", ("rehabilitering:sparring",)),
    Menupunkt(
        "Teammøder",
        "rehabilitering:moede_liste",
        "moede.liste",
        (
            "rehabilitering:moede",
            "rehabilitering:live",
            "rehabilitering:sagspakker",
            "indsatsplan:tilbagemelding",
        ),
    ),
    Menupunkt(
        "Virksomheder", "indsatsplan:virksomheder", "virksomhed.se", ("indsatsplan:virksomhed",)
    ),
    Menupunkt("Overdragelse", "borgere:overdragelse", "sag.overdrag", ("borgere:overdragelse",)),
    Menupunkt(
        "Indlæsning", "borgere:indlaesning_liste", "borger.indlaes", ("borgere:indlaesning",)
    ),
    Menupunkt("Adgang", "borgere:adgang", "adgang.forklar"),
    Menupunkt(
        "Sletning", "borgere:sletninger", "sletning.se", ("borgere:sletning", "borgere:bevaring")
    ),
    Menupunkt(
        "Tilsyn", "borgere:tilsyn", "adgang.tilsyn", ("borgere:tilsyn", "borgere:stikproeve")
    ),
    Menupunkt("Nøgletal", "noegletal:dashboard", "noegletal.se", ("noegletal:",)),
    Menupunkt(
        "Regelsæt",
        "rehabilitering:regelsaet_liste",
        "regelsaet.se",
        ("rehabilitering:regelsaet",),
    ),
    Menupunkt(
        "Fristregler",
        "opfoelgning:fristregler",
        "fristregel.ret",
        ("opfoelgning:fristregel",),
    ),
    Menupunkt(
        "Skabeloner",
        "rehabilitering:skabeloner",
        "skabelon.ret",
        ("rehabilitering:skabelon",),
    ),
    Menupunkt(
        "Breve", "rehabilitering:brevskabeloner", "brev.se", ("rehabilitering:brevskabelon",)
    ),
    Menupunkt(
        "Indsatstyper",
        "rehabilitering:indsatstyper",
        "katalog.ret",
        ("rehabilitering:indsatstype",),
    ),
    Menupunkt(
        "Progression",
        "opfoelgning:progressionskataloger",
        "katalog.ret",
        ("opfoelgning:progressionskatalog", "opfoelgning:progressionsindikator"),
    ),
    Menupunkt(
        "Lægeregister",
        "borgere:laegepraksis_liste",
        "laegepraksis.ret",
        ("borgere:laegepraksis",),
    ),
)
SOEG = Menupunkt("Søg", "borgere:soeg", "sag.soeg")
# Under the user's own name: seldom used, never in the way.
BRUGERMENU = (
    Menupunkt(
        "Vikarer", "borgere:stedfortraedere", "adgang.stedfortraeder", ("borgere:stedfortraeder",)
    ),
    Menupunkt(
        "Lukkedage", "rehabilitering:lukkedage", "lukkedag.ret", ("rehabilitering:lukkedag",)
    ),
    Menupunkt("Klager", "rehabilitering:klager", "klage.se", ("rehabilitering:klager",)),
    Menupunkt("Inhabilitet", "borgere:inhabilitet", "adgang.inhabil_ret"),
    Menupunkt("Nødadgang", "borgere:noedadgang", "adgang.noedadgang"),
    Menupunkt("Mine beskeder", "beskeder", "besked.se", ("besked",)),
    Menupunkt("Abonnér i kalender", "kalender", "kalender.abonner"),
)
PAAMINDELSER = Menupunkt("Påmindelser", "opfoelgning:paamindelser", "paamindelse.se")


@dataclass(frozen=True)
class Link:
    """A menu item as the template shows it; `aktiv` is the value of `aria-current`, or empty."""

    label: str
    url_navn: str
    url: str
    aktiv: str


_paamindelsestaellere: list[Callable[[Bruger], int]] = []


def registrer_paamindelsestaeller(taeller: Callable[[Bruger], int]) -> Callable[[Bruger], int]:
    """Let a floor above count a user's unread reminders; call it from `AppConfig.ready`."""
    if taeller not in _paamindelsestaellere:
        _paamindelsestaellere.append(taeller)
    return taeller


class Ramme:
    """What the page frame needs of one request; each part is computed when first read."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.kommune: str = settings.RESSOURCE_KOMMUNE

    @cached_property
    def bruger(self) -> Bruger | None:
        """Who is signed in, if anybody."""
        bruger = getattr(self._request, "user", None)
        return cast(Bruger, bruger) if bruger is not None and bruger.is_authenticated else None

    @cached_property
    def rolletekst(self) -> str:
        """The user's roles in words."""
        return ", ".join(Rolle(rolle).label for rolle in self.bruger.roller) if self.bruger else ""

    @property
    def rollevalg(self) -> Sequence[Any]:
        """The Overblik pages a user with several roles may choose between; else empty."""
        valg: Sequence[Any] = getattr(self._request, "rollevalg", ())
        return valg

    @cached_property
    def menu(self) -> list[Link]:
        """The items the user may use, with the present one marked."""
        return self._links(MENU)

    @cached_property
    def brugermenu(self) -> list[Link]:
        """The items under the user's own name, likewise."""
        return self._links(BRUGERMENU)

    @property
    def noedadgang_url(self) -> str:
        """Where the user may open somebody else's case with a reason, or empty."""
        return next((p.url for p in self.brugermenu if p.url_navn == "borgere:noedadgang"), "")

    def _links(self, punkter: Sequence[Menupunkt]) -> list[Link]:
        links = [(punkt, url) for punkt in punkter if (url := self._url(punkt))]
        side = self._request.resolver_match.view_name if self._request.resolver_match else ""
        passer = [
            (len(start), punkt)
            for punkt in (*MENU, *BRUGERMENU)
            if self._url(punkt)
            for start in (punkt.url_navn, *punkt.sider)
            if side.startswith(start)
        ]
        her = max(passer, key=lambda par: par[0])[1] if passer else None
        return [
            Link(
                punkt.label,
                punkt.url_navn,
                url,
                "" if punkt is not her else "page" if side == punkt.url_navn else "true",
            )
            for punkt, url in links
        ]

    @cached_property
    def soeg_url(self) -> str:
        """Where the search box sends its text, or empty for those who have no box."""
        return self._url(SOEG)

    @cached_property
    def paamindelser_url(self) -> str:
        """Address of the list of reminders, or empty."""
        return self._url(PAAMINDELSER)

    @cached_property
    def antal_paamindelser(self) -> int:
        """Unread reminders of the user; 0 while no floor counts any."""
        bruger = self.bruger
        return sum(taeller(bruger) for taeller in _paamindelsestaellere) if bruger else 0

    def _url(self, punkt: Menupunkt) -> str:
        if self.bruger is None or not maa(self.bruger, punkt.handling):
            return ""
        try:
            return reverse(punkt.url_navn)
        except NoReverseMatch:
            return ""


def ramme(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `ramme`, see `Ramme`."""
    return {"ramme": Ramme(request)}
