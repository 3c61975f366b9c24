"""Django's admin over the same tables, set up with care: filters, their counts, few queries."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.forms import ModelForm

from accounts.http import PortalRequest
from engagements.kinds import Stage
from engagements.models import Alignment, Engagement, Participation
from objectives.models import Objective
from partners.models import Country, Partner

site = admin.AdminSite(name="plain")


class PartInline(admin.TabularInline):
    model = Participation
    autocomplete_fields = ("partner",)
    extra = 1


class AlignmentInline(admin.TabularInline):
    model = Alignment
    fields = ("objective", "reason", "primary")
    autocomplete_fields = ("objective",)
    extra = 1


@admin.register(Engagement, site=site)
class EngagementAdmin(admin.ModelAdmin):
    list_display = (
        "reference",
        "title",
        "kind",
        "stage",
        "start_earliest",
        "lead_office",
        "with_whom",
    )
    list_display_links = ("reference",)
    list_filter = ("kind", "stage", "objectives", "countries__region")
    list_select_related = ("lead_office",)
    list_per_page = 25
    ordering = (models.F("start_earliest").desc(nulls_last=True), "-pk")
    search_fields = (
        "title_en", "title_fr", "reference", "place", "purpose", "outcome", "partners__name_en",
        "partners__name_fr", "partners__acronym_en", "partners__acronym_fr",
    )  # fmt: skip
    autocomplete_fields = ("countries",)
    raw_id_fields = ("lead_officer",)
    exclude = ("draft_input",)
    inlines = (PartInline, AlignmentInline)

    def get_queryset(self, request: PortalRequest) -> QuerySet[Engagement]:  # type: ignore[override]
        engagements = super().get_queryset(request).exclude(stage=Stage.DRAFT)
        engagements = engagements.filter(sensitivity__lte=request.user.clearance)
        return engagements.prefetch_related("partners")

    def with_whom(self, engagement: Engagement) -> str:
        return ", ".join(partner.name for partner in engagement.partners.all())

    def save_model(  # type: ignore[override]
        self, request: PortalRequest, obj: Any, form: ModelForm, change: bool
    ) -> None:
        obj.changed_by, obj.version = request.user, obj.version + 1
        super().save_model(request, obj, form, change)


@admin.register(Partner, Objective, Country, site=site)
class LookedUp(admin.ModelAdmin):
    search_fields = ("pk",)
