"""The form in which a view is named and shared, and what its owner does with it."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Office, User
from common.forms import CautiousForm, PortalForm
from common.text import PlainTextField
from dashboards.models import (
    NAME_LENGTH,
    QUERY_LENGTH,
    Page,
    Rhythm,
    SavedView,
    StartPage,
    Subscription,
)
from dashboards.saved.queries import Asked, asked

RHYTHMS = [("", gettext_lazy("Not at all")), *Rhythm.choices]
NO_ADDRESS = gettext_lazy(
    "No e-mail address is kept for you, so nothing can be mailed. An administrator can add one."
)


def address_known(person: User, rhythm: str) -> str:
    """The rhythm chosen; refused where there is no address to mail to."""
    if rhythm and not person.email:
        raise ValidationError(NO_ADDRESS)
    return rhythm


def mailed_to(person: User) -> str:
    if not person.email:
        return str(NO_ADDRESS)
    words = _(
        "To %(address)s, in the language of your profile: its key figures as you may see them that day."
    )
    return words % {"address": person.email}


class RhythmField(forms.ChoiceField):
    def __init__(self, **kwargs) -> None:
        told: dict[str, Any] = {
            "label": gettext_lazy("Mail it to me"),
            "choices": RHYTHMS,
            "required": False,
            "widget": forms.RadioSelect,
            "error_messages": {"invalid_choice": gettext_lazy("Choose one of those offered.")},
        }
        super().__init__(**told | kwargs)


class ViewForm(CautiousForm):
    """Validates a view; `values()` is what the actions take. `data` is None for a form just opened."""

    name = PlainTextField(
        label=gettext_lazy("Name"),
        max_length=NAME_LENGTH,
        help_text=gettext_lazy("What you, and those you share it with, will know it by."),
        error_messages={"required": gettext_lazy("Give the view a name.")},
    )
    office = forms.ModelChoiceField(
        Office.objects.none(),
        label=gettext_lazy("Share it with"),
        to_field_name="code",
        required=False,
        empty_label=gettext_lazy("Nobody: it is mine alone"),
        help_text=gettext_lazy(
            "Everyone who works there can open, copy and subscribe to it, each seeing what they "
            "may see. You alone can change it."
        ),
        error_messages={
            "invalid_choice": gettext_lazy(
                "You can share a view with your own office. Choose one of those offered."
            )
        },
    )
    start = forms.BooleanField(
        label=gettext_lazy("Make it my start page: it opens when I sign in"), required=False
    )
    rhythm = RhythmField()
    of = forms.ChoiceField(choices=Page, widget=forms.HiddenInput)
    query = PlainTextField(
        label=gettext_lazy("Filter"),
        max_length=QUERY_LENGTH,
        required=False,
        widget=forms.HiddenInput,
    )
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        user: User,
        view: SavedView | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        self.user, self.view = user, view
        given = initial_of(view, user) if view else {"of": Page.DASHBOARD, "key": uuid.uuid4()}
        super().__init__(data, initial=given | (initial or {}))
        self.fields["rhythm"].help_text = mailed_to(user)
        self._offer_offices()

    def _offer_offices(self) -> None:
        offices = offices_for(self.user, self.view)
        if offices.exists():
            self.fields["office"].queryset = offices  # type: ignore[attr-defined]
        else:
            del self.fields["office"]

    @property
    def of_page(self) -> Page:
        value = str(self["of"].value() or "")
        return Page(value) if value in Page.values else Page.DASHBOARD

    @property
    def asked(self) -> Asked:
        """What its query asks of its page: as it was sent, or as it was opened with."""
        return asked(self.of_page, str(self["query"].value() or ""), reader=self.user)

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        others = SavedView.objects.of(self.user).filter(name=name)
        if self.view:
            others = others.exclude(pk=self.view.pk)
        elif key := self.data.get("key"):
            others = others.exclude(key__in=valid_keys(key))
        if others.exists():
            raise ValidationError(self.name_taken())
        return name

    @staticmethod
    def name_taken() -> str:
        return _("You have a view of this name. Give this one another.")

    def clean_rhythm(self) -> str:
        return address_known(self.user, self.cleaned_data["rhythm"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "of" in cleaned and "query" in cleaned:
            found = self.asked
            for problem in found.problems:
                self.add_error(None, problem.message)
            cleaned["query"] = found.query
        return cleaned

    def values(self) -> dict[str, Any]:
        told = self.cleaned_data
        return {
            "name": told["name"],
            "page": told["of"],
            "query": told["query"],
            "office": told.get("office"),
        }

    def unjudged(self) -> ViewForm:
        """The same form, everything typed in it and nothing said against it."""
        self._errors = ErrorDict(renderer=self.renderer)
        self.cleaned_data = {}
        return self


class MailForm(PortalForm):
    """How often a view is mailed to whoever asks."""

    rhythm = RhythmField()

    def __init__(self, data: Any = None, *, user: User, **kwargs) -> None:
        self.user = user
        super().__init__(data, **kwargs)
        self.fields["rhythm"].help_text = mailed_to(user)

    def clean_rhythm(self) -> str:
        return address_known(self.user, self.cleaned_data["rhythm"])


def initial_of(view: SavedView, user: User) -> dict[str, Any]:
    return {
        "name": view.name,
        "office": view.office.code if view.office else "",
        "of": view.page,
        "query": view.query,
        "start": StartPage.objects.filter(person=user, view=view).exists(),
        "rhythm": rhythm_of(view, user),
    }


def rhythm_of(view: SavedView, user: User) -> str:
    found = Subscription.objects.filter(person=user, view=view).first()
    return found.rhythm if found else ""


def offices_for(user: User, view: SavedView | None) -> QuerySet[Office]:
    """Their own; for managers and administrators every one; and the one it is shared with already."""
    current = Office.objects.current()
    own = [user.office_id] if user.office_id else []
    offered = current if user.is_manager else current.filter(pk__in=own)
    if view and view.office_id:
        offered = offered | Office.objects.filter(pk=view.office_id)
    return offered


def valid_keys(text: str) -> list[uuid.UUID]:
    try:
        return [uuid.UUID(text)]
    except ValueError:
        return []
