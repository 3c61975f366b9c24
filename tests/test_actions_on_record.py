"""No path changes a record without history: every action."""

import inspect

import pytest

import dashboards.actions
import engagements.actions
import engagements.alignments
import engagements.bulk
import engagements.many
import engagements.notes
import engagements.stages
import objectives.actions
import partners.actions
import partners.contacts.actions
from common.history.models import Revision
from common.history.tracking import kinds
from tests.every_action import ACTIONS, WITHOUT

MODULES = [
    dashboards.actions,
    engagements.actions,
    engagements.alignments,
    engagements.bulk,
    engagements.many,
    engagements.notes,
    engagements.stages,
    objectives.actions,
    partners.actions,
    partners.contacts.actions,
]


def all_actions():
    for module in MODULES:
        for name, action in inspect.getmembers(module, inspect.isfunction):
            own = action.__module__ == module.__name__ and not name.startswith("_")
            if own and "by" in inspect.signature(action).parameters:
                yield f"{module.__name__}.{name}"


def test_every_action_is_tried_here():
    assert set(all_actions()) == {*ACTIONS, *WITHOUT}


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_leaves_the_record_as_its_last_revision_says(
    name, staff, manager, administrator, approver
):
    people = {
        "staff": staff,
        "manager": manager,
        "administrator": administrator,
        "approver": approver,
    }
    changed = ACTIONS[name](people)

    assert changed
    for record in changed:
        [tracked] = [each for each in kinds().values() if isinstance(record, each.model)]
        last = Revision.objects.of(tracked.kind, [record.pk]).last_of_each().get()
        now = tracked.snapshots([record.pk])[record.pk]
        assert (last.state, last.version) == (now.state, now.version)
        assert last.by in people.values()
        assert last.state != last.before
