"""An engagement with a past, and what a browser sends to put it back as it was."""

import datetime as dt
import re

from django.urls import reverse

from common.history.models import Revision
from common.partial_dates import PartialDate
from engagements.actions import Part, amend_engagement, log_engagement
from engagements.alignments import Tag
from engagements.kinds import Kind
from engagements.models import Engagement
from tests.engagements.telling import pillar
from tests.factories import (
    make_office,
    make_partner,
)

TOLD = {
    "kind": Kind.OUTGOING_VISIT,
    "title_en": "Visit to a prison farm",
    "purpose": "To see.",
    "start": PartialDate.day(dt.date(2026, 5, 15)),
    "end": PartialDate("not-given"),
    "text_language": "en",
    "approval": "unknown",
}


def log(by, *, parts=None, tags=None, countries=(), **told):
    parts = [Part(partner=make_partner())] if parts is None else parts
    tags = [Tag(objective=pillar())] if tags is None else tags
    fields = TOLD | {"lead_office": make_office("IR")} | told
    return log_engagement(by=by, parts=parts, tags=tags, countries=countries, **fields)


def amend(engagement, *, by, **changed):
    """Change these things and leave the rest."""
    engagement = Engagement.objects.get(pk=engagement.pk)
    rest = {
        "parts": [Part(partner=p.partner, role=p.role) for p in engagement.participations.all()],
        "tags": [
            Tag(objective=a.objective, reason=a.reason, primary=a.primary)
            for a in engagement.alignments.all()
        ],
        "countries": list(engagement.countries.all()),
    }
    return amend_engagement(
        by=by, engagement=engagement, version=engagement.version, **rest | changed
    )


def revisions(engagement):
    return list(Revision.objects.of("engagement", [engagement.pk]).order_by("number"))


def address(engagement, **query):
    return reverse("engagements:put_back", args=[engagement.reference], query=query)


def back_to_first(engagement):
    return address(engagement, change=revisions(engagement)[0].key)


def offered(response):
    """Key → whether it is ticked."""
    boxes = re.findall(r'<input type="checkbox" name="field"[^>]*>', response.content.decode())
    return {re.search('value="([^"]*)"', box)[1]: "checked" in box for box in boxes}


def put_back(client, url, engagement, *fields):
    engagement.refresh_from_db()
    sent = {"field": fields, "version": engagement.version}
    return client.post(url, sent)
