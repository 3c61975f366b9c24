"""Adding and editing a partner. Nothing typed is lost: whatever is refused comes back as it was typed."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms.utils import ErrorDict
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import unsaved
from accounts.access import administrators_only
from accounts.http import PortalRequest
from accounts.unsaved import keeps_unsaved
from common.cautions import Confirmation
from common.forms import ErrorLink
from common.side_by_side import GO_ON, is_answer, number
from partners.actions import MovedOn, ParentCycle, add_partner, amend_partner
from partners.forms import (
    MOST_FORMER_NAMES,
    FormerNames,
    PartnerForm,
    former_names_of,
)
from partners.models import Partner
from partners.views import merge


@dataclass
class Entry:
    """The partner's fields and its former names, as one form."""

    form: PartnerForm
    former: Any
    partner: Partner | None = None
    version: int = 0
    # Archived meanwhile.
    overtaken: Partner | None = None

    @property
    def error_links(self) -> list[ErrorLink]:
        """Every error of both, for the summary."""
        links = list(self.form.error_links)
        for message in self.former.non_form_errors():
            links.append(ErrorLink("", "", message))
        for row in self.former:
            links += row.error_links
        return links

    @property
    def errors(self) -> bool:
        return bool(self.error_links)

    @property
    def confirmation(self) -> Confirmation:
        """What both ask once more."""
        asked = [form.confirmation for form in (self.form, *self.former)]
        pending = [caution for each in asked for caution in each.pending]
        return Confirmation(pending=pending, given=asked[0].given)

    def forget_errors(self) -> None:
        for form in (self.form, *self.former):
            form._errors = ErrorDict()  # type: ignore[union-attr]

    def is_valid(self) -> bool:
        # Both are asked, so that all errors are told at once.
        return all([self.form.is_valid(), self.former.is_valid()])

    @property
    def fields(self) -> dict[str, Any]:
        return self.form.cleaned_data

    @property
    def former_names(self) -> list[dict[str, str]]:
        return [row.cleaned_data for row in self.former if not row.is_empty]


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
@keeps_unsaved(lambda request: None)
def partner_create(request: PortalRequest) -> HttpResponse:
    entry = entered(request)
    if request.method != "POST" or "add_row" in request.POST:
        return shown(request, entry)
    if not entry.is_valid() or warned(request, entry):
        return shown(request, entry, status=422)
    partner = add_partner(by=request.user, former_names=entry.former_names, **entry.fields)
    messages.success(request, _("%(partner)s is added.") % {"partner": partner.label})
    return redirect(partner)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
@keeps_unsaved(lambda request, code: get_object_or_404(Partner, code=code))
def partner_edit(request: PortalRequest, code: str) -> HttpResponse:
    partners = Partner.objects.select_related("parent", "country", "archived_by")
    partner = get_object_or_404(partners, code=code)
    if partner.is_archived and request.method != "POST":
        messages.warning(request, _("An archived partner is not edited. Bring it back first."))
        return redirect(partner)
    if text := unsaved.to_compare(request):
        return merge.side_by_side(request, text.as_data(), partner, text=text)
    if is_answer(request.POST) and partner.is_archived:
        return archived_meanwhile(request, entered(request, partner), partner)
    if is_answer(request.POST):
        return merge.answered(request, partner, tell=told)
    return told(request, partner)


def told(request: PortalRequest, partner: Partner) -> HttpResponse:
    """The form opened, sent for another row, or to be saved."""
    entry = entered(request, partner)
    going_on = "add_row" in request.POST or request.POST.get("do") == GO_ON
    if request.method != "POST" or going_on:
        return shown(request, entry)
    if not entry.is_valid() or warned(request, entry):
        return shown(request, entry, status=422)
    return amended(request, entry)


def amended(request: PortalRequest, entry: Entry) -> HttpResponse:
    """Save the edit, or say with what is typed why it cannot be."""
    assert entry.partner is not None
    try:
        partner = amend_partner(
            by=request.user,
            partner=entry.partner,
            version=entry.version,
            former_names=entry.former_names,
            **entry.fields,
        )
    except MovedOn as moved:
        if moved.current.is_archived:
            return archived_meanwhile(request, entry, moved.current)
        return merge.refused(request, moved.current)
    except ParentCycle:
        entry.form.add_error(
            "parent", _("That stands under this partner itself. Choose another, or none.")
        )
        return shown(request, entry, status=422)
    messages.success(request, _("%(partner)s is saved.") % {"partner": partner.label})
    return redirect(partner)


def archived_meanwhile(request: PortalRequest, entry: Entry, partner: Partner) -> HttpResponse:
    entry.overtaken = partner
    return shown(request, entry, status=409)


def entered(request: PortalRequest, partner: Partner | None = None) -> Entry:
    """What was typed, or what is saved."""
    text = unsaved.chosen(request)
    if request.method == "POST" or text:
        data = text.as_data() if text else request.POST.copy()
        if "add_row" in data:
            data["former-TOTAL_FORMS"] = str(one_more(data))
        form = PartnerForm(
            data, partner=partner, initial=partner and PartnerForm.initial_of(partner)
        )
        former = FormerNames(data, prefix="former")
        return Entry(form, former, partner, version=number(data, "version"))
    initial = PartnerForm.initial_of(partner) if partner else None
    former = FormerNames(initial=former_names_of(partner), prefix="former")
    return Entry(
        PartnerForm(initial=initial, partner=partner),
        former,
        partner,
        version=partner.version if partner else 0,
    )


def one_more(data: QueryDict) -> int:
    return min(number(data, "former-TOTAL_FORMS") + 1, MOST_FORMER_NAMES)


def warned(request: PortalRequest, entry: Entry) -> bool:
    """Whether it may be here already, and nobody said of these very names: all the same."""
    return bool(entry.form.similar) and request.POST.get("anyway") != entry.form.names_typed


def shown(
    request: PortalRequest, entry: Entry, *, to_edit: bool = False, status: int = 200
) -> HttpResponse:
    """The form's page. `to_edit`: shown under another address, it goes on under that of editing."""
    if status == 200:
        # Nothing was sent to be saved, another row was asked for at most: what is wrong is told when it is.
        entry.forget_errors()
    context = {
        "entry": entry,
        "form": entry.form,
        "partner": entry.partner,
        "to_edit": to_edit,
        "similar": entry.form.similar if status == 422 and entry.form.is_valid() else [],
    }
    return render(request, "partners/form.html", context, status=status)
