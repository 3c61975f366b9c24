"""Putting an engagement back as it was: what is offered, what comes of it, and what is refused."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Sensitivity
from common.partial_dates import PartialDate
from engagements.actions import Part
from engagements.alignments import Tag, align
from engagements.kinds import Kind, Stage
from engagements.stages import approve
from objectives.models import FrameworkKind
from partners.actions import archive_partner
from tests.engagements.restoring import (
    address,
    amend,
    back_to_first,
    log,
    offered,
    put_back,
    revisions,
)
from tests.engagements.telling import pillar
from tests.factories import (
    make_country,
    make_framework,
    make_objective,
    make_office,
    make_partner,
)

B = Sensitivity.PROTECTED_B


@pytest.fixture
def unodc():
    return make_partner("UNODC", name_en="Office on Drugs")


@pytest.fixture
def signed_in(client, staff):
    client.force_login(staff)
    return client


def test_the_whole_record_goes_back_field_by_field(signed_in, staff, manager, unodc):
    other = make_partner("ICPA", name_en="Prison association")
    s4 = make_objective("S4", make_framework(kind=FrameworkKind.PRIORITY))
    first_tags = [Tag(objective=pillar()), Tag(objective=s4, reason="Health", primary=True)]
    engagement = log(
        staff,
        parts=[Part(partner=unodc, role="host"), Part(partner=other)],
        tags=first_tags,
        countries=[make_country("NO")],
        lead_officer=manager,
        planned_cost="2150.50",
        csc_participants=3,
        place="Oslo",
    )
    before = revisions(engagement)[0].state
    amend(
        engagement,
        by=manager,
        parts=[Part(partner=make_partner("OAS"))],
        tags=[Tag(objective=pillar())],
        countries=[make_country("FR")],
        lead_officer=None,
        planned_cost=None,
        csc_participants=None,
        place="",
        title_en="Other",
        title_fr="Autre",
        purpose="",
        outcome="Agreed.",
        start=PartialDate.season(2026, "spring"),
        end=PartialDate.fiscal(2027),
        kind=Kind.INCOMING_VISIT,
        source_url="https://example.org/",
    )
    url = back_to_first(engagement)
    fields = offered(signed_in.get(url))

    response = put_back(signed_in, url, engagement, *fields)

    assert (response.status_code, response.url) == (302, engagement.get_absolute_url())
    last = revisions(engagement)[-1]
    assert (last.act, last.by) == ("restored", staff)
    for one in (before, last.state):
        for alignment in one["objectives"]:
            del alignment["made_at"], alignment["made_by"]
    assert last.state == before


def test_what_was_logged_with_a_reason_comes_back_with_it(signed_in, staff):
    s4 = make_objective("S4", make_framework(kind=FrameworkKind.PRIORITY))
    health = Tag(objective=s4, reason="Health", primary=True, demonstration=True)
    tags = [Tag(objective=pillar()), health]
    engagement = log(staff, tags=tags)
    align(by=staff, engagement=engagement, tags=tags[:1])
    url = back_to_first(engagement)

    put_back(signed_in, url, engagement, "objectives:S4")

    tagged = engagement.alignments.get(objective=s4)
    assert (tagged.reason, tagged.primary, tagged.demonstration) == ("Health", True, True)
    assert tagged.made_by == staff


def test_only_what_is_chosen_goes_back(signed_in, staff, manager):
    engagement = log(staff)
    amend(engagement, by=manager, title_en="Better", purpose="Worse", outcome="Agreed.")
    url = back_to_first(engagement)

    put_back(signed_in, url, engagement, "purpose")

    engagement.refresh_from_db()
    assert (engagement.title_en, engagement.purpose, engagement.outcome) == (
        "Better",
        "To see.",
        "Agreed.",
    )


def test_one_change_is_undone_and_what_came_after_stays(signed_in, staff, unodc):
    engagement = log(staff)
    amend(engagement, by=staff, purpose="Worse", place="Oslo")
    amend(engagement, by=staff, place="Bergen", outcome="Agreed.", parts=[Part(partner=unodc)])
    url = address(engagement, undo=revisions(engagement)[1].key)

    fields = offered(signed_in.get(url))
    put_back(signed_in, url, engagement, *fields)

    assert fields == {"purpose": True, "place": True}
    engagement.refresh_from_db()
    assert (engagement.purpose, engagement.place, engagement.outcome) == ("To see.", "", "Agreed.")
    assert [p.partner for p in engagement.participations.all()] == [unodc]


def test_partners_and_countries_go_and_come_one_by_one(signed_in, staff, unodc):
    other, third = make_partner("ICPA"), make_partner("OAS")
    engagement = log(
        staff,
        parts=[Part(partner=unodc, role="host"), Part(partner=other)],
        countries=[make_country("NO"), make_country("FR")],
    )
    amend(
        engagement,
        by=staff,
        parts=[Part(partner=other), Part(partner=third)],
        countries=[make_country("BJ")],
    )
    url = back_to_first(engagement)
    assert set(offered(signed_in.get(url))) == {
        "partners:UNODC:host", "partners:OAS:participant",
        "countries:NO", "countries:FR", "countries:BJ",
    }  # fmt: skip

    put_back(signed_in, url, engagement, "partners:UNODC:host", "countries:NO", "countries:BJ")

    parts = [(p.partner.code, p.role) for p in engagement.participations.select_related("partner")]
    assert parts == [("UNODC", "host"), ("ICPA", "participant"), ("OAS", "participant")]
    assert [country.iso2 for country in engagement.countries.all()] == ["NO"]


def test_the_page_says_what_is_now_and_what_will_be(signed_in, staff, manager, unodc):
    engagement = log(staff, purpose="To <see>.")
    amend(engagement, by=manager, purpose="To hear.", parts=[Part(partner=unodc, role="host")])

    page = signed_in.get(back_to_first(engagement))

    main = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page.content.decode().split("<main")[1]))
    assert "Purpose To hear. To &lt;see&gt;." in main
    assert "Partner Office on Drugs removed as host" in main
    assert f"As staff left it on {timezone.localdate()}" in main
    assert all(offered(page).values())


def test_what_is_as_it_was_has_nothing_to_put_back(signed_in, staff):
    engagement = log(staff)
    amend(engagement, by=staff, purpose="Other")
    amend(engagement, by=staff, purpose="To see.")

    page = signed_in.get(back_to_first(engagement))

    assertContains(page, "there is nothing to put back")
    assertNotContains(page, 'name="field"')


# What cannot be put back


def test_a_stage_and_a_decision_are_not_put_back_here(signed_in, staff, approver):
    to_come = PartialDate.day(timezone.localdate() + dt.timedelta(30))
    engagement = log(staff, start=to_come, approval="")
    approve(by=approver, engagement=engagement)
    amend(engagement, by=staff, purpose="Other")
    url = back_to_first(engagement)

    page = signed_in.get(url)
    put_back(signed_in, url, engagement, "purpose", "stage", "approval", "approved_by")

    assert offered(page) == {"purpose": True}
    for words in (
        "Stage: Approved → Submitted",
        "changed by its own acts",
        "The approver decides it here",
    ):
        assertContains(page, words)
    engagement.refresh_from_db()
    assert (engagement.stage, engagement.approval, engagement.purpose) == (
        Stage.APPROVED,
        "given",
        "To see.",
    )


def test_an_archived_partner_is_not_put_back_and_the_reason_is_said(
    signed_in, staff, administrator, unodc
):
    engagement = log(staff, parts=[Part(partner=unodc), Part(partner=make_partner("ICPA"))])
    amend(engagement, by=staff, purpose="", parts=[Part(partner=make_partner("OAS"))])
    archive_partner(by=administrator, partner=unodc, reason="It was wound up.")
    url = back_to_first(engagement)

    page = signed_in.get(url)
    put_back(signed_in, url, engagement, *offered(page), "partners:UNODC:participant")

    assertContains(page, "Office on Drugs is archived: It was wound up.")
    assert "partners:UNODC:participant" not in offered(page)
    assert [p.partner.code for p in engagement.participations.all()] == ["ICPA"]


def test_an_objective_not_in_force_on_its_date_is_not_put_back(signed_in, staff):
    older = make_framework(kind=FrameworkKind.PRIORITY)
    s4 = make_objective("S4", older)
    engagement = log(staff, tags=[Tag(objective=pillar()), Tag(objective=s4)])
    align(by=staff, engagement=engagement, tags=[Tag(objective=pillar())])
    make_objective(
        "N1", make_framework(kind=FrameworkKind.PRIORITY, in_force_from=dt.date(2026, 4, 1))
    )

    page = signed_in.get(back_to_first(engagement))

    assertContains(page, "No framework in force on its date holds this objective.")
    assert offered(page) == {}


@pytest.mark.parametrize("what", ["office", "person"])
def test_who_or_what_is_here_no_more_is_not_put_back(signed_in, staff, manager, what):
    engagement = log(staff, lead_officer=manager, lead_office=make_office("PRA"))
    amend(engagement, by=staff, lead_office=make_office("IR"), lead_officer=staff)
    if what == "office":
        make_office("PRA").__class__.objects.filter(code="PRA").update(retired_on="2026-01-01")
    else:
        manager.__class__.objects.filter(pk=manager.pk).update(is_active=False)

    page = signed_in.get(back_to_first(engagement))

    key = {"office": "lead_office", "person": "lead_officer"}[what]
    assert key not in offered(page)
    assertContains(page, "is retired" if what == "office" else "not active")


def test_choosing_nothing_is_told_so(signed_in, staff):
    engagement = log(staff)
    amend(engagement, by=staff, purpose="")

    response = put_back(signed_in, back_to_first(engagement), engagement, "nonsense")

    assertContains(response, "Choose at least one thing to put back.", status_code=422)
    assert offered(response) == {"purpose": False}
    assert revisions(engagement)[-1].act == "amended"


def test_what_makes_no_whole_record_opens_the_form_with_what_is_wrong(signed_in, staff, unodc):
    engagement = log(staff, end=PartialDate.day(dt.date(2026, 5, 20)))
    later = PartialDate.day(dt.date(2026, 6, 15))
    amend(engagement, by=staff, start=later, end=later)
    url = back_to_first(engagement)

    response = put_back(signed_in, url, engagement, "end")

    edit = reverse("engagements:edit", args=[engagement.reference])
    assertContains(response, "It ends before it starts.", status_code=422)
    assertContains(response, f'action="{edit}"', status_code=422)
    assertContains(response, "Nothing is put back yet", status_code=422)
    assert revisions(engagement)[-1].act == "amended"
    form = response.context["form"]
    sent = {name: form.data.getlist(name) for name in form.data}
    corrected = sent | {"start_month": "5", "do": "save", "version": response.context["version"]}
    assert signed_in.post(edit, corrected).status_code == 302
    engagement.refresh_from_db()
    assert engagement.end.earliest == dt.date(2026, 5, 20)


def test_two_primaries_of_a_framework_are_told_to_choose_from(signed_in, staff):
    framework = make_framework(kind=FrameworkKind.PRIORITY)
    s4, s5 = make_objective("S4", framework), make_objective("S5", framework)
    one = Tag(objective=pillar())
    engagement = log(staff, tags=[one, Tag(objective=s4, primary=True)])
    align(by=staff, engagement=engagement, tags=[one, Tag(objective=s5, primary=True)])
    url = back_to_first(engagement)

    response = put_back(signed_in, url, engagement, "objectives:S4")
    assertContains(response, "Only one objective of a framework can be primary", status_code=422)
    put_back(signed_in, url, engagement, "objectives:S4", "objectives:S5")

    assert [a.objective for a in engagement.alignments.filter(primary=True)] == [s4]


# Two editors


def test_who_comes_second_is_shown_the_record_as_it_is_by_now(signed_in, staff, manager):
    engagement = log(staff)
    amend(engagement, by=staff, purpose="Other", outcome="Agreed.")
    url = back_to_first(engagement)
    engagement.refresh_from_db()
    seen = engagement.version
    amend(engagement, by=manager, purpose="Theirs")

    response = signed_in.post(url, {"field": ["purpose"], "version": seen})

    assertContains(response, "manager saved it on", status_code=409)
    assertContains(response, "Theirs", status_code=409)
    assert offered(response) == {"purpose": True, "outcome": False}
    engagement.refresh_from_db()
    assert engagement.purpose == "Theirs"
    assert put_back(signed_in, url, engagement, "purpose").status_code == 302
