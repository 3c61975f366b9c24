"""Changing what is logged: who may, what stays, and two people on one record."""

import datetime as dt

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Role, Sensitivity
from common.partial_dates import PartialDate
from engagements.alignments import Tag, align
from engagements.kinds import Stage
from engagements.models import Engagement
from objectives.models import FrameworkKind
from tests.engagements.telling import address, pillar
from tests.factories import (
    make_country,
    make_engagement,
    make_framework,
    make_objective,
    make_office,
    make_partner,
    make_user,
)


@pytest.fixture
def engagement(staff):
    return make_engagement(
        logged_by=staff,
        title_en="Visit to a prison farm",
        purpose="To see",
        outcome="Agreed",
        place="Oslo",
        partners=[make_partner("UNODC"), make_partner("ICPA")],
        objectives=[pillar()],
        countries=[make_country("NO")],
        start=PartialDate.season(2026, "spring"),
        end=PartialDate.fiscal(2027),
        planned_cost=2150,
        actual_cost="2150.50",
    )


def edit(engagement):
    return address("engagements:edit", engagement.reference)


def as_opened(client, engagement) -> dict:
    """What the browser would send when nothing is touched."""
    response = client.get(edit(engagement))
    assert response.status_code == 200
    sent = {
        name: response.context["form"].data.getlist(name) for name in response.context["form"].data
    }
    return sent | {"version": response.context["version"], "do": "save"}


def columns(engagement) -> dict:
    fields = Engagement.objects.filter(pk=engagement.pk).values().get()
    for changing in ("changed_at", "version", "approval"):
        del fields[changing]
    return fields


def test_saving_without_a_change_changes_nothing(client, staff, engagement):
    client.force_login(staff)
    before = columns(engagement)
    parts = list(engagement.participations.values())
    tags = list(engagement.alignments.values())

    response = client.post(edit(engagement), as_opened(client, engagement))

    assert response.status_code == 302
    assert response.url == engagement.get_absolute_url()
    assert columns(engagement) == before
    assert list(engagement.participations.values()) == parts
    assert list(engagement.alignments.values()) == tags
    assert [country.iso2 for country in engagement.countries.all()] == ["NO"]


def test_changing_the_kind_wipes_nothing_and_the_reference_stays(client, staff, engagement):
    client.force_login(staff)
    before = columns(engagement)

    client.post(edit(engagement), as_opened(client, engagement) | {"kind": "agreement-signed"})

    assert columns(engagement) == before | {"kind": "agreement-signed"}


def test_another_start_keeps_the_reference_and_counts_in_its_own_year(client, staff, engagement):
    client.force_login(staff)
    reference = engagement.reference
    sent = as_opened(client, engagement)
    sent |= {"start_precision": "year", "start_year": "2004", "start_season": ""}

    client.post(edit(engagement), sent)

    engagement.refresh_from_db()
    assert (engagement.reference, engagement.fiscal_year) == (reference, 2005)


@pytest.mark.parametrize(
    ("role", "office", "status"),
    [
        (Role.READER, "IR", 403),
        (Role.APPROVER, "IR", 403),
        (Role.STAFF, "PRA", 403),
        (Role.STAFF, "IR", 200),
        (Role.MANAGER, "PRA", 200),
        (Role.ADMINISTRATOR, "PRA", 200),
    ],
)
def test_its_office_managers_and_administrators_edit_it(client, engagement, role, office, status):
    client.force_login(make_user("someone", role, office=make_office(office)))

    assert client.get(edit(engagement)).status_code == status


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_one_may_not_see_is_not_there(client, staff, engagement, method):
    Engagement.objects.update(sensitivity=Sensitivity.PROTECTED_B)
    client.force_login(staff)

    assert getattr(client, method)(edit(engagement)).status_code == 404


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 5000, "\x00"])
def test_a_save_that_names_no_proper_version_is_refused(client, staff, engagement, version):
    client.force_login(staff)

    sent = as_opened(client, engagement) | {"version": version, "title_en": "Mine"}

    assert client.post(edit(engagement), sent).status_code == 409


def test_tags_under_an_earlier_framework_stay_and_keep_their_reason(client, staff, engagement):
    five = make_framework("FIVE", FrameworkKind.PRIORITY, in_force_from=dt.date(2006, 4, 1))
    kept = make_objective("S1", five)
    other = make_objective("S2", five)
    tags = [Tag(objective=pillar()), Tag(objective=kept, reason="It was so.", primary=True)]
    align(by=staff, engagement=engagement, tags=tags)
    six = make_framework("SIX", FrameworkKind.PRIORITY, in_force_from=dt.date(2025, 4, 1))
    make_objective("N1", six)
    client.force_login(staff)

    opened = client.get(edit(engagement))
    assertContains(opened, "Tagged under an earlier framework")
    assertContains(opened, 'value="S1" checked')
    assertNotContains(opened, 'value="S2"')
    sent = as_opened(client, engagement)
    client.post(edit(engagement), sent)

    alignment = engagement.alignments.get(objective=kept)
    assert (alignment.reason, alignment.primary) == ("It was so.", True)
    refused = client.post(
        edit(engagement), as_opened(client, engagement) | {"objectives": ["P1", other.code]}
    )
    assert refused.status_code == 422


def test_a_partner_archived_since_stays_with_what_was_done_with_it(client, staff, engagement):
    partner = engagement.partners.get(code="UNODC")
    partner.archived_at, partner.archive_reason = timezone.now(), "Closed"
    partner.save()
    client.force_login(staff)

    assert client.post(edit(engagement), as_opened(client, engagement)).status_code == 302
    assert engagement.participations.count() == 2


def test_what_the_approver_decided_is_not_changed_in_the_form(client, staff, approver):
    engagement = make_engagement(
        logged_by=staff,
        partners=[make_partner("UNODC")],
        objectives=[pillar()],
        approval="given",
        approved_by="approver",
        approved_on=dt.date(2026, 4, 1),
        decided_by=approver,
        decided_at=timezone.now(),
    )
    client.force_login(staff)
    sent = as_opened(client, engagement)

    assertNotContains(client.get(edit(engagement)), 'name="approval"')
    client.post(edit(engagement), sent | {"approval": "unknown", "approved_by": "me"})

    engagement.refresh_from_db()
    assert (engagement.approval, engagement.approved_by) == ("given", "approver")


@pytest.mark.parametrize("stage", [Stage.SUBMITTED, Stage.APPROVED, Stage.COMPLETED])
def test_the_stage_stays_when_it_is_edited(client, staff, stage):
    engagement = make_engagement(
        logged_by=staff, stage=stage, partners=[make_partner()], objectives=[pillar()]
    )
    client.force_login(staff)

    assert client.post(edit(engagement), as_opened(client, engagement)).status_code == 302
    engagement.refresh_from_db()
    assert engagement.stage == stage


def test_editing_never_points_out_the_record_itself(client, staff, engagement):
    client.force_login(staff)
    sent = as_opened(client, engagement) | {"record": engagement.pk}

    response = client.post(address("engagements:likely_duplicates"), sent)

    assert response.context["duplicates"] == []


@pytest.mark.parametrize("partners", [1, 3])
def test_opening_it_takes_as_many_queries_for_one_partner_as_for_three(
    client, staff, partners, django_assert_num_queries
):
    engagement = make_engagement(
        logged_by=staff,
        partners=[make_partner() for _number in range(partners)],
        objectives=[pillar()],
        countries=[make_country("NO")],
    )
    client.force_login(staff)
    client.get(edit(engagement))

    with django_assert_num_queries(16):
        client.get(edit(engagement))


@pytest.mark.parametrize("objectives", [1, 3])
def test_saving_takes_as_many_queries_for_one_unchanged_tag_as_for_three(
    client, staff, objectives, django_assert_num_queries
):
    codes = [f"P{number}" for number in range(1, objectives + 1)]
    engagement = make_engagement(
        logged_by=staff, partners=[make_partner()], objectives=[pillar(code) for code in codes]
    )
    client.force_login(staff)
    sent = as_opened(client, engagement)

    # Four of them for its history: what was last known, the state before and after, and the revision.
    with django_assert_num_queries(10 + 4):
        response = client.post(edit(engagement), sent)
    assert response.status_code == 302


def test_staff_of_another_office_are_told_who_may_change_it(client, staff, colleague):
    engagement = make_engagement(logged_by=staff)
    client.force_login(colleague)

    response = client.get(address("engagements:edit", engagement.reference))

    message = f"Office IR leads {engagement.reference}."
    assertContains(response, message, status_code=403)
