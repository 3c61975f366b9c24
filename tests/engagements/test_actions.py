import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from common.partial_dates import FiscalYear, PartialDate
from engagements import stages
from engagements.actions import Part, amend_engagement, discard_draft, log_engagement, save_draft
from engagements.alignments import Tag, align
from engagements.kinds import Kind, Stage
from engagements.models import Alignment, Engagement, Participation
from engagements.versions import MovedOn
from objectives.models import FrameworkKind
from tests.factories import (
    make_country,
    make_engagement,
    make_framework,
    make_objective,
    make_partner,
    make_user,
)

TOMORROW = dt.timedelta(days=1)


def log(by, **kwargs):
    told = {
        "title_en": "Visit",
        "kind": Kind.OUTGOING_VISIT,
        "start": PartialDate.day(dt.date(2026, 5, 4)),
        "lead_office": by.office,
        "parts": [],
        "tags": [],
    }
    return log_engagement(by=by, **told | kwargs)


def test_logging_keeps_everything_in_one_step(staff):
    partner, objective, country = make_partner(), make_objective(), make_country()

    logged = log(
        staff,
        parts=[Part(partner=partner, role="host")],
        tags=[Tag(objective=objective, reason="Why", primary=True)],
        countries=[country],
    )

    engagement = Engagement.objects.get()
    assert engagement == logged
    assert engagement.reference == "IE-2027-0001"
    assert engagement.stage == Stage.COMPLETED
    assert list(engagement.countries.all()) == [country]
    assert list(engagement.participations.values_list("partner", "role")) == [(partner.pk, "host")]
    alignment = engagement.alignments.get()
    assert (alignment.objective, alignment.reason, alignment.primary) == (objective, "Why", True)
    assert alignment.made_by == staff


def test_nothing_is_kept_when_one_part_fails(staff):
    partner = make_partner()
    framework = make_framework()
    two_primaries = [
        Tag(objective=make_objective(framework=framework), primary=True) for _ in range(2)
    ]

    with pytest.raises(IntegrityError):
        log(staff, parts=[Part(partner=partner)], tags=two_primaries)

    assert not Engagement.objects.exists()
    assert log(staff).reference == "IE-2027-0001"


@pytest.mark.parametrize(
    ("start", "reference"),
    [
        (PartialDate.day(dt.date(2026, 3, 31)), "IE-2026-0001"),
        (PartialDate.day(dt.date(2026, 4, 1)), "IE-2027-0001"),
        (PartialDate.year(2004), "IE-2005-0001"),
        (PartialDate.season(2002, "autumn"), "IE-2003-0001"),
    ],
)
def test_the_reference_names_the_year_in_which_its_fiscal_year_ends(staff, start, reference):
    assert log(staff, start=start).reference == reference


def test_an_unknown_start_takes_its_reference_from_the_year_it_is_logged_in(staff):
    ends = FiscalYear.of(timezone.localdate()).ends

    assert log(staff, start=PartialDate.unknown()).reference == f"IE-{ends}-0001"


def test_a_reference_stays_when_the_date_changes_and_is_never_given_again(staff):
    first = log(staff)

    amend_engagement(
        by=staff,
        engagement=first,
        version=first.version,
        parts=[],
        tags=[],
        start=PartialDate.year(1999),
    )
    second = log(staff)
    Engagement.objects.filter(pk=second.pk).delete()

    assert Engagement.objects.get(pk=first.pk).reference == "IE-2027-0001"
    assert log(staff).reference == "IE-2027-0003"


@pytest.mark.django_db(transaction=True)
def test_people_who_log_at_the_same_moment_never_get_the_same_number():
    people = [make_user(role="staff") for _ in range(4)]

    def log_five(person):
        try:
            return [log(person).reference for _ in range(5)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        given = [reference for five in pool.map(log_five, people) for reference in five]

    assert sorted(given) == [f"IE-2027-{number:04d}" for number in range(1, 21)]


def test_the_same_form_sent_twice_logs_one_engagement(staff):
    key = uuid.uuid4()

    assert log(staff, form_key=key) == log(staff, form_key=key)
    assert Engagement.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_twice_at_once_logs_one_engagement():
    person, key = make_user(role="staff"), uuid.uuid4()

    def send(_):
        try:
            return log(person, form_key=key).reference
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        given = set(pool.map(send, range(4)))

    assert given == {"IE-2027-0001"}
    assert Engagement.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_draft_logged_and_discarded_at_once_is_one_or_the_other():
    person = make_user(role="staff")

    def at_once(act):
        try:
            return act()
        finally:
            connection.close()

    for _ in range(5):
        draft = save_draft(by=person, title_en="A visit")
        acts = [partial(log, person, draft=draft), partial(discard_draft, by=person, draft=draft)]
        with ThreadPoolExecutor(2) as pool:
            logged, discarded = pool.map(at_once, acts)

        kept = Engagement.objects.filter(reference=logged.reference)
        assert kept.exists()
        assert discarded is (kept.get().pk != draft.pk)


@pytest.mark.parametrize(
    ("start", "end", "approval", "stage"),
    [
        (-10, PartialDate("not-given"), "unknown", Stage.COMPLETED),
        (-10, 10, "given", Stage.APPROVED),
        (-10, 10, "unknown", Stage.SUBMITTED),
        (-10, PartialDate("ongoing"), "given", Stage.APPROVED),
        (10, 12, "given", Stage.SUBMITTED),
        (None, PartialDate("not-given"), "unknown", Stage.COMPLETED),
        (None, PartialDate("ongoing"), "given", Stage.APPROVED),
    ],
)
def test_what_has_ended_is_completed_and_what_lies_ahead_submitted(
    staff, start, end, approval, stage
):
    today = timezone.localdate()

    def day(offset):
        return PartialDate.day(today + dt.timedelta(days=offset))

    begins = PartialDate.unknown() if start is None else day(start)
    ends = end if isinstance(end, PartialDate) else day(end)

    assert log(staff, start=begins, end=ends, approval=approval).stage == stage


def test_a_draft_has_no_reference_and_becomes_the_engagement_it_was(staff):
    draft = save_draft(by=staff, title_en="Half told", draft_input={"title_en": ["Half told"]})
    assert (draft.stage, draft.reference) == (Stage.DRAFT, None)

    logged = log(staff, draft=draft, title_en="Told")

    assert logged.pk == draft.pk
    assert (logged.reference, logged.title_en, logged.draft_input) == ("IE-2027-0001", "Told", None)


def test_a_draft_is_thrown_away_by_its_author_alone(staff, colleague):
    draft = save_draft(by=staff, title_en="Mine")

    discard_draft(by=colleague, draft=draft)
    assert Engagement.objects.filter(pk=draft.pk).exists()

    discard_draft(by=staff, draft=draft)
    assert not Engagement.objects.filter(pk=draft.pk).exists()


def test_a_save_on_a_version_that_has_moved_on_changes_nothing(staff, manager):
    engagement = log(staff)
    seen = engagement.version
    amend_engagement(
        by=manager, engagement=engagement, version=seen, parts=[], tags=[], title_en="Manager's"
    )

    with pytest.raises(MovedOn):
        amend_engagement(
            by=staff, engagement=engagement, version=seen, parts=[], tags=[], title_en="Staff's"
        )

    assert Engagement.objects.get().title_en == "Manager's"


def test_amending_keeps_what_stayed_and_changes_the_rest(staff, manager):
    stays, goes, comes = make_partner(), make_partner(), make_partner()
    kept, dropped = make_objective(), make_objective()
    engagement = log(
        staff,
        parts=[Part(partner=stays), Part(partner=goes)],
        tags=[Tag(objective=kept), Tag(objective=dropped)],
    )
    stayed = engagement.participations.get(partner=stays)

    amend_engagement(
        by=manager,
        engagement=engagement,
        version=engagement.version,
        parts=[Part(partner=comes), Part(partner=stays)],
        tags=[Tag(objective=kept)],
    )

    assert [p.partner for p in Participation.objects.all()] == [comes, stays]
    assert Participation.objects.get(partner=stays).pk == stayed.pk
    assert [(a.objective, a.made_by) for a in Alignment.objects.all()] == [(kept, staff)]


def test_the_primary_moves_within_a_framework(staff, manager):
    framework = make_framework(kind=FrameworkKind.PRIORITY)
    first, second = make_objective(framework=framework), make_objective(framework=framework)
    engagement = log(staff, tags=[Tag(objective=first, primary=True), Tag(objective=second)])

    change = align(
        by=manager,
        engagement=engagement,
        tags=[Tag(objective=first), Tag(objective=second, primary=True)],
        version=engagement.version,
    )

    assert set(change.changed) == {first, second}
    assert Alignment.objects.get(primary=True).objective == second


def test_the_database_holds_one_primary_a_framework(staff):
    framework = make_framework()
    engagement = make_engagement()
    tags = [
        Alignment(
            engagement=engagement,
            objective=make_objective(framework=framework),
            framework=framework,
            primary=True,
            made_by=staff,
        )
        for _ in range(2)
    ]

    with pytest.raises(IntegrityError), transaction.atomic():
        Alignment.objects.bulk_create(tags)


@pytest.mark.parametrize(
    "wrong",
    [
        {"title_en": "", "title_fr": ""},
        {"reference": None},
        {"kind": ""},
        {"kind": "party"},
        {"start_precision": ""},
        {"lead_office": None},
        {"stage": "lost"},
        {"stage": Stage.CANCELLED},
        {"sensitivity": 3},
        {"end_latest": dt.date(1999, 1, 1)},
        {"end_precision": "unknown"},
        {"start_precision": "ongoing"},
    ],
)
def test_the_database_refuses_half_an_engagement(wrong):
    engagement = make_engagement()

    with pytest.raises(IntegrityError), transaction.atomic():
        Engagement.objects.filter(pk=engagement.pk).update(**wrong)


def test_only_what_waits_is_decided(staff, approver):
    engagement = log(staff)

    with pytest.raises(stages.WrongStage):
        stages.approve(by=approver, engagement=engagement)

    assert Engagement.objects.get().stage == Stage.COMPLETED


def test_an_approval_says_by_whom_and_when(staff, approver):
    ahead = PartialDate.day(timezone.localdate() + TOMORROW)
    engagement = log(staff, start=ahead)

    stages.approve(by=approver, engagement=engagement)

    approved = Engagement.objects.get()
    assert (approved.stage, approved.approval, approved.decided_by) == (
        Stage.APPROVED,
        Engagement.Approval.GIVEN,
        approver,
    )


def test_what_went_ahead_undecided_is_completed_with_its_approval_not_known(staff):
    engagement = log(staff, start=PartialDate.day(timezone.localdate() + TOMORROW))

    stages.complete(by=staff, engagement=engagement, outcome="It went well.")

    completed = Engagement.objects.get()
    assert (completed.stage, completed.approval) == (Stage.COMPLETED, Engagement.Approval.UNKNOWN)
    assert completed.outcome == "It went well."
