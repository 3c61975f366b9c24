"""The form in which a person says how a file is laid out: what kind of file, which columns, in which order.

The order is told by numbers, which work by keyboard and without a script.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import PortalForm
from engagements.exports.columns import BY_CODE, COLUMNS, Column
from engagements.exports.layout import (
    NEVER_LEFT_OUT,
    Alignments,
    Headings,
    Layout,
    Lines,
    Separator,
)
from engagements.models import Export

# Numbered in tens, so that another column finds room between two.
STEP, LAST = 10, 9999


@dataclass(frozen=True)
class ColumnRow:
    """A column with its two inputs: whether it is in the file, and its place."""

    column: Column
    use: BoundField
    place: BoundField
    is_fixed: bool


def radio(label: Any, choices: Any, **more: Any) -> forms.ChoiceField:
    told: dict[str, Any] = {
        "label": label,
        "choices": choices,
        "widget": forms.RadioSelect,
        "error_messages": {
            "invalid_choice": gettext_lazy("Choose one of those offered."),
            "required": gettext_lazy("Choose one of those offered."),
        },
    }
    return forms.ChoiceField(**told | more)


class LayoutForm(PortalForm):
    """`layout()` is what was chosen, once it is valid."""

    format = radio(gettext_lazy("Kind of file"), Export.Format)
    lines = radio(
        gettext_lazy("A row is"),
        Lines,
        help_text=gettext_lazy(
            "With a row for each partner and objective, costs and people stand in the first row of an "
            "engagement alone, so that a sum over all rows is right."
        ),
    )
    headings = radio(
        gettext_lazy("Headings and values as"),
        Headings,
        help_text=gettext_lazy("Both can be loaded again."),
    )
    alignments = radio(gettext_lazy("Objectives as"), Alignments)
    separator = radio(
        gettext_lazy("What parts two cells of a CSV"),
        Separator,
        help_text=gettext_lazy("Excel in English expects a comma, Excel in French a semicolon."),
    )

    def __init__(self, data: Any = None, *, layout: Layout, format: str) -> None:
        told = ("lines", "headings", "alignments", "separator")
        initial = {"format": format} | {name: getattr(layout, name) for name in told}
        super().__init__(data, initial=initial)
        chosen = [column.code for column in layout.columns]
        others = [column.code for column in COLUMNS if column.code not in chosen]
        self.order = [*chosen, *others]
        for number, code in enumerate(self.order, start=1):
            self._add(BY_CODE[code], number * STEP, is_in=code in chosen)

    def _add(self, column: Column, place: int, *, is_in: bool) -> None:
        self.fields[f"use_{column.code}"] = forms.BooleanField(
            label=column.heading, required=False, initial=is_in
        )
        small = {"inputmode": "numeric", "autocomplete": "off", "class": "input input-small w-4"}
        wrong = _("Give the place as a number from 1 to %(last)s.") % {"last": LAST}
        self.fields[f"place_{column.code}"] = forms.IntegerField(
            label=_("Place of “%(column)s”") % {"column": column.heading},
            required=False,
            initial=place,
            min_value=1,
            max_value=LAST,
            widget=forms.TextInput(attrs=small),
            error_messages={"invalid": wrong, "min_value": wrong, "max_value": wrong},
        )

    @property
    def options(self) -> list[BoundField]:
        return [self[name] for name in self.base_fields]

    @property
    def rows(self) -> list[ColumnRow]:
        """Those in the file first, as they are ordered."""
        return [
            ColumnRow(
                BY_CODE[code],
                self[f"use_{code}"],
                self[f"place_{code}"],
                is_fixed=code in NEVER_LEFT_OUT,
            )
            for code in self.order
        ]

    def layout(self) -> Layout:
        told = self.cleaned_data
        used = [code for code in self.order if told[f"use_{code}"] or code in NEVER_LEFT_OUT]
        used.sort(key=lambda code: told[f"place_{code}"] or LAST + 1)
        return Layout(
            fields=tuple(used),
            headings=told["headings"],
            lines=told["lines"],
            alignments=told["alignments"],
            separator=told["separator"],
        )
