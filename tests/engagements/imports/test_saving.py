"""A confirmed plan is carried out as a whole, once, and says where each record came from."""

import datetime as dt

import pytest
from django.db import DatabaseError

from common.history.models import Revision
from engagements.actions import Part, log_engagement
from engagements.alignments import align
from engagements.forms import EngagementForm, opening
from engagements.imports.saving import NotAsPlanned, Seen, carry_out, keep_plan
from engagements.imports.undoing import plan_undo, undo
from engagements.index.notes import news_since, place_now
from engagements.models import Alignment, Engagement, Load, LoadedRow, Participation
from engagements.stages import cancel
from partners.models import Partner
from tests.engagements.imports.loading import (
    a_load,
    a_row,
    checked,
    known_world,
    loaded,
    outcomes,
)
from tests.engagements.test_many import a_visit, as_kept
from tests.factories import make_engagement, make_note

CREATE_LAKE = {"partners": {"Lake Club": "create"}}


@pytest.fixture(autouse=True)
def world():
    return known_world()


def everything():
    """All that undoing gives back: records, what hangs on them, partners."""
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in (Engagement, Participation, Alignment, Engagement.countries.through, Partner)
    }


def test_what_was_previewed_is_saved_in_the_order_of_the_rows(staff):
    rows = [a_row(f"Visit number {n}", start=dt.date(2025, 5, n)) for n in (3, 1, 2)]
    load = loaded(a_load(staff, rows, file_name="years.xlsx"))

    made = Engagement.objects.order_by("pk")
    assert [(e.title_en, e.reference) for e in made] == [
        ("Visit number 3", "IE-2026-0001"),
        ("Visit number 1", "IE-2026-0002"),
        ("Visit number 2", "IE-2026-0003"),
    ]
    assert {e.origin for e in made} == {"imported"}
    assert {e.get_stage_display() for e in made} == {"Completed"}
    assert [(r.row, r.sheet, r.outcome, r.reference) for r in load.rows.all()] == [
        (2, "Visits", "created", "IE-2026-0001"),
        (3, "Visits", "created", "IE-2026-0002"),
        (4, "Visits", "created", "IE-2026-0003"),
    ]
    assert load.counts["create"] == 3


def test_a_large_load_is_found_and_noted_as_a_small_one_and_so_is_what_comes_after_it(
    staff, world, monkeypatch
):
    monkeypatch.setattr("engagements.imports.saving.MANY", 2)
    before = place_now()
    load = loaded(a_load(staff, [a_row(f"Visit number {n}") for n in (1, 2)]))
    made = {row.engagement for row in load.rows.all()}
    later = make_engagement(title_en="Visit number 3", partners=[world])

    assert set(Engagement.objects.matching("number visit")) == {*made, later}
    assert news_since(before).engagements == {each.pk for each in (*made, later)}


def test_a_row_becomes_what_the_form_makes_of_it(staff, world):
    load = loaded(a_load(staff, [a_row()]))
    [row] = load.rows.all()
    form = EngagementForm(opening.of(row.engagement), user=staff)
    assert form.is_valid(), form.errors
    typed = log_engagement(by=staff, **form.values() | {"origin": "imported"})

    assert as_kept(typed) == as_kept(row.engagement)


def test_sent_twice_it_is_loaded_once(staff):
    load = a_load(staff, [a_row()])
    digest = checked(load).digest

    first = carry_out(by=staff, load=load, digest=digest)
    again = carry_out(by=staff, load=load, digest=digest)

    assert Engagement.objects.count() == 1
    assert (first.loaded_at, again.stage) == (again.loaded_at, Load.Stage.LOADED)


def test_the_same_file_loaded_again_changes_nothing(staff):
    rows = [a_row(), a_row("Another visit", partners="UNODC; Lake Club")]
    loaded(a_load(staff, rows, answers=CREATE_LAKE))
    before, revisions = everything(), Revision.objects.count()

    again = a_load(staff, rows, answers=CREATE_LAKE)
    plan = checked(again)
    carry_out(by=staff, load=again, digest=plan.digest)

    assert outcomes(plan) == [(2, "unchanged", "loaded"), (3, "unchanged", "loaded")]
    assert plan.verdict == "accepted"
    assert (everything(), Revision.objects.count()) == (before, revisions)


def test_a_row_loaded_before_stays_known_whatever_became_of_its_record(staff, manager):
    load = loaded(a_load(staff, [a_row()]))
    engagement = Engagement.objects.get()
    Engagement.objects.filter(pk=engagement.pk).update(title_en="Renamed", sort_en="renamed")

    assert outcomes(checked(a_load(staff, [a_row()]))) == [(2, "unchanged", "loaded")]
    Engagement.objects.filter(pk=engagement.pk).update(sensitivity=2)
    assert outcomes(checked(a_load(staff, [a_row()]))) == [(2, "unchanged", "loaded")]
    assert load.rows.get().engagement == engagement


def test_what_was_seen_before_is_looked_at_again_where_somebody_changed_something_since(staff):
    load = a_load(staff, [a_row(), a_row("Another visit")])
    seen = Seen.of(load)
    plan = seen.checked.plan
    keep_plan(load, plan)
    loaded(a_load(staff, [a_row()]))

    with pytest.raises(NotAsPlanned):
        carry_out(by=staff, load=load, digest=plan.digest, seen_before=seen)

    assert not Engagement.objects.filter(title_en="Another visit").exists()


def test_what_somebody_logged_meanwhile_is_shown_instead_of_doubled(staff, colleague, world):
    load = a_load(staff, [a_row(), a_row("Another visit")])
    digest = checked(load).digest
    make_engagement(title_en="Visit to a farm", start=dt.date(2025, 5, 15), partners=[world])

    with pytest.raises(NotAsPlanned) as told:
        carry_out(by=staff, load=load, digest=digest)

    assert outcomes(told.value.plan) == [(2, "duplicate", "like"), (3, "create", "")]
    load.refresh_from_db()
    assert (load.stage, load.counts["duplicate"]) == (Load.Stage.CHECKED, 1)
    assert Engagement.objects.count() == 1


def test_nothing_of_it_is_saved_where_one_row_fails(staff, monkeypatch):
    load = a_load(
        staff, [a_row(), a_row("Another visit", partners="Lake Club")], answers=CREATE_LAKE
    )
    digest = checked(load).digest
    before = everything()

    def fail(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr("engagements.imports.saving.keep_plan", fail)
    with pytest.raises(DatabaseError):
        carry_out(by=staff, load=load, digest=digest)

    assert everything() == before
    assert not LoadedRow.objects.exists()
    assert not Revision.objects.filter(kind="engagement").exists()
    load.refresh_from_db()
    assert load.stage == Load.Stage.CHECKED


def test_partners_that_are_to_be_created_are_created_once_and_on_record(staff):
    rows = [
        a_row(f"Visit number {n}", partners=name)
        for n, name in enumerate(("Lake Club", "LAKE CLUB"))
    ]
    load = loaded(a_load(staff, rows, answers=CREATE_LAKE))

    lake = Partner.objects.get(name_en="Lake Club")
    assert lake.participations.count() == 2
    [made] = Revision.objects.of("partner", [lake.pk])
    assert (made.act, made.by) == ("added", staff)
    assert load.rows.filter(partner=lake).get().row == 2


# Undone


def test_undone_all_is_as_it_was_but_for_history_and_numbers(staff):
    make_engagement(title_en="Here before", logged_by=staff)
    before = everything()
    load = loaded(
        a_load(staff, [a_row(), a_row("Another visit", partners="Lake Club")], answers=CREATE_LAKE)
    )

    undone = undo(by=staff, load=load)

    assert everything() == before
    assert [row.row for row in undone.deleted] == [2, 3]
    assert [row.reference for row in undone.partners] == ["LAKE-CLUB"]
    gone = {row.reference for row in undone.deleted}
    last = Revision.objects.filter(kind="engagement", act="deleted")
    assert {revision.before["reference"] for revision in last} == gone
    assert {revision.by for revision in last} == {staff}
    load.refresh_from_db()
    assert (load.stage, load.undone_by) == (Load.Stage.UNDONE, staff)


def test_a_number_is_not_given_again_after_undoing(staff):
    undo(by=staff, load=loaded(a_load(staff, [a_row()])))

    load = loaded(a_load(staff, [a_row()]))

    assert load.rows.get().reference == "IE-2026-0002"


def test_what_was_changed_since_is_listed_and_kept(staff):
    rows = [a_row(f"Visit number {n}", start=dt.date(2025, 5, n)) for n in (1, 2, 3)]
    load = loaded(a_load(staff, rows))
    edited, noted, plain = Engagement.objects.order_by("pk")
    align(by=staff, engagement=edited, tags=[])
    make_note(noted)
    planned = plan_undo(by=staff, load=load)

    undone = undo(by=staff, load=load)

    assert [row.row for row in undone.kept] == [2, 3] == [row.row for row in planned.kept]
    assert set(Engagement.objects.all()) == {edited, noted}
    assert [row.engagement for row in load.rows.filter(undone_at=None)] == [edited, noted]
    assert plain not in Engagement.objects.all()


def test_undone_twice_it_is_undone_once(staff):
    load = loaded(a_load(staff, [a_row()]))
    undo(by=staff, load=load)
    revisions = Revision.objects.count()

    assert undo(by=staff, load=load).is_nothing
    assert Revision.objects.count() == revisions


def test_a_partner_somebody_else_uses_by_now_is_kept(staff):
    load = loaded(a_load(staff, [a_row(partners="Lake Club")], answers=CREATE_LAKE))
    lake = Partner.objects.get(name_en="Lake Club")
    log_engagement(by=staff, **a_visit(staff) | {"parts": [Part(partner=lake)]})

    assert undo(by=staff, load=load).partners == ()
    assert Partner.objects.filter(pk=lake.pk).exists()


def test_what_the_load_changed_is_put_back_with_its_tags(staff):
    here = log_engagement(by=staff, **a_visit(staff))
    before = as_kept(here)["state"]
    headings = ["Reference", "Place", "Pillars", "Partners"]
    load = loaded(a_load(staff, [[here.reference, "Oslo", "P1", "UNODC"]], headings=headings))
    assert Engagement.objects.get().place == "Oslo"

    undo(by=staff, load=load)

    after = as_kept(Engagement.objects.get())
    assert after["state"] == before
    assert [revision[1] for revision in after["history"]] == ["logged", "amended", "restored"]


def test_what_was_cancelled_since_is_kept(staff):
    tomorrow = dt.date(2031, 5, 1)
    load = loaded(a_load(staff, [a_row(start=tomorrow)]))
    cancel(by=staff, engagement=Engagement.objects.get(), reason="Ill")

    assert [row.row for row in undo(by=staff, load=load).kept] == [2]


def test_a_file_without_some_columns_leaves_what_they_would_say(staff):
    here = log_engagement(by=staff, **a_visit(staff, place="Bergen", purpose="To see"))
    headings = ["Reference", "Place", "Purpose"]
    load = loaded(a_load(staff, [[here.reference, "Oslo", None]], headings=headings))

    here.refresh_from_db()
    assert (here.place, here.purpose, here.participations.count()) == ("Oslo", "To see", 2)
    [row] = load.rows.all()
    assert (row.outcome, row.version, row.version_before) == ("updated", 2, 1)
