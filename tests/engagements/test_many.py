"""Many at once: what becomes of each is what logging or amending it alone makes of it."""

import datetime as dt

import pytest
from django.db import IntegrityError
from django.utils import timezone

from common.history.models import Revision
from common.partial_dates import PartialDate
from engagements.actions import Part, amend_engagement, log_engagement
from engagements.alignments import Tag
from engagements.kinds import Kind, Stage
from engagements.many import Amendment, Entry, amend_engagements, log_engagements
from engagements.models import Engagement
from engagements.versions import MovedOn
from tests.engagements.telling import pillar
from tests.engagements.test_generating import as_written
from tests.factories import make_country, make_partner


def a_visit(by, **told):
    """What log_engagement takes of one."""
    return {
        "title_en": "A visit",
        "kind": Kind.OUTGOING_VISIT,
        "start": PartialDate.day(dt.date(2026, 5, 4)),
        "end": PartialDate("not-given"),
        "lead_office": by.office,
        "parts": [Part(partner=make_partner(), role="host"), Part(partner=make_partner())],
        "tags": [Tag(objective=pillar(), reason="Why"), Tag(objective=pillar("P2"))],
        "countries": [make_country("NO"), make_country("FR")],
    } | told


def of_every_sort(by):
    ahead = timezone.localdate() + dt.timedelta(days=30)
    twice = make_partner()
    return [
        a_visit(by),
        a_visit(by, start=PartialDate.season(2002, "autumn"), title_fr="Une visite", title_en=""),
        a_visit(by, start=PartialDate.day(ahead)),
        a_visit(
            by, start=PartialDate.unknown(), sensitivity=1, purpose="A tab\tand a \\ and\nlines"
        ),
        a_visit(by, parts=[Part(partner=twice), Part(partner=twice)], countries=[], tags=[]),
        a_visit(by, actual_cost="12.50", csc_participants=3, approval="given", lead_officer=by),
        a_visit(by, start=PartialDate.fiscal(2003)),
    ]


def as_kept(engagement):
    """All that the database has of it, but when it was done."""
    kept = as_written(Engagement.objects.get(pk=engagement.pk))
    states = [kept["columns"], kept["state"], *(revision[-1] for revision in kept["history"])]
    for state in states:
        assert state.pop("logged_at")
    return kept


def log_many(by, told):
    return log_engagements(by=by, entries=[Entry.of(each) for each in told])


def test_what_many_makes_is_what_one_makes(staff, monkeypatch):
    # Their history goes into the database as lines, that of one alone as any record does.
    monkeypatch.setattr("common.writing.MANY", 2)
    told = of_every_sort(staff)
    one_by_one = [log_engagement(by=staff, **each) for each in told]

    together = log_many(staff, told)

    assert {e.stage for e in one_by_one} == {Stage.COMPLETED, Stage.SUBMITTED}
    for one, other in zip(one_by_one, together, strict=True):
        assert as_kept(one) == as_kept(other)
        assert Engagement.objects.matching(other.reference).get() == other


def test_they_are_numbered_in_their_order_after_those_there_are(staff):
    log_engagement(by=staff, **a_visit(staff))

    logged = log_many(staff, [a_visit(staff, title_en=f"Visit {n}") for n in range(3)])

    assert [e.reference for e in logged] == ["IE-2027-0002", "IE-2027-0003", "IE-2027-0004"]
    assert [e.title_en for e in logged] == ["Visit 0", "Visit 1", "Visit 2"]


def test_all_of_them_are_logged_or_none(staff):
    bad = [Tag(objective=pillar(), primary=True), Tag(objective=pillar("P2"), primary=True)]

    with pytest.raises(IntegrityError):
        log_many(staff, [a_visit(staff), a_visit(staff, tags=bad)])

    assert not Engagement.objects.exists()
    assert not Revision.objects.filter(kind="engagement").exists()
    assert log_many(staff, [a_visit(staff)])[0].reference == "IE-2027-0001"


def test_more_than_a_lot_are_logged_as_well(staff, monkeypatch):
    monkeypatch.setattr("engagements.many.LOT", 2)
    monkeypatch.setattr("common.history.recording.LOT", 2)
    told = [a_visit(staff, title_en=f"Visit {n}") for n in range(5)]

    logged = log_many(staff, told)

    assert [e.title_en for e in Engagement.objects.order_by("pk")] == [e.title_en for e in logged]
    assert Revision.objects.of("engagement", [e.pk for e in logged]).count() == 5


def test_logging_many_takes_as_few_statements_as_logging_three(staff, django_assert_num_queries):
    log_many(staff, [a_visit(staff)])
    three, thirty = ([a_visit(staff) for _ in range(number)] for number in (3, 30))

    with django_assert_num_queries(15):
        log_many(staff, three)
    with django_assert_num_queries(15):
        log_many(staff, thirty)


def test_amending_many_is_amending_each(staff, manager):
    told = of_every_sort(staff)
    pairs = [[log_engagement(by=staff, **each) for each in told] for _ in range(2)]
    other = make_partner()
    becomes = [
        each | {"place": "Oslo", "parts": [*each["parts"][:1], Part(partner=other)]}
        for each in told
    ]
    for engagement, each in zip(pairs[0], becomes, strict=True):
        amend_engagement(by=manager, engagement=engagement, version=1, **each)

    amend_engagements(
        by=manager,
        amendments=[
            Amendment(engagement=engagement, version=1, entry=Entry.of(each))
            for engagement, each in zip(pairs[1], becomes, strict=True)
        ],
    )

    for one, other in zip(*pairs, strict=True):
        assert as_kept(one) == as_kept(other)
        assert Engagement.objects.get(pk=other.pk).version == 2


def test_none_is_amended_where_one_has_moved_on(staff):
    first, second = log_many(staff, [a_visit(staff), a_visit(staff)])
    entry = Entry.of(a_visit(staff, place="Oslo"))

    with pytest.raises(MovedOn):
        amend_engagements(
            by=staff,
            amendments=[
                Amendment(engagement=first, version=1, entry=entry),
                Amendment(engagement=second, version=7, entry=entry),
            ],
        )

    assert set(Engagement.objects.values_list("place", "version")) == {("", 1)}
