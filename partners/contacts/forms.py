"""The form in which a contact is added and edited."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django import forms
from django.db.models import Q
from django.forms.utils import ErrorDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from common.bilingual import reader_language
from common.forms import CautiousForm
from common.text import TEXT_LENGTH, LengthValidator, PlainTextField, fold, validate_plain_text
from partners.forms import PartialDateField
from partners.models import Contact, Partner
from partners.models.contact import EMAIL_LENGTH, NAME_LENGTH, PHONE_LENGTH


class EmailField(forms.EmailField):
    """An address, of no characters that the databases disagree on.

    Typed as a text: what a browser says of an e-mail input is in the browser's language, not the page's.
    """

    def __init__(self, **kwargs) -> None:
        attrs = {"inputmode": "email", "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)
        self.validators += [validate_plain_text, LengthValidator(EMAIL_LENGTH)]


class ContactForm(CautiousForm):
    """Validates a contact; `values()` is what the actions take. `data` is None for a form just opened."""

    name = PlainTextField(
        label=_("Name"),
        max_length=NAME_LENGTH,
        required=False,
        help_text=_(
            "As the person writes it. Leave it empty for a post whose holder is not known."
        ),
    )
    post_en = PlainTextField(label=_("Post in English"), max_length=NAME_LENGTH, required=False)
    post_fr = PlainTextField(label=_("Post in French"), max_length=NAME_LENGTH, required=False)
    email = EmailField(
        label=_("E-mail"),
        required=False,
        error_messages={"invalid": _("Write a whole e-mail address, such as desk@example.org.")},
    )
    phone = PlainTextField(
        label=_("Telephone"),
        max_length=PHONE_LENGTH,
        required=False,
        help_text=_("At work, with the code of the country: +1 613 555-0100."),
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    write_in = forms.ChoiceField(
        label=_("Language to write in"),
        choices=[("", pgettext_lazy("language", "not known")), *Contact.WriteIn.choices],
        required=False,
        widget=forms.Select(attrs={"class": "select-auto"}),
    )
    in_post_from = PartialDateField(label=_("In the post since"))
    in_post_until = PartialDateField(label=_("In the post until"))
    note = PlainTextField(
        label=_("Note"),
        max_length=TEXT_LENGTH,
        lines=True,
        required=False,
        help_text=_(
            "What helps whoever writes next: what they see to, whom they stand in for. Everybody who "
            "is signed in reads it; nothing of a person’s private life has a place here."
        ),
    )
    text_language = forms.ChoiceField(
        label=_("The note is written in"),
        choices=User.Language,
        required=False,
        widget=forms.Select(attrs={"class": "select-auto"}),
    )
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, partner: Partner, contact: Contact | None = None
    ) -> None:
        self.partner, self.contact = partner, contact
        super().__init__(data, initial=initial_of(contact) if contact else initial_for_new())

    def clean_text_language(self) -> str:
        return self.cleaned_data["text_language"] or reader_language()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        names = ("name", "post_en", "post_fr")
        if not any(name in self.errors or cleaned.get(name) for name in names):
            self.add_error("name", _("Give a name, or a post in English or in French."))
        first, last = cleaned.get("in_post_from"), cleaned.get("in_post_until")
        if first and last and last < first[: len(last)]:
            self.add_error("in_post_until", _("It ends before it begins."))
        return cleaned

    def unjudged(self) -> ContactForm:
        """The same form, everything typed in it and nothing said against it."""
        self._errors = ErrorDict(renderer=self.renderer)
        self.cleaned_data = {}
        return self

    def values(self) -> dict[str, Any]:
        """What log_contact and amend_contact take, besides by=, partner=, key= and version=."""
        return {name: self.cleaned_data[name] for name in FIELDS}

    # Duplicates

    @cached_property
    def similar(self) -> list[Contact]:
        """Who this may be, of the same partner, where name or address are new; after is_valid()."""
        if self.contact and not {"name", "email"} & set(self.changed_data):
            return []
        name, email = words_in(self.cleaned_data["name"]), fold(self.cleaned_data["email"])
        own = Q(pk=self.contact.pk if self.contact else None)
        # What another copy of this very form has just added is no other contact.
        own |= Q(key=self.cleaned_data["key"])
        others = Contact.objects.filter(~own, partner=self.partner)
        return [
            each
            for each in others.for_reading().by_name(reader_language())
            if (name and words_in(each.name) == name) or (email and fold(each.email) == email)
        ]

    @property
    def names_typed(self) -> str:
        """What a person confirms with “all the same”: this very contact, and no other."""
        return fold(
            " / ".join(self.cleaned_data[name] for name in ("name", "post_en", "post_fr", "email"))
        )


FIELDS = [name for name in ContactForm.base_fields if name != "key"]


def words_in(name: str) -> frozenset[str]:
    """The words of a name, in whatever order they stand: "NAME, Given" is "Given Name"."""
    return frozenset(re.findall(r"\w+", fold(name)))


def initial_for_new() -> dict[str, Any]:
    return {"key": uuid.uuid4(), "text_language": reader_language()}


def initial_of(contact: Contact) -> dict[str, Any]:
    return {"key": contact.key} | {name: getattr(contact, name) for name in FIELDS}
