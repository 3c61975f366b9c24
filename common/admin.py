"""The portal's admin: administrators keep reference data, retire it, and never delete it."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PortalAdminSite(admin.AdminSite):
    site_header = _("Liaison administration")
    site_title = _("Liaison administration")
    index_title = _("Reference data and people")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and request.user.is_administrator


class ReferenceAdmin(admin.ModelAdmin):
    """Administrators add and change; nobody deletes."""

    def save_model(self, request: HttpRequest, obj, form, change: bool) -> None:
        """Mark the row as edited here, so that loading the reference data leaves it as it is."""
        obj.edited_at, obj.edited_by = timezone.now(), request.user
        super().save_model(request, obj, form, change)

    def _is_administrator(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and request.user.is_administrator

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._is_administrator(request)

    def has_view_permission(self, request: HttpRequest, obj=None) -> bool:
        return self._is_administrator(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._is_administrator(request)

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return self._is_administrator(request)

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False
