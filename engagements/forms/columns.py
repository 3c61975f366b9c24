"""Which field each column of a table goes to."""

from collections.abc import Iterable, Mapping

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import PortalForm
from common.sheets.tables import Column
from engagements.imports.fields import FIELDS, IGNORE, Field


class ColumnsForm(PortalForm):
    """A choice a column, by its letter; `mapping` is index → field, as chosen, remembered or guessed."""

    def __init__(
        self,
        data: QueryDict | None,
        *,
        columns: Iterable[Column],
        mapping: Mapping[int, str],
        fields: Mapping[str, Field] = FIELDS,
    ) -> None:
        self.known = fields
        self.columns = {f"column-{each.letter}": each for each in columns}
        found = {name: mapping.get(each.index, IGNORE) for name, each in self.columns.items()}
        super().__init__(data, initial=found)
        choices = [(name, str(field.label)) for name, field in fields.items()]
        for name, column in self.columns.items():
            self.fields[name] = choice_of(column, choices)
        for name in self.columns:
            self.fields[name].widget.attrs["class"] = "select input-small"

    def clean(self) -> None:
        """One field, one column, where no two can be read together."""
        chosen: dict[str, list[str]] = {}
        for name in self.columns:
            chosen.setdefault(self.cleaned_data.get(name, ""), []).append(name)
        for field, names in chosen.items():
            if field in self.known and not self.known[field].several and len(names) > 1:
                first = self.columns[names[0]].letter
                for name in names[1:]:
                    message = _("Column %(letter)s goes there already, and a row has one alone.")
                    self.add_error(name, message % {"letter": first})

    @property
    def drawn(self) -> list[tuple[BoundField, Column]]:
        return [(self[name], column) for name, column in self.columns.items()]

    @property
    def mapping(self) -> dict[str, str]:
        """As the answers have it: by the names of the columns."""
        return {each.name: self.cleaned_data[name] for name, each in self.columns.items()}

    @property
    def by_index(self) -> dict[int, str]:
        return {each.index: self.cleaned_data[name] for name, each in self.columns.items()}


def choice_of(column: Column, choices: list) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=", ".join(part for part in (column.letter, column.heading) if part),
        choices=choices,
        error_messages={
            "required": gettext_lazy("Say where this column goes, or leave it out."),
            "invalid_choice": gettext_lazy("Say where this column goes, or leave it out."),
        },
    )
