"""Administrators keep people and offices."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.models import ABOVE_PROTECTED_B, Office, User
from common.admin import AdministratorsOnly, AsksOnce, InUse, OnRecord, ReferenceAdmin
from common.admin_opened import NeverOverwrites
from common.history.recording import recording

# What says what a person may do and see. The office lets staff edit what it leads.
RIGHTS = ["role", "office", "clearance", "is_active"]

# What a person may do follows from the role.
admin.site.unregister(Group)


@admin.register(Office)
class OfficeAdmin(ReferenceAdmin):
    list_display = ["code", "name_en", "name_fr", "parent", "retired_on"]
    list_display_links = ["code", "name_en"]
    list_filter = [InUse]
    list_select_related = ["parent"]
    search_fields = ["code", "name_en", "name_fr"]
    fields = ["code", "name_en", "name_fr", "parent", "position", "retired_on"]

    def get_readonly_fields(self, request: HttpRequest, obj=None) -> list[str]:
        return ["code"] if obj else []


@admin.register(User)
class PersonAdmin(AsksOnce, OnRecord, NeverOverwrites, AdministratorsOnly, UserAdmin):
    """Role, office and clearance say what a person may do and see: no groups, no permissions."""

    list_display = [
        "username",
        "first_name",
        "last_name",
        "role",
        "office",
        "clearance",
        "is_active",
    ]
    list_filter = ["role", "is_active", "clearance", "office"]
    list_select_related = ["office"]
    search_fields = ["username", "first_name", "last_name", "email"]
    filter_horizontal = []
    list_per_page = 50
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email", "language"]}),
        (_("What they may do and see"), {"fields": [*RIGHTS]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "usable_password", "password1", "password2"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email", "language"]}),
        (_("What they may do and see"), {"fields": ["role", "office", "clearance"]}),
    ]

    def user_change_password(self, request: HttpRequest, id, form_url="") -> HttpResponse:
        """Django saves the whole person with the new password: held, so that nothing else is undone."""
        known = self.get_object(request, unquote(id))
        with recording(by=request.user, act="amended", records=[known] if known else []):
            return super().user_change_password(request, id, form_url)

    def formfield_for_choice_field(self, db_field, request: HttpRequest, **kwargs):
        field = super().formfield_for_choice_field(db_field, request, **kwargs)
        if db_field.name == "clearance":
            field.error_messages["invalid_choice"] = ABOVE_PROTECTED_B  # type: ignore[union-attr]
        return field

    def get_readonly_fields(self, request: HttpRequest, obj=None) -> list[str]:
        """Nobody sets their own rights: of oneself, another administrator decides."""
        own = RIGHTS if obj and obj.pk == request.user.pk else []
        return [*self.readonly_fields, *own]
