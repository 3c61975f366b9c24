"""Every part the pages are made of, with the states it can be in. For developers: settings.GALLERY."""

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import everyone_signed_in
from accounts.http import PortalRequest
from accounts.models import Sensitivity
from common.forms import PortalForm
from common.side_by_side import Aspect, Comparison, Listing, LongText, compare
from common.text import PlainTextField
from engagements.kinds import Kind, Stage
from engagements.models import Alignment, Engagement
from objectives.models import FrameworkKind, Objective

PARTS = [
    "type", "buttons", "fields", "summary", "marks", "alerts", "chips", "combobox",
    "table", "versions", "pages", "matrix", "empty",
]  # fmt: skip
NAMES = {"P2": "Canadian foreign policy", "S4": "Mental health", "M3": "Opportunity and security"}


class SampleForm(PortalForm):
    title = PlainTextField(label="Title", error_messages={"required": "Give it a title."})
    place = PlainTextField(label="Place", help_text="City or institution.", required=False)
    kind = forms.ChoiceField(label="Kind", choices=Kind, required=False)
    outcome = PlainTextField(label="Outcome", lines=True, required=False)
    language = forms.ChoiceField(
        label="Language", choices=[("en", "English"), ("fr", "Français")], widget=forms.RadioSelect
    )
    sure = forms.BooleanField(label="I have read the reason", required=False)


def versions() -> Comparison:
    """A line, a text and a list, as two people left them."""
    return compare(
        [
            Aspect(name="place", label="Place"),
            LongText(name="outcome", label="Outcome"),
            Listing(name="partner", label="Partners"),
        ],
        now=QueryDict("place=Oslo&outcome=They agreed on a charter.&partner=UNODC&partner=ICPA"),
        mine=QueryDict("place=&outcome=They agreed on two exchanges.&partner=UNODC&partner=PRI"),
    )


@require_safe
@everyone_signed_in
def gallery(request: PortalRequest) -> HttpResponse:
    objectives = [Objective(code=code, short_en=name) for code, name in NAMES.items()]
    context = {
        "parts": [f"gallery/_{part}.html" for part in PARTS],
        "form": SampleForm({"place": "Vienna", "language": "en"}),
        "stages": [Engagement(stage=stage) for stage in Stage],
        "sensitivities": [Engagement(sensitivity=level) for level in Sensitivity],
        "alignments": [Alignment(objective=objective) for objective in objectives],
        "kinds": FrameworkKind.values,
        "versions": versions().rows,
        "page": Paginator(range(1204), 25).page(5),
    }
    return render(request, "gallery/index.html", context)
