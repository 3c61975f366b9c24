"""What is typed and not saved: kept for its author, resumed or thrown away, gone once it is saved."""

import datetime as dt
import uuid

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Role, Sensitivity, Unsaved
from engagements.models import Engagement
from tests.factories import make_engagement, make_partner, make_user
from tests.open_forms import opened
from tests.test_conventions import our_pages

ARCHIVE_REASON = "Merged into another one"


@pytest.fixture
def partner():
    return make_partner("UNODC", name_en="Office on Drugs")


@pytest.fixture
def url(partner):
    return reverse("partners:archive", args=[partner.code])


@pytest.fixture
def other_administrator():
    return make_user("other", Role.ADMINISTRATOR, clearance=Sensitivity.PROTECTED_B)


@pytest.fixture
def form(client, administrator, url):
    """An open form; send(…) sends it, and what it carries besides."""
    client.force_login(administrator)
    marks = opened(client, url)

    def send(**told):
        marks["turn"] = str(int(marks["turn"]) + 1)
        return client.post(url, marks | told)

    send.marks = marks
    return send


def autosave(form, reason=ARCHIVE_REASON, **told):
    return form(do="autosave", reason=reason, **told)


def test_it_is_kept_and_nothing_is_changed(form, partner, administrator):
    response = autosave(form)

    assert response.status_code == 200
    row = Unsaved.objects.get()
    assert (row.person, row.address) == (administrator, "partners:archive UNODC")
    assert row.data == {"reason": [ARCHIVE_REASON]}
    partner.refresh_from_db()
    assert not partner.is_archived


def test_the_next_autosave_of_the_same_form_replaces_it(form):
    autosave(form)
    autosave(form, "Merged into")

    assert Unsaved.objects.get().data == {"reason": ["Merged into"]}


def test_what_comes_late_replaces_nothing_newer(form, client, url):
    late = form.marks | {"turn": "1", "do": "autosave", "reason": "Mer"}
    autosave(form)
    autosave(form, "Merged in 2020")

    client.post(url, late)

    assert Unsaved.objects.get().data == {"reason": ["Merged in 2020"]}


def test_the_form_says_so_when_it_is_opened_and_offers_what_can_be_done(form, client, url):
    autosave(form)

    response = client.get(url)

    assertContains(response, "You typed something here on")
    assertContains(response, f"?unsaved=resume&amp;typed={form.marks['page']}")
    assertContains(response, 'value="throw-away"')
    assertNotContains(response, ARCHIVE_REASON)


def test_it_is_the_same_form_in_the_other_language(form, client, partner):
    autosave(form)

    assertContains(client.get(f"/fr/partenaires/{partner.code}/archiver/"), "unsaved=resume")


def test_resumed_the_form_holds_what_was_typed_and_says_it_is_not_saved(form, client, url):
    autosave(form)

    response = client.get(f"{url}?unsaved=resume")

    assertContains(response, ARCHIVE_REASON)
    assertContains(response, "You go on with what you typed on")
    assertNotContains(response, "error-summary")


def test_what_is_typed_after_resuming_takes_the_place_of_what_was_resumed(form, client, url):
    autosave(form)
    resumed = opened(client, f"{url}?unsaved=resume")

    client.post(url, resumed | {"turn": "1", "do": "autosave", "reason": "Dissolved"})

    assert [row.data["reason"] for row in Unsaved.objects.all()] == [["Dissolved"]]


def test_typing_on_in_the_first_tab_is_not_lost_to_the_one_that_resumed(form, client, url):
    autosave(form)
    resumed = opened(client, f"{url}?unsaved=resume")
    autosave(form, "Typed on in the first")

    client.post(url, resumed | {"turn": "1", "do": "autosave", "reason": "Typed in the second"})

    kept = {row.data["reason"][0] for row in Unsaved.objects.all()}
    assert kept == {"Typed on in the first", "Typed in the second"}


def test_two_tabs_keep_a_text_each(form, client, url):
    autosave(form)
    other = opened(client, url)

    client.post(url, other | {"turn": "1", "do": "autosave", "reason": "Dissolved"})

    response = client.get(url)
    assert len(response.context["others"]) == 2
    for row in Unsaved.objects.all():
        page = client.get(f"{url}?unsaved=resume&typed={row.page}")
        assertContains(page, row.data["reason"][0])


def test_saving_forgets_what_this_form_had_kept_and_nothing_else(form, client, url):
    other = opened(client, url)
    client.post(url, other | {"turn": "1", "do": "autosave", "reason": "Dissolved"})
    autosave(form)

    response = form(reason=ARCHIVE_REASON)

    assert response.status_code == 302
    assert [row.data["reason"] for row in Unsaved.objects.all()] == [["Dissolved"]]


def test_a_save_that_is_refused_forgets_nothing(form):
    autosave(form)

    assert form(reason="").status_code == 422
    assert Unsaved.objects.exists()


def test_it_is_thrown_away_when_its_author_says_so(form, client, url, partner):
    autosave(form)

    response = client.post(url, {"do": "throw-away", "typed": form.marks["page"]}, follow=True)

    assertContains(response, "What you had typed is thrown away.")
    assert not Unsaved.objects.exists()
    partner.refresh_from_db()
    assert not partner.is_archived


@pytest.mark.parametrize("typed", ["", "no-page", str(uuid.UUID(int=7))])
def test_throwing_away_what_is_not_there_changes_nothing(form, client, url, typed):
    autosave(form)

    client.post(url, {"do": "throw-away", "typed": typed})

    assert Unsaved.objects.exists()


@pytest.mark.parametrize("asked", ["resume", "compare", "nonsense", "\x00"])
@pytest.mark.parametrize("typed", ["", "no-page", str(uuid.UUID(int=7)), "\x00"])
def test_what_is_not_there_is_not_resumed(client, administrator, url, asked, typed):
    client.force_login(administrator)

    assert client.get(url, {"unsaved": asked, "typed": typed}).status_code == 200


def test_nobody_else_reads_it(form, client, url, other_administrator):
    autosave(form)
    client.force_login(other_administrator)

    for asked in ("", "?unsaved=resume", f"?unsaved=resume&typed={form.marks['page']}"):
        assertNotContains(client.get(url + asked), ARCHIVE_REASON)
        assertNotContains(client.get(url + asked), "You typed")
    client.post(url, {"do": "throw-away", "typed": form.marks["page"]})
    assert Unsaved.objects.exists()


def test_a_form_that_somebody_else_opened_keeps_nothing_for_whoever_is_signed_in(
    form, client, other_administrator
):
    client.force_login(other_administrator)

    response = autosave(form)

    assert (response.status_code, response.json()) == (403, {"why": "another-person"})
    assert not Unsaved.objects.exists()


def test_a_form_that_somebody_else_opened_saves_nothing_either(
    form, client, partner, other_administrator
):
    client.force_login(other_administrator)

    response = form(reason=ARCHIVE_REASON)

    assertContains(response, "Somebody else has signed in", status_code=403)
    partner.refresh_from_db()
    assert not partner.is_archived


@pytest.mark.parametrize("opened_by", ["", "1", "1:forged", "\x00"])
def test_a_mark_that_is_none_is_as_if_there_were_none(form, opened_by, partner):
    form.marks["opened_by"] = opened_by

    assert form(reason=ARCHIVE_REASON).status_code == 302


def test_of_a_record_one_may_no_longer_see_nothing_is_shown(client, staff):
    engagement = make_engagement(title_en="Out of sight", logged_by=staff)
    client.force_login(staff)
    url = reverse("engagements:edit", args=[engagement.reference])
    client.post(url, opened(client, url) | {"do": "autosave", "turn": "1", "purpose": "Mine"})
    assertContains(client.get("/en/"), "Out of sight")
    assertContains(client.get("/en/"), "Not saved yet")

    Engagement.objects.update(sensitivity=Sensitivity.PROTECTED_B)

    none = client.get(reverse("engagements:edit", args=["IE-1999-9999"]) + "?unsaved=resume")
    there = client.get(f"{url}?unsaved=resume")
    assert (there.status_code, none.status_code) == (404, 404)
    assertNotContains(client.get("/en/"), "Out of sight")
    assertNotContains(client.get("/en/"), "Not saved yet")
    kept = client.post(url, {"do": "autosave", "page": str(uuid.uuid4()), "turn": "1"})
    assert kept.status_code == 404
    assert Unsaved.objects.count() == 1


def test_whoever_may_not_edit_keeps_nothing(client, reader, administrator, url):
    client.force_login(reader)

    response = client.post(url, {"do": "autosave", "page": str(uuid.uuid4()), "reason": "x"})

    assert response.status_code == 403
    assert not Unsaved.objects.exists()


@pytest.mark.parametrize("page", ["", "no-page", "\x00"])
def test_what_comes_from_no_open_form_is_refused(client, administrator, url, page):
    client.force_login(administrator)

    response = client.post(url, {"do": "autosave", "page": page, "reason": "x"})

    assert response.status_code == 400
    assert not Unsaved.objects.exists()


@pytest.mark.parametrize("turn", ["", "-1", "1e5", "9" * 30, "٣", "\x00"])
def test_counts_that_are_none_are_the_beginning(form, turn):
    form.marks["page"] = str(uuid.uuid4())

    assert form(do="autosave", reason="x", turn=turn, version=turn).status_code == 200
    assert Unsaved.objects.get().turn == 0


def test_a_character_no_database_keeps_is_left_out(form, client, url):
    autosave(form, "a\x00b", **{"na\x00me": "c"})

    assert Unsaved.objects.get().data == {"reason": ["ab"], "name": ["c"]}
    assert client.get(f"{url}?unsaved=resume").status_code == 200


def test_a_partner_half_typed_is_resumed_with_its_former_names(client, administrator, partner):
    client.force_login(administrator)
    url = reverse("partners:edit", args=[partner.code])
    told = {
        "name_en": "",
        "website": "not an address",
        "former-TOTAL_FORMS": "2",
        "former-INITIAL_FORMS": "0",
        "former-0-name_en": "Drug Control Programme",
        "former-1-used_from": "soon",
    }
    client.post(url, opened(client, url) | told | {"do": "autosave", "turn": "1"})

    response = client.get(f"{url}?unsaved=resume")

    for typed in ("not an address", "Drug Control Programme", "soon"):
        assertContains(response, typed)
    assertNotContains(response, "error-summary")


def test_home_lists_it_until_it_is_saved(form, client):
    assertNotContains(client.get("/en/"), "Not saved yet")
    autosave(form)

    response = client.get("/en/")

    assertContains(response, "Not saved yet")
    assertContains(response, "Archiving: Office on Drugs")
    form(reason=ARCHIVE_REASON)
    assertNotContains(client.get("/en/"), "Not saved yet")


def test_home_lists_nothing_of_a_page_that_is_no_more(client, administrator):
    for address in (
        "gone:page X",
        "partners:edit",
        "partners:edit UNODC more",
        "partners:edit NONE",
    ):
        Unsaved.objects.create(person=administrator, address=address, page=uuid.uuid4(), data={})
    client.force_login(administrator)

    assertNotContains(client.get("/en/"), "Not saved yet")


def test_what_is_old_expires_and_what_is_not_stays(administrator, capsys):
    now = timezone.now()
    for days in (1, 29, 31):
        Unsaved.objects.create(
            person=administrator,
            address="partners:create",
            page=uuid.uuid4(),
            data={},
            saved_at=now - dt.timedelta(days=days),
        )

    call_command("clear_unsaved", days=30)

    assert Unsaved.objects.count() == 2
    assert capsys.readouterr().out == "1 unsaved texts older than 30 days are gone.\n"


# A form in which nothing is typed, or that signs in; each other that takes a POST keeps what is typed.
NOTHING_TYPED = {
    "sign_in", "sign_out", "profile", "password", "objectives_offered", "likely_duplicates",
    "export_choose", "start", "forget", "remembered", "view_start", "view_mail", "view_delete", "views_lost",
    "discard_draft", "put_back", "framework_put_back", "contact_put_back",
    "submit", "approve", "restore", "verify", "withdraw_note", "bring_back_note",
    "contact_retire", "contact_bring_back",
}  # fmt: skip


def test_every_form_people_type_in_keeps_what_is_typed(client, administrator):
    pages = dict(our_pages())
    kept = {name for name, each in pages.items() if getattr(each.callback, "keeps_typed", False)}

    taking = set()
    for name, entry in pages.items():
        client.force_login(administrator)
        if client.post(some_address(name, entry)).status_code != 405:
            taking.add(name)

    assert kept
    assert {name.partition(":")[2] for name in taking - kept} == NOTHING_TYPED


def some_address(name: str, entry) -> str:
    """The page's address, for records that are not there."""
    values = {"reference": "IE-1999-0001", "pk": 0, "code": "NONE", "key": uuid.uuid4()}
    name = "front_door" if entry.name == "front_door" else name
    return reverse(name, kwargs={name: values[name] for name in entry.pattern.converters})
