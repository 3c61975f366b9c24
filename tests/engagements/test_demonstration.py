"""The demonstration: what a newcomer finds, whatever the day, and that it stays theirs."""

import datetime as dt
import re

import pytest
from django.core.management import call_command
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from accounts.demonstration import CAST, people
from accounts.models import Role, Sensitivity, User
from common.partial_dates import FiscalYear
from dashboards.metrics.plans import NEAR, NOT_APPROVED
from engagements.demonstration.entries import Entry, all_entries
from engagements.kinds import Kind, Stage
from engagements.models import Alignment, Engagement, Note
from objectives.models import FrameworkKind
from partners.models import Contact
from tests.engagements.test_load_demo import load_demo

TODAY = dt.date(2026, 11, 22)

TRICKY_DATES = [
    (2, "2004-05", "not given", 2005),
    (10, "unknown", "2004-06", None),
    (12, "2000-09-25", "2000-10-03", 2001),
    (14, "unknown", "ongoing", None),
    (15, "autumn 2002", "not given", 2003),
    (16, "summer 2005", "not given", 2006),
    (18, "1998-03", "1998-03-18", 1998),
    (20, "about 1998", "not given", 1999),
    (25, "2007-02-02", "2011", 2007),
    (27, "2012-13", "not given", 2013),
    (33, "2017", "2017-10-15", 2018),
    (38, "2019-02-04", "not given", 2019),
    (44, "2023-03-03", "2023-03-03", 2023),
    (46, "unknown", "not given", None),
]


@pytest.fixture(scope="module", autouse=True)
def demonstration(django_db_setup, django_db_blocker):
    """Loaded once for this file: each test rolls back to it."""
    try:
        with django_db_blocker.unblock(), override_settings(DEMONSTRATION=True):
            call_command("load_reference", verbosity=0)
            call_command("load_demo", verbosity=0)
        yield
    finally:
        with django_db_blocker.unblock():
            call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(autouse=True)
def _in_demonstration(settings):
    settings.DEMONSTRATION = True


def entry(number: int) -> Entry:
    return next(e for e in all_entries(timezone.localdate()) if e.number == number)


def loaded(number: int) -> Engagement:
    return Engagement.objects.get(form_key=entry(number).form_key)


def public_record():
    return Engagement.objects.exclude(source_url="")


def invented():
    return Engagement.objects.filter(source_url="")


# The 46 of public record


def test_the_46_engagements_of_public_record_each_have_a_source_and_whom_and_what_they_served():
    record = public_record().prefetch_related("partners", "countries", "alignments__framework")

    assert len(record) == 46
    for engagement in record:
        assert engagement.source_url.startswith("http"), engagement
        assert engagement.partners.all() or engagement.countries.all(), engagement
        kinds = [alignment.framework.kind for alignment in engagement.alignments.all()]
        assert FrameworkKind.PILLAR in kinds, engagement


def test_they_are_completed_but_for_the_one_that_goes_on():
    assert [e.title_en for e in public_record().exclude(stage=Stage.COMPLETED)] == [
        "Information and best-practice exchange with HM Prison Service"
    ]
    assert loaded(14).stage == Stage.APPROVED
    assert loaded(14).approval == Engagement.Approval.GIVEN


@pytest.mark.parametrize(("number", "start", "end", "year"), TRICKY_DATES)
def test_dates_are_as_precise_as_their_source(number, start, end, year):
    told = entry(number)

    assert (str(told.start), str(told.end)) == (start, end)
    assert told.start.fiscal_year == (FiscalYear(year) if year else None)


def test_the_number_of_an_engagement_is_of_its_fiscal_year():
    for engagement in public_record().exclude(fiscal_year=None):
        assert engagement.reference.startswith(f"IE-{engagement.fiscal_year}-"), engagement


def test_some_titles_wait_for_their_french():
    assert public_record().filter(title_en="").count() == 0
    assert public_record().filter(title_fr="").count() == 7


# The invented ones


def test_invented_ones_stand_at_every_stage_but_declined():
    stages = {stage: invented().filter(stage=stage).count() for stage in Stage.values}

    assert stages == {
        Stage.DRAFT: 3,
        Stage.SUBMITTED: 4,
        Stage.APPROVED: 4,
        Stage.RETURNED: 1,
        Stage.DECLINED: 0,
        Stage.COMPLETED: 27,
        Stage.CANCELLED: 1,
    }
    assert invented().overdue(timezone.localdate()).count() == 2


def test_restricted_notes_are_read_by_some_of_the_cast_and_not_by_others():
    read = {
        person.username: Note.objects.readable_by(person).count() for person in User.objects.all()
    }

    assert read == {
        "staff": 2, "colleague": 1, "manager": 3, "administrator": 0, "approver": 2, "reader": 0,
    }  # fmt: skip


def test_invented_ones_say_so_in_their_own_language():
    endings = {
        engagement.purpose.rpartition(". ")[2]: engagement.text_language
        for engagement in invented()
    }

    assert endings == {
        "Invented for demonstration.": "en",
        "Inventé aux fins de démonstration.": "fr",
    }
    assert not public_record().filter(purpose__icontains="demonstration").exists()


def test_contacts_are_roles_that_say_they_are_invented_one_of_them_gone():
    contacts = list(Contact.objects.select_related("partner"))

    assert {each.text_language for each in contacts} == {"en", "fr"}
    for each in contacts:
        invented_in = {"en": "Invented for demonstration.", "fr": "Inventé aux fins de démonst"}
        assert invented_in[each.text_language] in each.note
        assert each.email.endswith("@example.org") or not each.email
    assert [each.partner.code for each in contacts if each.is_gone] == ["UNODC"]


@pytest.mark.parametrize(
    "today",
    [
        TODAY,
        dt.date(2027, 3, 31),
        dt.date(2027, 4, 1),
        dt.date(2028, 2, 29),
        dt.date(2027, 12, 31),
        dt.date(2027, 1, 2),
    ],
)
def test_what_is_planned_lies_ahead_and_what_is_over_lies_behind_on_any_day(today):
    ahead = {"submitted", "approved", "returned", "cancelled"}
    this_year = FiscalYear.of(today)

    for told in all_entries(today):
        if told.becomes in ahead:
            assert today < told.start.earliest <= today + dt.timedelta(days=150), told
        elif told.becomes in {"overdue", "completed"}:
            assert told.columns["approved_on"] < told.start.earliest <= told.end.latest < today
            assert told.start.fiscal_year in {this_year, this_year.previous}, told


@pytest.mark.parametrize("today", [dt.date(2026, 11, 23), dt.date(2026, 11, 29)])
def test_on_the_first_and_last_day_of_a_week_something_near_is_not_approved(today):
    """Weeks are counted from their Monday, and the dashboard looks thirty days ahead of any day."""
    near = [
        told
        for told in all_entries(today)
        if told.becomes in NOT_APPROVED and today < told.start.earliest <= today + NEAR
    ]

    assert near


def test_a_protected_record_is_hidden_from_whom_is_not_cleared():
    marked = Engagement.objects.exclude(sensitivity=Sensitivity.UNCLASSIFIED).logged()
    reader, staff, manager = (User.objects.get(username=n) for n in ("reader", "staff", "manager"))

    assert [marked.visible_to(user).count() for user in (reader, staff, manager)] == [0, 2, 3]


def test_drafts_belong_to_two_people_and_one_is_in_french():
    drafts = Engagement.objects.filter(stage=Stage.DRAFT).values_list(
        "logged_by__username", "text_language", "reference"
    )

    assert sorted(drafts) == [
        ("colleague", "fr", None),
        ("staff", "en", None),
        ("staff", "en", None),
    ]


def test_the_approver_decided_and_the_returned_one_says_why():
    approver = User.objects.get(username="approver")
    returned = Engagement.objects.get(stage=Stage.RETURNED)

    assert returned.decided_by == approver
    assert returned.stage_reason == (
        "Say which institutions, and whether Health Services will join."
    )
    assert Engagement.objects.filter(stage=Stage.APPROVED, decided_by=approver).count() == 2


# Tags


def test_every_alignment_is_marked_as_demonstration_tagging():
    assert Alignment.objects.filter(demonstration=False).count() == 0
    assert Alignment.objects.filter(demonstration=True).count() > 200


def test_a_good_third_of_the_alignments_say_why():
    with_reason = Alignment.objects.exclude(reason="").count()

    assert with_reason >= Alignment.objects.count() / 3


def test_an_engagement_has_at_most_one_primary_objective_a_framework():
    for told in all_entries(TODAY):
        primaries = [code[0] for code, (_reason, primary) in told.serves.items() if primary]
        assert len(primaries) == len(set(primaries)), told


def test_the_matrix_has_gaps_to_call_out():
    counted = Engagement.objects.counted()

    assert counted.serving("M2").count() == 0
    assert counted.serving("S3").count() == 1
    assert counted.serving("S4").count() == 7
    assert public_record().untagged(FrameworkKind.PRIORITY).count() == 4
    assert public_record().untagged(FrameworkKind.MANDATE).count() == 4


# As a whole


def test_what_is_loaded_would_pass_the_models_own_checks():
    for engagement in Engagement.objects.all():
        engagement.full_clean(exclude=["kind"] if not engagement.kind else None)
    assert set(Engagement.objects.values_list("kind", flat=True)) <= set(Kind.values)


def test_references_are_given_once():
    references = list(Engagement.objects.logged().values_list("reference", flat=True))

    assert len(references) == 83
    assert len(set(references)) == 83
    assert all(re.fullmatch(r"IE-\d{4}-\d{4}", reference) for reference in references)


def test_numbers_in_the_files_are_given_once():
    numbers = [told.number for told in all_entries(TODAY)]

    assert len(numbers) == len(set(numbers)) == 86


def test_loading_twice_changes_nothing():
    def everything():
        return (
            list(Engagement.objects.order_by("pk").values()),
            list(Alignment.objects.order_by("pk").values()),
            list(User.objects.order_by("pk").values()),
        )

    before = everything()

    assert "nothing was added" in load_demo()
    assert everything() == before


def test_a_draft_that_was_logged_since_is_not_made_again():
    draft = loaded(102)
    Engagement.objects.filter(pk=draft.pk).update(stage=Stage.SUBMITTED, reference="IE-2027-0999")

    load_demo()

    assert Engagement.objects.filter(title_en=draft.title_en).count() == 1


def test_once_leaves_a_loaded_demonstration_alone_even_where_a_draft_was_discarded():
    loaded(101).delete()

    assert "nothing was added" in load_demo(once=True)
    assert Engagement.objects.count() == 85


# The people


def test_each_role_has_its_person_and_none_has_a_name():
    assert {user.role for user in User.objects.all()} == set(Role.values)
    assert sorted(
        User.objects.values_list("username", "office__code", "language", "clearance")
    ) == [
        ("administrator", "NHQ", "en", Sensitivity.PROTECTED_B),
        ("approver", "CO", "en", Sensitivity.PROTECTED_B),
        ("colleague", "PRA", "fr", Sensitivity.PROTECTED_A),
        ("manager", "IR", "en", Sensitivity.PROTECTED_B),
        ("reader", "PAC", "en", Sensitivity.UNCLASSIFIED),
        ("staff", "IR", "en", Sensitivity.PROTECTED_A),
    ]
    assert not User.objects.exclude(first_name="", last_name="").exists()


@pytest.mark.parametrize("username", [member.username for member in CAST])
def test_everyone_signs_in_with_the_password_shown(client, username):
    password = re.search(r"with the password (\S+)", load_demo(show=True))[1]

    response = client.post(
        reverse("accounts:sign_in"), {"username": username, "password": password}
    )

    assert response.status_code == 302
    assert password == "liaison-demo"


def test_a_password_changed_by_somebody_is_not_shown_as_if_it_worked():
    user = User.objects.get(username="manager")
    user.set_password("another password")
    user.save()

    said = load_demo(show=True)

    assert "liaison-demo no longer opens them all" in said
    assert "with the password" not in said
    assert "another password" not in said


def test_the_sign_in_lines_name_everyone_their_office_and_what_they_come_for():
    assert (
        "    reader          Pacific Region           read, without changing anything\n"
        in load_demo(show=True)
    )
    assert [person.username for person in people()] == [
        "staff", "colleague", "manager", "administrator", "approver", "reader",
    ]  # fmt: skip


def test_nobody_is_named_outside_a_demonstration(settings):
    settings.DEMONSTRATION = False

    assert people() == []
