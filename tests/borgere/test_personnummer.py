"""Personal identification numbers: real ones never appear here, only numbers nobody can have."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from borgere.personnummer import (
    Koen,
    Personnummer,
    Type,
    UgyldigtPersonnummer,
    aarhundrede,
)

I_DAG = date(2026, 11, 24)


def laes(tekst, **valg):
    return Personnummer.laes(tekst, i_dag=I_DAG, **valg)


@pytest.mark.parametrize(
    "tekst", ["720583-1234", "7205831234", " 720583 1234 ", "72 05 83-12 34", "720583–1234"]
)
def test_way_of_writing_does_not_matter(tekst):
    nummer = laes(tekst)

    assert nummer == Personnummer("7205831234", Type.ERSTATNING)
    assert nummer.formateret == "720583-1234"


def test_erstatningsnummer_is_read_as_the_day_minus_60():
    nummer = laes("720583-1234")

    assert nummer.foedselsdato == date(1983, 5, 12)
    assert nummer.koen == Koen.KVINDE
    assert nummer.type == Type.ERSTATNING
    assert nummer.er_erstatning
    assert nummer.maskeret == "72-05 ** ****"


@pytest.mark.parametrize(
    ("tekst", "foedt", "koen"),
    [
        ("251248-9996", date(1948, 12, 25), Koen.KVINDE),
        ("010490-9995", date(1990, 4, 1), Koen.MAND),
        ("131016-9995", date(2016, 10, 13), Koen.MAND),
    ],
)
def test_medcom_test_numbers_are_valid_without_modulus_11(tekst, foedt, koen):
    nummer = laes(tekst)

    assert (nummer.foedselsdato, nummer.koen, nummer.type) == (foedt, koen, Type.CPR)
    assert not nummer.er_erstatning
    assert not nummer.modulus11_ok


def test_modulus_11_applies_to_ordinary_numbers_only():
    assert laes("720583-1234").modulus11_ok
    assert laes("PL 83051212345", type=Type.UDENLANDSK).modulus11_ok


def test_at_most_one_check_digit_satisfies_modulus_11():
    # Made here and not written: such a number could belong to somebody.
    gyldige = [
        sum(Personnummer(f"0101011{n:02}{ciffer}", Type.CPR).modulus11_ok for ciffer in range(10))
        for n in range(100)
    ]

    assert set(gyldige) == {0, 1}
    assert 88 <= sum(gyldige) <= 93


@pytest.mark.parametrize(
    ("syvende", "aar", "ventet"),
    [
        ("0123", 0, 1900),
        ("0123", 99, 1900),
        ("49", 0, 2000),
        ("49", 36, 2000),
        ("49", 37, 1900),
        ("49", 99, 1900),
        ("5678", 0, 2000),
        ("5678", 57, 2000),
        ("5678", 58, 1800),
        ("5678", 99, 1800),
    ],
)
def test_seventh_digit_gives_the_century(syvende, aar, ventet):
    assert {aarhundrede(int(ciffer), aar) for ciffer in syvende} == {ventet}


@pytest.mark.parametrize(
    ("tekst", "besked"),
    [
        ("", "Skriv personnummeret som ddmmåå-xxxx."),
        ("720583-123", "10 cifre, og her er 9"),
        ("720583-12345", "10 cifre, og her er 11"),
        ("720583-12a4", "kun cifre og én bindestreg"),
        ("٧٢٠٥٨٣١٢٣٤", "kun cifre og én bindestreg"),
        ("300299-1234", "ikke en dato"),
        ("900299-1234", "ikke en dato"),
        ("600583-1234", "ikke en dato"),
        ("921283-1234", "ikke en dato"),
        ("721383-1234", "ikke en dato"),
        ("000583-1234", "ikke en dato"),
        ("720583-0000", "kan ikke være 0000"),
        ("851126-5234", "ikke har været endnu"),
    ],
)
def test_wrong_numbers_are_refused_with_a_message(tekst, besked):
    with pytest.raises(UgyldigtPersonnummer, match=besked) as fejl:
        laes(tekst)

    assert "0583" not in str(fejl.value)


def test_born_today_is_valid():
    assert laes("841126-5234").foedselsdato == I_DAG


@pytest.mark.parametrize("tekst", ["7205830AB1", "720583-1xy2"])
def test_ecpr_is_stored_as_foreign_and_not_read(tekst):
    nummer = laes(tekst)

    assert nummer.vaerdi == tekst.replace("-", "").upper()
    assert nummer.type == Type.UDENLANDSK
    assert nummer.foedselsdato is None
    assert nummer.koen is None


def test_foreign_id_is_stored_as_written():
    nummer = laes("  PL  83051212345 ", type=Type.UDENLANDSK)

    assert nummer.formateret == "PL 83051212345"
    assert nummer.maskeret == "udenlandsk id ****"


@pytest.mark.parametrize("tekst", ["", "   ", "A" * 21])
def test_empty_or_too_long_foreign_id_is_refused(tekst):
    with pytest.raises(UgyldigtPersonnummer, match="udenlandsk"):
        laes(tekst, type=Type.UDENLANDSK)


@pytest.mark.parametrize(
    ("tekst", "type_"), [("720583-1234", Type.CPR), ("010490-9995", Type.ERSTATNING)]
)
def test_wrong_type_is_refused(tekst, type_):
    with pytest.raises(UgyldigtPersonnummer, match="Vælg den rigtige type"):
        laes(tekst, type=type_)


def test_number_is_in_neither_str_nor_repr():
    nummer = laes("720583-1234")

    assert str(nummer) == "72-05 ** ****"
    assert "1234" not in repr(nummer)


@given(st.dates(date(1858, 1, 1), I_DAG), st.integers(0, 9), st.integers(0, 999), st.booleans())
def test_from_date_to_number_and_back(foedt, syvende, loebenummer, erstatning):
    assume(aarhundrede(syvende, foedt.year % 100) == foedt.year // 100 * 100)
    assume(syvende or loebenummer)
    dag = foedt.day + 60 * erstatning
    cifre = f"{dag:02}{foedt:%m%y}{syvende}{loebenummer:03}"

    nummer = laes(cifre)

    assert nummer.vaerdi == cifre
    assert nummer.foedselsdato == foedt
    assert nummer.er_erstatning is erstatning
    assert nummer.koen == (Koen.MAND if loebenummer % 2 else Koen.KVINDE)
    assert laes(nummer.formateret) == nummer


@given(st.text(max_size=14))
def test_arbitrary_text_gives_a_number_or_is_refused(tekst):
    with suppress(UgyldigtPersonnummer):
        assert len(laes(tekst).vaerdi) == 10
