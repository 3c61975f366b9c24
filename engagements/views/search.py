"""One search for everything: a number leads to its record, words to one page of what they find."""

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.access import everyone_signed_in
from accounts.http import PortalRequest
from common.text import LINE_LENGTH, PlainTextField
from engagements.search.results import Results, referenced


class SearchForm(forms.Form):
    q = PlainTextField(label=_("Search"), max_length=LINE_LENGTH, required=False)


@require_safe
@everyone_signed_in
def search(request: PortalRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    if not form.is_valid():
        refused = {
            "problems_of_search": form.errors["q"],
            "searched": request.GET.get("q", "")[:LINE_LENGTH],
        }
        return render(request, "search/results.html", refused, status=400)
    text = form.cleaned_data["q"]
    if not text:
        return render(request, "search/results.html", {})
    if record := referenced(text, request.user):
        return HttpResponseRedirect(record.get_absolute_url())
    results = Results(text, request.user)
    context = {"results": results, "searched": text, "marking": results.level}
    return render(request, "search/results.html", context)
