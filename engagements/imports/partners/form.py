"""A row of a list of partners is a form: the rules of the page, with what it looks up at hand."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from common.cautions import Confirmation
from engagements.imports.judged import cautions_of, problems_of
from engagements.imports.row_form import AtHand
from engagements.imports.row_reading import PARTNER_NAME
from partners.forms import SECTORS, PartnerForm
from partners.models import Country, Partner


class PartnerRowForm(PartnerForm):
    """`judge` it with the data of a row; `cleaned_data` and `problems` are then that row's.

    `partners` by code, those that the file itself brings under what stands for them.
    """

    problems = property(problems_of)
    cautions_found = property(cautions_of)

    def __init__(self, *, partners: dict[str, Partner], countries: dict[str, Country]) -> None:
        super().__init__(QueryDict())
        for name, records in (("parent", partners), ("country", countries)):
            self.fields[name] = AtHand(self.fields[name], records)  # type: ignore[arg-type]

    def judge(self, data: QueryDict, partner: Partner | None = None) -> bool:
        """Whether the row is right, but for what has to be confirmed; `partner` is the one it changes."""
        self.data, self.partner = data, partner
        self._errors = None  # type: ignore[assignment]
        self.confirmation = Confirmation()
        return not self.problems


def data_of(partner: Partner) -> QueryDict:
    """The form as it opens on a partner."""
    data = QueryDict(mutable=True)
    for name, value in PartnerForm.initial_of(partner).items():
        if name in SECTORS:
            if value:
                data[name] = "on"
        elif value:
            data[name] = str(value)
    return data


def former_name(text: str, language: str) -> dict[str, str]:
    """The columns of a former name. Raises ValidationError for what no name holds."""
    return {f"name_{language}": PARTNER_NAME.clean(text)}


def value_shown(value: Any) -> str:
    """A field of a partner as people read it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Partner):
        return value.label
    return "" if value is None else str(value)
