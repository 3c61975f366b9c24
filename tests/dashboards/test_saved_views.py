"""Saved views: a filter kept under a name, opened, listed and changed by its owner."""

import re
from html import unescape

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import override
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import Unsaved
from dashboards.models import QUERY_LENGTH, SavedView, Subscription
from tests.dashboards.saving import NEW, edit, save
from tests.factories import (
    make_country,
    make_engagement,
    make_framework,
    make_objective,
    make_office,
    make_view,
)
from tests.open_forms import opened

VIEWS = "/en/views/"


# Saving


def test_the_filter_of_the_dashboard_is_kept_under_a_name(signed_in, staff):
    make_country("NO")

    response = save(signed_in, "country=NO&kind=other&filter=open", name="Norway")

    assertRedirects(response, VIEWS)
    view = SavedView.objects.get()
    assert (view.owner, view.name, view.page) == (staff, "Norway", "dashboard")
    assert view.query == "kind=other&country=NO"
    assert view.office is None
    assertContains(signed_in.get(VIEWS), "The view “Norway” is saved.", count=0)


def test_a_filter_of_the_list_keeps_its_order_and_not_where_one_was_in_it(signed_in):
    url = f"{NEW}?of=engagements&kind=other&sort=oldest&page=3&per_page=10&pick=IE-1"

    form = signed_in.get(url).context["form"]

    assert form.asked.query == "kind=other&sort=oldest"


def test_the_options_of_the_dashboard_are_kept(signed_in):
    make_framework("MINE", "mandate")

    save(signed_in, "rows=MINE&by=cost&words=then")

    assert SavedView.objects.get().query == "rows=MINE&by=cost&words=then"


def test_a_view_of_the_partners_opens_their_page_as_it_was(signed_in):
    page = signed_in.get(
        "/en/dashboard/partners/?view=silent&sort=name&kind=other&silent=36&page=1"
    )
    link = re.search(rf'href="({NEW}[^"]*of=partners[^"]*)"', page.content.decode())[1]
    query = unescape(link).partition("?")[2].replace("&of=partners", "")

    save(signed_in, query, of="partners", query=query)
    opened = signed_in.get(SavedView.objects.get().get_absolute_url(), follow=True)

    assert opened.context["options"].view == "silent"
    assert dict(opened.context["options"].pairs) == {
        "view": "silent",
        "sort": "name",
        "silent": "36",
    }
    assert opened.context["filters"].query == "kind=other"
    assertContains(signed_in.get("/en/views/"), "Silent")


def test_a_view_of_the_places_opens_their_page_in_its_order(signed_in):
    save(signed_in, "kind=other&sort=last", of="places")
    opened = signed_in.get(SavedView.objects.get().get_absolute_url(), follow=True)

    assert opened.request["PATH_INFO"] == "/en/dashboard/places/"
    assert opened.context["options"].sort == "last"
    assert opened.context["filters"].query == "kind=other"
    assertContains(signed_in.get("/en/views/"), "Last engagement first")


def test_a_view_of_the_places_in_no_order_is_refused(signed_in):
    response = signed_in.get(f"{NEW}?of=places&sort=newest")

    assertContains(response, "Places cannot be sorted that way.", status_code=400)


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("/en/dashboard/", "dashboard"),
        ("/en/engagements/", "engagements"),
        ("/en/dashboard/partners/", "partners"),
        ("/en/dashboard/places/", "places"),
    ],
)
def test_the_page_offers_to_save_it_as_it_is_filtered(signed_in, page, said):
    response = signed_in.get(f"{page}?kind=other&kind=publication-or-standard")

    query = f"?kind=other&amp;kind=publication-or-standard&amp;of={said}"
    assertContains(response, f'href="{NEW}{query}"')


def test_the_form_says_what_is_filtered_in_words(signed_in):
    make_country("NO")

    page = signed_in.get(f"{NEW}?of=engagements&country=NO&sort=title&also=kind:other")

    for words in ("The list of engagements, filtered to", "Norway", "Order:", "Title", "Other"):
        assertContains(page, words)


def test_a_filter_that_makes_no_sense_is_not_saved(signed_in):
    page = signed_in.get(f"{NEW}?of=dashboard&objective=NOPE")
    assertContains(page, "There is no objective “NOPE”.", status_code=400)

    response = signed_in.post(NEW, {"of": "dashboard", "query": "objective=NOPE", "name": "x"})

    assertContains(response, "There is no objective “NOPE”.", status_code=422)
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"name": ""}, "Give the view a name."),
        ({"name": "x" * 101}, "Shorten it to 100 or fewer."),
        ({"name": "a\u202eb"}, "an invisible mark that changes the order"),
        ({"name": "Prisoner 046 454 286"}, "Save all the same"),
        ({"office": "PRA"}, "You can share a view with your own office."),
        ({"rhythm": "hourly"}, "Choose one of those offered."),
        ({"rhythm": "weekly"}, "No e-mail address is kept for you"),
        ({"query": "kind=" + "x" * 4100}, "Shorten it to 4000 or fewer."),
        ({"of": "nowhere"}, "nowhere"),
        ({"key": "no key"}, "Enter a valid UUID."),
    ],
)
def test_what_cannot_be_saved_is_said_and_what_was_typed_stays(signed_in, told, said):
    make_office("PRA")

    response = save(signed_in, "kind=other", **{"name": "Typed"} | told)

    assertContains(response, said, status_code=422)
    assertContains(response, "error-summary", status_code=422)
    assertContains(response, (told | {"name": told.get("name", "Typed")})["name"], status_code=422)
    assert not SavedView.objects.exists()


def test_what_could_not_be_opened_again_is_not_saved(signed_in):
    """Twelve characters of an address stand for one sign of these words."""
    months = [f"month={year}-{month:02d}" for year in range(2000, 2015) for month in range(1, 13)]
    query = "&".join(["q=" + "\N{EARTH GLOBE AMERICAS}" * 200, *months])
    assert len(query) < QUERY_LENGTH

    response = save(signed_in, query=query)

    assertContains(response, "The filter is too long to be kept.", status_code=422)
    assert not SavedView.objects.exists()


def test_a_name_is_given_once_by_each_person(signed_in, staff):
    make_view("Ours", owner=staff)
    make_view("Theirs")

    assertContains(save(signed_in), "You have a view of this name.", status_code=422)
    assert save(signed_in, name="Theirs").status_code == 302


def test_a_name_is_given_once_by_each_person_in_the_database_too(staff):
    make_view("Ours", owner=staff)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_view("Ours", owner=staff)


def test_another_tab_that_was_quicker_with_the_name_is_no_error(signed_in, staff, monkeypatch):
    monkeypatch.setattr("dashboards.saved.forms.ViewForm.clean_name", lambda form: "Ours")
    make_view("Ours", owner=staff)

    assertContains(save(signed_in), "You have a view of this name.", status_code=422)


def test_sent_twice_it_is_one_view(signed_in):
    url = f"{NEW}?of=dashboard&kind=other"
    form = signed_in.get(url).context["form"]
    sent = {"of": "dashboard", "query": "kind=other", "key": form["key"].value(), "name": "Ours"}

    signed_in.post(NEW, sent)
    assert signed_in.post(NEW, sent).status_code == 302
    signed_in.post(NEW, sent | {"name": "Corrected"})

    assert [view.name for view in SavedView.objects.all()] == ["Corrected"]


def test_the_key_of_anothers_view_makes_a_view_of_ones_own(signed_in, staff):
    theirs = make_view("Theirs")

    save(signed_in, key=str(theirs.key))

    theirs.refresh_from_db()
    assert theirs.name == "Theirs"
    assert SavedView.objects.get(owner=staff).key != theirs.key


def test_what_is_typed_is_kept_until_it_is_saved(signed_in, staff):
    url = f"{NEW}?of=dashboard&kind=other"
    marks = opened(signed_in, url)
    told = {"do": "autosave", "turn": "1", "of": "dashboard", "query": "kind=other", "name": "Half"}
    signed_in.post(NEW, marks | told)

    resumed = signed_in.get(f"{NEW}?unsaved=resume")

    assertContains(resumed, "Half")
    assertContains(resumed, 'name="query" value="kind=other"')
    assertContains(signed_in.get("/en/work/"), "A new view")
    told |= {"do": "", "turn": "2", "rhythm": ""}
    assert signed_in.post(NEW, marks | told).status_code == 302
    assert not Unsaved.objects.exists()


# Opening


def test_it_opens_its_page_as_it_was_filtered(signed_in, staff):
    view = make_view(owner=staff, query="kind=other")

    response = signed_in.get(view.get_absolute_url())

    assertRedirects(response, "/en/dashboard/?kind=other")


def test_it_opens_in_the_language_it_is_read_in(signed_in, staff):
    view = make_view(owner=staff, page="engagements", query="kind=other")
    with override("fr"):
        url, target = view.get_absolute_url(), view.target

    assert target.startswith("/fr/")
    assertRedirects(signed_in.get(url), target)


def test_whoever_opens_it_sees_what_they_may_see(client, staff, neighbour):
    neighbour.clearance = 0
    neighbour.save()
    make_engagement(title_en="Aurora", sensitivity=1)
    view = make_view(owner=staff, office=staff.office, page="engagements")

    for person, seen in ((staff, 1), (neighbour, 0)):
        client.force_login(person)
        page = client.get(view.get_absolute_url(), follow=True)
        assert page.context["page"].paginator.count == seen


def test_what_it_asks_for_that_is_gone_is_said_by_the_page_and_in_the_list(signed_in, staff):
    view = make_view(owner=staff, query="objective=GONE")

    opened_page = signed_in.get(view.get_absolute_url(), follow=True)

    assertContains(opened_page, "There is no objective “GONE”.", status_code=400)
    assertContains(signed_in.get(VIEWS), "Something it asks for is no longer there.")


def test_both_pages_link_the_views_of_their_own(signed_in, staff):
    of_list = make_view("Of the list", owner=staff, page="engagements", query="kind=other")
    make_view("Of the dashboard", owner=staff)

    page = signed_in.get("/en/engagements/")

    assertContains(page, f'<a href="{of_list.target.replace("&", "&amp;")}">Of the list</a>')
    assertNotContains(page, "Of the dashboard")
    assertContains(signed_in.get("/en/work/"), "Of the dashboard")
    assertContains(signed_in.get(of_list.target), 'aria-current="page">Of the list')


# The list of views


def test_lists_mine_and_those_my_office_shares_in_words(signed_in, staff, neighbour):
    make_objective("S1", short_en="Rehabilitation")
    make_view("Mine", owner=staff, query="objective=S1")
    make_view("Ours", owner=neighbour, office=staff.office)
    make_view("Theirs alone", owner=neighbour)
    make_view("Of another office", office=make_office("PRA"))

    listing = signed_in.get(VIEWS).context["listing"]

    assert [entry.view.name for entry in listing.mine] == ["Mine"]
    assert [entry.view.name for entry in listing.shared] == ["Ours"]
    assert [choice.value for choice in listing.mine[0].words.choices] == ["Rehabilitation"]


def test_an_empty_list_says_what_to_do(signed_in):
    assertContains(signed_in.get(VIEWS), "No saved views yet")


@pytest.mark.parametrize("count", [1, 3])
def test_takes_as_many_queries_for_three_as_for_one(
    signed_in, staff, neighbour, count, django_assert_num_queries
):
    for number in range(count):
        make_country(f"X{number}")
        make_objective(f"S{number}")
        query = f"country=X{number}&also=objective:S{number}&rows=NONE"
        make_view(owner=staff, query=query)
        view = make_view(owner=neighbour, office=staff.office, query=query)
        Subscription.objects.create(
            view=view, person=staff, name="x", rhythm="weekly", last_period="x"
        )

    with django_assert_num_queries(7):
        signed_in.get(VIEWS)


# Changing


def test_its_owner_changes_it(signed_in, staff):
    view = make_view("Before", owner=staff)

    assert edit(signed_in, view, name="After", office="IR").status_code == 302

    view.refresh_from_db()
    assert (view.name, view.office, view.version) == ("After", staff.office, 2)


def test_a_filter_of_the_page_takes_the_place_of_the_one_it_had(signed_in, staff):
    view = make_view("Ours", owner=staff, query="kind=other")
    offered = signed_in.get(f"{NEW}?of=dashboard&kind=agreement-signed")
    url = f"/en/views/{view.key}/edit/?of=dashboard&kind=agreement-signed"
    assertContains(offered, f'href="{url.replace("&", "&amp;")}"')

    form = signed_in.get(url).context["form"]

    assert (form["name"].value(), form.asked.query) == ("Ours", "kind=agreement-signed")
    edit(signed_in, view, query=form.asked.query)
    view.refresh_from_db()
    assert view.query == "kind=agreement-signed"


def test_two_tabs_do_not_overwrite_each_other_without_a_word(signed_in, staff):
    view = make_view("Before", owner=staff)
    edit(signed_in, view, name="In the first tab")

    refused = edit(signed_in, view, name="In the second tab", seen="1")

    assertContains(refused, "The view was changed since you opened this form", status_code=409)
    assertContains(refused, "In the first tab", status_code=409)
    assertContains(refused, 'value="In the second tab"', status_code=409)
    view.refresh_from_db()
    assert view.name == "In the first tab"
    edit(signed_in, view, name="In the second tab", seen=str(refused.context["seen"]))
    view.refresh_from_db()
    assert view.name == "In the second tab"


def test_what_says_the_same_is_no_conflict(signed_in, staff):
    view = make_view("Before", owner=staff)
    edit(signed_in, view, name="After")

    assert edit(signed_in, view, name="After", seen="1").status_code == 302


def test_half_changed_it_is_resumed(signed_in, staff):
    view = make_view("Before", owner=staff)
    url = reverse("dashboards:view_edit", args=[view.key])
    told = {"do": "autosave", "turn": "1", "of": "dashboard", "query": "", "name": "Half"}
    signed_in.post(url, opened(signed_in, url) | told | {"seen": "1"})

    assertContains(signed_in.get(f"{url}?unsaved=resume"), 'value="Half"')
    assertContains(signed_in.get("/en/work/"), "Your view: Before")


def test_a_copy_of_a_shared_view_is_ones_own(signed_in, staff, neighbour):
    view = make_view("Ours", owner=neighbour, office=staff.office, query="kind=other")

    form = signed_in.get(f"{NEW}?copy={view.key}").context["form"]

    assert form["name"].value() == "Copy of Ours"
    assert form.asked.query == "kind=other"
    save(signed_in, "kind=other", name="Copy of Ours")
    assert SavedView.objects.get(owner=staff).office is None
