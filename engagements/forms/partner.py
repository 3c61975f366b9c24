"""A missing partner, created without leaving the engagement's form."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import PortalForm
from common.text import TITLE_LENGTH, PlainTextField
from partners.duplicates import similar_partners
from partners.models import Country, Partner

PREFIX = "new_partner"


class NewPartnerForm(PortalForm):
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

    def __init__(self, *args, countries=None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].queryset = Country.objects.all()
        if countries is not None:
            named = [(country.iso2, country.name) for country in countries]
            self.fields["country"].choices = [("", self.fields["country"].empty_label), *named]

    def clean(self) -> dict:
        cleaned = super().clean()
        named = cleaned.get("name_en") or cleaned.get("name_fr")
        if not named and not (self.has_error("name_en") or self.has_error("name_fr")):
            self.add_error("name_en", _("Give the partner a name, in English or in French."))
        return cleaned

    def similar(self) -> list[Partner]:
        """Who it may be, of those that are here; only after is_valid()."""
        told = self.cleaned_data
        return similar_partners(
            [name for name in (told["name_en"], told["name_fr"]) if name],
            acronyms=[acronym for acronym in (told["acronym_en"], told["acronym_fr"]) if acronym],
        )
