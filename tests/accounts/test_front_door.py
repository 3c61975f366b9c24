"""/ leads into a language."""

from django.urls import reverse
from django.utils.translation import override

from tests.factories import make_user


def test_a_visitor_comes_in_by_the_language_of_the_browser(client):
    assert client.get("/", headers={"Accept-Language": "fr-CA,fr;q=0.9"}).url == "/fr/"
    assert client.get("/", headers={"Accept-Language": "de,en;q=0.5"}).url == "/en/"
    assert client.get("/").url == "/en/"


def test_a_visitor_comes_back_to_the_language_last_read(client):
    with override("fr"):
        client.get(reverse("accounts:sign_in"))

    assert client.get("/", headers={"Accept-Language": "en"}).url == "/fr/"


def test_a_person_comes_in_by_their_own_language(client):
    client.force_login(make_user(language="fr"))

    assert client.get("/", headers={"Accept-Language": "en"}).url == "/fr/"
