"""Administrators keep frameworks and objectives. Adopting one goes through its own page."""

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from common.admin import InUse, ReferenceAdmin
from objectives.models import Framework, Objective

ADOPTION = ["adopted", "adopted_at", "adopted_by", "in_force_from", "in_force_to"]


@admin.register(Framework)
class FrameworkAdmin(ReferenceAdmin):
    list_display = [
        "code",
        "title_en",
        "title_fr",
        "kind",
        "adopted",
        "in_force_from",
        "in_force_to",
    ]
    list_display_links = ["code", "title_en"]
    list_filter = ["kind", "adopted", InUse]
    search_fields = ["code", "title_en", "title_fr"]
    fieldsets = [
        (None, {"fields": ["code", "kind"]}),
        (_("Title"), {"fields": ["title_en", "title_fr"]}),
        (_("Owner"), {"fields": ["owner_en", "owner_fr"]}),
        (_("Source"), {"fields": ["source", "official_en", "official_fr"]}),
        (_("In force"), {"fields": [*ADOPTION, "adopt", "retired_on"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Framework | None = None) -> list[str]:
        used = ["code", "kind"] if obj and is_used(obj) else []
        return [*used, *ADOPTION, "adopt"]

    @admin.display(description=_("Adoption"))
    def adopt(self, framework: Framework) -> str:
        if framework.pk is None:
            return str(_("Save the framework and its objectives first."))
        if framework.adopted:
            return str(_("It is adopted."))
        url = reverse("objectives:adopt", args=[framework.code])
        return format_html('<a href="{}">{}</a>', url, _("Adopt it on a date"))


@admin.register(Objective)
class ObjectiveAdmin(ReferenceAdmin):
    list_display = ["code", "short_en", "short_fr", "framework", "position", "retired_on"]
    list_display_links = ["code", "short_en"]
    list_filter = ["framework__kind", "framework", InUse]
    list_select_related = ["framework"]
    search_fields = ["code", "short_en", "short_fr", "wording_en", "wording_fr"]
    fieldsets = [
        (None, {"fields": ["framework", "code", "position"]}),
        (_("Wording"), {"fields": ["wording_en", "wording_fr"]}),
        (_("Short name"), {"fields": ["short_en", "short_fr"]}),
        (_("Crosswalk"), {"fields": ["follows", "retired_on"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Objective | None = None) -> list[str]:
        """What engagements are tagged with keeps its code and its place."""
        return ["framework", "code"] if obj and is_used(obj.framework) else []

    def formfield_for_manytomany(self, db_field, request: HttpRequest, **kwargs):
        kwargs["queryset"] = Objective.objects.select_related("framework").in_order()
        return super().formfield_for_manytomany(db_field, request, **kwargs)


def is_used(framework: Framework) -> bool:
    """It has been in force, so that something can be tagged against it.

    Whether anything is, is not asked: that would tell of engagements the administrator may not read.
    """
    return framework.adopted
