"""What is chosen on the preview is done with the same press, where it changes nothing that was not shown."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from engagements.imports import working
from engagements.imports.keeping import plan_of
from engagements.models import Engagement, Load
from tests.engagements.imports.loading import a_load, a_row, known_world, loaded
from tests.engagements.imports.test_working import at_work, started  # noqa: F401 -- a fixture
from tests.factories import make_engagement, make_partner


@pytest.fixture
def signed_in(client, staff):
    client.force_login(staff)
    known_world()
    return client


def page(load: Load) -> str:
    return reverse("imports:preview", args=[load.key])


def shown(client, load: Load) -> str:
    """Look at the preview: the digest of what it showed."""
    client.get(page(load))
    load.refresh_from_db()
    return plan_of(load).digest


def press(client, load: Load, **told):
    """The button that loads, with these choices, on the page as it was shown."""
    return client.post(
        page(load), {"do": "load", "digest": shown(client, load)} | told, follow=True
    )


def titles():
    return sorted(Engagement.objects.values_list("title_en", flat=True))


def test_a_row_that_is_unticked_stays_out(signed_in, staff):
    load = a_load(staff, [a_row("First"), a_row("Second"), a_row("Third")])
    assertContains(signed_in.get(page(load)), 'name="take-row" value="3" checked')

    press(signed_in, load, **{"shows-row": ["2", "3", "4"], "take-row": ["2", "4"]})

    load.refresh_from_db()
    assert (load.stage, titles()) == (Load.Stage.LOADED, ["First", "Third"])
    assert [(row.number, row.why) for row in plan_of(load).left_out] == [(3, "skipped")]


def test_what_is_like_one_that_is_here_is_logged_all_the_same(signed_in, staff):
    loaded(a_load(staff, [a_row("First")]))
    load = a_load(staff, [a_row("First", countries="France")])
    assertContains(signed_in.get(page(load)), "Load what is chosen")

    press(signed_in, load, **{"was-2": "skip", "row-2": "create"})

    assert titles() == ["First", "First"]


def test_what_it_would_change_in_a_record_is_shown_first(signed_in, staff):
    loaded(a_load(staff, [a_row("First")]))
    load = a_load(staff, [a_row("First", countries="France"), a_row("Second")])

    response = press(signed_in, load, **{"was-2": "skip", "row-2": "update"})

    assertContains(response, "Look once more at what they change")
    assertContains(response, "France</ins>")
    assert titles() == ["First"]


def test_a_row_that_becomes_ready_since_another_is_left_out_is_shown_first(signed_in, staff):
    load = a_load(staff, [a_row("First"), a_row("First", countries="France")])

    response = press(signed_in, load, **{"shows-row": ["2"]})

    assertContains(response, "Look once more at what they change")
    assert titles() == []


def test_what_somebody_else_changed_meanwhile_is_shown_first(signed_in, staff):
    partner = make_partner("ICPA", name_en="Association")
    load = a_load(staff, [a_row("First", partners="ICPA"), a_row("Second")])
    digest = shown(signed_in, load)
    make_engagement(title_en="First", start=dt.date(2025, 5, 15), partners=[partner])

    told = {"do": "load", "digest": digest, "shows-row": ["3"]}
    signed_in.post(page(load), told, follow=True)

    load.refresh_from_db()
    assert (load.stage, titles()) == (Load.Stage.CHECKED, ["First"])


def test_where_nothing_is_chosen_nothing_is_loaded(signed_in, staff):
    loaded(a_load(staff, [a_row("First")]))
    load = a_load(staff, [a_row("First", countries="France")])

    response = press(signed_in, load)

    assertContains(response, "Nothing is chosen to be loaded.")
    load.refresh_from_db()
    assert load.stage == Load.Stage.CHECKED


def test_a_row_that_was_left_out_is_decided_anew(signed_in, staff):
    load = a_load(staff, [a_row("First"), a_row("Second")])
    signed_in.post(page(load), {"do": "keep", "shows-row": ["2"]})
    assertContains(signed_in.get(page(load)), 'name="again" value="rows:2"')

    response = press(signed_in, load, again="rows:2")

    assertContains(response, "Load 2 rows")


def test_a_large_load_is_handed_over_with_the_choices(signed_in, staff, started):  # noqa: F811
    load = a_load(staff, [a_row("First"), a_row("Second"), a_row("Third")])
    at_work(working.check(load))

    press(signed_in, load, **{"shows-row": ["2", "3"], "take-row": ["3"]})

    load.refresh_from_db()
    assert load.stage == Load.Stage.SAVING
    assert at_work(load).is_loaded
    assert titles() == ["Second", "Third"]


def test_killed_before_it_is_saved_it_is_checked_anew_with_the_choices(
    signed_in,
    staff,
    started,  # noqa: F811
):
    load = a_load(staff, [a_row("First"), a_row("Second"), a_row("Third")])
    at_work(working.check(load))
    press(signed_in, load, **{"shows-row": ["2"]})
    Load.objects.update(told_at=timezone.now() - dt.timedelta(minutes=3))

    load = at_work(working.check(Load.objects.get()))

    assert [row.number for row in plan_of(load).ready] == [3, 4]
    assert titles() == []
