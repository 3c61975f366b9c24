"""Amounts as people of both languages write them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from engagements.forms.money import MoneyField


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("", None),
        ("0", "0"),
        ("2150", "2150"),
        ("$2,150", "2150"),
        ("2,150.50", "2150.50"),
        ("2 150 $", "2150"),
        ("2 150,50", "2150.50"),
        ("2\u00a0150\u00a0$", "2150"),
        ("2\u202f150,50\u00a0$", "2150.50"),
        ("CAD 1,234,567.89", "1234567.89"),
        ("2150,5", "2150.5"),
        ("2150.5", "2150.5"),
        ("9999999999.99", "9999999999.99"),
    ],
)
def test_an_amount_is_read_in_either_language(typed, amount):
    assert MoneyField().clean(typed) == (amount and Decimal(amount))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("about 2000", "“about 2000” is not an amount. Write it as 2150 or 2,150.50."),
        ("2.150", "is not an amount"),
        ("1.234,56", "is not an amount"),
        ("1,23,456", "is not an amount"),
        ("1e9", "is not an amount"),
        ("NaN", "is not an amount"),
        ("$", "is not an amount"),
        ("-5", "An amount cannot be less than zero."),
        ("-2,150.50", "An amount cannot be less than zero."),
        ("12345678901.00", "12 digits"),
        ("9" * 39, "12 digits"),
        ("9" * 400, "400 characters"),
        ("21\x0050", "control character"),
    ],
)
def test_what_is_no_amount_is_refused_and_named(typed, said):
    with pytest.raises(ValidationError) as refused:
        MoneyField().clean(typed)

    assert said in " ".join(refused.value.messages)
