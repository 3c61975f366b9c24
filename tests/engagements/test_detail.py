import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils.translation import override
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Role, Sensitivity
from common.partial_dates import PartialDate
from engagements.kinds import Stage
from engagements.models import Engagement, Participation
from objectives.models import FrameworkKind
from partners.models import FormerName
from tests.factories import (
    make_country,
    make_engagement,
    make_framework,
    make_objective,
    make_office,
    make_partner,
    make_user,
)


def address(engagement, language="en"):
    with override(language):
        return reverse("engagements:detail", args=[engagement.reference])


def read(client, engagement, language="en"):
    """The page as words, one space apart."""
    response = client.get(address(engagement, language))
    assert response.status_code == 200
    main = response.content.decode().split("<main", 1)[1]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", main))


@pytest.fixture
def signed_in(client, staff):
    client.force_login(staff)
    return client


def test_an_engagement_is_told_once_with_its_text_dates_place_and_cost(signed_in):
    engagement = make_engagement(
        title_en="Study tour to Oslo",
        purpose="To see <open> prisons.",
        outcome="They were seen.",
        lessons="Go in summer.",
        countries=[make_country("NO")],
        place="Oslo",
        csc_participants=3,
        csc_posts="Wardens",
        planned_cost=2000,
        paid_by="The fund",
        source_url="https://example.org/a/page/",
    )

    page = read(signed_in, engagement)

    for words in [
        "To see &lt;open&gt; prisons.", "Outcome They were seen.", "Lessons Go in summer.",
        "Where Norway Oslo", "3 people Wardens", "$2,000 planned", "Paid by The fund",
        "Start 2026-05-15 known to the day", "End Not given", "example.org/a/page",
    ]:  # fmt: skip
        assert page.count(words) == 1, words


def test_dates_are_told_as_precisely_as_known(signed_in):
    engagement = make_engagement(
        start=PartialDate.season(2002, "autumn"), end=PartialDate("ongoing")
    )

    page = read(signed_in, engagement)

    assert "Start Autumn 2002 known to the season: between 2002-09-01 and 2002-12-31" in page
    assert "End Ongoing" in page
    assert "Fiscal year 2002-03" in page


def test_an_unknown_start_leads_to_the_others_without_one(signed_in):
    engagement = make_engagement(start=PartialDate.unknown())

    assertContains(signed_in.get(address(engagement)), "?fy=unknown")
    assert "Start Unknown" in read(signed_in, engagement)


def test_alignments_stand_by_framework_with_wording_reason_primary_and_author(signed_in, manager):
    pillars = make_framework(kind=FrameworkKind.PILLAR, title_en="Pillars of CSC")
    p1 = make_objective("P1", pillars, wording_en="to strengthen practices")
    p2 = make_objective("P2", pillars)
    engagement = make_engagement(objectives=[p1, p2])
    engagement.alignments.filter(objective=p1).update(
        reason="It teaches us.", primary=True, made_by=manager
    )

    page = read(signed_in, engagement)

    assert "Pillar Pillars of CSC" in page
    assert "to strengthen practices Primary Why: It teaches us. Aligned by manager" in page
    assert page.count("Primary") == 1


def test_a_younger_framework_says_that_it_serves_older_engagements(signed_in):
    mandate = make_framework(kind=FrameworkKind.MANDATE, in_force_from=dt.date(2013, 6, 26))
    old = make_engagement(objectives=[make_objective("M1", mandate)], start=dt.date(2007, 2, 2))
    new = make_engagement(objectives=[mandate.objectives.get()], start=dt.date(2014, 2, 2))

    assert "in force from 2013-06-26 ; serves older engagements too" in read(signed_in, old)
    assert "serves older engagements" not in read(signed_in, new)


def test_gaps_are_named_and_led_to_for_those_who_may_close_them(client, staff, reader):
    make_objective("S1", make_framework(kind=FrameworkKind.PRIORITY))
    pillar = make_objective("P1", make_framework(kind=FrameworkKind.PILLAR))
    engagement = make_engagement(objectives=[pillar], logged_by=staff)

    client.force_login(staff)
    page = read(client, engagement)
    assert "no strategic priority Close this gap" in page
    assert "no pillar" not in page
    client.force_login(reader)
    page = read(client, engagement)
    assert "no strategic priority" in page
    assert "Close this gap" not in page


def test_demonstration_tagging_says_so(signed_in):
    engagement = make_engagement(objectives=[make_objective("P1")])
    assert "Demonstration tagging" not in read(signed_in, engagement)

    engagement.alignments.update(demonstration=True)

    assert "Demonstration tagging" in read(signed_in, engagement)


def test_a_partner_stands_under_the_name_it_had_that_day(signed_in):
    ministry = make_partner(name_en="Global Affairs Canada", acronym_en="GAC")
    FormerName.objects.create(
        partner=ministry, name_en="Foreign Affairs Canada", used_from="1993", used_until="2013"
    )
    then = make_engagement(partners=[ministry], start=dt.date(2007, 2, 2))
    now = make_engagement(partners=[ministry], start=dt.date(2026, 2, 2))

    assert "Foreign Affairs Canada its name then; now Global Affairs Canada (GAC)" in read(
        signed_in, then
    )
    assert "Foreign Affairs Canada" not in read(signed_in, now)


def test_a_partner_stands_once_with_all_its_roles(signed_in):
    fund = make_partner("FUND", name_en="The fund", name_fr="Le fonds")
    engagement = make_engagement(partners=[fund])
    Participation.objects.create(engagement=engagement, partner=fund, role="funder", position=1)

    page = read(signed_in, engagement)

    assert page.count("The fund") == 1
    assert "Participant, Funder" in page


def test_other_engagements_of_a_partner_count_what_the_reader_may_see(client, staff, manager):
    partner = make_partner(name_en="Known", name_fr="Connu")
    engagement = make_engagement(partners=[partner])
    make_engagement(partners=[partner])
    make_engagement(partners=[partner], sensitivity=Sensitivity.PROTECTED_B)
    make_engagement(partners=[partner], stage=Stage.DRAFT, logged_by=staff)

    client.force_login(staff)
    assert "Known NGO or professional body Participant 1" in read(client, engagement)
    client.force_login(manager)
    assert "Known NGO or professional body Participant 2" in read(client, engagement)


def test_a_page_opened_again_tells_what_changed_elsewhere_meanwhile(client, staff, manager):
    partner, officer = make_partner(kind="ngo"), make_user(first_name="Ada", last_name="Old")
    engagement = make_engagement(partners=[partner], lead_officer=officer)
    client.force_login(staff)
    for _ in range(2):
        assert "Participant none" in read(client, engagement)

    make_engagement(partners=[partner])
    assert "Participant 1" in read(client, engagement)
    officer.last_name = "New"
    officer.save()
    assert "Ada New" in read(client, engagement)
    assert "Ada Old" not in read(client, engagement)

    Engagement.objects.filter(pk=engagement.pk).update(sensitivity=Sensitivity.PROTECTED_B)
    assert client.get(address(engagement)).status_code == 404
    client.force_login(manager)
    assert "Protected B" in read(client, engagement)


def test_a_page_opened_again_asks_no_more_after_a_change_than_at_first(
    signed_in, django_assert_num_queries
):
    engagement = make_engagement(partners=[make_partner()], objectives=[make_objective()])
    signed_in.get(address(engagement))

    for title in ("One", "Two"):
        Engagement.objects.filter(pk=engagement.pk).update(title_en=title)
        signed_in.get("/en/framework/")  # catches the index up
        for _ in range(2):
            with django_assert_num_queries(6):
                assertContains(signed_in.get(address(engagement)), title)


def test_the_page_asks_the_database_as_often_for_three_partners_as_for_one(
    signed_in, django_assert_num_queries
):
    one = make_engagement(partners=[make_partner()], objectives=[make_objective()])
    three = make_engagement(
        partners=[make_partner(parent=make_partner()) for _ in range(3)],
        objectives=[make_objective() for _ in range(3)],
    )

    for engagement in (one, three):
        with django_assert_num_queries(6):
            signed_in.get(address(engagement))


def test_what_may_not_be_seen_is_as_missing_as_what_is_not_there(client, staff, reader):
    hidden = make_engagement(title_en="Hidden", sensitivity=Sensitivity.PROTECTED_A)
    client.force_login(reader)

    refused = client.get(address(hidden))
    hidden_path = address(hidden)
    Engagement.objects.all().delete()
    missing = client.get(hidden_path)

    assert refused.status_code == missing.status_code == 404
    assert without_tokens(refused) == without_tokens(missing)


def without_tokens(response):
    return re.sub(r'value="\w{64}"', "", response.content.decode())


def test_a_draft_has_no_page_even_for_its_author(client, staff):
    draft = make_engagement(stage=Stage.DRAFT, logged_by=staff)
    Engagement.objects.filter(pk=draft.pk).update(reference=None)
    client.force_login(staff)

    assert client.get("/en/engagements/None/").status_code == 404


@pytest.mark.parametrize(
    ("level", "label"), [(Sensitivity.PROTECTED_A, "Protected A"), (2, "Protected B")]
)
def test_a_protected_page_is_marked_above_and_below(client, manager, level, label):
    engagement = make_engagement(sensitivity=level)
    client.force_login(manager)

    response = client.get(address(engagement))

    assertContains(response, f"<p>{label}</p>", count=2)
    assertContains(response, f'id="page-marking" data-level="{level}"')
    assertContains(response, f"Open to people cleared to {label}.")


def test_an_open_page_carries_no_marking(signed_in):
    response = signed_in.get(address(make_engagement()))

    assertNotContains(response, 'class="marking')
    assertNotContains(response, 'class="stamp')


def test_the_title_of_a_protected_b_page_is_its_number_alone(client, manager):
    engagement = make_engagement(title_en="Secret matter", sensitivity=Sensitivity.PROTECTED_B)
    client.force_login(manager)

    response = client.get(address(engagement))

    assertContains(response, f"<title>{engagement.reference} – Liaison</title>")
    assertContains(response, "Secret matter", count=1)


def test_text_is_marked_with_its_own_language(signed_in):
    engagement = make_engagement(
        title_en="", title_fr="Visite d’étude", purpose="Pour voir.", text_language="fr"
    )

    response = signed_in.get(address(engagement))

    assertContains(response, '<span lang="fr">Visite d’étude</span>')
    assertContains(response, '<div class="prose" lang="fr"><p>Pour voir.</p></div>')
    assertContains(response, "English title missing.")


def test_the_language_of_its_text_is_said_in_the_reader_s(signed_in):
    engagement = make_engagement(text_language="en")
    french = address(engagement).replace("/en/", "/fr/", 1)

    assertContains(signed_in.get(french), "<dd>Anglais", count=1)


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"approval": "given", "approved_by": "Commissioner", "approved_on": dt.date(2026, 1, 5)},
         "Given by Commissioner 2026-01-05"),
        ({"approval": "given"}, "Given; by whom is not known on a day not known"),
        ({"approval": "unknown"}, "Approval Not known"),
        ({"stage": Stage.SUBMITTED}, "Waits for the approver"),
    ],
)  # fmt: skip
def test_the_approval_is_told_as_it_is_known(signed_in, fields, line):
    assert line in read(signed_in, make_engagement(**fields))


@pytest.mark.parametrize(
    ("role", "office", "may"),
    [
        (Role.READER, "IR", False),
        (Role.STAFF, "IR", True),
        (Role.STAFF, "PRA", False),
        (Role.MANAGER, "PRA", True),
        (Role.ADMINISTRATOR, "PRA", True),
        (Role.APPROVER, "IR", False),
    ],
)
def test_edit_and_align_are_offered_to_those_who_may(client, role, office, may):
    engagement = make_engagement(lead_office=make_office("IR"))
    client.force_login(make_user("someone", role, office=make_office(office)))

    page = client.get(address(engagement)).content.decode()

    assert (f"{engagement.reference}/edit/" in page) is may
    assert (f"{engagement.reference}/align/" in page) is may


def test_the_toggle_leads_to_the_same_record(signed_in):
    engagement = make_engagement()

    assertContains(signed_in.get(address(engagement)), f'href="{address(engagement, "fr")}"')
    assertContains(signed_in.get(address(engagement, "fr")), '<html lang="fr">')
