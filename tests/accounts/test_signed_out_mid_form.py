"""A form sent after the session has ended is carried through signing in, for its author alone."""

import random
import re
from base64 import b64encode
from html import unescape

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts import again
from accounts.models import Unsaved
from engagements.models import Engagement
from tests.accounts.test_sign_in import sign_in
from tests.engagements.telling import enough
from tests.factories import make_engagement, make_partner, make_user
from tests.open_forms import opened

NEW = "/en/engagements/new/"


def carried_by(response) -> dict[str, str]:
    """What the sign-in page sends along when one signs in."""
    page = response.content.decode()
    hidden = re.findall(r'<input type="hidden" name="(typed|next)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in hidden}


@pytest.fixture
def told(client, staff):
    """A new engagement that staff have typed when their session ends."""
    make_partner("UNODC")
    client.force_login(staff)
    told = enough(partner=["UNODC"], title_en="Visit “to” <a> prison", purpose="x\r\ny")
    told |= opened(client, NEW) | {"turn": "1"}
    client.logout()
    return told


@pytest.mark.parametrize("do", ["log", "draft", "another", "add-partner"])
def test_the_sign_in_page_says_that_nothing_is_lost_and_carries_it(client, told, do):
    response = client.post(NEW, told | {"do": do})

    assertContains(response, "You are signed out, and nothing you typed is lost", status_code=401)
    assert carried_by(response).keys() == {"typed", "next"}
    assert "no-store" in response["Cache-Control"]
    assert not Unsaved.objects.exists()
    assert not Engagement.objects.exists()


def test_signed_in_again_one_is_back_in_the_form_with_everything_typed(client, told, staff):
    carried = carried_by(client.post(NEW, told))

    response = sign_in(client, **carried)
    page = client.get(response.url)

    assert response.url.startswith(f"{NEW}?unsaved=resume&typed=")
    assertContains(page, "Visit “to” &lt;a&gt; prison")
    assertContains(page, "You are signed in again, and everything you typed is below.")
    data = page.context["form"].data
    for name in ("purpose", "partner", "objectives", "start_day", "form_key"):
        assert data.getlist(name) == as_list(told[name])
    assert not Engagement.objects.exists()


def as_list(value) -> list[str]:
    return value if isinstance(value, list) else [value]


def test_from_there_it_is_logged_once_and_nothing_is_left_unsaved(client, told):
    response = sign_in(client, **carried_by(client.post(NEW, told)))
    marks = opened(client, response.url)

    logged = client.post(NEW, told | marks)

    assert logged.status_code == 302
    assert Engagement.objects.get().title_en == "Visit “to” <a> prison"
    assert not Unsaved.objects.exists()


def test_a_draft_that_saved_itself_before_is_gone_on_with(client, told, staff):
    """Its last answer never came: the version the form knows is an older one."""
    client.force_login(staff)
    client.post(NEW, told | {"do": "autosave", "purpose": "Before"})
    client.logout()
    told = told | {"turn": "2", "purpose": "After"}
    response = sign_in(client, **carried_by(client.post(NEW, told)))

    marks = opened(client, response.url)
    kept = client.post(NEW, told | marks | {"turn": "1", "do": "autosave"})

    assert kept.status_code == 200
    assert Engagement.objects.get().purpose == "After"
    assert not Unsaved.objects.exists()


def test_an_edit_is_brought_back_on_the_version_it_was_typed_on(client, staff):
    engagement = make_engagement(logged_by=staff)
    url = reverse("engagements:edit", args=[engagement.reference])
    client.force_login(staff)
    marks = opened(client, url)
    client.logout()
    carried = carried_by(client.post(url, marks | {"do": "save", "purpose": "Typed", "version": 1}))
    Engagement.objects.update(version=7)

    page = client.get(sign_in(client, **carried).url)

    assertContains(page, "Typed")
    assert opened(client, page.request["PATH_INFO"] + "?unsaved=resume")["version"] == "1"
    engagement.refresh_from_db()
    assert engagement.purpose != "Typed"


def test_a_wrong_password_goes_on_carrying_it(client, told):
    carried = carried_by(client.post(NEW, told))

    wrong = sign_in(client, password="wrong", **carried)
    response = sign_in(client, **carried_by(wrong))

    assertContains(wrong, "nothing you typed is lost", status_code=422)
    assertContains(client.get(response.url), "Visit “to” &lt;a&gt; prison")


def test_too_many_wrong_passwords_go_on_carrying_it(client, told, settings):
    settings.AXES_ENABLED = True
    settings.AXES_FAILURE_LIMIT = 2
    settings.AXES_COOLOFF_TIME = 0.0001
    carried = carried_by(client.post(NEW, told))
    sign_in(client, password="wrong", **carried)

    closed = sign_in(client, password="wrong", **carried)
    back = client.post("/en/sign-in/", carried_by(closed) | {"again": "1"})

    assertContains(closed, "still held by this page", status_code=429)
    assertContains(back, "nothing you typed is lost")
    assert carried_by(back) == carried


def test_the_other_language_goes_on_carrying_it(client, told):
    refused = client.post(NEW, told)
    assertContains(refused, 'action="/fr/connexion/"', status_code=401)

    french = client.post("/fr/connexion/", carried_by(refused) | {"again": "1"})

    assert carried_by(french) == carried_by(refused)
    assertNotContains(french, "errorlist")


def test_somebody_else_who_signs_in_is_shown_nothing_of_it(client, told, colleague):
    carried = carried_by(client.post(NEW, told))

    response = sign_in(client, "colleague", **carried)
    page = client.get(response.url)

    assert get_user(client) == colleague
    assertNotContains(page, "prison")
    assertContains(page, "What was typed before was another person’s")
    assert not Unsaved.objects.exists()


def test_signed_in_as_somebody_else_meanwhile_its_author_can_sign_in_instead(
    client, told, colleague, staff
):
    client.force_login(colleague)

    refused = client.post(NEW, told)
    response = sign_in(client, **carried_by(refused))

    assertContains(refused, "Somebody else has signed in", status_code=403)
    assert not Engagement.objects.exists()
    assert get_user(client) == staff
    assertContains(client.get(response.url), "Visit “to” &lt;a&gt; prison")


def test_what_was_not_signed_here_brings_nothing_back(client, told, staff):
    carried = carried_by(client.post(NEW, told))

    for forged in ("nonsense", carried["typed"][:-1], "\x00", carried["typed"] + "x"):
        response = sign_in(client, typed=forged, next="/en/partners/")
        assert response.url == "/en/partners/"
        client.logout()
    assert not Unsaved.objects.exists()


def test_what_is_too_old_is_not_brought_back_and_says_so(client, told, monkeypatch):
    carried = carried_by(client.post(NEW, told))
    monkeypatch.setattr(again, "KEPT_FOR", -1)

    response = sign_in(client, **carried)

    assertContains(client.get(response.url), "too old to be brought back")
    assert not Unsaved.objects.exists()


@pytest.mark.parametrize("opened_by", ["", "1:forged", None])
def test_a_form_that_nobody_credibly_opened_leads_to_signing_in_as_ever(client, told, opened_by):
    sent = {name: value for name, value in told.items() if name != "opened_by"}
    if opened_by is not None:
        sent["opened_by"] = opened_by

    response = client.post(NEW, sent)

    assert (response.status_code, response.url) == (302, f"/en/sign-in/?next={NEW}")


def test_what_is_too_long_to_be_carried_says_so(client, told, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 30_000
    no_word_twice = b64encode(random.Random(1).randbytes(18_000)).decode()

    response = client.post(NEW, told | {"purpose": no_word_twice})

    assertContains(response, "too long to be kept here", status_code=401)
    assert "typed" not in carried_by(response)


def test_what_is_longer_than_any_form_may_be_says_so(client, told, settings, staff):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    client.force_login(staff)

    response = client.post(NEW, told | {"purpose": "x" * 2_000})

    assertContains(response, "longer than the portal can take", status_code=400)


def test_the_script_is_told_that_the_session_has_ended(client, told):
    response = client.post(NEW, told | {"do": "autosave"})

    assert (response.status_code, response.json()) == (401, {"why": "signed-out"})


def test_it_goes_on_saving_once_signed_in_again_in_another_tab(client, told):
    client.post(NEW, told | {"do": "autosave"})
    sign_in(client)

    assert client.post(NEW, told | {"turn": "2", "do": "autosave"}).status_code == 200
    assert Engagement.objects.get().title_en == "Visit “to” <a> prison"


# The token of a form, besides the session: as a browser has it, cookie and all.


@pytest.fixture
def browser(staff):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(staff)
    return browser


def token_in(page) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())
    return found[1]


def sent(browser, **told):
    marks = opened(browser, NEW)
    return enough(title_en="Told with a token") | marks | told


def test_after_the_session_has_ended_the_token_still_proves_where_the_form_comes_from(browser):
    told = sent(browser, csrfmiddlewaretoken=token_in(browser.get(NEW)))
    browser.cookies.pop("sessionid")

    refused = browser.post(NEW, told)
    carried = carried_by(refused) | {"csrfmiddlewaretoken": token_in(refused)}
    response = sign_in(browser, **carried)

    assert refused.status_code == 401
    assertContains(browser.get(response.url), "Told with a token")


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_without_its_proof_a_form_saves_nothing_and_loses_nothing(browser, staff, is_signed_in):
    told = sent(browser)
    if not is_signed_in:
        browser.cookies.pop("sessionid")

    refused = browser.post(NEW, told)
    carried = carried_by(refused) | {"csrfmiddlewaretoken": token_in(refused)}
    assert refused.status_code == 403
    assert not Engagement.objects.exists()
    assert not Unsaved.objects.exists()
    if is_signed_in:
        assertContains(refused, "Go on with what you typed", status_code=403)
        response = browser.post("/en/sign-in/", carried)
    else:
        response = sign_in(browser, **carried)

    assertContains(browser.get(response.url), "Told with a token")
    assert not Engagement.objects.exists()


def test_another_sites_form_brings_nothing_of_its_own_into_a_persons_forms(browser, staff):
    """Whoever wrote it has a mark of their own, and no other person's."""
    stranger = Client()
    stranger.force_login(make_user("stranger", "staff"))
    theirs = enough(title_en="Planted") | opened(stranger, NEW)

    refused = browser.post(NEW, theirs)
    carried = carried_by(refused) | {"csrfmiddlewaretoken": token_in(refused)}
    response = browser.post("/en/sign-in/", carried)

    assert refused.status_code == 403
    assertNotContains(browser.get(response.url), "Planted")
    assert not Unsaved.objects.exists()


@pytest.mark.parametrize(("is_signed_in", "status"), [(True, 403), (False, 401)])
def test_the_script_is_told_when_the_proof_is_missing(browser, is_signed_in, status):
    told = sent(browser, do="autosave")
    if not is_signed_in:
        browser.cookies.pop("sessionid")

    assert browser.post(NEW, told).status_code == status
