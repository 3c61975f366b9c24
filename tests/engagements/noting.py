"""What a browser sends for a restricted note, and the notes to which somebody stands in a relation."""

import uuid

from django.urls import reverse

from accounts.models import Sensitivity
from engagements.models import Engagement
from tests.factories import make_note, make_office, make_user

A, B = Sensitivity.PROTECTED_A, Sensitivity.PROTECTED_B
SECRET = "What the warden said behind closed doors"
RELATIONS = ("author", "named", "office", "nobody")


def address(name, note_or_engagement):
    if isinstance(note_or_engagement, Engagement):
        return reverse(f"engagements:{name}", args=[note_or_engagement.reference])
    note = note_or_engagement
    return reverse(f"engagements:{name}", args=[note.engagement.reference, note.key])


def told(**kwargs):
    """What a browser sends for a note that names the colleague."""
    sent = {
        "key": str(uuid.uuid4()),
        "text": SECRET,
        "text_language": "en",
        "sensitivity": "0",
        "people": ["colleague"],
        "office": "",
    }
    return sent | kwargs


def related(relation, user, engagement, sensitivity):
    """A note to which the user stands like that."""
    author = user if relation == "author" else make_user(clearance=B)
    people = [user] if relation == "named" else [make_user()]
    office = user.office if relation == "office" else make_office("ELSEWHERE")
    return make_note(
        engagement,
        text=SECRET,
        written_by=author,
        people=people,
        office=office,
        sensitivity=sensitivity,
    )
