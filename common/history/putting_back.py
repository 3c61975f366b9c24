"""What of a record can be put back as it was: field by field, from what it is now to what it will be."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from django.http import QueryDict

from common.history.changes import Change, How, changes_between
from common.history.models import Revision, RevisionQuerySet
from common.history.said import Directory
from common.history.tracking import Snapshot, State, Tracked, kinds
from common.history.words import Telling, Told, words
from common.keys import key_from


@dataclass(frozen=True, kw_only=True)
class Row:
    """One thing that is not as it was. `change` leads from now to then; `why_not`: it cannot be put back."""

    key: str
    change: Change
    told: list[Told]
    why_not: str = ""
    is_chosen: bool = True

    @property
    def has_values(self) -> bool:
        """Whether there is something to stand beside each other, and not a sentence alone."""
        return any(told.sentence is None for told in self.told)


@dataclass(frozen=True, kw_only=True)
class Aim:
    """What to go back to: the record as `revision` left it, or as it was before, in what that act changed.

    `is_known` says whether the reader may read of the act itself.
    """

    revision: Revision
    undoes: bool
    state: State
    is_known: bool

    @property
    def sensitivity(self) -> int:
        return self.state.get("sensitivity", 0)


@dataclass(kw_only=True)
class PuttingBack:
    """The page's rows, those that can be put back and those that cannot; and what was wrong with a choice."""

    aim: Aim
    rows: list[Row]
    problems: list[str] = field(default_factory=list)

    @property
    def possible(self) -> list[Row]:
        return [row for row in self.rows if not row.why_not]

    @property
    def impossible(self) -> list[Row]:
        return [row for row in self.rows if row.why_not]

    @property
    def chosen(self) -> list[Row]:
        return [row for row in self.possible if row.is_chosen]

    def has(self, key: str) -> bool:
        return any(row.key == key for row in self.chosen)


def aim_of(
    asked: QueryDict, *, states: RevisionQuerySet, acts: RevisionQuerySet, clearance: int
) -> Aim | None:
    """From the address: `change` names the act to go back to, `undo` the one to undo.

    `states` are the revisions whose state the person may read, `acts` those of which they may read what
    was done. None where neither is named.
    """
    if (key := key_from(asked.get("undo", ""))) and (
        undone := acts.filter(key=key, number__gt=1).first()
    ):
        return Aim(revision=undone, undoes=True, state=undone.before, is_known=True)
    if (key := key_from(asked.get("change", ""))) and (last := states.filter(key=key).first()):
        is_known = last.sensitivity <= clearance
        return Aim(revision=last, undoes=False, state=last.state, is_known=is_known)
    return None


def rows_to(
    aim: Aim,
    now: State,
    *,
    kind: str,
    leave_out: Collection[str],
    why_not: Callable[[Change], str],
    is_chosen: Callable[[str, Change], bool],
) -> list[Row]:
    """Everything that differs between now and the aim, in words. What was not kept then stays as it is."""
    tracked, said = kinds()[kind], words()[kind]
    changes = {
        key_of(change, tracked): change
        for change in changes_between(now, aim.state, tracked)
        if change.name not in leave_out and _was_kept(change.name, aim.state)
    }
    if aim.undoes:
        undone = changes_between(aim.revision.state, aim.state, tracked)
        wanted = {key_of(change, tracked) for change in undone}
        changes = {key: change for key, change in changes.items() if key in wanted}
    names = Directory(name for change in changes.values() for name in said.wanted(change))
    telling = Telling(names=names, before=now, after=aim.state)
    return [
        Row(
            key=key,
            change=change,
            told=said.tell(change, telling),
            why_not=why_not(change),
            is_chosen=is_chosen(key, change),
        )
        for key, change in changes.items()
    ]


def key_of(change: Change, tracked: Tracked) -> str:
    """What a form calls it: "outcome", "partners:UNODC:host", "objectives:S4", "partners:order"."""
    if change.how == How.REORDERED:
        return f"{change.name}:order"
    if change.name not in tracked.rows:
        return change.name
    element = change.after if change.after is not None else change.before
    if not isinstance(element, dict):
        return f"{change.name}:{element}"
    # By name: a database may keep what an element holds in another order.
    told = [element.get(name) for name in tracked.rows[change.name].key or sorted(element)]
    return ":".join([change.name, *(str(value) for value in told)])


def state_now(kind: str, pk: int) -> Snapshot:
    return kinds()[kind].snapshots([pk])[pk]


def _was_kept(name: str, state: State) -> bool:
    return name in state or f"{name}_precision" in state
