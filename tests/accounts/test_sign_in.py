import pytest
from django.contrib.auth import get_user
from django.urls import reverse
from django.utils.translation import override

from accounts.demonstration import enlist
from tests.factories import make_office, make_user

PASSWORD = "a-long-password"


def sign_in(client, username="staff", password=PASSWORD, address="/en/sign-in/", **data):
    return client.post(address, {"username": username, "password": password} | data)


def test_the_right_password_leads_to_the_home_page(client, staff):
    response = sign_in(client)

    assert response.url == "/en/"
    assert get_user(client) == staff


def test_the_home_page_is_in_the_persons_own_language(client):
    make_user("staff", language="fr")

    assert sign_in(client).url == "/fr/"
    client.logout()
    assert sign_in(client, next="/en/").url == "/fr/"


def test_whoever_turned_the_sign_in_page_to_french_goes_on_in_french(client):
    make_user("staff", language="en")

    response = client.post("/fr/connexion/", {"username": "staff", "password": PASSWORD})

    assert response.url == "/fr/"


def test_the_page_that_was_asked_for_comes_as_it_was_asked_for(client):
    make_user("staff", language="fr")

    assert sign_in(client, next="/en/engagements/?q=a").url == "/en/engagements/?q=a"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.org/",
        "//example.org/",
        "/\\example.org",
        "javascript:alert(1)",
        "\x00",
        " ",
    ],
)
def test_nobody_is_sent_to_another_site(client, staff, elsewhere):
    assert sign_in(client, next=elsewhere).url == "/en/"


def test_who_is_signed_in_is_led_on_without_going_in_circles(client, staff):
    client.force_login(staff)

    assert client.get("/en/sign-in/").url == "/en/"
    assert client.get("/en/sign-in/?next=/en/sign-in/").url == "/en/sign-in/"
    assert client.get("/en/sign-in/?next=/en/partners/").url == "/en/partners/"


def test_a_wrong_password_says_what_to_do_and_keeps_the_name(client, staff):
    response = sign_in(client, password="wrong", next="/en/partners/")

    assert response.status_code == 422
    page = response.content.decode()
    assert "Type both again" in page
    assert "An administrator can set a new password" in page
    assert 'value="staff"' in page
    assert '<a href="#id_password">' in page
    assert 'name="next" value="/en/partners/"' in page
    assert "wrong" not in page.split("<form", 2)[-1].split("id_password", 1)[1].split(">")[0]


def test_an_unknown_name_gets_the_same_answer_as_a_wrong_password(client, staff):
    unknown, wrong = sign_in(client, "nobody"), sign_in(client, "staff", "wrong")

    assert unknown.status_code == wrong.status_code == 422
    assert unknown.context["form"].errors == wrong.context["form"].errors


@pytest.mark.parametrize("name", ["", "sta\x00ff", "x" * 500, "\ud800".encode("utf-8", "replace")])
def test_a_name_that_cannot_be_one_is_refused(client, staff, name):
    assert sign_in(client, name).status_code == 422


def test_demonstration_people_are_listed_only_where_the_demonstration_is(client, settings):
    for code in ("IR", "PRA", "NHQ", "CO", "PAC"):
        make_office(code)
    enlist()

    assert "liaison-demo" not in client.get("/en/sign-in/").content.decode()
    settings.DEMONSTRATION = True
    page = client.get("/en/sign-in/").content.decode()
    assert "liaison-demo" in page
    assert "see and defend the figures" in page


def test_signing_in_is_kept_by_no_cache(client):
    assert "no-store" in client.get("/en/sign-in/")["Cache-Control"]


def test_a_part_of_a_page_asked_for_after_the_session_ended_is_not_the_sign_in_page(client):
    response = client.get("/en/engagements/", headers={"HX-Request": "true"}, follow=True)

    assert response.status_code == 401
    assert response.content == b""


def test_signing_out_tells_the_browser_to_forget_all_but_cookies(client, staff):
    client.force_login(staff)

    response = client.post("/en/sign-out/")

    assert response["Clear-Site-Data"] == '"cache", "storage"'


def test_signing_out_says_so_and_cannot_be_done_by_a_link(client, staff):
    client.force_login(staff)

    assert client.get("/en/sign-out/").status_code == 405
    response = client.post("/en/sign-out/", follow=True)
    assert "You are signed out." in response.content.decode()
    assert response.request["PATH_INFO"] == "/en/sign-in/"
    assert get_user(client).is_anonymous


@pytest.mark.parametrize("language", ["en", "fr"])
def test_too_many_wrong_passwords_close_the_door_for_a_while(client, staff, settings, language):
    with override(language):
        address = reverse("accounts:sign_in")
    settings.AXES_ENABLED = True
    settings.AXES_FAILURE_LIMIT = 3

    answers = [sign_in(client, password="wrong", address=address) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [422, 422, 429]
    last = sign_in(client, address=address)
    assert last.status_code == 429
    assert "15" in last.content.decode()
    assert "accounts/locked_out.html" in [template.name for template in last.templates]
    assert get_user(client).is_anonymous
