"""Tagging one engagement: its text beside every framework in force on its date."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils.translation import override
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import Sensitivity
from engagements.alignments import align
from engagements.models import Alignment
from objectives.models import FrameworkKind
from tests.factories import (
    make_engagement,
    make_framework,
    make_objective,
    make_office,
    make_partner,
)

HTMX = {"HX-Request": "true"}


@pytest.fixture
def pillars():
    framework = make_framework("PILLARS")
    return make_objective("P1", framework), make_objective("P2", framework)


@pytest.fixture
def priorities():
    framework = make_framework("FIVE", FrameworkKind.PRIORITY, in_force_from=dt.date(2006, 4, 1))
    return make_objective("S1", framework), make_objective("S2", framework)


@pytest.fixture
def engagement(staff, pillars, priorities):
    return make_engagement(
        logged_by=staff, purpose="What it was for", objectives=[pillars[0], priorities[0]]
    )


@pytest.fixture
def signed_in(client, staff):
    client.force_login(staff)
    return client


def address(engagement):
    return reverse("engagements:align", args=[engagement.reference])


def sent(engagement, *codes, **more):
    return {"version": engagement.version, "objectives": codes, **more}


def tags(engagement):
    return {
        (a.objective.code, a.reason, a.primary)
        for a in Alignment.objects.filter(engagement=engagement)
    }


def changes(response):
    change = response.context["form"].change
    return {
        name: [objective.code for objective in getattr(change, name)]
        for name in ("added", "removed", "changed", "kept")
    }


# The page


def test_the_text_stands_beside_what_can_be_chosen(signed_in, engagement):
    response = signed_in.get(address(engagement))

    assertContains(response, "What it was for")
    assertContains(response, "Wording of P2")
    assertContains(response, 'value="P1" checked')
    assertNotContains(response, 'value="P2" checked')
    assertContains(response, "Nothing yet.")


def test_it_names_the_gap_of_each_framework(signed_in, engagement):
    make_objective("M1", make_framework("MANDATE", FrameworkKind.MANDATE))

    assertContains(signed_in.get(address(engagement)), "no mandate item")


def test_frameworks_are_those_in_force_on_its_date(signed_in, engagement):
    later = make_framework("SIX", FrameworkKind.PRIORITY, in_force_from=dt.date(2026, 6, 1))
    make_objective("C1", later)

    response = signed_in.get(address(engagement))

    assertContains(response, "Wording of S2")
    assertNotContains(response, "Wording of C1")


def test_what_is_tagged_under_an_older_framework_is_shown_and_can_go(
    signed_in, engagement, priorities
):
    new = make_framework("SIX", FrameworkKind.PRIORITY, in_force_from=dt.date(2026, 4, 1))
    make_objective("C1", new)

    response = signed_in.get(address(engagement))
    assertContains(response, "Wording of C1")
    assertContains(response, "Wording of S1")
    assertNotContains(response, "Wording of S2")

    signed_in.post(address(engagement), sent(engagement, "P1", "S1", "C1"))
    assert {code for code, _, _ in tags(engagement)} == {"P1", "S1", "C1"}
    engagement.refresh_from_db()
    signed_in.post(address(engagement), sent(engagement, "P1", "C1"))
    assert {code for code, _, _ in tags(engagement)} == {"P1", "C1"}


def test_it_offers_to_start_from_the_last_engagement_with_the_same_partner(
    signed_in, staff, engagement, pillars
):
    partner = make_partner()
    engagement.participations.create(partner=partner)
    alike = make_engagement(partners=[partner], objectives=[pillars[1]])

    assertContains(signed_in.get(address(engagement)), f"?like={alike.reference}")

    response = signed_in.get(address(engagement), {"like": alike.reference})
    assert changes(response)["added"] == ["P2"]
    assert {code for code, _, _ in tags(engagement)} == {"P1", "S1"}


def test_it_starts_from_nothing_its_reader_may_not_open(signed_in, engagement, pillars):
    partner = make_partner()
    engagement.participations.create(partner=partner)
    secret = make_engagement(
        partners=[partner], objectives=[pillars[1]], sensitivity=Sensitivity.PROTECTED_B
    )

    assertNotContains(signed_in.get(address(engagement)), secret.reference)
    for reference in (secret.reference, "IE-1999-0001", "x\x00"):
        response = signed_in.get(address(engagement), {"like": reference})
        assert response.status_code == 404


def test_in_french_wordings_are_french(signed_in, engagement):
    with override("fr"):
        french = address(engagement)

    assertContains(signed_in.get(french), "Libellé de P1")


# Who


def test_those_who_may_see_it_but_not_change_it_are_refused(client, colleague, engagement):
    client.force_login(colleague)

    assert client.get(address(engagement)).status_code == 403
    assert client.post(address(engagement), sent(engagement, "P2")).status_code == 403
    assert {code for code, _, _ in tags(engagement)} == {"P1", "S1"}


@pytest.mark.parametrize("who", ["reader", "approver"])
def test_those_who_log_nothing_are_refused(client, request, engagement, who):
    client.force_login(request.getfixturevalue(who))

    assert client.get(address(engagement)).status_code == 403


def test_one_that_may_not_be_seen_is_not_there(signed_in, staff):
    hidden = make_engagement(
        sensitivity=Sensitivity.PROTECTED_B, lead_office=make_office("IR"), logged_by=staff
    )

    assert signed_in.get(address(hidden)).status_code == 404
    assert signed_in.get("/en/engagements/IE-1999-0001/align/").status_code == 404


# Saving


def test_all_is_saved_in_one_step(signed_in, engagement, staff):
    data = sent(
        engagement, "P2", "S1", "S2",
        **{"reason-S2": "Because of <b>this</b>", "primary-FIVE": "S2"},
    )  # fmt: skip

    response = signed_in.post(address(engagement), data)

    assertRedirects(response, engagement.get_absolute_url())
    assert tags(engagement) == {
        ("P2", "", False),
        ("S1", "", False),
        ("S2", "Because of <b>this</b>", True),
    }
    engagement.refresh_from_db()
    assert (engagement.version, engagement.changed_by) == (2, staff)


def test_the_primary_moves_from_one_to_another(signed_in, engagement, priorities):
    Alignment.objects.filter(objective=priorities[0]).update(primary=True)

    signed_in.post(
        address(engagement), sent(engagement, "P1", "S1", "S2", **{"primary-FIVE": "S2"})
    )

    assert {code for code, _, primary in tags(engagement) if primary} == {"S2"}


def test_none_is_primary_where_none_is_chosen(signed_in, engagement, priorities):
    Alignment.objects.filter(objective=priorities[0]).update(primary=True)

    signed_in.post(address(engagement), sent(engagement, "P1", "S1", **{"primary-FIVE": ""}))

    assert not any(primary for _, _, primary in tags(engagement))


def test_a_reason_goes_with_what_is_unticked(signed_in, engagement):
    signed_in.post(address(engagement), sent(engagement, "P1", **{"reason-S1": "Lost"}))

    assert tags(engagement) == {("P1", "", False)}


def test_saving_what_is_there_changes_nothing(signed_in, engagement):
    response = signed_in.post(address(engagement), sent(engagement, "P1", "S1"), follow=True)

    assertContains(response, "as they were")
    engagement.refresh_from_db()
    assert engagement.version == 1


def test_a_second_press_is_no_conflict(signed_in, engagement):
    data = sent(engagement, "P2")
    signed_in.post(address(engagement), data)

    response = signed_in.post(address(engagement), data, follow=True)

    assertContains(response, "are saved")
    engagement.refresh_from_db()
    assert engagement.version == 2


# What will change


def test_what_will_change_is_shown_without_a_script_and_nothing_is_saved(signed_in, engagement):
    data = sent(engagement, "P1", "P2", do="preview", **{"reason-P1": "Now with a reason"})

    response = signed_in.post(address(engagement), data)

    assert response.status_code == 200
    assert changes(response) == {
        "added": ["P2"],
        "removed": ["S1"],
        "changed": ["P1"],
        "kept": [],
    }
    assertContains(response, 'value="Now with a reason"')
    assertContains(response, 'name="version" value="1"')
    assert tags(engagement) == {("P1", "", False), ("S1", "", False)}


def test_htmx_gets_the_part_that_changes_and_saves_nothing(signed_in, engagement):
    response = signed_in.post(address(engagement), sent(engagement, "P2"), headers=HTMX)

    assertContains(response, 'id="changes"')
    assertContains(response, "Added:")
    assertNotContains(response, "<html")
    assert {code for code, _, _ in tags(engagement)} == {"P1", "S1"}


def test_htmx_is_told_what_cannot_be_saved(signed_in, engagement):
    response = signed_in.post(address(engagement), sent(engagement, "S1"), headers=HTMX)

    assertContains(response, "Choose at least one pillar.")


def test_an_earlier_version_stays_the_one_seen_through_a_preview(signed_in, staff, engagement):
    data = sent(engagement, "P2", do="preview")
    align(by=staff, engagement=engagement, tags=[])

    assertContains(signed_in.post(address(engagement), data), 'name="version" value="1"')


# What is refused


def test_somebody_elses_save_is_not_written_over_and_what_was_typed_stays(
    signed_in, manager, engagement
):
    align(by=manager, engagement=engagement, tags=[])
    data = sent(engagement, "P1", "S2", **{"reason-S2": "Typed with care"})

    response = signed_in.post(address(engagement), data)

    assertContains(response, "Somebody else saved", status_code=409)
    assertContains(response, 'value="Typed with care"', status_code=409)
    assert tags(engagement) == set()


@pytest.mark.parametrize("version", ["", "x", "0", "-1", "99"])
def test_a_version_the_form_never_gave_saves_nothing(signed_in, engagement, version):
    data = sent(engagement, "P2") | {"version": version}

    assert signed_in.post(address(engagement), data).status_code == 409
    assert {code for code, _, _ in tags(engagement)} == {"P1", "S1"}


@pytest.fixture
def not_in_force():
    make_objective("C1", make_framework("SIX", FrameworkKind.PRIORITY, adopted=False))


@pytest.mark.usefixtures("not_in_force")
@pytest.mark.parametrize(
    ("codes", "more", "words"),
    [
        (["P1", "X9"], {}, "“X9” is no objective of a framework in force on 2026-05-15"),
        (["P1", "C1"], {}, "“C1” is no objective of a framework in force on 2026-05-15"),
        (["P1", "x\x00y"], {}, "is no objective of a framework in force"),
        (["P1", "S1", "S2"], {"primary-FIVE": ["S1", "S2"]}, "Only one objective of a framework"),
        (["P1", "S1"], {"primary-FIVE": "P1"}, "Choose the primary objective from those"),
        (["S1"], {}, "Choose at least one pillar."),
        ([], {}, "Choose at least one pillar."),
        (["P1"], {"reason-P1": "x" * 301}, "This has 301 characters."),
        (["P1"], {"reason-P1": "a\x00b"}, "Null characters|control character"),
        (["P1"], {"reason-P1": "a\u202eb"}, "invisible mark"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_saved(signed_in, engagement, codes, more, words):
    response = signed_in.post(address(engagement), sent(engagement, *codes, **more))

    assert response.status_code == 422
    page = response.content.decode()
    assert 'id="error-summary"' in page
    assert any(each in page for each in words.split("|"))
    assert tags(engagement) == {("P1", "", False), ("S1", "", False)}


def test_a_refused_reason_stays_and_is_tied_to_its_error(signed_in, engagement):
    long = "x" * 301

    response = signed_in.post(address(engagement), sent(engagement, "P1", **{"reason-P1": long}))

    assertContains(response, f'value="{long}"', status_code=422)
    assertContains(response, 'aria-describedby="reason-P1-error"', status_code=422)
    assertContains(response, 'href="#reason-P1"', status_code=422)
