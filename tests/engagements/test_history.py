"""The history of an engagement, on its page and on one of its own."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Sensitivity
from common.history.models import Revision
from engagements.actions import amend_engagement
from engagements.alignments import Tag, align
from engagements.models import Engagement
from engagements.notes import write_note
from objectives.models import FrameworkKind
from tests.factories import make_country, make_engagement, make_framework, make_objective


def page_of(engagement):
    return reverse("engagements:history", args=[engagement.reference])


def amend(engagement, by, **fields):
    current = Engagement.objects.get(pk=engagement.pk)
    return amend_engagement(
        by=by, engagement=current, version=current.version, **{"parts": [], "tags": []} | fields
    )


def acts(response):
    return [entry.revision.act for entry in response.context["entries"]]


@pytest.fixture
def engagement(staff):
    return make_engagement(reference="IE-2027-0042", title_en="Study visit", logged_by=staff)


@pytest.fixture
def signed_in(client, staff):
    client.force_login(staff)
    return client


def test_the_page_of_an_engagement_tells_who_changed_what(signed_in, engagement, manager):
    amend(engagement, manager, place="Oslo")

    response = signed_in.get(engagement.get_absolute_url())

    assertContains(response, '<h2 id="history">History</h2>')
    assertContains(response, "Edited")
    assertContains(response, "manager")
    assertContains(response, "Oslo")
    assertContains(response, f'<a href="{page_of(engagement)}">All 2 changes</a>')


def test_the_page_of_an_engagement_shows_the_latest_five_and_leads_to_all(
    signed_in, engagement, staff
):
    for number in range(6):
        amend(engagement, staff, place=f"Place {number}")

    response = signed_in.get(engagement.get_absolute_url())

    history = response.context["history"]
    assert [str(entry.told[0].after) for entry in history.entries] == [
        "Place 5", "Place 4", "Place 3", "Place 2", "Place 1",
    ]  # fmt: skip
    assertContains(response, "All 7 changes")


def test_an_engagement_without_history_says_when_it_begins(signed_in, engagement):
    response = signed_in.get(engagement.get_absolute_url())

    assertContains(response, "its history begins with the next one")


def test_the_whole_history_is_newest_first(signed_in, engagement, staff):
    aim = make_objective("S1", make_framework(kind=FrameworkKind.PRIORITY), short_en="Aim")
    align(by=staff, engagement=engagement, tags=[Tag(objective=aim)])
    amend(engagement, staff, place="Oslo")

    response = signed_in.get(page_of(engagement))

    assert acts(response) == ["amended", "aligned", "found"]
    assertContains(response, "Strategic priority <b>Aim (S1)</b> added")
    assertContains(response, "Strategic priority <b>Aim (S1)</b> removed")
    assertContains(response, "3 changes")


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"who": "manager"}, ["amended"]),
        ({"who": ["manager", "staff"]}, ["aligned", "amended"]),
        ({"act": "aligned"}, ["aligned"]),
        ({"what": "place"}, ["amended"]),
        ({"what": "title_en"}, ["found"]),
        ({"what": ["place", "objectives"]}, ["aligned", "amended"]),
        ({"from": "2026-01-02"}, ["aligned"]),
        ({"to": "2026-01-01"}, ["amended", "found"]),
        ({"from": "2026-01-01", "to": "2026-01-01", "who": "manager"}, ["amended"]),
        ({"act": "approved"}, []),
    ],
)
def test_is_filtered_by_who_what_and_when(
    client, engagement, staff, manager, filters, found, monkeypatch
):
    moments = {
        "amended": dt.datetime(2026, 1, 1, 23, 59, tzinfo=timezone.get_default_timezone()),
        "aligned": dt.datetime(2026, 1, 2, 0, 0, tzinfo=timezone.get_default_timezone()),
    }
    monkeypatch.setattr("common.history.recording.timezone.now", lambda: moments["amended"])
    amend(engagement, manager, place="Oslo")
    monkeypatch.setattr("common.history.recording.timezone.now", lambda: moments["aligned"])
    aim = make_objective("S1", make_framework(kind=FrameworkKind.PRIORITY))
    align(by=staff, engagement=engagement, tags=[Tag(objective=aim)])
    client.force_login(staff)

    assert acts(client.get(page_of(engagement), filters)) == found


def test_a_filter_that_makes_no_sense_is_refused_and_shows_nothing(signed_in, engagement, staff):
    amend(engagement, staff, place="Oslo")

    response = signed_in.get(page_of(engagement), {"what": "nonsense"})

    assert response.status_code == 400
    assertContains(response, "Nothing of it is called “nonsense”.", status_code=400)
    assertNotContains(response, "Oslo", status_code=400)


def test_a_page_beyond_the_last_leads_back(signed_in, engagement):
    response = signed_in.get(page_of(engagement), {"page": 9})

    assertContains(response, "There is no such page", status_code=404)


def test_an_engagement_that_may_not_be_read_has_no_history_page(client, reader, manager):
    hidden = make_engagement(sensitivity=Sensitivity.PROTECTED_B)
    amend(hidden, manager, place="Oslo")
    client.force_login(reader)

    assert client.get(page_of(hidden)).status_code == 404


def test_a_draft_has_no_history(client, staff):
    draft = make_engagement(stage="draft", logged_by=staff, reference=None)
    client.force_login(staff)

    assert not Revision.objects.filter(record_id=draft.pk).exists()
    assert client.get("/en/engagements/None/history/").status_code == 404


def test_what_was_above_a_readers_clearance_then_leaves_no_trace(client, reader, manager):
    """Changed, raised, changed while it was raised, lowered, and changed again."""
    engagement = make_engagement(reference="IE-2027-0042")
    amend(engagement, manager, place="Oslo")
    seen_before = page_without_times(client, reader, engagement)

    amend(engagement, manager, place="Oslo", sensitivity=Sensitivity.PROTECTED_B)
    amend(engagement, manager, place="A secret place", sensitivity=Sensitivity.PROTECTED_B)
    amend(engagement, manager, place="Oslo", sensitivity=Sensitivity.UNCLASSIFIED)

    assert Revision.objects.count() == 5
    assert page_without_times(client, reader, engagement) == seen_before


def page_without_times(client, reader, engagement):
    client.force_login(reader)
    detail = client.get(engagement.get_absolute_url())
    whole = client.get(page_of(engagement), {"from": "2020", "to": "2100"})
    assert "secret" not in (detail.content + whole.content).decode()
    history = detail.context["history"]
    return (
        [(entry.revision.pk, entry.act) for entry in history.entries],
        history.count,
        [(entry.revision.pk, entry.act) for entry in whole.context["entries"]],
        whole.context["page"].paginator.count,
        whole.context["filters"].acts,
        whole.context["filters"].people,
        whole.context["marking"],
    )


def test_the_page_is_marked_as_the_highest_it_shows_or_counts(client, engagement, manager):
    amend(engagement, manager, place="Oslo", sensitivity=Sensitivity.PROTECTED_B)
    amend(engagement, manager, place="Oslo", sensitivity=Sensitivity.UNCLASSIFIED)
    client.force_login(manager)

    assert client.get(page_of(engagement)).context["marking"] == Sensitivity.PROTECTED_B
    assert client.get(page_of(engagement), {"to": "2020"}).context["marking"] == 0
    # The number beside the act that was not chosen counts what is above.
    by_act = client.get(page_of(engagement), {"act": "found"})
    assert by_act.context["marking"] == Sensitivity.PROTECTED_B
    assert client.get(engagement.get_absolute_url()).context["marking"] == Sensitivity.PROTECTED_B


def test_the_title_of_the_page_is_the_number_alone(client, engagement, manager):
    amend(engagement, manager, title_en="A visit", sensitivity=Sensitivity.PROTECTED_B)
    client.force_login(manager)

    response = client.get(page_of(engagement))

    assertContains(response, "<title>History: IE-2027-0042 – Liaison</title>")


def test_a_restricted_note_is_in_the_history_of_those_alone_who_may_read_it(
    client, engagement, staff, colleague, manager
):
    amend(engagement, manager, place="Oslo")
    write_note(
        by=staff, engagement=engagement, text="Delicate", text_language="en", sensitivity=0,
        people=[colleague],
    )  # fmt: skip

    client.force_login(colleague)
    told = client.get(page_of(engagement))
    assertContains(told, "Restricted note: Written")
    assertContains(told, "Delicate")

    client.force_login(manager)
    not_told = client.get(page_of(engagement))
    assertNotContains(not_told, "Delicate")
    assert acts(not_told) == ["amended", "found"]
    assert not_told.context["filters"].people[0].label == "manager"
    assert len(not_told.context["filters"].people) == 1


def test_a_note_on_another_engagement_is_in_the_history_of_that_one_alone(
    signed_in, engagement, staff, colleague
):
    write_note(
        by=staff, engagement=make_engagement(logged_by=staff), text="Delicate", text_language="en",
        sensitivity=0, people=[colleague],
    )  # fmt: skip

    assert acts(signed_in.get(page_of(engagement))) == []


def test_htmx_gets_the_part_that_changes_and_the_address_to_share(signed_in, engagement, staff):
    amend(engagement, staff, place="Oslo")

    response = signed_in.get(
        page_of(engagement), {"act": "amended", "who": ""}, headers={"HX-Request": "true"}
    )

    assertNotContains(response, "<html")
    assertContains(response, "1 change")
    assert response["HX-Push-Url"] == f"{page_of(engagement)}?act=amended"


def test_reads_in_french(signed_in, engagement, manager):
    amend(engagement, manager, countries=[make_country("NO")], place="The Hague")

    with translation.override("fr"):
        response = signed_in.get(page_of(engagement))

    assertContains(response, '<html lang="fr">')
    assertContains(response, "<b>Norvège</b>")
    assertContains(response, '<span lang="en">The Hague</span>')


@pytest.mark.parametrize("times", [1, 3])
def test_takes_the_same_queries_however_many_changes(
    signed_in, engagement, staff, times, django_assert_num_queries
):
    for number in range(times):
        aim = make_objective(f"S{number}", make_framework(kind=FrameworkKind.PRIORITY))
        align(by=staff, engagement=engagement, tags=[Tag(objective=aim)])
    url = page_of(engagement)

    with django_assert_num_queries(12):
        signed_in.get(url, {"act": "aligned"})


@pytest.mark.parametrize("times", [1, 3])
def test_the_page_of_an_engagement_asks_as_often_for_three_changes_as_for_one(
    signed_in, engagement, staff, times, django_assert_num_queries
):
    align(by=staff, engagement=engagement, tags=[])
    amend(engagement, staff, countries=[make_country("NO")])
    for number in range(times):
        amend(engagement, staff, countries=[make_country("NO" if number % 2 else "FR")])
    url = engagement.get_absolute_url()

    # One of them for the name of what the record does not hold any more, and one for what else its
    # partners took part in, which the index tells where it counts.
    with django_assert_num_queries(7):
        signed_in.get(url)
