"""The form in which a spreadsheet is sent."""

from typing import Any, cast

from django import forms
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import EDITORS, Office, User
from common.forms import PortalForm
from common.sheets.limits import limits
from common.uploads import was_too_large
from engagements.imports.subjects import Subject, subjects_for
from engagements.models import Load


class UploadForm(PortalForm):
    """`office` is asked of those who may load for any; the others load for their own.

    Where nothing is said of what it holds, it holds engagements.
    """

    subject = forms.ChoiceField(
        label=gettext_lazy("What it holds"),
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Say what the file holds.")},
    )
    office = forms.ModelChoiceField(
        Office.objects.current(),
        label=gettext_lazy("Lead office"),
        help_text=gettext_lazy("Leads whatever the file does not say another office leads."),
        to_field_name="code",
        empty_label=pgettext_lazy("office", "choose an office"),
        error_messages={
            "required": gettext_lazy("Choose the office that leads."),
            "invalid_choice": gettext_lazy("There is no such office. Choose one from the list."),
        },
    )
    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt"}),
        error_messages={
            "required": gettext_lazy("Choose a file. Nothing was sent."),
            "invalid": gettext_lazy("Choose a file. Nothing was sent."),
            "missing": gettext_lazy("Choose a file. Nothing was sent."),
        },
    )

    def __init__(self, request: HttpRequest, user: User) -> None:
        sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        self.user, self.was_too_large = user, was_too_large(request)
        first = {"subject": Load.Subject.ENGAGEMENTS, "office": user.office}
        super().__init__(*sent, initial=first)
        self.fields["file"].help_text = limits_in_words()
        if user.role not in EDITORS:
            del self.fields["office"]
        self._offer(subjects_for(user))
        if self.was_too_large:
            self.fields["file"].error_messages["required"] = too_large_in_words()

    def _offer(self, subjects: list[Subject]) -> None:
        """What this person may load: not asked where that is one thing."""
        asked = cast(forms.ChoiceField, self.fields["subject"])
        asked.choices = [(subject.name, subject.label) for subject in subjects]
        if len(subjects) < 2:
            del self.fields["subject"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "office" not in self.fields and self.user.office is None:
            self.add_error(
                None,
                _(
                    "You belong to no office, so nobody would lead what you load. Ask an administrator."
                ),
            )
        return cleaned

    @property
    def subject_chosen(self) -> str:
        return self.cleaned_data.get("subject") or Load.Subject.ENGAGEMENTS

    @property
    def office_chosen(self) -> Office | None:
        return self.cleaned_data.get("office") or self.user.office


def limits_in_words() -> str:
    """What may be sent, as the settings say now."""
    now = limits()
    return _(
        "An Excel workbook (XLSX, XLSM, XLS), an OpenDocument one (ODS) or text (CSV), up to %(size)s, "
        "%(rows)s rows and %(columns)s columns. Macros are never run."
    ) % {"size": said(now.bytes), "rows": counted(now.rows), "columns": counted(now.columns)}


def too_large_in_words() -> str:
    return _(
        "The file is larger than %(size)s. Save it without pictures and empty sheets, or in parts."
    ) % {"size": said(limits().bytes)}


def said(size: int) -> str:
    """So many bytes in megabytes, as people say them."""
    # Translators: a size of a file. French: %(n)s Mo with a no-break space.
    return _("%(n)s MB") % {"n": counted(round(size / 1_000_000, 1))}


def counted(number: float) -> str:
    digits = 0 if number == int(number) else 1
    return number_format(number, decimal_pos=digits, use_l10n=True, force_grouping=True)
