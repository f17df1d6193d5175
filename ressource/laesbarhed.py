"""How hard a Danish text is to read: LIX and sentence length. Pure functions; docs/laesbarhed.md.

LIX is C. H. Björnsson's measure (Läsbarhet, Stockholm: Liber 1968; Læsbarhed, København: Gad 1971):
words per sentence plus the percentage of long words, rounded to a whole number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

# A long word has more letters than this.
LANGT_ORD = 6
# The highest LIX we aim at in text that the citizen reads.
MAAL = 35
# What LIX 35 is made of when both halves carry their share: which half to advise about.
_ORD_PR_SAETNING, _LANGE_PCT = 15, 20
# Under this many words one long word moves the number by more than the width of a band.
_FAERREST_ORD = 10

# The lowest LIX of each band, as they are commonly taught in Denmark.
BAAND = ((55, "meget svær"), (45, "svær"), (35, "middel"), (25, "let"), (0, "meget let"))

_TEGN = (".", ":", "!", "?")
_EFTER_TEGN = "\"'»«”“’)]"
# Their full stop ends no sentence. Ordinals («4. november») are told by what follows.
_FORKORTELSE = re.compile(
    r"[(\"'«„“]*(bl\.a|ca|dvs|d\.v\.s|evt|f\.eks|fx|hhv|inkl|jf|kl|kr|maks|m\.fl|mht|m\.h\.t|m\.m|mv"
    r"|m\.v|min|nr|o\.l|osv|pct|pga|p\.g\.a|pr|stk|tlf|vedr)\.",
    re.IGNORECASE,
)
_ORDENSTAL = re.compile(r"\d{1,2}\.")


@dataclass(frozen=True)
class Laesbarhed:
    """What was counted in one text. All zero for a text without words."""

    ord: int
    saetninger: int
    lange_ord: int
    # Words in the longest sentence.
    laengste: int

    @property
    def lix(self) -> int:
        """Words per sentence + long words per 100 words, rounded half up; 0 without words."""
        if not self.ord:
            return 0
        # One fraction, so that no rounding of the halves shows in the sum.
        taeller = self.ord * self.ord + 100 * self.lange_ord * self.saetninger
        naevner = self.ord * self.saetninger
        return (2 * taeller + naevner) // (2 * naevner)

    @property
    def kan_maales(self) -> bool:
        """Whether there are enough words for LIX to say anything."""
        return self.ord >= _FAERREST_ORD

    @property
    def ord_pr_saetning(self) -> int:
        """The average sentence length in words, rounded half up."""
        return (2 * self.ord + self.saetninger) // (2 * self.saetninger) if self.ord else 0

    @property
    def baand(self) -> str:
        """In words: `meget let`, `let`, `middel`, `svær` or `meget svær`."""
        return next(navn for fra, navn in BAAND if self.lix >= fra)

    @property
    def over_maal(self) -> bool:
        """Whether the text is harder than we aim at for the citizen."""
        return self.kan_maales and self.lix > MAAL

    @property
    def raad(self) -> str:
        """What helps most; empty when the text is easy enough."""
        if not self.over_maal:
            return ""
        lange_pct = 100 * self.lange_ord / self.ord
        for_lange = self.ord / self.saetninger - _ORD_PR_SAETNING
        return (
            "Prøv kortere sætninger" if for_lange >= lange_pct - _LANGE_PCT else "Prøv kortere ord"
        )


def maal(tekst: str) -> Laesbarhed:
    """Count words, sentences and long words.

    A word is what stands between white space and holds a letter or a digit; only letters count
    towards its length. A sentence ends at a word with . : ! or ? after it and at the end of a line.
    """
    laengder = [saetning for linje in tekst.splitlines() for saetning in _saetninger(linje)]
    alle = [ord_ for saetning in laengder for ord_ in saetning]
    lange = sum(sum(map(str.isalpha, ord_)) > LANGT_ORD for ord_ in alle)
    return Laesbarhed(len(alle), len(laengder), lange, max(map(len, laengder), default=0))


def _saetninger(linje: str) -> Iterator[list[str]]:
    """The words of each sentence in the line."""
    dele = linje.split()
    saetning: list[str] = []
    for del_, naeste in zip_longest(dele, dele[1:], fillvalue=""):
        if any(map(str.isalnum, del_)):
            saetning.append(del_)
        if saetning and _slutter(del_, naeste):
            yield saetning
            saetning = []
    if saetning:
        yield saetning


def _slutter(ord_: str, naeste: str) -> bool:
    """Whether the sentence ends after `ord_`, which `naeste` follows."""
    rent = ord_.rstrip(_EFTER_TEGN)
    if not rent.endswith(_TEGN) or _FORKORTELSE.fullmatch(rent):
        return False
    return not (_ORDENSTAL.fullmatch(rent) and naeste[:1].islower())
