"""The portal's admin: administrators keep reference data, retire it, and never delete it."""

import re
from functools import update_wrapper

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import SEARCH_VAR
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from common.admin_opened import NeverOverwrites
from common.forms import Cautious
from common.history.reading import history_of
from common.history.recording import recording
from common.history.telling import entries
from common.text import validate_plain_text

# What one database breaks on and another finds nothing for: a NUL, more digits than a key has.
NOT_ASKED = re.compile(r"\x00|\d{19}")
HISTORY_PAGE = 50


class PortalAdminSite(admin.AdminSite):
    site_header = _("Liaison administration")
    site_title = _("Liaison administration")
    index_title = _("Reference data and people")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and request.user.is_administrator

    def admin_view(self, view, cacheable: bool = False):
        """Whoever is no administrator gets the portal's own page for it, whatever the address."""
        guarded = super().admin_view(view, cacheable)

        def refuse_or_answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not self.has_permission(request):
                raise PermissionDenied
            return guarded(request, *args, **kwargs)

        return update_wrapper(refuse_or_answer, guarded)

    def get_urls(self) -> list:
        """Without Django's shortcut to the page of any record of any table, by its key."""
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        """There is one sign-in page, the portal's."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.GET.get("next", ""))
        if not self.has_permission(request):
            raise PermissionDenied
        return redirect("admin:index")


class AdministratorsOnly:
    """Administrators add and change; nobody deletes."""

    def _is_administrator(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and request.user.is_administrator

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._is_administrator(request)

    def has_view_permission(self, request: HttpRequest, obj=None) -> bool:
        return self._is_administrator(request)

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        return self._is_administrator(request)

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return self._is_administrator(request)

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """No text with characters that cannot be shown, here as in the portal's own forms."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if isinstance(field, forms.CharField):
            field.validators = [*field.validators, validate_plain_text]
        return field

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """A filter in the address asks for what stands in the table itself.

        Django also lets it ask which rows an engagement refers to: whatever it is marked.
        """
        own = [*self.opts.fields, *self.opts.many_to_many]  # type: ignore[attr-defined]
        names = {"pk", *(each.name for each in own), *(each.attname for each in own)}
        is_own = lookup.partition("__")[0] in names
        return is_own and super().lookup_allowed(lookup, value, request)  # type: ignore[misc]

    def get_changelist_instance(self, request: HttpRequest):
        """A filter in the address that no database can be asked for is left out, as an unknown one."""
        for name, value in request.GET.items():
            if name != SEARCH_VAR and NOT_ASKED.search(str(value)):
                raise IncorrectLookupParameters
        return super().get_changelist_instance(request)  # type: ignore[misc]


class OnRecord:
    """What is added or changed in the admin is on record, as what is done on any page."""

    def changeform_view(
        self, request: HttpRequest, object_id=None, form_url="", extra_context=None
    ):
        ask = super().changeform_view  # type: ignore[misc]
        if request.method != "POST":
            return ask(request, object_id, form_url, extra_context)
        known = self.get_object(request, unquote(object_id)) if object_id else None  # type: ignore[attr-defined]
        act, records = ("amended", [known]) if known else ("added", [])
        with recording(by=request.user, act=act, records=records) as kept:
            setattr(request, "kept", kept)  # noqa: B010 -- for save_related
            return ask(request, object_id, form_url, extra_context)

    def save_related(self, request: HttpRequest, form, formsets, change: bool) -> None:
        super().save_related(request, form, formsets, change)  # type: ignore[misc]
        if not change:
            request.kept.made(form.instance)  # type: ignore[attr-defined]

    def history_view(self, request: HttpRequest, object_id, extra_context=None) -> HttpResponse:
        """The record's own history, and not what Django logs of the admin alone."""
        record = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]
        revisions = history_of(record, reader=request.user).for_reading().newest_first()
        page = Paginator(revisions, HISTORY_PAGE).get_page(request.GET.get("page"))
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": _("History: %(name)s") % {"name": record},
            "opts": self.opts,  # type: ignore[attr-defined]
            "object": record,
            "page": page,
            "entries": entries(list(page)),
        }
        return TemplateResponse(request, "admin/object_history.html", context)


class AsksOnce:
    """Every form of the admin asks before a number of a person is saved, as the portal's own do."""

    def get_form(self, request: HttpRequest, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)  # type: ignore[misc]
        return type(form.__name__, (Cautious, form), {})


class CautiousModelForm(Cautious, forms.ModelForm):
    """For the rows that stand beneath a record."""


class PortalAdmin(AsksOnce, OnRecord, NeverOverwrites, AdministratorsOnly, admin.ModelAdmin):
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_per_page = 50
    save_on_top = False

    def view_on_site(self, record: models.Model) -> str | None:  # type: ignore[override]
        """The record's page in the portal, where it has one."""
        address = getattr(record, "get_absolute_url", None)
        return address() if address else None


class PortalInline(AdministratorsOnly, admin.StackedInline):
    form = CautiousModelForm
    extra = 0
    can_delete = False


class ReferenceAdmin(PortalAdmin):
    """Reference data: what is saved here is left alone by the files it was loaded from."""

    actions = ["retire", "bring_back"]

    def save_model(self, request: HttpRequest, obj, form, change: bool) -> None:
        """Mark the row as edited here, so that loading the reference data leaves it as it is."""
        obj.edited_at, obj.edited_by = timezone.now(), request.user
        super().save_model(request, obj, form, change)

    @admin.action(description=_("Retire: offer it no more"))
    def retire(self, request: HttpRequest, queryset) -> None:
        offered = queryset.filter(retired_on=None)
        changed = self._mark(request, offered, timezone.localdate(), act="retired")
        text = ngettext("%(n)d is retired.", "%(n)d are retired.", changed) % {"n": changed}
        self.message_user(request, text, messages.SUCCESS)

    @admin.action(description=_("Bring back"))
    def bring_back(self, request: HttpRequest, queryset) -> None:
        retired = queryset.exclude(retired_on=None)
        changed = self._mark(request, retired, None, act="brought-back")
        text = ngettext("%(n)d is brought back.", "%(n)d are brought back.", changed)
        self.message_user(request, text % {"n": changed}, messages.SUCCESS)

    def _mark(self, request: HttpRequest, queryset, retired_on, *, act: str) -> int:
        rows = list(queryset)
        with recording(by=request.user, act=act, records=rows):
            for row in rows:
                row.retired_on = retired_on
                row.edited_at, row.edited_by = timezone.now(), request.user
                row.save(update_fields=["retired_on", "edited_at", "edited_by"])
                self.log_change(request, row, [{"changed": {"fields": ["retired_on"]}}])
        return len(rows)


class InUse(admin.SimpleListFilter):
    """In use or retired."""

    title = _("in use")
    parameter_name = "in_use"

    def lookups(self, request, model_admin):
        return [("yes", _("In use")), ("no", _("Retired"))]

    def queryset(self, request, queryset):
        if self.value() not in {"yes", "no"}:
            return queryset
        return queryset.filter(retired_on__isnull=self.value() == "yes")
