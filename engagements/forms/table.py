"""Where the table is in a file: which sheet, which row has the headings; of a text how it is written."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.forms import PortalForm
from common.sheets.book import Book
from common.sheets.limits import limits

ENCODINGS = [
    ("utf-8", gettext_lazy("UTF-8: today’s usual one")),
    ("utf-16", gettext_lazy("UTF-16: “Unicode text” of Excel")),
    ("windows-1252", gettext_lazy("Windows-1252: older files of Western Europe and Canada")),
]
DELIMITERS = [
    (",", pgettext_lazy("between columns", "comma")),
    (";", pgettext_lazy("between columns", "semicolon")),
    ("\t", pgettext_lazy("between columns", "tab")),
]


class TableForm(PortalForm):
    """`answers` is what was chosen, in the JSON of --answers; what a file has one of is not asked."""

    sheet = forms.ChoiceField(
        label=gettext_lazy("Sheet"),
        error_messages={"invalid_choice": gettext_lazy("The file has no such sheet.")},
    )
    encoding = forms.ChoiceField(
        label=gettext_lazy("How its letters are written"),
        help_text=gettext_lazy("If é or ç look wrong below, choose another."),
        choices=ENCODINGS,
    )
    delimiter = forms.ChoiceField(
        label=gettext_lazy("What stands between two columns"), choices=DELIMITERS
    )
    header_row = forms.IntegerField(
        label=gettext_lazy("Row of the headings"),
        help_text=gettext_lazy("The number that the spreadsheet shows at the side."),
        min_value=1,
        localize=False,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "class": "w-4", "autocomplete": "off"}
        ),
        error_messages={
            "required": gettext_lazy("Give the number of a row, such as 1."),
            "invalid": gettext_lazy("Give the number of a row, such as 1."),
            "min_value": gettext_lazy("Give the number of a row, such as 1."),
        },
    )

    def __init__(self, data: QueryDict | None, *, book: Book, sheet: str, header_row: int) -> None:
        self.book = book
        found = {"sheet": sheet, "header_row": header_row or 1}
        found |= {"encoding": book.encoding, "delimiter": book.delimiter}
        super().__init__(data, initial=found)
        self.fields["sheet"].choices = [(each.name, named(each)) for each in book.sheets]  # type: ignore[attr-defined]
        if len(book.sheets) < 2:
            del self.fields["sheet"]
        if book.encoding is None:
            del self.fields["encoding"], self.fields["delimiter"]

    def clean_header_row(self) -> int:
        number = self.cleaned_data["header_row"]
        if number > limits().rows:
            raise forms.ValidationError(_("There is no such row in the file."))
        return number

    @property
    def answers(self) -> dict[str, Any]:
        """Those that differ from what was found: what was left as guessed is guessed on."""
        told: dict[str, Any] = {name: self.cleaned_data[name] for name in self.changed_data}
        if "sheet" in told and "header_row" not in told:
            told["header_row"] = None  # of the other sheet it is looked for anew
        if told:
            told["mapping"] = None  # of another table
        return told


def named(sheet) -> str:
    return _("%(name)s (hidden)") % {"name": sheet.name} if sheet.hidden else sheet.name
