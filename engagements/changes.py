"""What of an engagement's history a person may read: its own, and that of its restricted notes."""

from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from common.history.models import RevisionQuerySet
from common.history.pages import Latest, latest_of
from common.history.reading import readable_by
from engagements.models import Engagement, Note


def history_of_engagement(engagement: Engagement, *, reader: User) -> RevisionQuerySet:
    notes = Note.objects.readable_by(reader).filter(engagement=engagement)
    own = Q(kind="engagement", record_id=engagement.pk)
    of_notes = Q(kind="note", record_id__in=notes.values("pk"))
    return readable_by(reader, kinds=["engagement", "note"]).filter(own | of_notes)


def latest_of_engagement(engagement: Engagement, *, reader: User) -> Latest:
    address = reverse("engagements:history", args=[engagement.reference])
    return latest_of(history_of_engagement(engagement, reader=reader), address=address)
