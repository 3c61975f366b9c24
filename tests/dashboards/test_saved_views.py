"""Saved views: a filter kept under a name, opened as one's own, shared with an office, gone again."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import override
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import Role, Unsaved
from common.history.models import Revision
from common.history.recording import unrecorded
from dashboards import actions
from dashboards.models import QUERY_LENGTH, SavedView, StartPage, Subscription
from tests.factories import (
    make_country,
    make_engagement,
    make_framework,
    make_objective,
    make_office,
    make_user,
    make_view,
)
from tests.open_forms import opened

VIEWS = "/en/views/"
NEW = "/en/views/new/"


@pytest.fixture
def signed_in(client, staff):
    client.force_login(staff)
    return client


@pytest.fixture
def neighbour(staff):
    """Another person of staff's office."""
    return make_user("neighbour", Role.STAFF, office=staff.office)


def save(client, query="", /, **told):
    """Open the form of a page's query, and send it."""
    url = f"{NEW}?of=dashboard&{query}"
    form = client.get(url).context["form"]
    sent = {name: form[name].value() or "" for name in ("of", "query", "key")}
    return client.post(NEW, opened(client, url) | sent | {"name": "Ours", "rhythm": ""} | told)


def edit(client, view, **told):
    url = reverse("dashboards:view_edit", args=[view.key])
    page = client.get(url)
    form = page.context["form"]
    sent = {"seen": page.context["seen"], "of": view.page, "query": view.query, "name": view.name}
    sent |= {"office": form["office"].value() or "", "rhythm": form["rhythm"].value() or ""}
    return client.post(url, opened(client, url) | sent | told)


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

    assert SavedView.objects.get().query == "rows=MINE&by=cost"


@pytest.mark.parametrize(
    ("page", "said"), [("/en/dashboard/", "dashboard"), ("/en/engagements/", "engagements")]
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

    with django_assert_num_queries(9):
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


# Who may see it


@pytest.fixture
def shared(staff, neighbour):
    return make_view("Borealis", owner=neighbour, office=staff.office, query="q=Quiet")


def addresses(key):
    names = ("view", "view_edit", "view_delete", "view_start", "view_mail")
    return [reverse(f"dashboards:{name}", args=[key]) for name in names] + [f"{NEW}?copy={key}"]


@pytest.mark.parametrize("who", ["colleague", "administrator", "outsider"])
def test_to_whom_it_is_not_shared_it_is_not_there(client, request, shared, who):
    person = make_user("outsider", office=None) if who == "outsider" else None
    person = person or request.getfixturevalue(who)
    person.office = make_office("PRA") if who != "outsider" else None
    person.save()
    client.force_login(person)

    absent = uuid.uuid4()
    for theirs, none in zip(addresses(shared.key), addresses(absent), strict=True):
        for ask in (client.get, client.post):
            found, missing = ask(theirs), ask(none)
            assert found.status_code == missing.status_code
            assert (found.status_code, ask is client.get) != (200, True)
            assert b"Borealis" not in found.content + missing.content
            assert b"Quiet" not in found.content
            assert without(found, shared.key) == without(missing, absent)
    for page in (VIEWS, "/en/work/", "/en/dashboard/", "/en/engagements/", "/en/changes/"):
        assertNotContains(client.get(page), "Borealis", status_code=client.get(page).status_code)


def without(response, key):
    """What is answered, without the token against forged requests and the key that was asked for."""
    lines = response.content.replace(str(key).encode(), b"key").split(b"\n")
    varying = (b"csrfmiddlewaretoken", b'name="page"', b'name="key"', b"opened_by")
    return [line for line in lines if not any(word in line for word in varying)]


def test_whoever_leaves_the_office_sees_it_no_more(client, staff, shared):
    client.force_login(staff)
    assert client.get(shared.get_absolute_url()).status_code == 302
    staff.office = make_office("PRA")
    staff.save()

    assert client.get(shared.get_absolute_url()).status_code == 404


def test_whoever_it_is_shared_with_may_not_change_it(client, staff, shared):
    client.force_login(staff)

    for name in ("view_edit", "view_delete"):
        url = reverse(f"dashboards:{name}", args=[shared.key])
        assert (client.get(url).status_code, client.post(url).status_code) == (403, 403)
    assert SavedView.objects.filter(pk=shared.pk).exists()


def test_an_administrator_shares_with_any_office(client, administrator):
    make_office("PRA")
    client.force_login(administrator)

    save(client, office="PRA")

    assert SavedView.objects.get().office.code == "PRA"


def test_whoever_has_no_office_is_offered_none(client):
    client.force_login(make_user("alone", office=None))

    assert "office" not in client.get(NEW).context["form"].fields
    assert save(client, office="IR").status_code == 302
    assert SavedView.objects.get().office is None


def test_an_owner_who_moved_keeps_what_they_shared_and_may_stop_it(signed_in, staff):
    there = staff.office
    view = make_view("Ours", owner=staff, office=there)
    staff.office = make_office("PRA")
    staff.save()

    assert edit(signed_in, view, name="Still ours").status_code == 302
    view.refresh_from_db()
    assert (view.name, view.office) == ("Still ours", there)
    edit(signed_in, view, office="")
    view.refresh_from_db()
    assert view.office is None


@pytest.mark.parametrize(
    ("gone", "role", "status"),
    [("active", "manager", 403), ("left", "staff", 403), ("left", "manager", 302)],
)
def test_a_manager_deletes_what_somebody_left_behind(client, neighbour, shared, gone, role, status):
    if gone == "left":
        neighbour.is_active = False
        neighbour.save()
    client.force_login(make_user("another", role))

    response = client.post(reverse("dashboards:view_delete", args=[shared.key]))

    assert response.status_code == status
    assert SavedView.objects.filter(pk=shared.pk).exists() == (status == 403)


# Deleting, and what is told


def test_it_is_deleted_once_it_is_confirmed(signed_in, staff):
    view = make_view("Ours", owner=staff)
    url = reverse("dashboards:view_delete", args=[view.key])

    assertContains(signed_in.get(url), "Delete “Ours”?")
    assert SavedView.objects.exists()
    assertRedirects(signed_in.post(url), VIEWS)
    assert not SavedView.objects.exists()
    assert signed_in.post(url).status_code == 404


def test_says_how_many_others_use_what_is_to_be_deleted(client, staff, neighbour, shared):
    actions.start_with(by=staff, view=shared)
    actions.subscribe(by=staff, view=shared, rhythm="weekly")
    actions.start_with(by=neighbour, view=shared)
    client.force_login(neighbour)

    page = client.get(reverse("dashboards:view_delete", args=[shared.key]))

    assertContains(page, "1 other person starts with it or has it mailed")


def test_those_who_used_it_are_told_that_it_is_gone_until_they_have_read_it(
    client, staff, neighbour, shared
):
    actions.start_with(by=staff, view=shared)
    actions.subscribe(by=staff, view=shared, rhythm="weekly")
    actions.start_with(by=neighbour, view=shared)
    actions.delete_view(by=neighbour, view=shared)
    client.force_login(staff)

    assertContains(client.get(VIEWS), "“Borealis” is no longer there for you")
    assertContains(client.get("/en/"), "“Borealis” is no longer there for you")
    client.post(reverse("dashboards:views_lost"))

    assertNotContains(client.get(VIEWS), "Borealis")
    assert not StartPage.objects.exists()
    assert not Subscription.objects.exists()
    client.force_login(neighbour)
    assertNotContains(client.get("/en/"), "Borealis")


def test_what_is_no_longer_shared_is_told_by_the_name_it_was_known_by(client, staff, shared):
    actions.subscribe(by=staff, view=shared, rhythm="weekly")
    with unrecorded():
        SavedView.objects.filter(pk=shared.pk).update(office=None, name="Secret")
    client.force_login(staff)

    page = client.get(VIEWS)

    assertContains(page, "“Borealis” is no longer there for you")
    assertNotContains(page, "Secret")


def test_reading_that_one_is_gone_ends_no_other(staff, shared):
    kept = make_view(owner=staff)
    actions.subscribe(by=staff, view=kept, rhythm="weekly")
    actions.start_with(by=staff, view=shared)
    SavedView.objects.filter(pk=shared.pk).delete()

    assert actions.forget_lost(by=staff) == 1
    assert Subscription.objects.get().view == kept


# On record


def history(view):
    return list(Revision.objects.of("view", [view.pk]).order_by("number"))


def test_what_is_ones_own_alone_is_on_no_record(staff):
    view = actions.save_view(by=staff, name="Mine", page="dashboard", query="")
    told = {"name": "Mine still", "page": "dashboard", "query": "kind=other"}
    view = actions.amend_view(by=staff, view=view, version=1, office=None, **told)
    pk = view.pk
    actions.delete_view(by=staff, view=view)

    assert not Revision.objects.of("view", [pk]).exists()


def test_what_an_office_shares_is_on_record_from_then_to_its_end(staff):
    told = {"name": "Ours", "page": "dashboard", "query": ""}
    view = actions.save_view(by=staff, **told)
    for version, office in enumerate((staff.office, None, staff.office), start=1):
        view = actions.amend_view(by=staff, view=view, version=version, office=office, **told)
    kept = SavedView.objects.get(pk=view.pk)
    actions.delete_view(by=staff, view=view)

    assert [(each.act, each.by, each.state.get("office")) for each in history(kept)] == [
        ("shared", staff, "IR"),
        ("amended", staff, None),
        ("shared", staff, "IR"),
        ("deleted", staff, None),
    ]


def test_a_manager_reads_the_changes_of_what_their_office_shares_and_no_others(client, staff):
    told = {"page": "dashboard", "query": ""}
    actions.save_view(by=staff, name="Borealis", office=staff.office, **told)
    elsewhere = make_user("elsewhere", Role.STAFF, office=make_office("PRA"))
    actions.save_view(by=elsewhere, name="Aurora", office=elsewhere.office, **told)
    client.force_login(make_user("boss", Role.MANAGER, office=staff.office))

    page = client.get("/en/changes/?kind=view")

    assertContains(page, "Borealis")
    assertNotContains(page, "Aurora")
