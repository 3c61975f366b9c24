"""Amounts as people write them, as cents."""

import datetime as dt

import pytest

from common.sheets.values.amounts import MOST_CENTS, NotAnAmount, is_foreign, read_amount, unit_of

CENTS = {
    "$2,000,000": 200_000_000,
    "2 000 000 $": 200_000_000,
    "2\u00a0000\u00a0000\u00a0$": 200_000_000,
    "2\u202f000\u202f000\u202f$": 200_000_000,
    "1.2M": 120_000_000,
    "1.2 m": 120_000_000,
    "5M$": 500_000_000,
    "$5M": 500_000_000,
    "500K": 50_000_000,
    "5 000 k$": 500_000_000,
    "1,5 M$": 150_000_000,
    "2,5 milliards": 250_000_000_000,
    "2 millions de dollars": 200_000_000,
    "$2 million CAD": 200_000_000,
    "2150": 215_000,
    "2150,50": 215_050,
    "2,150.50": 215_050,
    "2 150,5": 215_050,
    "1.234,56": 123_456,
    "1.000.000": 100_000_000,
    "1'000'000": 100_000_000,
    "1,234": 123_400,
    "12,5": 1_250,
    "CAD 2,150.50": 215_050,
    "2150 CDN": 215_000,
    "$CAN 500": 50_000,
    "500 $ CA": 50_000,
    "C$500": 50_000,
    "500 dollars canadiens": 50_000,
    "0": 0,
    "sans frais": 0,
    "1234.5678": 123_457,
    "9,999,999,999.99": MOST_CENTS,
}
REFUSED = {
    "(500)": "negative",
    "($1,000)": "negative",
    "-500": "negative",
    "-$500": "negative",
    "500-": "negative",
    "US$500": "foreign",
    "500 USD": "foreign",
    "500 €": "foreign",
    "EUR 500": "foreign",
    "1.234": "two-ways",
    "1,234M": "two-ways",
    "10,000,000,000": "too-much",
    "about 5000": "unreadable",
    "5000 + travel": "unreadable",
    "$1,000 - $2,000": "unreadable",
    "1,23,456": "unreadable",
    "12 34": "unreadable",
    "10²": "unreadable",
    "٣٤": "unreadable",
    "1e5": "unreadable",
    "k": "unreadable",
    "9" * 5_000: "unreadable",
}


@pytest.mark.parametrize("text", CENTS)
def test_an_amount_is_read_in_cents(text):
    assert read_amount(text) == CENTS[text]


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_amount_says_why(text):
    with pytest.raises(NotAnAmount) as problem:
        read_amount(text)

    assert problem.value.code == REFUSED[text]
    assert problem.value.message


@pytest.mark.parametrize(
    "cell", [None, "", " ", "n/a", "-", "TBD / à déterminer", "à déterminer", "$"]
)
def test_a_cell_that_says_nothing_is_no_amount(cell):
    assert read_amount(cell) is None


@pytest.mark.parametrize(
    ("cell", "cents"),
    [
        (1175000.0, 117_500_000),
        (0.1 + 0.2, 30),
        (2.675, 268),
        (1234567.89, 123_456_789),
        (5, 500),
        (0.0, 0),
    ],
)
def test_numbers_do_not_drift(cell, cents):
    assert read_amount(cell) == cents


@pytest.mark.parametrize("cell", [True, dt.date(2010, 1, 1), float("nan"), float("inf"), -1, 1e300])
def test_other_cells_are_refused(cell):
    with pytest.raises(NotAnAmount):
        read_amount(cell)


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Budget ($000)", 1_000),
        ("Coût (en milliers de dollars)", 1_000),
        ("Value (000 $)", 1_000),
        ("Cost (k$)", 1_000),
        ("Contribution ($ millions)", 1_000_000),
        ("Valeur (M$)", 1_000_000),
        ("Cost (CAD)", 1),
        ("Max. contribution (CAD) / Contribution max.", 1),
    ],
)
def test_a_heading_says_what_its_figures_are_counted_in(heading, unit):
    assert unit_of(heading) == unit


def test_the_unit_of_the_heading_is_for_figures_that_say_none():
    assert read_amount(12.5, unit=1_000) == read_amount("12,5", unit=1_000) == 1_250_000
    assert read_amount("2M", unit=1_000) == 200_000_000


def test_a_heading_in_another_currency_is_known():
    assert is_foreign("Cost (USD)")
    assert not is_foreign("Cost (CAD)")
