"""What a record was when somebody opened it, and who saved what since: read from its history."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from common.history.models import Revision
from common.history.tracking import State


@dataclass(frozen=True, kw_only=True)
class Save:
    """One act on a record while somebody else had it open. `by` is None for a command."""

    by: Any
    at: dt.datetime
    fields: list[str]


def base_of(kind: str, pk: int, version: int, *, reader: Any) -> Revision | None:
    """What was on record at that version; None where nobody knows, or the reader may not.

    A save that changed nothing leaves no revision: what was on record before it is the same.
    """
    known = Revision.objects.of(kind, [pk]).filter(version__lte=version)
    last = known.order_by("-number").first()
    # A version is a number that anybody can send: what was marked higher then stays unread.
    return last if last and last.state.get("sensitivity", 0) <= reader.clearance else None


def saves_since(
    began: Revision | None, *, reader: Any, changed: Callable[[State, State], list[str]]
) -> list[Save]:
    """The newest first. `changed` tells the labels of what differs between two states."""
    if began is None:
        return []
    later = Revision.objects.of(began.kind, [began.record_id]).filter(number__gt=began.number)
    return [
        Save(by=each.by, at=each.at, fields=changed(each.before, each.state))
        for each in later.cleared_for(reader).select_related("by", "previous").newest_first()
    ]
