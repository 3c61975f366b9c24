"""Administrators keep regions, countries and, beside the portal's own pages, partners and contacts."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from common.admin import InUse, PortalAdmin, PortalInline, ReferenceAdmin
from partners.actions import ParentCycle, refuse_cycle
from partners.models import Contact, Country, FormerName, Partner, Region


@admin.register(Region)
class RegionAdmin(ReferenceAdmin):
    list_display = ["code", "name_en", "name_fr", "parent", "retired_on"]
    list_display_links = ["code", "name_en"]
    list_filter = [InUse]
    list_select_related = ["parent"]
    search_fields = ["code", "name_en", "name_fr"]
    fields = ["code", "name_en", "name_fr", "parent", "retired_on"]

    def get_readonly_fields(self, request: HttpRequest, obj=None) -> list[str]:
        return ["code"] if obj else []


@admin.register(Country)
class CountryAdmin(ReferenceAdmin):
    list_display = ["iso2", "name_en", "name_fr", "region", "retired_on"]
    list_display_links = ["iso2", "name_en"]
    list_filter = [InUse, "region"]
    list_select_related = ["region"]
    search_fields = ["search_text"]
    fields = ["iso2", "iso3", "m49", "name_en", "name_fr", "region", "retired_on"]

    def get_readonly_fields(self, request: HttpRequest, obj=None) -> list[str]:
        return ["iso2"] if obj else []


class FormerNameInline(PortalInline):
    model = FormerName
    fields = ["name_en", "acronym_en", "name_fr", "acronym_fr", "used_from", "used_until"]


class PartnerAdminForm(forms.ModelForm):
    """A save that closes a ring of parents is refused."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.instance.pk:
            self._refuse_cycle(cleaned.get("parent"))
        return cleaned

    def _refuse_cycle(self, parent: Partner | None) -> None:
        if parent:
            try:
                refuse_cycle(self.instance, parent)
            except ParentCycle:
                self.add_error(
                    "parent", _("That stands under this partner itself. Choose another, or none.")
                )


NAMES = ("name_en", "acronym_en", "name_fr", "acronym_fr", "name_own", "own_language")


@admin.register(Partner)
class PartnerAdmin(ReferenceAdmin):
    form = PartnerAdminForm
    actions = []  # a partner is archived, with a reason, on its own page
    inlines = [FormerNameInline]
    list_display = ["code", "name_en", "name_fr", "kind", "country", "is_in_use", "verified_on"]
    list_display_links = ["code", "name_en"]
    list_filter = ["kind", ("archived_at", admin.EmptyFieldListFilter)]
    list_select_related = ["country"]
    search_fields = ["search_text", "former_names__search_text"]
    fieldsets = [
        (None, {"fields": ["code", "kind"]}),
        (_("Names"), {"fields": NAMES}),
        (_("Where it belongs"), {"fields": ["parent", "country", "seat_en", "seat_fr"]}),
        (_("Justice sectors"), {"fields": ["in_police", "in_courts", "in_corrections"]}),
        (
            _("More about it"),
            {"fields": ["website", "crs_code", "existed_from", "existed_until", "verified_on"]},
        ),
        (_("In use"), {"fields": ["archived_at", "archive_reason", "its_page"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj=None) -> list[str]:
        return [*(["code"] if obj else []), "archived_at", "archive_reason", "its_page"]

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).order_by("code")

    @admin.display(description=_("in use"), boolean=True)
    def is_in_use(self, partner: Partner) -> bool:
        return not partner.is_archived

    @admin.display(description=_("Its page in the portal"))
    def its_page(self, partner: Partner) -> str:
        if partner.pk is None:
            return ""
        text = _("There it is verified, archived with a reason, and brought back.")
        url = reverse("partners:detail", args=[partner.code])
        return format_html('<a href="{}">{}</a>. {}', url, partner.label, text)

    def save_model(self, request: HttpRequest, obj: Partner, form, change: bool) -> None:
        if change:
            obj.version += 1
        else:
            obj.created_by_id = request.user.pk
        super().save_model(request, obj, form, change)


class ContactAdminForm(forms.ModelForm):
    """A save that makes two alike at one partner is refused."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        names = {name: cleaned.get(name, "") for name in ("name", "post_en", "post_fr")}
        asked = Contact(partner=cleaned.get("partner"), **names)
        asked.fold_names()
        alike = Contact.objects.there().filter(partner=asked.partner_id, likeness=asked.likeness)
        if not self.instance.is_gone and alike.exclude(pk=self.instance.pk).exists():
            self.add_error(None, _("This partner has that contact already."))
        return cleaned


@admin.register(Contact)
class ContactAdmin(PortalAdmin):
    form = ContactAdminForm
    list_display = ["__str__", "partner", "email", "is_there"]
    list_filter = ["write_in", ("retired_at", admin.EmptyFieldListFilter)]
    list_select_related = ["partner"]
    search_fields = ["search_text"]
    fieldsets = [
        (None, {"fields": ["partner", "name", "post_en", "post_fr"]}),
        (_("How to reach them"), {"fields": ["email", "phone", "write_in"]}),
        (
            _("More about it"),
            {"fields": ["in_post_from", "in_post_until", "note", "text_language"]},
        ),
        (_("In use"), {"fields": ["retired_at"]}),
    ]
    readonly_fields = ["retired_at"]  # marked and brought back on its partner's page

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).order_by("sort_en", "pk")

    @admin.display(description=_("there"), boolean=True)
    def is_there(self, contact: Contact) -> bool:
        return not contact.is_gone

    def save_model(self, request: HttpRequest, obj, form, change: bool) -> None:
        obj.changed_by, obj.changed_at = request.user, timezone.now()
        if change:
            obj.version += 1
        else:
            obj.logged_by = request.user
        super().save_model(request, obj, form, change)
