"""Logging an engagement in the form: what it needs, what it keeps, what it refuses."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone
from django.utils.html import escape
from pytest_django.asserts import assertContains

from accounts.models import Sensitivity
from common.partial_dates import PartialDate
from engagements.kinds import Stage
from engagements.models import Engagement
from engagements.views import form as form_views
from objectives.models import FrameworkKind
from partners.models import Partner
from tests.engagements.telling import address, enough, pillar
from tests.factories import (
    make_country,
    make_engagement,
    make_framework,
    make_objective,
    make_partner,
)


def errors(response) -> dict[str, str]:
    """What is said at each field; all of it stands in the summary too."""
    assert response.status_code == 422
    form = response.context["form"]
    page = response.content.decode()
    summary = page.partition('id="error-summary"')[2].partition("</ol>")[0]
    for name, messages in form.errors.items():
        assert all(escape(message) in summary for message in messages)
        assert f'href="#{form[name].id_for_label or form[name].auto_id}"' in summary
        assert f'id="{form[name].id_for_label or form[name].auto_id}"' in page
        assert f'id="id_{name}_error"' in page
    return {name: " ".join(messages) for name, messages in form.errors.items()}


# What it needs


def test_kind_title_start_partner_and_pillar_are_enough(send, staff):
    response = send(enough())

    engagement = Engagement.objects.get()
    assert response.status_code == 302
    assert response.url == address("engagements:detail", engagement.reference)
    assert engagement.reference == "IE-2027-0001"
    assert engagement.stage == Stage.COMPLETED
    assert engagement.start == PartialDate.day(dt.date(2026, 5, 15))
    assert engagement.logged_by == staff
    assert engagement.lead_office == staff.office
    assert [(p.partner.code, p.role) for p in engagement.participations.all()] == [
        ("UNODC", "host")
    ]
    assert [a.objective.code for a in engagement.alignments.all()] == ["P1"]


@pytest.mark.parametrize(
    ("lacking", "field", "said"),
    [
        ({"kind": None}, "kind", "Choose a kind."),
        ({"title_en": " "}, "title_en", "Give it a title, in English or in French."),
        ({"start_year": ""}, "start_year", "Give the year"),
        ({"partner": []}, "add_partner", "Choose at least one partner."),
        ({"objectives": []}, "objectives", "Choose at least one pillar."),
    ],
)
def test_what_is_lacking_is_said_in_the_summary_and_at_its_field(send, lacking, field, said):
    pillar()

    found = errors(send(enough(**lacking)))

    assert list(found) == [field]
    assert said in found[field]
    assert not Engagement.objects.exists()


def test_a_title_in_french_alone_is_enough(send):
    send(enough(title_en="", title_fr="Visite d’une ferme pénitentiaire"))

    assert Engagement.objects.get().title_fr == "Visite d’une ferme pénitentiaire"


def test_everything_told_is_kept(send, staff):
    make_country("NO")
    make_country("FR")
    told = enough(
        title_fr="Visite",
        purpose="To see.\r\nTo learn.",
        end_precision="month",
        end_year="2026",
        end_month="6",
        country=["NO", "FR"],
        place="Oslo",
        outcome="Agreed.",
        lessons="Bring boots.",
        planned_cost="$2,150",
        actual_cost="2 150,50",
        paid_by="CSC",
        csc_participants="4",
        csc_posts="Warden",
        lead_officer="staff",
        sensitivity="1",
        text_language="fr",
        source_url="https://www.example.org/page",
        approval="given",
        approved_by="Commissioner",
        approved_on="2026-04-01",
    )

    send(told)

    kept = Engagement.objects.get()
    assert (kept.title_fr, kept.purpose, kept.place) == ("Visite", "To see.\nTo learn.", "Oslo")
    assert kept.end == PartialDate.month(2026, 6)
    assert {country.iso2 for country in kept.countries.all()} == {"NO", "FR"}
    assert (kept.outcome, kept.lessons, kept.paid_by) == ("Agreed.", "Bring boots.", "CSC")
    assert (kept.planned_cost, kept.actual_cost) == (Decimal("2150"), Decimal("2150.50"))
    assert (kept.csc_participants, kept.csc_posts, kept.lead_officer) == (4, "Warden", staff)
    assert (kept.sensitivity, kept.text_language) == (Sensitivity.PROTECTED_A, "fr")
    assert kept.source_url == "https://www.example.org/page"
    assert (kept.approval, kept.approved_by) == ("given", "Commissioner")
    assert kept.approved_on == dt.date(2026, 4, 1)


def test_what_lies_ahead_is_submitted_and_its_approval_left_to_the_approver(send):
    ahead = timezone.localdate() + dt.timedelta(days=40)
    told = {"start_year": ahead.year, "start_month": ahead.month, "start_day": ahead.day}

    send(enough(**told, approval="unknown"))

    engagement = Engagement.objects.get()
    assert engagement.stage == Stage.SUBMITTED
    assert engagement.approval == ""


def test_the_approval_of_what_lies_ahead_cannot_be_given_here(send):
    ahead = timezone.localdate() + dt.timedelta(days=40)
    told = {"start_year": ahead.year, "start_month": ahead.month, "start_day": ahead.day}

    found = errors(send(enough(**told, approval="given", approved_by="Commissioner")))

    assert list(found) == ["approval"]


def test_who_approved_it_is_not_dropped_when_the_approval_is_not_given(send):
    found = errors(send(enough(approval="unknown", approved_by="Commissioner")))

    assert found == {"approval": "Choose “Given”, or clear who approved it and when."}


def test_what_had_begun_is_kept_with_its_approval_not_known(send):
    send(enough(approval=None))

    assert Engagement.objects.get().approval == "unknown"


# Double clicks and duplicates


def test_the_same_form_sent_twice_logs_one_engagement(send):
    told = enough()

    first, second = send(told), send(told)

    assert first.url == second.url
    assert Engagement.objects.count() == 1


def test_a_copy_of_the_form_that_was_quicker_is_no_duplicate_of_it(send, monkeypatch):
    told, find = enough(), form_views.duplicates_of

    def after_the_other_copy(form):
        monkeypatch.setattr(form_views, "duplicates_of", find)
        send(told)
        return find(form)

    monkeypatch.setattr(form_views, "duplicates_of", after_the_other_copy)

    assert send(told).url == Engagement.objects.get().get_absolute_url()


def test_a_likely_duplicate_is_pointed_out_before_it_is_logged_all_the_same(send):
    told = enough()
    here = make_engagement(
        title_en="Another", partners=[Partner.objects.get()], start=dt.date(2026, 5, 15)
    )

    response = send(told)

    assertContains(response, here.get_absolute_url(), status_code=422)
    assertContains(response, "This may already be here", status_code=422)
    assert Engagement.objects.count() == 1
    assert send(told | {"seen": [here.reference]}).status_code == 302
    assert Engagement.objects.count() == 2


def test_a_duplicate_that_one_may_not_see_is_not_pointed_out(send, staff):
    told = enough()
    make_engagement(
        title_en=told["title_en"],
        partners=[Partner.objects.get()],
        start=dt.date(2026, 5, 15),
        sensitivity=Sensitivity.PROTECTED_B,
    )

    assert send(told).status_code == 302


# Bad input


@pytest.mark.parametrize(
    ("told", "field", "said"),
    [
        ({"kind": "picnic"}, "kind", "picnic"),
        ({"start_month": "2", "start_day": "31"}, "start_day", "There is no day “31” in 2026-02"),
        ({"start_year": "0203"}, "start_year", "“0203” is not a year"),
        ({"start_year": "0019999"}, "start_year", "is not a year"),
        ({"start_precision": "month"}, "start_day", "“month” is told without the day"),
        ({"start_month": "13"}, "start_month", "13"),
        ({"start_precision": "century"}, "start_precision", "century"),
        ({"start_precision": "ongoing"}, "start_precision", "ongoing"),
        ({"end_precision": "unknown"}, "end_precision", "unknown"),
        ({"start_precision": "unknown"}, "start_year", "“unknown” is told without the year"),
        ({"end_year": "2026"}, "end_year", "“not given” is told without the year"),
        (
            {"end_precision": "day", "end_year": "2026", "end_month": "5", "end_day": "14"},
            "end_year",
            "It ends before it starts. Give a date on or after 2026-05-15.",
        ),
        ({"title_en": "x" * 10_000}, "title_en", "This has 10000 characters"),
        ({"title_en": "A\x00B"}, "title_en", "control character"),
        ({"title_en": "A\u202eB"}, "title_en", "invisible mark"),
        ({"purpose": "A\x00B"}, "purpose", "control character"),
        ({"place": "\u2066Oslo"}, "place", "invisible mark"),
        ({"country": ["QQ"]}, "add_country", "QQ"),
        ({"country": ["N\x00"]}, "add_country", "no country"),
        ({"add_country": "Atlantis"}, "add_country", "Atlantis"),
        ({"partner": ["NOBODY"]}, "add_partner", "NOBODY"),
        ({"partner": ["A\x00B"]}, "add_partner", "no partner"),
        ({"add_partner": "Nobody at all"}, "add_partner", "Nobody at all"),
        ({"objectives": ["P1", "X99"]}, "objectives", "X99"),
        ({"objectives": ["P1", "X\x00"]}, "objectives", "no objective"),
        ({"planned_cost": "-5"}, "planned_cost", "less than zero"),
        ({"actual_cost": "1" * 15}, "actual_cost", "digits"),
        ({"csc_participants": "-1"}, "csc_participants", "0"),
        ({"csc_participants": "9" * 5000}, "csc_participants", "number"),
        ({"csc_participants": "100001"}, "csc_participants", "100,000"),
        ({"lead_office": "NOWHERE"}, "lead_office", "There is no such office"),
        ({"lead_office": ""}, "lead_office", "Choose the office that leads."),
        ({"lead_officer": "nobody"}, "lead_officer", "choice"),
        ({"sensitivity": "2"}, "sensitivity", "You are cleared to Protected A"),
        ({"sensitivity": "9"}, "sensitivity", "Above Protected B has no place here"),
        ({"source_url": "not an address"}, "source_url", "This is not an address"),
        ({"source_url": "javascript:alert(1)"}, "source_url", "This is not an address"),
        ({"source_url": "ftp://example.org/x"}, "source_url", "This is not an address"),
        ({"approval": "given", "approved_by": "C", "approved_on": "2026-02-31"}, "approved_on", "not a date"),
        ({"approval": "given", "approved_by": "C", "approved_on": "0203-01-01"}, "approved_on", "year"),
        ({"approval": "given", "approved_by": "C", "approved_on": "2099-01-01"}, "approved_on", "future"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_where_it_was_typed(send, told, field, said):
    pillar()
    if "objectives" in told:
        make_partner("UNODC")
        told = told | {"partner": ["UNODC"]}

    found = errors(send(enough(**told)))

    assert list(found) == [field]
    assert said in found[field]
    assert not Engagement.objects.exists()


def test_emoji_are_text_like_any_other(send):
    send(enough(title_en="Visit 🌲 to a prison farm"))

    assert Engagement.objects.get().title_en == "Visit 🌲 to a prison farm"


def test_nothing_typed_is_lost_when_it_is_refused(send):
    make_country("NO")
    make_partner("ICPA", name_en="The association")
    told = enough(
        title_en="",
        purpose="A purpose <b>typed</b>",
        partner=["UNODC", "ICPA"],
        role=["funder", "requester"],
        country=["NO"],
        planned_cost="2 150 $",
        actual_cost="a lot",
        approval="given",
        approved_by="The Commissioner",
    )
    make_partner("UNODC")

    response = send(told)

    form = response.context["form"]
    assert [(row.code, row.role) for row in form.rows] == [
        ("UNODC", "funder"),
        ("ICPA", "requester"),
    ]
    assert [country.iso2 for country in form.countries] == ["NO"]
    for kept in (
        "A purpose &lt;b&gt;typed&lt;/b&gt;",
        'value="2 150 $"',
        'value="a lot"',
        'value="The Commissioner"',
        'name="objectives" value="P1" checked',
        'name="start_year" value="2026"',
    ):
        assertContains(response, kept, status_code=422)


def test_an_objective_of_a_framework_not_in_force_is_refused_and_stays_ticked(send):
    pillar()
    later = make_framework("SIX", FrameworkKind.PRIORITY, in_force_from=dt.date(2027, 4, 1))
    make_framework("FIVE", FrameworkKind.PRIORITY, in_force_from=dt.date(2006, 4, 1))
    make_objective("S6", later)

    response = send(enough(objectives=["P1", "S6"]))

    assert (
        "“S6” is no objective of a framework in force on 2026-05-15."
        in errors(response)["objectives"]
    )
    assertContains(response, 'name="objectives" value="S6" checked', status_code=422)


def test_a_framework_not_adopted_is_not_offered(send):
    pillar()
    make_objective("S6", make_framework("SIX", FrameworkKind.PRIORITY, adopted=False))

    assert "S6" in errors(send(enough(objectives=["P1", "S6"])))["objectives"]


def test_a_partner_archived_meanwhile_is_named_with_the_reason(send):
    told = enough()
    Partner.objects.update(archived_at=timezone.now(), archive_reason="It was closed")

    found = errors(send(told))

    assert list(found) == ["add_partner"]
    assert "Office on Drugs is archived: It was closed." in found["add_partner"]


def test_the_same_partner_twice_in_one_role_takes_part_once(send):
    send(enough(partner=[make_partner("UNODC").code] * 2, role=["host", "host"]))

    assert Engagement.objects.get().participations.count() == 1


@pytest.mark.parametrize("key", ["", "not-a-key", "\x00", None])
def test_a_form_without_a_proper_key_is_logged_all_the_same(send, key):
    assert send(enough(form_key=key)).status_code == 302


def test_an_empty_form_is_refused_and_not_broken(send):
    pillar()

    assert send({}).status_code == 422
