"""The form in which a restricted note is written."""

from __future__ import annotations

import uuid
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import Office, Sensitivity, User
from accounts.people import in_reading_order
from common.bilingual import reader_language
from common.forms import CautiousForm
from common.text import TEXT_LENGTH, PlainTextField
from engagements.models import Engagement, Note
from engagements.notes import judge

# After every office there is: those of none.
LAST = 100_000


class NoteForm(CautiousForm):
    """Validates a note; `values()` is what the actions take. `data` is None for a form just opened."""

    text = PlainTextField(
        label=gettext_lazy("Note"),
        max_length=TEXT_LENGTH,
        lines=True,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": gettext_lazy("Write the note.")},
    )
    text_language = forms.ChoiceField(
        label=gettext_lazy("It is written in"),
        choices=User.Language,
        widget=forms.Select(attrs={"class": "select-auto"}),
    )
    sensitivity = forms.TypedChoiceField(
        label=gettext_lazy("Sensitivity"),
        choices=Sensitivity,
        coerce=int,
        help_text=gettext_lazy(
            "Of this note. You can mark it as high as you are cleared. What is above Protected B "
            "must not be written here: the portal is not protected for it."
        ),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Say how sensitive this note is."),
            "invalid_choice": gettext_lazy(
                "You can mark it as high as you are cleared. What is above Protected B must not be "
                "written here: the portal is not protected for it."
            ),
        },
    )
    people = forms.MultipleChoiceField(
        label=gettext_lazy("People who may read it"),
        required=False,
        help_text=gettext_lazy(
            "Besides you. Whoever is not listed may not open this engagement, so nothing in it."
        ),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": gettext_lazy("Nobody here has the user name “%(value)s”.")
        },
    )
    office = forms.ModelChoiceField(
        Office.objects.current(),
        label=gettext_lazy("Office that may read it"),
        to_field_name="code",
        required=False,
        empty_label=pgettext_lazy("office", "no office"),
        help_text=gettext_lazy("Everyone who works there and is cleared for it, later too."),
        error_messages={
            "invalid_choice": gettext_lazy("There is no such office. Choose one from the list.")
        },
    )
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, user: User, engagement: Engagement, note: Note | None = None
    ) -> None:
        self.user, self.engagement, self.note = user, engagement, note
        super().__init__(data, initial=initial_of(note) if note else initial_for(engagement))
        others = User.objects.filter(is_active=True).exclude(pk=user.pk)
        by_name = in_reading_order(others.select_related("office"))
        in_order = sorted(by_name, key=lambda one: one.office.position if one.office else LAST)
        self.others = {person.username: person for person in in_order}
        self._choice("people").choices = [(name, name) for name in self.others]
        self._choice("people").widget.choices = self._offered()
        self._choice("sensitivity").choices = [
            (value, label) for value, label in Sensitivity.choices if value <= user.clearance
        ]
        if note and note.office:
            offices = Office.objects.current() | Office.objects.filter(pk=note.office.pk)
            cast(forms.ModelChoiceField, self.fields["office"]).queryset = offices

    def _choice(self, name: str) -> forms.ChoiceField:
        return cast(forms.ChoiceField, self.fields[name])

    def _offered(self) -> list[tuple[str, str]]:
        """Those who may open the engagement; and whoever is ticked, so that no tick is lost."""
        ticked = set(self["people"].value() or [])
        return [
            (name, format_html("{} <small>{}</small>", person, person.office or _("No office")))
            for name, person in self.others.items()
            if person.clearance >= self.engagement.sensitivity or name in ticked
        ]

    def clean_people(self) -> list[User]:
        return [self.others[name] for name in self.cleaned_data["people"]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors.keys() & {"sensitivity", "people", "office"}:
            self._judge(cleaned)
        return cleaned

    def _judge(self, cleaned: dict[str, Any]) -> None:
        named = {name: cleaned[name] for name in ("sensitivity", "people", "office")}
        try:
            judge(by=self.user, engagement=self.engagement, **named)
        except ValidationError as refused:
            self.add_error(None, refused)

    def unjudged(self) -> NoteForm:
        """The same form, everything typed in it and nothing said against it."""
        self._errors = ErrorDict(renderer=self.renderer)
        self.cleaned_data = {}
        return self

    @property
    def marking(self) -> int:
        """Of a page that shows it: of the engagement, the note as it is, and what is typed."""
        typed = self.data.get("sensitivity", "") if self.is_bound else ""
        known = {str(value): value for value in Sensitivity.values}
        saved = self.note.sensitivity if self.note else 0
        return max(self.engagement.sensitivity, saved, known.get(typed, 0))

    def values(self) -> dict[str, Any]:
        """What write_note and amend_note take, besides by=, key= and version=."""
        names = ("text", "text_language", "sensitivity", "people", "office")
        return {name: self.cleaned_data[name] for name in names}


def initial_for(engagement: Engagement) -> dict[str, Any]:
    """A new note is marked as the engagement is, until its author says otherwise."""
    return {
        "key": uuid.uuid4(),
        "text_language": reader_language(),
        "sensitivity": engagement.sensitivity,
    }


def initial_of(note: Note) -> dict[str, Any]:
    return {
        "key": note.key,
        "text": note.text,
        "text_language": note.text_language,
        "sensitivity": note.sensitivity,
        "people": [person.username for person in note.readers.all()],
        "office": note.office.code if note.office else "",
    }
