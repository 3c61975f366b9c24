"""Large loads are another process's work: started once, seen to be alive, begun again when it is gone."""

import datetime as dt
import uuid

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django.utils.translation import override

from engagements.imports import working
from engagements.imports.keeping import answer, plan_of
from engagements.imports.saving import NotAsPlanned
from engagements.models import Engagement, Load
from tests.engagements.imports.loading import a_load, a_row, known_world
from tests.factories import make_engagement

Stage = Load.Stage


@pytest.fixture(autouse=True)
def world():
    return known_world()


@pytest.fixture
def started(settings, monkeypatch):
    """Processes that would have been started, for loads of more than one row."""
    settings.LOAD_AT_ONCE = 1
    found = []
    monkeypatch.setattr(working, "start", lambda load, worker: found.append(worker))
    return found


def a_large_load(by):
    return a_load(by, [a_row(), a_row("Another visit")])


def at_work(load):
    """As the process itself does it."""
    call_command("work_on_load", str(load.key), worker=load.worker)
    load.refresh_from_db()
    return load


def test_a_small_load_is_checked_and_saved_at_once(staff):
    load = working.check(a_load(staff, [a_row()]))
    assert (load.stage, plan_of(load).verdict) == (Stage.CHECKED, "accepted")

    load = working.save(by=staff, load=load, digest=plan_of(load).digest)

    assert load.stage == Stage.LOADED
    assert Engagement.objects.count() == 1


def test_a_large_one_is_handed_over_once_and_says_how_far_it_is(staff, started):
    load = a_large_load(staff)

    first = working.check(load)
    again = working.check(Load.objects.get(pk=load.pk))

    assert (first.stage, first.total, first.is_worked_on) == (Stage.CHECKING, 2, True)
    assert started == [first.worker] == [again.worker]


def test_its_process_checks_it_and_then_saves_it(staff, started):
    load = at_work(working.check(a_large_load(staff)))
    assert (load.stage, load.done, load.worker) == (Stage.CHECKED, 2, None)

    load = working.save(by=staff, load=load, digest=plan_of(load).digest)
    assert load.stage == Stage.SAVING
    load = at_work(load)

    assert load.stage == Stage.LOADED
    assert Engagement.objects.count() == 2


def test_confirmed_twice_it_is_saved_by_one_process(staff, started):
    load = at_work(working.check(a_large_load(staff)))
    digest = plan_of(load).digest

    saving = working.save(by=staff, load=load, digest=digest)
    working.save(by=staff, load=Load.objects.get(pk=load.pk), digest=digest)

    assert len(started) == 2
    assert saving.worker == started[-1]


def test_what_was_not_previewed_is_not_handed_over(staff, started):
    load = at_work(working.check(a_large_load(staff)))

    with pytest.raises(NotAsPlanned):
        working.save(by=staff, load=load, digest="another")

    assert len(started) == 1


def test_where_the_process_is_gone_another_starts(staff, started):
    load = working.check(a_large_load(staff))
    Load.objects.update(told_at=timezone.now() - dt.timedelta(minutes=3))

    again = working.check(load)

    assert len(started) == 2
    assert again.worker == started[1] != started[0]


def test_one_whose_place_was_taken_does_nothing(staff, started):
    load = working.check(a_large_load(staff))

    call_command("work_on_load", str(load.key), worker=uuid.uuid4())

    load.refresh_from_db()
    assert (load.stage, load.plan) == (Stage.CHECKING, None)


def test_killed_while_saving_nothing_is_saved_and_it_goes_on_from_the_preview(staff, started):
    load = at_work(working.check(a_large_load(staff)))
    load = working.save(by=staff, load=load, digest=plan_of(load).digest)
    Load.objects.update(told_at=timezone.now() - dt.timedelta(minutes=3))

    load = working.check(load)

    assert (load.stage, load.is_worked_on) == (Stage.CHECKED, False)
    assert not Engagement.objects.exists()
    assert at_work(working.save(by=staff, load=load, digest=plan_of(load).digest)).is_loaded


def test_answers_that_come_while_it_is_checked_leave_its_plan_aside(staff, started):
    load = working.check(a_large_load(staff))
    answer(load, {"rows": {"2": "skip"}})
    worker = started[0]

    call_command("work_on_load", str(load.key), worker=worker)

    load.refresh_from_db()
    assert (load.stage, load.plan) == (Stage.READ, None)


def test_a_large_load_that_changed_since_is_shown_again(staff, started, world):
    load = at_work(working.check(a_large_load(staff)))
    digest = plan_of(load).digest
    load = working.save(by=staff, load=load, digest=digest)
    make_engagement(title_en="Visit to a farm", start=dt.date(2025, 5, 15), partners=[world])

    load = at_work(load)

    assert load.stage == Stage.CHECKED
    assert plan_of(load).digest != digest
    assert Engagement.objects.count() == 1


def test_a_plan_is_told_in_the_language_it_is_asked_in(staff):
    load = working.check(a_load(staff, [a_row(start="03/04/2010"), a_row(start="2025-05-01")]))
    with override("fr"):
        french = working.check(load)

    assert french.language == "fr"


def test_there_is_no_such_load(db):
    with pytest.raises(CommandError):
        call_command("work_on_load", str(uuid.uuid4()), worker=uuid.uuid4())
