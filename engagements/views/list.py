"""The list of engagements, and the same as a file."""

from functools import partial
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.access import everyone_signed_in
from accounts.http import PortalRequest
from accounts.models import Office, User
from common.bilingual import reader_language
from common.filters import Problem
from common.pagination import SIZES, NoSuchPage, page_size, paginate
from engagements import counting, facets
from engagements.filter_fields import years_in_a_row
from engagements.filters import EngagementFilter
from engagements.form_address import address_of_form
from engagements.index.current import wait_for_it
from engagements.listing import Listed
from engagements.models import Engagement, EngagementQuerySet
from engagements.totals import totals
from engagements.written import Written, pack, written
from partners.models import Partner

PAGE = "engagements/list.html"
ORDERS = {
    "newest": gettext_lazy("Newest first"),
    "oldest": gettext_lazy("Oldest first"),
    "title": gettext_lazy("Title"),
    "changed": gettext_lazy("Changed last"),
}
# Partners that a browser offers while one types: a page holds no more of them, however many there are.
MOST_OFFERED = 200
OTHER_PARAMETERS = ("sort", "page", "per_page", "pick")


@require_safe
@everyone_signed_in
@vary_on_headers("HX-Request")
@address_of_form
def engagement_list(request: PortalRequest) -> HttpResponse:
    wait_for_it()
    readable = Engagement.objects.visible_to(request.user)
    filters = EngagementFilter(
        request.GET, readable, user=request.user, also_allowed=OTHER_PARAMETERS
    )
    problems = [*filters.problems, *order_problems(request)]
    context = {"filters": filters, "problems": problems}
    if problems:
        # A part that HTMX asked for is shown with 422; other refusals it only tells of.
        return render(request, template(request), context, status=422 if request.htmx else 400)
    # No change of people is noted, so they are read by every page.
    context["leads"] = leads = facets.leads(readable.logged())
    make = partial(write_out, request, context, readable)
    asked_by = (bool(request.htmx), request.htmx.trigger)
    people = [(lead.pk, lead.username, str(lead)) for lead in leads]
    try:
        shown = written("list", filters, timezone.localdate(), make, *asked_by, *people)
    except NoSuchPage as missing:
        return render(request, template(request), context | {"missing": missing}, status=404)
    if is_part(request):
        response = HttpResponse(shown.html)
    else:
        response = render(request, PAGE, context | {"written": shown, "marking": shown.marking})
    if request.htmx:
        # The address to share: what is chosen, without the form's empty fields.
        query = address(request, filters)
        response["HX-Push-Url"] = f"{request.path}?{query}" if query else request.path
    return response


def write_out(
    request: PortalRequest, context: dict[str, Any], readable: EngagementQuerySet
) -> Written:
    """The choices and the rows, as they stand on the page; NoSuchPage for one beyond the last."""
    filters = context["filters"]
    page = paginate(request, Listed(filters.qs, readable, order=order_of(request)))
    marking = counting.highest_sensitivity(*facets.counted(filters))
    besides = {"page": page, "orders": orders(request), "totals": totals(filters.qs)}
    besides |= beside_the_list(request, filters, readable, context["leads"])
    html = render_to_string(f"{PAGE}#results", context | besides | {"marking": marking}, request)
    return Written(total=page.paginator.count, marking=marking, packed=pack(html))


def in_language(lines, language):
    """The lines, each made in `language`: a response is streamed after its request has ended."""
    lines = iter(lines)
    while True:
        with translation.override(language):
            line = next(lines, None)
        if line is None:
            return
        yield line


def address(request: PortalRequest, filters: EngagementFilter) -> str:
    """The query string of this very page: filter, order, size and page."""
    kept = [
        (name, request.GET[name]) for name in ("sort", "per_page", "page") if request.GET.get(name)
    ]
    return urlencode([*filters.pairs, *kept])


def template(request: PortalRequest) -> str:
    return f"{PAGE}#results" if is_part(request) else PAGE


def is_part(request: PortalRequest) -> bool:
    """Whether HTMX puts what it gets into the page that stands."""
    return bool(request.htmx) and not request.htmx.history_restore_request


def order_problems(request: PortalRequest) -> list[Problem]:
    if order_of(request) in ORDERS:
        return []
    message = _("The list cannot be sorted that way. Choose newest, oldest, title or changed.")
    return [Problem(parameter="sort", message=message)]


def order_of(request: PortalRequest) -> str:
    return request.GET.get("sort") or "newest"


def orders(request: PortalRequest) -> list[tuple[str, str, bool]]:
    now = order_of(request)
    return [(name, str(label), name == now) for name, label in ORDERS.items()]


def beside_the_list(
    request: PortalRequest,
    filters: EngagementFilter,
    readable: EngagementQuerySet,
    leads: list[User] | None = None,
) -> dict:
    """The choices: facets with their counts, and what the selects offer; the leads are read but once."""
    logged = readable.logged()
    span = years_in_a_row(filters.chosen["fy"])
    return {
        "facets": facets.facets(filters, facets.frameworks(readable, timezone.localdate())),
        "years": facets.years_to_choose(logged, span),
        "span": span,
        "other_years": facets.years_apart(filters, span),
        "countries": facets.countries(logged),
        "offices": counting.had(Office.objects.all(), logged, "lead_office"),
        "leads": facets.leads(logged) if leads is None else leads,
        "some_partners": some_partners(logged),
        "sizes": SIZES,
        "size": page_size(request, 25),
    }


class Offered(NamedTuple):
    code: str
    label: str


def some_partners(logged: EngagementQuerySet) -> list[Offered]:
    """Those most was done with, by name. Whoever types another's name or acronym finds it as well."""
    counts = counting.tally(logged, "partner")
    most = set(sorted(counts, key=lambda key: (-counts[key], key))[:MOST_OFFERED])
    every = counting.told(f"partners by name in {reader_language()}", _partners_by_name)
    return [offered for key, offered in every.items() if key in most]


def _partners_by_name() -> dict[int, Offered]:
    partners = Partner.objects.by_name(reader_language())
    return {one.pk: Offered(one.code, one.label) for one in partners}
