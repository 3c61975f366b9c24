"""What of an engagement's history a person may read: its own, and that of its restricted notes."""

from collections.abc import Iterable
from functools import partial

from django.urls import reverse

from accounts.models import User
from common.history.models import RevisionQuerySet
from common.history.pages import Latest, latest, latest_of
from common.history.reading import readable_by
from common.history.said import Known
from common.prepared import ask_for
from engagements.models import Engagement, Note


def history_of_engagement(
    engagement: Engagement, *, reader: User, notes: Iterable[int] | None = None
) -> RevisionQuerySet:
    """`notes` are the keys of those of its notes that the reader may read, where they are known already."""
    if notes is None:
        readable = Note.objects.readable_by(reader).filter(engagement=engagement)
        notes = readable.values_list("pk", flat=True)
    return _history(reader, engagement.pk, list(notes))


def _history(reader: User, engagement: int, notes: list[int]) -> RevisionQuerySet:
    among = {"engagement": [engagement], "note": notes}
    return readable_by(reader, among={kind: pks for kind, pks in among.items() if pks})


def _latest(reader: User, engagement: int, notes: list[int]) -> RevisionQuerySet:
    return latest(_history(reader, engagement, notes))


def latest_of_engagement(
    engagement: Engagement, *, reader: User, notes: Iterable[int], known: Known
) -> Latest:
    """As history_of_engagement; `known` are records at hand."""
    address = reverse("engagements:history", args=[engagement.reference])
    if notes := list(notes):
        found = list(_latest(reader, engagement.pk, notes))
    else:
        without = partial(_latest, notes=[])
        found = ask_for(reader, "latest", without, engagement=engagement.pk)
    return latest_of(found, address=address, known=known)
