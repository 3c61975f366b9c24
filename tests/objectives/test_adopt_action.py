"""Adopting a framework: one step, refused where it cannot be."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from objectives.actions import AlreadyAdopted, adopt_framework
from objectives.models import Framework, FrameworkKind
from tests.factories import make_engagement, make_framework, make_objective

PRIORITY = FrameworkKind.PRIORITY
ON = dt.date(2026, 4, 1)


@pytest.fixture
def old():
    framework = make_framework("OLD", PRIORITY, in_force_from=dt.date(2006, 4, 1))
    make_objective("S1", framework)
    return framework


@pytest.fixture
def new(old):
    framework = make_framework("NEW", PRIORITY, adopted=False)
    make_objective("C1", framework).follows.set(old.objectives.all())
    return framework


def test_it_is_in_force_from_its_day_and_the_one_before_ends_the_day_before(
    administrator, old, new
):
    adopt_framework(by=administrator, framework=new, on=ON)

    old.refresh_from_db()
    new.refresh_from_db()
    assert (new.adopted, new.in_force_from, new.adopted_by) == (True, ON, administrator)
    assert new.adopted_at is not None
    assert old.in_force_to == dt.date(2026, 3, 31)
    kind = Framework.objects.filter(kind=PRIORITY)
    assert kind.in_force_on(dt.date(2026, 3, 31)) == [old]
    assert kind.in_force_on(ON) == [new]


def test_tags_and_crosswalk_stay(administrator, old, new):
    engagement = make_engagement(start=dt.date(2026, 5, 1), objectives=old.objectives.all())

    adopt_framework(by=administrator, framework=new, on=ON)

    assert [a.objective.code for a in engagement.alignments.all()] == ["S1"]
    assert [o.code for o in new.objectives.get().follows.all()] == ["S1"]


@pytest.mark.parametrize("day", [dt.date(2006, 4, 1), dt.date(2005, 4, 1)])
def test_a_day_on_or_before_the_beginning_of_the_one_before_is_refused(
    administrator, old, new, day
):
    with pytest.raises(ValidationError, match="later day"):
        adopt_framework(by=administrator, framework=new, on=day)

    new.refresh_from_db()
    old.refresh_from_db()
    assert (new.adopted, old.in_force_to) == (False, None)


def test_the_second_of_two_adoptions_is_refused(administrator, new):
    stale = Framework.objects.get(pk=new.pk)
    adopt_framework(by=administrator, framework=new, on=ON)

    with pytest.raises(AlreadyAdopted):
        adopt_framework(by=administrator, framework=stale, on=dt.date(2027, 4, 1))

    new.refresh_from_db()
    assert new.in_force_from == ON


def test_two_of_one_kind_do_not_begin_on_one_day(administrator, new):
    adopt_framework(by=administrator, framework=new, on=ON)
    third = make_framework("THIRD", PRIORITY, adopted=False)
    make_objective("D1", third)

    with pytest.raises(ValidationError, match="later day"):
        adopt_framework(by=administrator, framework=third, on=ON)


def test_one_that_was_always_in_force_ends_too(administrator):
    always = make_framework("ALWAYS", FrameworkKind.PILLAR)
    later = make_framework("LATER", FrameworkKind.PILLAR, adopted=False)
    make_objective("Q1", later)

    adopt_framework(by=administrator, framework=later, on=ON)

    always.refresh_from_db()
    assert always.in_force_to == dt.date(2026, 3, 31)


def test_an_earlier_end_of_the_one_before_stays(administrator, old, new):
    Framework.objects.filter(pk=old.pk).update(in_force_to=dt.date(2020, 3, 31))

    adopt_framework(by=administrator, framework=new, on=ON)

    old.refresh_from_db()
    assert old.in_force_to == dt.date(2020, 3, 31)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"retired_on": dt.date(2020, 1, 1)}, "retired"),
        ({"in_force_to": dt.date(2026, 3, 31)}, "ends on 2026-03-31"),
    ],
)
def test_what_is_retired_or_over_by_then_is_refused(administrator, new, fields, words):
    Framework.objects.filter(pk=new.pk).update(**fields)

    with pytest.raises(ValidationError, match=words):
        adopt_framework(by=administrator, framework=new, on=ON)


def test_an_empty_framework_is_refused(administrator, new):
    new.objectives.all().delete()

    with pytest.raises(ValidationError, match="no objective yet"):
        adopt_framework(by=administrator, framework=new, on=ON)


def test_a_year_nobody_means_is_refused(administrator, new):
    with pytest.raises(ValidationError, match="from 1900 to 2100"):
        adopt_framework(by=administrator, framework=new, on=dt.date(203, 4, 1))


def test_loading_the_reference_data_again_leaves_the_adoption_as_it_is(administrator):
    call_command("load_reference", verbosity=0)
    six = Framework.objects.get(code="CSC-PRIORITIES-6")
    adopt_framework(by=administrator, framework=six, on=ON)

    call_command("load_reference", verbosity=0)

    six.refresh_from_db()
    five = Framework.objects.get(code="CSC-PRIORITIES-5")
    assert (six.adopted, six.in_force_from) == (True, ON)
    assert five.in_force_to == dt.date(2026, 3, 31)
