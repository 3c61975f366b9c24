"""What a person fills in, as a browser sends it."""

import uuid

from django.urls import reverse

from objectives.models import FrameworkKind, Objective
from tests.factories import make_framework, make_objective, make_partner

CREATE = "engagements:create"


def address(name: str = CREATE, *args) -> str:
    return reverse(name, args=args)


def pillar(code: str = "P1") -> Objective:
    """An objective of the pillars in force, one framework for all of them."""
    known = Objective.objects.filter(framework__kind=FrameworkKind.PILLAR).first()
    framework = known.framework if known else make_framework("PILLARS", FrameworkKind.PILLAR)
    return Objective.objects.filter(code=code).first() or make_objective(code, framework)


def enough(**told) -> dict:
    """Enough to log: a visit of 2026-05-15 with UNODC, serving P1. None takes a field away."""
    if "partner" not in told:
        told["partner"] = [make_partner("UNODC", name_en="Office on Drugs").code]
    if "objectives" not in told:
        told["objectives"] = [pillar().code]
    sent = {
        "form_key": str(uuid.uuid4()),
        "kind": "outgoing-visit",
        "title_en": "Visit to a prison farm",
        "start_precision": "day",
        "start_year": "2026",
        "start_month": "5",
        "start_day": "15",
        "end_precision": "not-given",
        "lead_office": "IR",
        "sensitivity": "0",
        "text_language": "en",
        "role": ["host"],
        "do": "log",
    }
    return {name: value for name, value in (sent | told).items() if value is not None}


def sent_by(page) -> dict[str, list[str]]:
    """What the page of two versions sends as it stands: all that was typed, and what is proposed."""
    context = page.context
    sent: dict[str, list[str]] = {}
    for name, value in context["typed"]:
        sent.setdefault(name, []).append(value)
    sent |= {row.name: [row.choice] for row in context["comparison"].rows}
    return sent | {name: [str(context[name])] for name in ("version", "opened", "then")}
