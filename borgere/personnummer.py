"""Danish personal identification numbers: read, understand and mask them.

A number is read as CPR-kontoret describes it. Modulus 11 is never a reason to refuse one: numbers
that do not satisfy it have been given out since 1 October 2007 and are fully valid.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from django.db import models

VAEGTE = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
# A replacement number is made by adding 6 to the first digit of the day (born the 7th → 67).
ERSTATNINGSTILLAEG = 60

TI_CIFRE = re.compile(r"[0-9]{10}")
# The health sector's e-CPR: letters in positions 8 and 9, so no serial number to read.
ECPR = re.compile(r"[0-9]{7}[A-Z]{2}[0-9]")
UDENLANDSK_LAENGDE = 20
# What the identity cards of Europe write numbers with.
UDENLANDSKE_TEGN = re.compile(r"[0-9A-Za-z .,/+-]*")


class UgyldigtPersonnummer(ValueError):  # noqa: N818 -- Danish names its own errors
    """What was written is not a personnummer. The message is Danish and says what to do.

    The message never repeats the number: messages end up in logs.
    """


class Type(models.TextChoices):
    """What kind of identifier it is; the values are those stored with a citizen's numbers."""

    CPR = "cpr", "personnummer"
    ERSTATNING = "erstatning", "erstatningspersonnummer"
    UDENLANDSK = "udenlandsk", "udenlandsk id"


class Koen(models.TextChoices):
    """Sex as the tenth digit says it."""

    KVINDE = "kvinde", "kvinde"
    MAND = "mand", "mand"


def aarhundrede(syvende: int, aar: int) -> int:
    """The first year of the century that the seventh digit and the two-digit year point to.

    CPR-kontoret, «Personnummeret i CPR»: 0–3 → 1900; 4 and 9 → 2000 up to 36, else 1900;
    5–8 → 2000 up to 57, else 1800.
    """
    if syvende <= 3:
        return 1900
    if syvende in (4, 9):
        return 2000 if aar <= 36 else 1900
    return 2000 if aar <= 57 else 1800


def _foedselsdato(cifre: str) -> date | None:
    dag, maaned, aar = int(cifre[:2]), int(cifre[2:4]), int(cifre[4:6])
    if dag > ERSTATNINGSTILLAEG:
        dag -= ERSTATNINGSTILLAEG
    try:
        return date(aarhundrede(int(cifre[6]), aar) + aar, maaned, dag)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Personnummer:
    """A well-formed identifier. `vaerdi` is ten digits; a foreign one is kept as it was written.

    Raises UgyldigtPersonnummer when made from something else, so every instance can be trusted.
    Written out (`str`, `repr`) it is masked; `formateret` is the only way to the whole number.
    """

    vaerdi: str = field(repr=False)
    type: Type

    def __post_init__(self) -> None:
        if self.type == Type.UDENLANDSK:
            _kontroller_udenlandsk(self.vaerdi)
        else:
            _kontroller_dansk(self.vaerdi)
            if self.type != _dansk_type(self.vaerdi):
                raise UgyldigtPersonnummer(
                    f"Nummeret er ikke et {self.type.label}. Vælg den rigtige type."
                )

    @classmethod
    def laes(cls, tekst: str, *, i_dag: date, type: Type | None = None) -> Self:  # noqa: A002
        """Read what a person typed, with or without hyphen and spaces.

        `type` says that the identifier is foreign; for a Danish number it is found from the number,
        and an e-CPR is recognised as foreign. `i_dag` is the day a birth date may not lie after.
        Raises UgyldigtPersonnummer.
        """
        if type == Type.UDENLANDSK:
            return cls._laes_udenlandsk(" ".join(tekst.split()))
        renset = re.sub(r"[\s‐-–-]", "", tekst).upper()
        if ECPR.fullmatch(renset):
            return cls(renset, Type.UDENLANDSK)
        _kontroller_dansk(renset)
        nummer = cls(renset, type or _dansk_type(renset))
        if (foedt := nummer.foedselsdato) and foedt > i_dag:
            raise UgyldigtPersonnummer(
                "Personnummeret giver en fødselsdag, der ikke har været endnu. Kontrollér cifrene."
            )
        return nummer

    @classmethod
    def _laes_udenlandsk(cls, tekst: str) -> Self:
        nummer = cls(tekst, Type.UDENLANDSK)
        if not UDENLANDSKE_TEGN.fullmatch(tekst) or not nummer.tegn:
            raise UgyldigtPersonnummer(
                "Skriv det udenlandske id med bogstaverne a–z, tal, mellemrum og bindestreg."
            )
        return nummer

    def __str__(self) -> str:
        return self.maskeret

    @property
    def tegn(self) -> str:
        """Letters and digits alone: two identifiers with the same are one (`Personnummer.tegn`)."""
        return re.sub("[^0-9A-Za-z]", "", self.vaerdi).upper()

    @property
    def foedselsdato(self) -> date | None:
        """Date of birth; None for a foreign identifier, which is not read."""
        return None if self.type == Type.UDENLANDSK else _foedselsdato(self.vaerdi)

    @property
    def koen(self) -> Koen | None:
        """Odd tenth digit: man, even: woman. None for a foreign identifier."""
        if self.type == Type.UDENLANDSK:
            return None
        return Koen.MAND if int(self.vaerdi[9]) % 2 else Koen.KVINDE

    @property
    def er_erstatning(self) -> bool:
        """Whether it is a replacement number, which must be marked as not a real one."""
        return self.type == Type.ERSTATNING

    @property
    def modulus11_ok(self) -> bool:
        """False for an ordinary number that fails modulus 11: worth a second look, never an error."""
        if self.type != Type.CPR:
            return True
        return sum(v * int(c) for v, c in zip(VAEGTE, self.vaerdi, strict=True)) % 11 == 0

    @property
    def formateret(self) -> str:
        """The whole identifier as it is written, `ddmmåå-xxxx`. Whoever shows it logs it."""
        if self.type == Type.UDENLANDSK:
            return self.vaerdi
        return f"{self.vaerdi[:6]}-{self.vaerdi[6:]}"

    @property
    def maskeret(self) -> str:
        """`dd-mm ** ****`; of a foreign identifier nothing is shown."""
        if self.type == Type.UDENLANDSK:
            return f"{Type.UDENLANDSK.label} ****"
        return f"{self.vaerdi[:2]}-{self.vaerdi[2:4]} ** ****"


def _dansk_type(cifre: str) -> Type:
    return Type.ERSTATNING if int(cifre[:2]) > ERSTATNINGSTILLAEG else Type.CPR


def _kontroller_udenlandsk(tekst: str) -> None:
    if not tekst:
        raise UgyldigtPersonnummer("Skriv det udenlandske id.")
    if len(tekst) > UDENLANDSK_LAENGDE:
        raise UgyldigtPersonnummer(
            f"Et udenlandsk id kan højst have {UDENLANDSK_LAENGDE} tegn. Skriv kun selve nummeret."
        )


def _kontroller_dansk(cifre: str) -> None:
    if not cifre:
        raise UgyldigtPersonnummer("Skriv personnummeret som ddmmåå-xxxx.")
    if not (cifre.isascii() and cifre.isdigit()):
        raise UgyldigtPersonnummer(
            "Et personnummer har kun cifre og én bindestreg. Skriv det som ddmmåå-xxxx."
        )
    if not TI_CIFRE.fullmatch(cifre):
        raise UgyldigtPersonnummer(
            f"Et personnummer har 10 cifre, og her er {len(cifre)}. Skriv det som ddmmåå-xxxx."
        )
    if _foedselsdato(cifre) is None:
        raise UgyldigtPersonnummer(
            "De første seks cifre er ikke en dato. Kontrollér dag, måned og år."
        )
    if cifre[6:] == "0000":
        raise UgyldigtPersonnummer("De sidste fire cifre kan ikke være 0000. Kontrollér nummeret.")
