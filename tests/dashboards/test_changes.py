"""The list of changes for managers, and the same as a file."""

import csv
import io

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Role, Sensitivity
from common.history.models import Revision
from common.history.recording import recording
from dashboards.changes.exports import COLUMNS
from dashboards.changes.filters import ChangeListFilter
from engagements.actions import amend_engagement
from engagements.index.current import counted_by
from engagements.index.notes import place_now
from engagements.index.snapshot import Snapshot
from engagements.models import Engagement
from engagements.notes import write_note
from partners.actions import amend_partner
from partners.contacts.actions import log_contact
from partners.models import Partner
from tests.factories import (
    make_country,
    make_engagement,
    make_objective,
    make_office,
    make_partner,
    make_user,
)

URL = reverse("dashboards:changes")
EXPORT = reverse("dashboards:changes_csv")


def amend(engagement, by, **fields):
    current = Engagement.objects.get(pk=engagement.pk)
    return amend_engagement(
        by=by, engagement=current, version=current.version, parts=[], tags=[], **fields
    )


def amend_one(partner, by, **fields):
    version = Partner.objects.get(pk=partner.pk).version
    amend_partner(by=by, partner=partner, version=version, **fields)


def promote(person, by):
    with recording(by=by, act="amended", records=[person]):
        person.role = Role.MANAGER
        person.save()


def listed(response):
    """What is on the page: (kind of record, act), newest first."""
    return [(entry.revision.kind, entry.revision.act) for entry in response.context["entries"]]


def download(client, **filters):
    response = client.get(EXPORT, filters)
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


@pytest.fixture
def signed_in(client, manager):
    client.force_login(manager)
    return client


def test_tells_who_changed_what_on_which_record_newest_first(signed_in, staff):
    engagement = make_engagement(reference="IE-2027-0042", title_en="Study visit")
    amend(engagement, staff, place="Oslo")
    amend_one(make_partner("UNODC", name_en="Office on Drugs"), staff, seat_en="Vienna")

    response = signed_in.get(URL)

    assert listed(response) == [
        ("partner", "amended"),
        ("partner", "found"),
        ("engagement", "amended"),
        ("engagement", "found"),
    ]
    assertContains(
        response, f'<a href="{engagement.get_absolute_url()}">IE-2027-0042 Study visit</a>'
    )
    assertContains(response, "Office on Drugs")
    assertContains(response, "Vienna")


def test_is_in_the_navigation_of_managers_alone(client, manager, staff):
    client.force_login(manager)
    assertContains(client.get(URL), f'<a href="{URL}" aria-current="page">Changes</a>')

    client.force_login(staff)
    assertNotContains(client.get(reverse("dashboards:home")), URL)


def test_nothing_of_what_a_manager_may_not_read_leaves_a_trace(client, administrator, staff):
    """Neither an engagement, nor what one was while it was raised, nor another's restricted note."""
    cleared_less = make_user("second", Role.MANAGER, clearance=Sensitivity.UNCLASSIFIED)
    lowered = make_engagement(title_en="Once raised", lead_office=staff.office)
    amend(lowered, staff, place="Oslo")
    client.force_login(cleared_less)
    before = trace(client)

    hidden = make_engagement(sensitivity=Sensitivity.PROTECTED_B)
    amend(hidden, administrator, place="Nowhere")
    amend(lowered, administrator, place="Oslo", sensitivity=Sensitivity.PROTECTED_B)
    amend(lowered, administrator, place="Oslo", sensitivity=Sensitivity.UNCLASSIFIED)
    write_note(
        by=staff, engagement=lowered, text="Quiet", text_language="en", sensitivity=0,
        people=[administrator],
    )  # fmt: skip

    assert Revision.objects.count() == 7
    assert trace(client) == before


def trace(client):
    response = client.get(URL)
    filters = response.context["filters"]
    return (
        [entry.revision.pk for entry in response.context["entries"]],
        response.context["page"].paginator.count,
        filters.kinds,
        filters.acts,
        filters.people,
        response.context["marking"],
        len(download(client)),
    )


def test_people_and_offices_are_for_administrators_alone(client, manager, administrator):
    promote(make_user("visitor"), administrator)

    client.force_login(manager)
    assert listed(client.get(URL)) == []
    assertContains(
        client.get(URL, {"kind": "person"}), "There is no kind of record “person”.", status_code=400
    )

    client.force_login(administrator)
    response = client.get(URL, {"kind": "person", "act": "amended"})
    assert listed(response) == [("person", "amended")]
    assertContains(response, "visitor")


@pytest.fixture
def three(staff, manager):
    """An engagement of staff's office, one of another, and a partner, each changed once."""
    mine = make_engagement(reference="IE-2027-0042", title_en="Visit to Oslo", logged_by=staff)
    other = make_engagement(title_en="Conference", lead_office=make_office("PRA"))
    amend(mine, staff, outcome="A plan")
    amend(other, manager, outcome="Another plan")
    amend_one(make_partner("UNODC", name_en="Office on Drugs"), manager, seat_en="Vienna")


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, ["UNODC", "Conference", "Visit to Oslo"]),
        ({"who": "staff"}, ["Visit to Oslo"]),
        ({"kind": "partner"}, ["UNODC"]),
        ({"kind": ["partner", "engagement"], "who": "manager"}, ["UNODC", "Conference"]),
        ({"q": "IE-2027-0042"}, ["Visit to Oslo"]),
        ({"q": "oslo"}, ["Visit to Oslo"]),
        ({"q": "drugs"}, ["UNODC"]),
        ({"q": "nothing of the kind"}, []),
        ({"office": "PRA"}, ["Conference"]),
        ({"from": "2020-01-01", "to": "2100-12-31"}, ["UNODC", "Conference", "Visit to Oslo"]),
        ({"to": "2020-01-01"}, []),
    ],
)
def test_is_filtered_in_the_address(signed_in, three, filters, found):
    response = signed_in.get(URL, {"act": "amended"} | filters)

    titles = {"IE-2027-0042 Visit to Oslo": "Visit to Oslo", "Office on Drugs": "UNODC"}
    names = [str(entry.record) for entry in response.context["entries"]]
    assert [titles.get(name, name.partition(" ")[2]) for name in names] == found


def test_of_many_records_the_newest_changes_are_found_as_of_few(
    manager, administrator, three, monkeypatch
):
    """Among the newest of all changes, which are read in portions; neither notes nor order are lost."""
    visit = Engagement.objects.get(title_en="Visit to Oslo")
    write_note(
        by=manager, engagement=visit, text="Quiet", text_language="en", sensitivity=0,
        people=[administrator],
    )  # fmt: skip
    asked = ["q=oslo", "q=drugs", f"office={visit.lead_office.code}&q=visit"]

    def found(by):
        with counted_by(by):
            filters = [ChangeListFilter(QueryDict(one), user=manager) for one in asked]
            assert not any(one.problems for one in filters)
            return [[(one.kind, one.act) for one in each.listed()[:50]] for each in filters]

    index = Snapshot.of(place_now())
    by_database, few = found(None), found(index)
    monkeypatch.setattr("dashboards.changes.named.WANTED", 0)
    monkeypatch.setattr("dashboards.changes.newest.LONGEST", 2)

    assert found(index) == few == by_database
    assert few[0][0] == few[2][0] == ("note", "written")
    assert few[1][0] == ("partner", "amended")


def test_words_find_every_kind_of_record_by_its_name(client, administrator):
    with recording(
        by=administrator,
        act="amended",
        records=[country := make_country("NO"), objective := make_objective("S9")],
    ):
        country.iso3 = "NOR"
        country.save()
        objective.short_en = "Mental health"
        objective.save()
    client.force_login(administrator)

    assert listed(client.get(URL, {"q": "norvège"}))[0] == ("country", "amended")
    assert listed(client.get(URL, {"q": "mental"}))[0] == ("objective", "amended")


def test_words_find_a_contact_by_its_name_post_and_partner(client, administrator, staff):
    told = {"name": "Élise Œuvrard", "post_fr": "Directrice"}
    log_contact(by=staff, partner=make_partner("PRI", name_en="Penal Reform"), **told)
    log_contact(by=staff, partner=make_partner("OAS"), name="Another")
    client.force_login(administrator)

    for text in ("oeuvrard directrice", "penal"):
        assert listed(client.get(URL, {"q": text})) == [("contact", "added")]


def test_each_choice_is_a_chip_that_takes_it_away(signed_in, three):
    response = signed_in.get(URL, {"who": "staff", "kind": "engagement", "office": "IR"})

    chips = [(choice.label, choice.value) for choice, _rest in response.context["filters"].chips]
    assert chips == [
        ("Who", "staff"),
        ("Kind of record", "Engagements"),
        ("Lead office", "Office IR"),
    ]
    assertContains(response, f'href="{URL}?kind=engagement&amp;office=IR"')


def test_what_can_be_chosen_is_counted_with_the_other_choices(signed_in, three):
    filters = signed_in.get(URL, {"kind": "partner"}).context["filters"]

    assert [(o.value, o.count, o.chosen) for o in filters.kinds] == [
        ("engagement", 4, False),
        ("partner", 2, True),
    ]
    assert [(option.value, option.count) for option in filters.people] == [("manager", 1)]


@pytest.mark.parametrize(
    "filters", [{"kind": "stone"}, {"who": "ghost"}, {"act": "sung"}, {"from": "soon"}, {"x": "1"}]
)
@pytest.mark.parametrize("url", [URL, EXPORT])
def test_a_filter_that_makes_no_sense_says_so_and_shows_nothing(signed_in, three, url, filters):
    response = signed_in.get(url, filters)

    assertContains(response, "This filter cannot be used", status_code=400)
    assertNotContains(response, "Vienna", status_code=400)


def test_fifty_changes_are_on_a_page(signed_in, manager):
    engagement = make_engagement()
    for number in range(51):
        amend(engagement, manager, place=f"Place {number}")

    first, second = signed_in.get(URL), signed_in.get(URL, {"page": 2})

    assert [len(page.context["entries"]) for page in (first, second)] == [50, 2]
    assertContains(signed_in.get(URL, {"page": 3}), "There is no such page", status_code=404)


def test_of_very_many_the_newest_are_counted_and_shown_and_no_choice_has_a_number(
    signed_in, administrator, staff, three, monkeypatch
):
    """What may not be read does not count among them, however new it is."""
    monkeypatch.setattr("dashboards.changes.newest.MOST", 5)
    hidden = make_engagement()
    write_note(
        by=administrator, engagement=hidden, text="Quiet", text_language="en", sensitivity=0,
        people=[staff],
    )  # fmt: skip
    amend(make_engagement(title_en="Last"), administrator, place="Oslo")
    amend_one(Partner.objects.get(), administrator, seat_en="Vienna again")
    promote(make_user("visitor"), administrator)

    response = signed_in.get(URL)

    assertContains(response, "More than 5 changes")
    assert listed(response) == [
        ("partner", "amended"),
        ("engagement", "amended"),
        ("engagement", "found"),
        ("partner", "amended"),
        ("partner", "found"),
    ]
    filters = response.context["filters"]
    assert {option.count for option in (*filters.kinds, *filters.acts, *filters.people)} == {None}
    assert {"manager", "staff"} <= {option.value for option in filters.people}
    narrow = signed_in.get(URL, {"kind": "partner"})
    assertContains(narrow, "3 changes")
    assert {o.value: o.count for o in narrow.context["filters"].acts} == {"amended": 2, "found": 1}
    assert {option.count for option in narrow.context["filters"].kinds} == {None}


def test_an_empty_list_says_what_to_do_next(signed_in, three):
    assertContains(signed_in.get(URL, {"act": "declined"}), "No change fits this filter")


def test_is_marked_as_the_highest_change_it_counts(signed_in, manager):
    raised = make_engagement(sensitivity=Sensitivity.PROTECTED_B)
    amend(raised, manager, place="Oslo")

    assert signed_in.get(URL).context["marking"] == Sensitivity.PROTECTED_B
    assert signed_in.get(URL, {"to": "2020"}).context["marking"] == 0


def test_htmx_gets_the_part_that_changes_and_the_address_to_share(signed_in, three):
    response = signed_in.get(URL, {"kind": "partner", "q": ""}, headers={"HX-Request": "true"})

    assertNotContains(response, "<html")
    assert response["HX-Push-Url"] == f"{URL}?kind=partner"


def test_the_file_holds_what_is_filtered_a_line_for_each_change(signed_in, three):
    heads, *lines = download(signed_in, act="amended", kind="partner")

    assert heads == [str(heading) for heading, _value_of in COLUMNS]
    assert len(lines) == 1
    assert lines[0][1:] == [
        "manager", "manager", "Partner", "Office on Drugs", "Edited", "",
        "Seat in English", "", "Vienna", "Unclassified",
    ]  # fmt: skip


def test_the_file_is_marked_first_last_in_its_name_and_on_each_line(signed_in, manager):
    raised = make_engagement(sensitivity=Sensitivity.PROTECTED_B)
    amend(raised, manager, place="Oslo")

    first, _heads, line, last = download(signed_in, act="amended")

    assert (first, line[-1], last) == (["PROTECTED B"], "Protected B", ["PROTECTED B"])
    assert "-protected-b.csv" in signed_in.get(EXPORT)["Content-Disposition"]


def test_a_change_from_before_a_record_was_raised_is_marked_as_the_record_it_names(
    signed_in, manager
):
    engagement = make_engagement(title_en="Quiet talks")
    amend(engagement, manager, place="Oslo")
    amend(engagement, manager, place="Oslo", sensitivity=Sensitivity.PROTECTED_B)

    page = signed_in.get(URL, {"act": "found", "who": "manager"})
    assert page.context["entries"] == []
    page = signed_in.get(URL, {"act": "found"})
    assertContains(page, "Quiet talks")
    assert page.context["marking"] == Sensitivity.PROTECTED_B
    first, _heads, *lines, _last = download(signed_in, act="found")
    assert (first, {line[-1] for line in lines}) == (["PROTECTED B"], {"Protected B"})


def test_nothing_in_the_file_runs_as_a_formula(signed_in, manager):
    amend_one(make_partner("X"), manager, seat_en="=1+1")

    assert download(signed_in, act="amended")[1][-2] == "'=1+1"


def test_the_file_is_in_the_readers_language_to_its_end(signed_in, manager):
    amend_one(make_partner("X"), manager, country=make_country("NO"))

    with translation.override("fr"):
        url = reverse("dashboards:changes_csv")
    lines = signed_in.get(url, {"act": "amended"}).streaming_content

    assert "Norvège" in b"".join(lines).decode()


@pytest.mark.parametrize("times", [1, 3])
def test_takes_the_same_queries_however_many_changes(
    signed_in, manager, times, django_assert_num_queries
):
    for number in range(times):
        partner = make_partner()
        amend_one(partner, manager, country=make_country(["NO", "FR", "BJ"][number]))
        amend(make_engagement(), manager, countries=[make_country("NO")])

    with django_assert_num_queries(12):
        signed_in.get(URL)
