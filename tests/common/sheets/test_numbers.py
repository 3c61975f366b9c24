"""Whole numbers, such as how many people went."""

import datetime as dt

import pytest

from common.sheets.values.numbers import NotANumber, read_number


@pytest.mark.parametrize(
    ("cell", "number"),
    [(4, 4), (4.0, 4), ("4", 4), ("4.0", 4), ("1,200", 1_200), ("1\u00a0200", 1_200), ("4 people", 4),
     ("deux", 2), ("Three", 3), ("0", 0), ("100000", 100_000), ("", None), ("n/a", None), (None, None)],
)  # fmt: skip
def test_a_whole_number_is_read(cell, number):
    assert read_number(cell) == number


@pytest.mark.parametrize(
    "cell",
    ["4.5", 4.5, "-1", -1, "100001", "4-5", "many", "²", "9" * 500, True, dt.date(2010, 1, 1)],
)
def test_anything_else_is_refused(cell):
    with pytest.raises(NotANumber):
        read_number(cell)
