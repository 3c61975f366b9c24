"""The administration's part of common/opened.py: refuse once what somebody else has changed since."""

from typing import Any

from django import forms
from django.contrib.admin.utils import unquote
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from common.history.models import Revision
from common.history.tracking import kind_of
from common.opened import (
    OPENED,
    Difference,
    Opened,
    differences,
    opened_with,
    rows_again,
    taken_over,
    typed_in,
)

MOVED_ON = _(
    "Somebody else saved this while you had it open. Nothing of yours is saved yet, and nothing is lost: "
    "look at what they changed, then save again."
)


class NeverOverwrites:
    """For a ModelAdmin: to be asked inside of OnRecord, which holds the record meanwhile."""

    change_form_template: Any = "admin/opened_change_form.html"

    def changeform_view(
        self, request: HttpRequest, object_id=None, form_url="", extra_context=None
    ):
        ask = super().changeform_view  # type: ignore[misc]
        if request.method == "POST" and object_id:
            known = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
            if known and (changed := self._changed_since(request, known)):
                return self._refuse(request, known, changed, (object_id, form_url, extra_context))
        return ask(request, object_id, form_url, extra_context)

    def _refuse(self, request: HttpRequest, known, changed: list[Difference], asked: tuple):
        object_id, form_url, extra = asked
        last = Revision.objects.of(kind_of(known).kind, [known.pk]).order_by("-number").first()
        setattr(request, "moved_on", True)  # noqa: B010 -- for get_form
        context = {"differences": changed, "last": last} | (extra or {})
        response = super().changeform_view(request, object_id, form_url, context)  # type: ignore[misc]
        response.status_code = 409
        return response

    def _changed_since(self, request: HttpRequest, known) -> list[Difference]:
        """What is on record by now; what was typed is put beside it in what was sent."""
        form, formsets = self._as_it_is(request, known)
        now, was = opened_with(form, formsets), Opened.of_text(request.POST.get(OPENED, ""))
        if was == now:
            return []
        data = request.POST.copy()
        if was is None:
            return differences(form, None, now.own, typed_in(form, data))
        found = differences(form, was.own, now.own, typed_in(form, data))
        taken_over(form, was.own, now.own, data)
        for formset in formsets:
            rows = was.rows.get(formset.prefix, {}), now.rows[formset.prefix]
            found += rows_again(formset, *rows, data)
        request.POST = data  # type: ignore[assignment]
        return found

    def _as_it_is(self, request: HttpRequest, known) -> tuple[forms.BaseForm, list[Any]]:
        form = self.get_form(request, known, change=True)(instance=known)
        pairs = self.get_formsets_with_inlines(request, known)  # type: ignore[attr-defined]
        return form, [made(instance=known) for made, _inline in pairs]

    def get_form(self, request: HttpRequest, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)  # type: ignore[misc]
        return refusing(form) if getattr(request, "moved_on", False) else form

    def render_change_form(self, request: HttpRequest, context: dict, *args, **kwargs):
        if context.get("original"):
            formsets = [each.formset for each in context["inline_admin_formsets"]]
            opened = opened_with(context["adminform"].form, formsets)
            context["opened_as"] = opened.as_text()
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]


def refusing(form: type[forms.BaseModelForm]) -> type[forms.BaseModelForm]:
    """The form, never valid: it comes back with all that was typed."""

    class Refused(form):  # type: ignore[misc,valid-type]
        def full_clean(self) -> None:
            super().full_clean()
            if self.is_bound:
                self.add_error(None, MOVED_ON)

    return Refused
