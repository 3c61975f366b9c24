"""Out, edited, and in again: exactly what was edited changes, record by record."""

import datetime as dt

import pytest

from engagements.actions import Part, amend_engagement
from engagements.alignments import Tag
from engagements.exports.coming_back import ComingBack
from engagements.imports.plan import Outcome
from engagements.models import Engagement
from partners.models import Partner
from tests.databases import one_to_a_database
from tests.engagements.returning import (
    a_world,
    brought_back,
    changed_fields,
    confirmed,
    plan_of,
    states,
    taken,
)

WAYS = [
    ("csv", "en", "words"),
    ("csv", "fr", "codes"),
    ("xlsx", "fr", "words"),
    ("xlsx", "en", "codes"),
]


@pytest.fixture
def world(client, staff):
    a_world(staff)
    client.force_login(staff)


@pytest.fixture(params=one_to_a_database(WAYS), ids="-".join)
def way(request):
    format, language, headings = request.param
    return {"format": format, "language": language, "headings": headings}


def outcomes(load):
    return [row.outcome for row in plan_of(load).rows]


def told(load):
    """What would be said to the person: nothing, where all is well."""
    plan = plan_of(load)
    return [*plan.questions, *plan.problems]


def heading_of(file, code):
    """A column's heading in this file."""
    columns = ComingBack.of(file.headings).columns
    return next(file.headings[index] for index, column in columns.items() if column.code == code)


@pytest.mark.parametrize("alignments", ["codes", "wording"])
def test_loaded_as_it_left_it_changes_nothing(client, staff, world, way, alignments):
    before = states()
    file = taken(client, alignments=alignments, **way)

    load = brought_back(file, staff)

    assert (told(load), outcomes(load)) == ([], [Outcome.UNCHANGED] * 3)
    confirmed(load)
    assert states() == before
    assert set(Engagement.objects.values_list("version", flat=True)) == {1}


# Column → what a person writes there, by format and whether in codes, and what it comes to.
EDITS = {
    "title_en": ("A better title", {"title_en": "A better title"}),
    "place": ("=Bergen", {"place": "=Bergen"}),
    "outcome": ("Short\nnow", {"outcome": "Short\nnow"}),
    "start": (
        "2002-10-03",
        {"start_precision": "day", "start_earliest": "2002-10-03", "start_latest": "2002-10-03"},
    ),
    "end": ("2006-07", {"end_earliest": "2006-04-01", "end_latest": "2007-03-31"}),
    "csc_participants": ("12", {"csc_participants": 12}),
    "actual_cost": ("99,50", {"actual_cost": "99.50"}),
    "pillars": ("P1; P2", {"objectives": {"P1", "P2", "S1", "S2", "M2", "T1", "J2"}}),
    "priorities": ("S1", {"objectives": {"P1", "S1", "M2", "T1", "J2"}}),
    "sectors": ("", {"objectives": {"P1", "S1", "S2", "M2", "T1"}}),
    "lessons": ("", {"lessons": ""}),
    "approved_on": ("2002-08-09", {"approved_on": "2002-08-09"}),
    "kind": ("incoming-visit", {"kind": "incoming-visit"}),
    "paid_by": ("A partner", {"paid_by": "A partner"}),
    "sensitivity": ("protected-a", {"sensitivity": 1}),
    "countries": ("NO", {"countries": ["NO"]}),
    "roles": ("host; funder; host; requester", {"partners": None}),
}


@pytest.mark.parametrize("code", EDITS)
@pytest.mark.parametrize(
    ("format", "headings"), one_to_a_database([("csv", "words"), ("xlsx", "codes")])
)
def test_a_cell_that_is_edited_changes_that_field_alone(
    client, staff, world, code, format, headings
):
    before = states()
    file = taken(client, format=format, language="en", headings=headings)
    (reference,) = [ref for ref, state in before.items() if state["title_en"].startswith("=Visit")]
    written, wanted = EDITS[code]
    file.line(reference)[heading_of(file, code)] = written

    load = brought_back(file, staff)

    assert told(load) == []
    assert sorted(outcomes(load)) == [Outcome.UNCHANGED, Outcome.UNCHANGED, Outcome.UPDATE]
    confirmed(load)
    after = states()
    others = set(before) - {reference}
    assert {ref: after[ref] for ref in others} == {ref: before[ref] for ref in others}
    assert changed_fields(before[reference], after[reference]) == set(wanted)
    for name, value in wanted.items():
        if isinstance(value, set):
            assert {tag["objective"] for tag in after[reference][name]} == value
        elif value is not None:
            assert after[reference][name] == value, name
    assert Engagement.objects.get(reference=reference).version == 2


def test_tags_that_stay_keep_their_reason_and_who_made_them(client, staff, world, way):
    before = states()
    file = taken(client, **way)
    (reference,) = [ref for ref, state in before.items() if state["title_en"].startswith("=Visit")]
    file.line(reference)[heading_of(file, "mandate")] = "M1"

    confirmed(brought_back(file, staff))

    tags = {tag["objective"]: tag for tag in states()[reference]["objectives"]}
    kept = {tag["objective"]: tag for tag in before[reference]["objectives"]}
    assert set(tags) == {*kept, "M1"} - {"M2"}
    assert {code: tag for code, tag in tags.items() if code != "M1"} == {
        code: tag for code, tag in kept.items() if code != "M2"
    }


def amended(reference, by, **fields):
    """Somebody else changes it on the page."""
    engagement = Engagement.objects.get(reference=reference)
    parts = [Part(partner=p.partner, role=p.role) for p in engagement.participations.all()]
    tags = [
        Tag(objective=a.objective, reason=a.reason, primary=a.primary)
        for a in engagement.alignments.all()
    ]
    return amend_engagement(
        by=by,
        engagement=engagement,
        version=engagement.version,
        parts=parts,
        tags=tags,
        countries=engagement.countries.all(),
        **fields,
    )


def test_what_somebody_else_changed_since_is_a_conflict_and_not_overwritten(
    client, staff, manager, world, way
):
    file = taken(client, **way)
    (reference,) = [r for r, state in states().items() if state["title_en"] == "Long ago"]
    amended(reference, manager, place="Bergen")
    before = states()
    file.line(reference)[heading_of(file, "place")] = "Oslo"

    load = brought_back(file, staff)

    (row,) = [row for row in plan_of(load).rows if row.outcome == Outcome.CONFLICT]
    (conflict,) = row.conflicts
    assert (row.record, row.changed_by) == (reference, str(manager))
    assert (conflict.field, conflict.base, conflict.sheet, conflict.here) == (
        "place",
        "",
        "Oslo",
        "Bergen",
    )
    confirmed(load)
    assert states() == before


def test_what_somebody_else_changed_besides_stays_beside_what_the_file_changes(
    client, staff, manager, world, way
):
    file = taken(client, **way)
    (reference,) = [r for r, state in states().items() if state["title_en"] == "Long ago"]
    amended(reference, manager, place="Bergen", purpose="To see")
    file.line(reference)[heading_of(file, "lessons")] = "Ask first"

    load = brought_back(file, staff)

    assert told(load) == []
    confirmed(load)
    after = states()[reference]
    assert (after["place"], after["purpose"], after["lessons"]) == ("Bergen", "To see", "Ask first")
    assert Engagement.objects.get(reference=reference).version == 3


def test_what_somebody_else_changed_since_is_not_put_back_by_a_file_that_changes_nothing(
    client, staff, manager, world, way
):
    file = taken(client, **way)
    (reference,) = [r for r, state in states().items() if state["title_en"].startswith("=Visit")]
    amended(reference, manager, place="Bergen", planned_cost=None)
    before = states()

    load = brought_back(file, staff)

    assert (told(load), set(outcomes(load))) == ([], {Outcome.UNCHANGED})
    confirmed(load)
    assert states() == before


def test_a_partner_that_was_archived_since_is_not_asked_about(client, staff, world, way):
    file = taken(client, **way)
    Partner.objects.filter(code="ICPA").update(
        archived_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), archive_reason="Wound up"
    )
    (reference,) = [r for r, state in states().items() if state["title_en"] == "Long ago"]
    file.line(reference)[heading_of(file, "place")] = "Oslo"

    load = brought_back(file, staff)

    assert told(load) == []
    confirmed(load)
    assert states()[reference]["place"] == "Oslo"


def test_loading_the_edited_file_twice_changes_nothing_more(client, staff, world, way):
    file = taken(client, **way)
    (reference,) = [r for r, state in states().items() if state["title_en"] == "Long ago"]
    file.line(reference)[heading_of(file, "place")] = "Oslo"
    confirmed(brought_back(file, staff))
    after = states()

    again = brought_back(file, staff)

    assert (told(again), set(outcomes(again))) == ([], {Outcome.UNCHANGED})
    confirmed(again)
    assert states() == after


def test_a_record_marked_above_the_loader_since_answers_like_one_that_is_not_there(
    client, staff, world
):
    file = taken(client, format="xlsx", language="en")
    (reference,) = [r for r, state in states().items() if state["title_en"] == "Long ago"]
    engagement = Engagement.objects.get(reference=reference)
    Engagement.objects.filter(pk=engagement.pk).update(sensitivity=2)
    file.line(reference)["Place"] = "Oslo"
    hidden = plan_of(brought_back(file, staff))
    file.line(reference)["Reference"] = "IE-2027-9999"
    absent = plan_of(brought_back(file, staff))

    def said(plan, name):
        return [(row.outcome, row.why, row.title, row.record) for row in plan.rows], [
            problem.message.replace(name, "…") for problem in plan.problems
        ]

    assert said(hidden, reference) == said(absent, "IE-2027-9999")
