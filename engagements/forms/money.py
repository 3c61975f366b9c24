"""Amounts as people write them: $2,150 · 2 150 $ · 2,150.50 · 2 150,50."""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import DecimalValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from common.text import PlainTextField

SPACES = str.maketrans("", "", "$ \u00a0\u202f\u2009'’")
GROUPED = re.compile(r"^-?\d{1,3}(,\d{3})+(\.\d+)?$")
PLAIN = re.compile(r"^-?\d+([.,]\d{1,2})?$")


class MoneyField(PlainTextField):
    """Canadian dollars, cleaned to a Decimal of cents or None."""

    default_error = _("“%(value)s” is not an amount. Write it as 2150 or 2,150.50.")

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "decimal", "class": "w-10"})
        )
        super().__init__(required=False, max_length=40, **kwargs)
        self.not_negative = MinValueValidator(0, _("An amount cannot be less than zero."))
        self.not_endless = DecimalValidator(12, 2)

    def clean(self, value) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        amount = amount_from(text)
        if amount is None:
            raise ValidationError(self.default_error, params={"value": text}, code="invalid")
        self.not_negative(amount)
        self.not_endless(amount)
        return amount


def amount_from(text: str) -> Decimal | None:
    """The amount a text tells, or None. A comma before two digits or fewer is a decimal comma."""
    bare = text.upper().replace("CAD", "").translate(SPACES)
    if GROUPED.match(bare):
        return Decimal(bare.replace(",", ""))
    if PLAIN.match(bare):
        return Decimal(bare.replace(",", "."))
    return None
