"""Sentences, addresses and parts that templates look up once say in every language what they should."""

from django.template import engines
from django.test import override_settings
from django.utils import translation
from django.utils.translation import trans_real

from common.templatetags import quick


def said(source: str, language: str = "en", **context) -> str:
    template = engines["django"].from_string(source)
    with translation.override(language):
        return template.render(context)


def test_a_sentence_is_said_in_the_language_of_each_reader():
    template = engines["django"].from_string('{% translate "Partners" %}')

    told = []
    for language in ("en", "fr", "en", "fr"):
        with translation.override(language):
            told.append(template.render())

    assert told == ["Partners", "Partenaires", "Partners", "Partenaires"]


def test_a_sentence_is_said_anew_once_its_catalogue_was_read_anew(monkeypatch):
    template = engines["django"].from_string('{% translate "Partners" %}')
    with translation.override("fr"):
        template.render()
        monkeypatch.setattr(trans_real, "_translations", {})
    with translation.override("fr"):
        monkeypatch.setitem(trans_real.catalog()._catalog._catalogs[0], "Partners", "Alliés")

        assert template.render() == "Alliés"


def test_a_sentence_with_its_context_and_one_that_is_kept_for_later():
    assert said('{% translate "Search" context "button" %}', "fr") == "Chercher"
    assert said('{% translate "Partners" as name %}<{{ name }}>', "fr") == "<Partenaires>"
    assert said("{% translate name %}", "fr", name="Partners") == "Partenaires"


def test_an_address_is_that_of_the_readers_language_and_of_the_record_named():
    template = engines["django"].from_string('{% url "engagements:detail" reference %}')

    told = []
    for language, reference in (
        ("en", "IE-2027-0001"),
        ("fr", "IE-2027-0001"),
        ("en", "IE-2027-0002"),
    ):
        with translation.override(language):
            told.append(template.render({"reference": reference}))

    assert told == [
        "/en/engagements/IE-2027-0001/",
        "/fr/engagements/IE-2027-0001/",
        "/en/engagements/IE-2027-0002/",
    ]


def test_an_address_that_is_not_there_is_nothing_only_where_it_is_kept_for_later():
    assert said('{% url "no-such-page" as where %}<{{ where }}>') == "<>"


def test_another_map_of_the_site_has_addresses_of_its_own():
    before = quick.address_of("dashboards:home")

    with override_settings(ROOT_URLCONF="benchmarks.urls"):
        assert quick.address_of("empty") == "/en/empty/"

    assert quick.address_of("dashboards:home") == before


def test_a_part_is_drawn_with_what_it_is_given_each_time():
    part = '{% include "components/marking.html" with sensitivity=level %}'

    told = said(f"{{% for level in levels %}}{part}{{% endfor %}}", levels=[1, 0, 2])

    assert told.count("Protected A") == told.count("Protected B") == 1
