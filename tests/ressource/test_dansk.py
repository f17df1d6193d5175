from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ressource import dansk

endelige = st.decimals(min_value=-(10**9), max_value=10**9, allow_nan=False, places=4)


@pytest.mark.parametrize(
    ("funktion", "vaerdi", "tekst"),
    [
        (dansk.dato, date(2026, 12, 24), "24.12.2026"),
        (dansk.dato, date(2026, 1, 2), "02.01.2026"),
        (dansk.saetning, " Tre dage til sommer ", "Tre dage til sommer."),
        (dansk.saetning, "Måske kører du selv?", "Måske kører du selv?"),
        (dansk.saetning, " ", ""),
        (dansk.uden_punktum, " Ved døren. ", "Ved døren"),
        (dansk.dato_kort, date(2025, 11, 21), "fre 21.11.2025"),
        (dansk.dato_kort, date(2025, 12, 2), "tirs 02.12.2025"),
        (dansk.dato_lang, date(2025, 11, 25), "tirsdag 25. november 2025"),
        (dansk.maaned, date(2026, 10, 1), "oktober 2026"),
        (dansk.klokkeslaet, time(9, 0), "9.00"),
        (dansk.uge, date(2025, 11, 25), "uge 48"),
        (dansk.uge, date(2027, 1, 1), "uge 53"),
        (dansk.tal, 1234, "1.234"),
        (dansk.tal, 12.5, "13"),
        (dansk.tal, 1_234_567, "1.234.567"),
        (dansk.decimal, Decimal(55) / Decimal(30), "1,83"),
        (dansk.decimal, 2.675, "2,68"),
        (dansk.decimal, 1234.5, "1.234,50"),
        (dansk.pct, Decimal("12.5"), "13 pct."),
        (dansk.pct, Decimal("42.857"), "43 pct."),
        (dansk.dage, 1, "1 dag"),
        (dansk.dage, 3, "3 dage"),
    ],
)
def test_format_writes_danish(funktion, vaerdi, tekst):
    assert funktion(vaerdi) == tekst


def test_moment_is_shown_in_danish_time():
    # 23.30 UTC on New Year's Eve is already next year in Copenhagen.
    oejeblik = datetime(2025, 12, 31, 23, 30, tzinfo=UTC)

    assert dansk.tidspunkt(oejeblik) == "01.01.2026 kl. 0.30"


@pytest.mark.parametrize(
    ("frist", "tekst"),
    [
        (date(2025, 11, 21), "4 dage over"),
        (date(2025, 11, 24), "1 dag over"),
        (date(2025, 11, 25), "I dag"),
        (date(2025, 11, 26), "I morgen"),
        (date(2025, 11, 28), "Om 3 dage"),
    ],
)
def test_om_dage_counts_from_today(frist, tekst):
    assert dansk.om_dage(frist, date(2025, 11, 25)) == tekst


@given(vaerdi=endelige, decimaler=st.integers(0, 3))
def test_afrund_is_never_more_than_half_a_step_off(vaerdi, decimaler):
    skridt = Decimal(1).scaleb(-decimaler)

    assert abs(dansk.afrund(vaerdi, decimaler) - vaerdi) <= skridt / 2


@given(vaerdi=endelige)
def test_afrund_treats_both_signs_alike(vaerdi):
    assert dansk.afrund(-vaerdi) == -dansk.afrund(vaerdi)


@given(hele=st.integers(-(10**6), 10**6))
def test_afrund_takes_halves_away_from_zero(hele):
    halv = Decimal(hele) + (Decimal("0.5") if hele >= 0 else Decimal("-0.5"))

    assert abs(dansk.afrund(halv)) == abs(hele) + 1


@given(vaerdi=endelige, decimaler=st.integers(0, 3))
def test_decimal_can_be_read_back(vaerdi, decimaler):
    tekst = dansk.decimal(vaerdi, decimaler)

    assert Decimal(tekst.replace(".", "").replace(",", ".")) == dansk.afrund(vaerdi, decimaler)
    assert tekst != "-0"
