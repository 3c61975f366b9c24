"""Saved views that an office shares: who sees them, what is told when they are gone, what is on record."""

import uuid

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import Role
from common.history.models import Revision
from common.history.recording import unrecorded
from dashboards import actions
from dashboards.models import SavedView, StartPage, Subscription
from tests.dashboards.saving import NEW, edit, save
from tests.factories import (
    make_office,
    make_user,
    make_view,
)

VIEWS = "/en/views/"


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


@pytest.mark.parametrize("who", ["manager", "administrator"])
def test_whoever_may_edit_any_offices_engagements_shares_with_any_office(client, request, who):
    make_office("PRA")
    client.force_login(request.getfixturevalue(who))

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
