"""Two people, one record: a save on a version that has moved on is refused."""

from engagements.models import Engagement


class MovedOn(Exception):
    """Somebody else saved since this person opened the record: nothing was changed."""

    def __init__(self, current: Engagement) -> None:
        self.current = current
        super().__init__(f"{current.reference} is at version {current.version}")


def locked(engagement: Engagement, *, version: int | None = None) -> Engagement:
    """The record as it is now, held until the transaction ends, its version moved on by one.

    MovedOn is raised where `version`, the one the person saw, is no longer the record's.
    """
    current = Engagement.objects.select_for_update(of=("self",)).get(pk=engagement.pk)
    if version is not None and current.version != version:
        raise MovedOn(current)
    current.version += 1
    return current
