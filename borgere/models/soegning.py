"""The one rule of how a citizen or a case is found by what somebody typed.

A name is compared by its sound: folded (`ressource_fold`), then with doubled letters and letters
that sound alike made one (`borgere_lyd`). So «Soeren Aaboe», «søren åbo» and «SØREN ÅBO» are one
name before any typing error is counted; what errors remain are tolerated by trigrams, which the
index on the sound answers without reading every citizen.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Func, QuerySet, TextField, Value
from django.db.models.expressions import Combinable

from ressource.foldning import Foldet

# Longer than any name; what is typed beyond it is no search.
MAKS_LAENGDE = 100
# So many words of a search are compared; nobody has more names.
MAKS_ORD = 8
# A shorter word has too few trigrams to tell a typing error from another name.
MINDST_FOR_FEJL = 4
# How alike the names as a whole must be when not every word is found by itself. The limit for one
# word is `pg_trgm.word_similarity_threshold`, set for every connection (settings).
LIGHED_AF_HELHED = 0.6


class Lyd(Func):
    """A folded text by its sound. Immutable, so it may be indexed."""

    function = "borgere_lyd"
    output_field = TextField()


class Lighed(Func):
    """How much of the first text is found in the second, 0–1, whatever stands round it."""

    function = "word_similarity"


def lyd(tekst: str) -> Combinable:
    """What somebody typed, as the database compares it."""
    return Lyd(Foldet(Value(tekst, output_field=CharField())))


@dataclass(frozen=True, slots=True)
class Soegetekst:
    """What somebody typed, ready to look for; `navne` and `numre` are its words, split by kind."""

    tekst: str
    navne: tuple[str, ...]
    numre: tuple[str, ...]

    @property
    def tegn(self) -> str:
        """The whole text as an identifier is compared (`KunTegn`); empty when it holds no digit."""
        return re.sub("[^0-9A-Za-z]", "", self.tekst).upper() if self.numre else ""

    @property
    def er_tom(self) -> bool:
        """Whether there is nothing to look for."""
        return not (self.navne or self.numre)


def laes(tekst: str) -> Soegetekst:
    """Read a search. Any text can be read: what cannot be stored or shown is left out."""
    renset = "".join(_tegn(t) for t in tekst[:MAKS_LAENGDE])
    alle = renset.split()[:MAKS_ORD]
    numre = tuple(et for et in alle if any(t.isdigit() for t in et))
    return Soegetekst(" ".join(alle), tuple(et for et in alle if et not in numre), numre)


def som_sql(fundne: QuerySet[Any], *, praefiks: str) -> tuple[str, dict[str, Any]]:
    """The ids of `fundne` as a subquery with named parameters, for a statement written by hand."""
    sql, vaerdier = fundne.values("pk").query.sql_with_params()
    parametre = {f"{praefiks}_{nr}": vaerdi for nr, vaerdi in enumerate(vaerdier)}
    navne = iter(parametre)
    # `%%` is a per cent sign and stays.
    return re.sub("%%|%s", lambda m: m[0] if m[0] == "%%" else f"%({next(navne)})s", sql), parametre


def _tegn(tegn: str) -> str:
    """Invisible marks go; every other character that cannot be shown parts two words."""
    if unicodedata.category(tegn) == "Cf":
        return ""
    return tegn if tegn.isprintable() else " "
