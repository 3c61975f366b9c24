"""Pages for what is refused, missing and broken help in both languages."""

import pytest
from django.contrib.sessions.middleware import SessionMiddleware
from django.test import Client, RequestFactory
from django.utils.translation import override

from common.context_processors import same_page_in
from common.errors import bad_request, broken


def test_what_is_missing_is_said_in_the_language_of_the_address(client):
    english, french = client.get("/en/nonexistent/"), client.get("/fr/nonexistent/")

    assert (english.status_code, french.status_code) == (404, 404)
    assert '<html lang="en">' in english.content.decode()
    assert '<html lang="fr">' in french.content.decode()
    assert 'href="/fr/nonexistent/" lang="fr"' in english.content.decode()


def test_a_visitor_sees_no_navigation_on_a_missing_page_and_a_person_does(client, staff):
    assert "band-nav" not in client.get("/en/nonexistent/").content.decode()
    client.force_login(staff)
    assert "band-nav" in client.get("/en/nonexistent/").content.decode()


def test_a_page_of_another_role_says_whose_role_it_is(client, reader):
    client.force_login(reader)

    response = client.get("/en/engagements/new/")

    assert response.status_code == 403
    assert "with the role “Reader”" in response.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/en/partners/%00/",
        "/en/partners/A%00B/",
        "/en/engagements/IE-2027-0001%00/",
        "/en/engagements/%ff%fe/",
        "/en/%ed%a0%80/",
        "/fr/%e2%80%ae/",
        "/%00",
    ],
)
def test_addresses_that_are_no_text_are_missing_and_not_broken(client, staff, path):
    client.force_login(staff)

    assert client.get(path).status_code == 404


def test_a_session_key_that_is_no_text_is_no_session(client):
    cookie = 'sessionid="{}"'.format("\\000" * 40)

    assert client.get("/en/partners/", headers={"Cookie": cookie}).status_code == 302


def test_a_form_without_proof_is_refused_with_what_to_do(staff):
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff)

    response = client.post("/en/profile/", {"language": "fr"})

    assert response.status_code == 403
    assert "Back button" in response.content.decode()
    staff.refresh_from_db()
    assert staff.language == "en"


@pytest.mark.parametrize("address", ["/en/sign-out/", "/en/engagements/new/duplicates/"])
def test_an_address_that_only_takes_a_form_says_so_when_it_is_opened(client, staff, address):
    client.force_login(staff)

    response = client.get(address)

    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
    assert "press its button" in response.content.decode()


def test_a_request_that_makes_no_sense_gets_a_page(staff):
    request = RequestFactory().get("/en/")
    SessionMiddleware(lambda request: None).process_request(request)
    request.user = staff

    response = bad_request(request)

    assert response.status_code == 400
    assert "Nothing was changed" in response.content.decode()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_for_what_is_broken_needs_no_database(language, django_assert_num_queries):
    with override(language), django_assert_num_queries(0):
        response = broken(RequestFactory().get("/"))

    assert response.status_code == 500
    assert f'<html lang="{language}">' in response.content.decode()


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("/en/engagements/?kind=other&q=%C3%A9", "/fr/engagements/?kind=other&q=%C3%A9"),
        ("/en/engagements/IE-2027-0042/", "/fr/engagements/IE-2027-0042/"),
        ("/en/nowhere/?a=1", "/fr/nowhere/?a=1"),
        ("/nowhere", "/fr/nowhere"),
        ("/en", "/fr/"),
        ("/", "/fr/"),
    ],
)
def test_the_toggle_keeps_page_record_and_filters(here, there):
    with override("en"):
        assert same_page_in("fr", here) == there
