"""Two people, one record: a save on a version that has moved on is refused."""

from django.http import QueryDict

from common.prepared import ask
from engagements.models import Engagement, EngagementQuerySet


class MovedOn(Exception):
    """Somebody else saved since this person opened the record: nothing was changed."""

    def __init__(self, current: Engagement) -> None:
        self.current = current
        super().__init__(f"{current.reference} is at version {current.version}")


def held(engagement: Engagement) -> Engagement:
    """The record as it is now, held until the transaction ends."""
    found = ask("held engagement", _held, key=engagement.pk)
    if not found:
        raise Engagement.DoesNotExist
    return found[0]


def _held(key: int) -> EngagementQuerySet:
    return Engagement.objects.select_for_update(of=("self",)).filter(pk=key)


def move_on(current: Engagement, *, version: int | None) -> None:
    """Count its version up by one. MovedOn where `version`, the one the person saw, is no longer its own."""
    if version is not None and current.version != version:
        raise MovedOn(current)
    current.version += 1


def locked(engagement: Engagement, *, version: int | None = None) -> Engagement:
    """The record as it is now, held until the transaction ends, its version moved on by one.

    MovedOn is raised where `version`, the one the person saw, is no longer the record's.
    """
    current = held(engagement)
    move_on(current, version=version)
    return current


def version_in(sent: QueryDict) -> int:
    """The version of the record that the person saw, as its form carries it."""
    try:
        return int(sent.get("version", ""))
    except ValueError:
        return 0  # no record's: somebody sent something else than the form
