"""The page of a search: what it leads to, what it shows, and in which order."""

import datetime as dt
import re
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils.translation import override
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from engagements.kinds import Stage
from engagements.models import Engagement
from tests.factories import (
    make_country,
    make_engagement,
    make_framework,
    make_objective,
    make_partner,
)

URL = "/en/search/"


@pytest.fixture
def signed_in(client, staff):
    client.force_login(staff)
    return client


def titles(response):
    return [each.engagement.title_en for each in response.context["results"].engagements]


# The number of an engagement


@pytest.mark.parametrize("typed", ["IE-2027-0042", "ie 2027 0042", " ie-2027–0042 ", "ie 2027 42"])
def test_a_number_leads_to_its_record(signed_in, typed):
    make_engagement(reference="IE-2027-0042")

    assertRedirects(signed_in.get(URL, {"q": typed}), "/en/engagements/IE-2027-0042/")


def test_the_number_of_what_may_not_be_read_answers_as_one_that_is_not_there(signed_in):
    absent = signed_in.get(URL, {"q": "IE-2027-0042"})
    make_engagement(reference="IE-2027-0042", sensitivity=2)

    hidden = signed_in.get(URL, {"q": "IE-2027-0042"})

    assert (hidden.status_code, without_tokens(hidden)) == (200, without_tokens(absent))
    assertContains(hidden, "Nothing was found")


def without_tokens(response):
    return re.sub(rb'(csrfmiddlewaretoken" value|"X-CSRFToken)[^>]*', b"", response.content)


# What is shown


def test_the_words_are_marked_in_title_text_and_partners(signed_in):
    make_engagement(
        title_en="Visits & prisons",
        purpose="It was about something else. The <prison> of the “city” was seen.",
        partners=[make_partner(name_en="Prison Service")],
    )

    response = signed_in.get(URL, {"q": "prison"})

    assertContains(response, "Visits &amp; <mark>prisons</mark>")
    assertContains(response, "The &lt;<mark>prison</mark>&gt; of the")
    assertContains(response, "<mark>Prison</mark> Service")


@pytest.mark.parametrize(
    ("url", "typed", "title"),
    [
        (URL, "unodc", "“unodc” – Search – Liaison"),
        (
            "/fr/recherche/",
            "unodc",
            "«\N{NO-BREAK SPACE}unodc\N{NO-BREAK SPACE}» – Recherche – Liaison",
        ),
        (URL, "</title> & <b>", "“&lt;/title&gt; &amp; &lt;b&gt;” – Search – Liaison"),
        (URL, "x" * 200, f"“{'x' * 59}…” – Search – Liaison"),
        (URL, "", "Search – Liaison"),
        ("/fr/recherche/", "", "Recherche – Liaison"),
    ],
)
def test_the_title_of_the_tab_says_what_was_looked_for(signed_in, url, typed, title):
    response = signed_in.get(url, {"q": typed})

    [told] = re.findall(r"<title>(.*?)</title>", response.content.decode())
    assert told == title


def test_a_long_text_is_shown_where_the_words_stand(signed_in):
    text = (
        "Nothing of it. " * 60
        + "Here the reintegration of officers was the matter. "
        + "More. " * 60
    )
    make_engagement(title_en="A visit", outcome=text)

    [shown] = signed_in.get(URL, {"q": "officer reintegration"}).context["results"].engagements

    said = "".join(piece.text for piece in shown.text)
    assert [piece.text for piece in shown.text if piece.hit] == ["reintegration", "officers"]
    assert (said[0], said[-1]) == ("…", "…")
    assert len(said) < 300


def test_a_text_in_the_other_language_says_so(signed_in):
    make_engagement(title_en="A visit", title_fr="L’œuvre des sœurs")

    assertContains(
        signed_in.get(URL, {"q": "oeuvre"}), '<span lang="fr"><mark>L’œuvre</mark> des sœurs</span>'
    )


def test_partners_and_objectives_stand_beside_engagements(signed_in):
    make_partner("UNODC", name_en="Office on Drugs and Crime", acronym_en="UNODC")
    make_partner("OTHER", name_en="Drugs Agency")
    make_objective("S4", make_framework(), short_en="Drugs and alcohol")

    response = signed_in.get(URL, {"q": "drug"})

    results = response.context["results"]
    assert [str(each.record) for each in results.partners] == [
        "Drugs Agency",
        "Office on Drugs and Crime (UNODC)",
    ]
    assertContains(response, 'href="/en/partners/UNODC/">Office on <mark>Drugs</mark>')
    assertContains(response, 'href="/en/objectives/S4/">S4 <mark>Drugs</mark> and alcohol')
    assertContains(response, "No engagement that you may open has all these words.")


def test_a_name_says_by_what_other_name_it_was_found(signed_in):
    bank = make_partner("BANK", name_en="Bank", acronym_en="BK", acronym_fr="BDA", name_fr="Banque")
    bank.former_names.create(name_fr="Caisse des colons")
    make_objective("S4", make_framework(), short_en="Health", wording_fr="Que nul ne se noie.")

    acronym, former, wording = (signed_in.get(URL, {"q": q}) for q in ("bda", "colons", "noie"))

    assertContains(acronym, 'Also called: <span lang="fr"><mark>BDA</mark></span>')
    assertContains(former, '<span lang="fr">Caisse des <mark>colons</mark></span>')
    assertContains(wording, '<span lang="fr">Que nul ne se <mark>noie</mark>.</span>')
    assertNotContains(signed_in.get(URL, {"q": "bank"}), "Also called")


def beside(response):
    """What stands beside the names of each engagement's partners and countries."""
    return [
        "".join(piece.text for name in shown.names for piece in name.also)
        for shown in response.context["results"].engagements
    ]


def test_an_engagement_says_by_what_other_name_of_a_partner_or_country_it_was_found(signed_in):
    service = make_partner("KDI", name_en="Norwegian Service", name_own="Kriminalomsorgen")
    service.former_names.create(name_fr="Caisse des colons")
    make_engagement(title_en="Talks", partners=[service], countries=[make_country("NO")])

    own, former, country = (
        signed_in.get(URL, {"q": q}) for q in ("kriminal", "talks colons", "norvege")
    )

    assertContains(own, "Norwegian Service, also called <mark>Kriminalomsorgen</mark>; Norway")
    assertContains(former, ', also called <span lang="fr">Caisse des <mark>colons</mark></span>;')
    assertContains(country, '; Norway, also called <span lang="fr"><mark>Norvège</mark></span>')


def test_another_name_stands_there_once_and_only_for_a_word_that_nothing_else_shown_tells(
    signed_in,
):
    bodies = [
        make_partner(name_en=f"Prison Body {n}", name_fr=f"Organe {n} des prisons unies")
        for n in range(2)
    ]
    make_engagement(title_en="Talks", outcome="Of prisons unies", partners=bodies)
    answers = {
        query: beside(signed_in.get(URL, {"q": query}))
        for query in ("talks", "prison", "organe", "organe unies", "talks unies")
    }

    assert answers == {
        "talks": [""],
        "prison": [""],
        "organe": ["Organe 0 des prisons unies"],
        "organe unies": ["Organe 0 des prisons unies"],
        "talks unies": [""],
    }


def test_a_word_of_several_that_finds_nothing_is_not_offered_by_itself(signed_in):
    make_engagement(title_en="Reform")
    make_engagement(title_en="Secrecy", sensitivity=2)

    response = signed_in.get(URL, {"q": "reform secrecy zebra"})

    assert [typed for typed, _url in response.context["results"].fewer] == ["reform"]


def test_a_short_word_of_a_name_is_offered_with_the_letter_it_lacks(signed_in):
    make_partner(name_en="Prison Service of Haiti")

    response = signed_in.get(URL, {"q": "haii"})

    assertContains(response, 'Did you mean: <a href="/en/search/?q=haiti">haiti</a>')
    assertContains(response, "Nothing that you may open has this word.")


def test_whose_whole_name_it_is_comes_first_even_after_a_slip(signed_in):
    make_partner(name_en="Agency of the United Nations")
    make_partner(name_en="United Nations")

    response = signed_in.get(URL, {"q": "uniited nations"})

    assert [str(each.record) for each in response.context["results"].partners] == [
        "United Nations",
        "Agency of the United Nations",
    ]
    assertContains(response, "No partner or country is called “uniited”")
    assertContains(response, "<mark>United</mark> <mark>Nations</mark>")


def test_the_link_leads_to_the_list_of_the_same_engagements(signed_in):
    for number in range(23):
        make_engagement(title_en=f"Visit {number}")

    response = signed_in.get(URL, {"q": "visit"})

    assert len(titles(response)) == 20
    assertContains(response, "23 engagements")
    assertContains(response, 'href="/en/engagements/?q=visit"')
    listed = signed_in.get("/en/engagements/", {"q": "visit"})
    assert listed.context["page"].paginator.count == 23


def test_drafts_are_found_by_their_author_alone(signed_in, staff, client, colleague):
    make_engagement(title_en="Aurora", stage=Stage.DRAFT, logged_by=staff, reference=None)

    assertContains(signed_in.get(URL, {"q": "aurora"}), "Your drafts")
    client.force_login(colleague)
    assertNotContains(client.get(URL, {"q": "aurora"}), "Aurora")


def test_the_page_carries_the_marking_of_what_it_counts(signed_in):
    make_engagement(title_en="Open", sensitivity=0)
    assertNotContains(signed_in.get(URL, {"q": "open"}), 'class="marking"')

    make_engagement(title_en="Open too", sensitivity=1)

    assertContains(signed_in.get(URL, {"q": "open"}), 'class="marking"')


QUERIES = [
    "borealis", "boreal*", "-borealis", "visit -borealis", '"borealis treaty"', "treaty", "quiet",
    "qiuet", "bor", "reykjavik", "nightfall", "norway", "visit", "IE-2027",
]  # fmt: skip


@pytest.mark.parametrize("path", [URL, "/en/engagements/", "/en/engagements/new/partners/"])
def test_what_is_protected_b_changes_no_answer_for_whoever_is_not_cleared(signed_in, path):
    quiet = make_partner("QUIET", name_en="Quiet House")
    make_engagement(title_en="A visit")

    def answers():
        return [without_tokens(signed_in.get(path, {"q": query})) for query in QUERIES]

    before = answers()
    make_engagement(
        title_en="Borealis treaty",
        purpose="A visit at nightfall",
        place="Reykjavik",
        partners=[quiet],
        sensitivity=2,
        reference="IE-2027-0900",
    )

    assert answers() == before


# What is told where nothing, or something else, is found


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ("", 200, "Type in the box at the top of the page"),
        ("%", 200, "There is no word in what you typed."),
        ("zzz yyy", 200, "Nothing that you may open has all these words."),
        ('"zzz yyy', 200, "A quotation mark has no second one"),
        (" ".join(f"w{n}" for n in range(30)), 200, "Only the first 24 words were looked for."),
        ("x" * 201, 400, "Shorten it to 200 or fewer."),
        ("a\x00b", 400, "This holds a control character"),
    ],
)
def test_the_page_says_what_became_of_the_words(signed_in, typed, status, said):
    assertContains(signed_in.get(URL, {"q": typed}), said, status_code=status)


def test_where_nothing_is_found_each_word_and_the_likeliest_partner_are_offered(signed_in):
    make_partner("UNODC", name_en="Office on Drugs and Crime", acronym_en="UNODC")

    response = signed_in.get(URL, {"q": "unodc zzz"})

    assertContains(response, 'href="/en/search/?q=unodc"')
    assertContains(response, 'href="/en/partners/UNODC/"')


def test_every_page_has_the_box(signed_in):
    with override("fr"):
        french = reverse("search:results")

    assertContains(signed_in.get("/en/partners/"), 'action="/en/search/"')
    assertContains(signed_in.get("/fr/"), f'action="{french}"')
    assertContains(signed_in.get("/en/nowhere/"), 'action="/en/search/"', status_code=404)
    asked = urlencode({"q": '"a & b" <c>'})
    assertContains(signed_in.get(f"{URL}?{asked}"), 'value="&quot;a &amp; b&quot; &lt;c&gt;"')


# The order


def test_the_best_come_first_and_of_equals_the_newest(signed_in):
    years = iter(range(2000, 2020))

    def visit(title, **fields):
        make_engagement(title_en=title, start=dt.date(next(years), 5, 15), **fields)

    visit("In its title: prison reform")
    visit("In its title: prisons, and then a reform")
    visit("In its text", purpose="A prison reform")
    visit("In two texts", purpose="A prison", outcome="A reform")
    visit("In its partner", purpose="A reform", partners=[make_partner(name_en="Prison Service")])
    visit("In its text, later", purpose="A prison reform")

    assert titles(signed_in.get(URL, {"q": "prison reform"})) == [
        "In its title: prison reform",
        "In its title: prisons, and then a reform",
        "In its partner",
        "In its text, later",
        "In its text",
        "In two texts",
    ]


def test_of_many_the_newest_alone_are_ranked(signed_in, monkeypatch):
    monkeypatch.setattr("engagements.search.ranking.MOST_RANKED", 2)
    monkeypatch.setattr("engagements.search.results.MOST_RANKED", 2)
    make_engagement(title_en="Prison", start=dt.date(2001, 1, 1))
    make_engagement(title_en="A", purpose="Prison", start=dt.date(2002, 1, 1))
    make_engagement(title_en="B", outcome="Prison", start=dt.date(2003, 1, 1))

    response = signed_in.get(URL, {"q": "prison"})

    assert titles(response) == ["B", "A"]
    assertContains(response, "These are the best of the newest 2.")
    assertContains(response, "3 engagements")


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(signed_in, count, django_assert_num_queries):
    for _ in range(count):
        make_engagement(title_en="Prison", partners=[make_partner(name_en="Prison Service")])
    make_engagement(title_en="Prison", stage=Stage.DRAFT, reference=None)

    with django_assert_num_queries(18):
        response = signed_in.get(URL, {"q": "prison"})

    assert len(titles(response)) == count == Engagement.objects.logged().count()
