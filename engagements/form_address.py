"""What the form beside the list sends, as the address that people share.

The form has two selects for fiscal years and leaves fields empty; an address names each fiscal year by
`fy`, and holds nothing that chooses nothing. `from` and `to` are not the form's: they mean days.
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponseBase, QueryDict
from django.shortcuts import redirect

from accounts.http import PortalRequest
from common.partial_dates import FiscalYear
from engagements import facets
from engagements.models import Engagement, EngagementQuerySet

FIRST, LAST = "fy-from", "fy-to"
# What the form sends empty where nothing is chosen.
FIELDS = ("q", FIRST, LAST, "from", "to", "partner", "country", "office", "lead")

View = Callable[..., HttpResponseBase]


def address_of_form(view: View) -> View:
    """Leads what a form sent to its clean address; HTMX is answered at once, and told the address."""

    @wraps(view)
    def at_clean_address(request: PortalRequest, *args, **kwargs) -> HttpResponseBase:
        clean = cleaned(request)
        if clean == request.GET:
            return view(request, *args, **kwargs)
        if request.htmx:
            request.GET = QueryDict(clean.urlencode())
            return view(request, *args, **kwargs)
        query = clean.urlencode()
        return redirect(f"{request.path}?{query}" if query else request.path)

    return at_clean_address


def cleaned(request: PortalRequest) -> QueryDict:
    """The same without empty fields, and with the fiscal years from one to the other as `fy`.

    What is no fiscal year stays as it came: the filter refuses it.
    """
    clean = request.GET.copy()
    for name in FIELDS:
        if given := [text for text in clean.getlist(name) if text]:
            clean.setlist(name, given)
        else:
            clean.pop(name, None)
    if years := years_between(request, clean.get(FIRST, ""), clean.get(LAST, "")):
        others = [text for text in clean.getlist("fy") if text not in years]
        clean.setlist("fy", [*years, *others])
        for name in (FIRST, LAST):
            clean.pop(name, None)
    return clean


def years_between(request: PortalRequest, first: str, last: str) -> list[str]:
    """The fiscal years of a span, whichever end is named first; [] where an end is none.

    An open end is the earliest or latest fiscal year on offer.
    """
    try:
        ends = [FiscalYear.parse(text).ends for text in (first, last) if text]
    except ValueError:
        return []
    if len(ends) == 1:
        offered = [year.ends for year in facets.fiscal_years(readable(request))]
        beyond = [end for end in offered if (end > ends[0] if first else end < ends[0])]
        ends += beyond
    return [str(FiscalYear(end)) for end in range(min(ends), max(ends) + 1)] if ends else []


def readable(request: PortalRequest) -> EngagementQuerySet:
    return Engagement.objects.visible_to(request.user).logged()
