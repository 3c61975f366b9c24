"""A missing partner, created without leaving the engagement's form."""

from collections.abc import Iterable
from typing import cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.filter_fields import shown
from common.forms import CautiousForm
from common.text import TITLE_LENGTH, PlainTextField
from engagements.forms.parts import find_partner
from partners.duplicates import similar_partners
from partners.models import Country, Partner

PREFIX = "new_partner"


class NewPartnerForm(CautiousForm):
    """As little as a partner needs; an administrator completes it later."""

    prefix = PREFIX

    name_en = PlainTextField(
        label=gettext_lazy("Name in English"), max_length=TITLE_LENGTH, required=False
    )
    name_fr = PlainTextField(
        label=gettext_lazy("Name in French"), max_length=TITLE_LENGTH, required=False
    )
    acronym_en = PlainTextField(
        label=gettext_lazy("Acronym in English"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"class": "w-10"}),
    )
    acronym_fr = PlainTextField(
        label=gettext_lazy("Acronym in French"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"class": "w-10"}),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of partner"),
        choices=[("", gettext_lazy("choose a kind")), *Partner.Kind.choices],
        error_messages={"required": gettext_lazy("Choose what kind of partner it is.")},
    )
    country = forms.ModelChoiceField(
        Country.objects.none(),
        label=gettext_lazy("Country"),
        to_field_name="iso2",
        required=False,
        empty_label=gettext_lazy("none, or several"),
    )

    parent = PlainTextField(
        label=gettext_lazy("Part of"),
        required=False,
        help_text=gettext_lazy("Name or acronym of the partner above it, if any."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.country_field.queryset = Country.objects.all()

    def name_countries(self, countries: Iterable[Country]) -> None:
        """Offer these, which the page has at hand already."""
        named = [(country.iso2, country.name) for country in countries]
        self.country_field.choices = [("", self.country_field.empty_label or ""), *named]

    @property
    def country_field(self) -> forms.ModelChoiceField:
        return cast(forms.ModelChoiceField, self.fields["country"])

    def unjudged(self) -> "NewPartnerForm":
        """What was typed, and nothing said against it."""
        self._errors = ErrorDict(renderer=self.renderer)
        self.cleaned_data = {}
        return self

    @property
    def is_begun(self) -> bool:
        return any(self.data.get(self.add_prefix(name), "").strip() for name in self.fields)

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        named = cleaned.get("name_en") or cleaned.get("name_fr")
        if not named and not (self.has_error("name_en") or self.has_error("name_fr")):
            self.add_error("name_en", _("Give the partner a name, in English or in French."))
        return cleaned

    def clean_parent(self) -> Partner | None:
        typed = self.cleaned_data["parent"]
        parent = find_partner(typed) if typed else None
        if typed and parent is None:
            message = _("No partner, or more than one, is called “%(value)s”. Give its acronym.")
            raise ValidationError(message, params={"value": shown(typed)})
        return parent

    def similar(self) -> list[Partner]:
        """Who it may be, of those that are here; only after is_valid()."""
        told = self.cleaned_data
        return similar_partners(
            [name for name in (told["name_en"], told["name_fr"]) if name],
            acronyms=[acronym for acronym in (told["acronym_en"], told["acronym_fr"]) if acronym],
        )
