"""A load taken back as a whole: what it made goes, what it changed is as before, what was edited stays."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import User
from engagements.models import Load, LoadedRow


@dataclass(frozen=True, kw_only=True)
class Undone:
    """What undoing would do, or did. `kept`: the rows whose records were edited since, by whom and when."""

    deleted: tuple[LoadedRow, ...] = ()
    put_back: tuple[LoadedRow, ...] = ()
    kept: tuple[LoadedRow, ...] = ()


def plan_undo(*, by: User, load: Load) -> Undone:
    """What undo would do now. Writes nothing."""
    raise NotImplementedError


def undo(*, by: User, load: Load) -> Undone:
    """Undo a load in one transaction, with that on record; a second time it does nothing."""
    raise NotImplementedError
