"""Lead officers on the page of search: who is found, with how many engagements, and who sees them."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Role, Sensitivity
from engagements.kinds import Stage
from tests.factories import make_engagement, make_partner, make_user

URL = "/en/search/"
U, A, B = Sensitivity


@pytest.fixture
def signed_in(client, staff):
    client.force_login(staff)
    return client


def make_lead(first, last, *, leads=1, username=None, **fields):
    """Somebody who leads so many engagements."""
    person = make_user(username, Role.STAFF, first_name=first, last_name=last)
    for _ in range(leads):
        make_engagement(lead_officer=person, **fields)
    return person


def names(response):
    return [str(lead.person) for lead in response.context["results"].leads]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("tremblay", ["Marie-Ève Tremblay-Côté"]),
        ("TREMBLAY marie", ["Marie-Ève Tremblay-Côté"]),
        ("marieeve", ["Marie-Ève Tremblay-Côté"]),
        ("cote tremb", ["Marie-Ève Tremblay-Côté"]),
        ("marie eve", ["Marie-Ève Tremblay-Côté"]),
        ('"tremblay cote"', ["Marie-Ève Tremblay-Côté"]),
        ("mari", ["Anne Marin", "Marie-Ève Tremblay-Côté"]),
        ("mari* -tremblay", ["Anne Marin"]),
        ("dor", ["Anne d’Or", "Zoe Dor", "Anne Doré"]),
        ("ohara", ["Per O’Hara"]),
        ("trembley", ["Marie-Ève Tremblay-Côté"]),
        ("trembley anne", []),
        ("tremblay norway", []),
        ("remblay", []),
        ("without-a-name", ["without-a-name"]),
        ("-tremblay", []),
        ("%", []),
    ],
)
def test_a_name_is_found_as_people_write_it(signed_in, typed, found):
    make_lead("Marie-Ève", "Tremblay-Côté")
    make_lead("Per", "O’Hara")
    make_lead("", "", username="without-a-name")
    for first, last in (("Anne", "Doré"), ("Anne", "d’Or"), ("Zoe", "Dor"), ("Anne", "Marin")):
        make_lead(first, last)

    assert names(signed_in.get(URL, {"q": typed})) == found


def test_each_stands_there_with_the_number_and_the_list_of_what_they_lead(signed_in):
    make_lead("Ana", "Lem", username="a.lem+csc@example", leads=2, title_en="Led by her")
    make_lead("Zoé", "Lemay")
    make_engagement(title_en="Led by nobody")

    response = signed_in.get(URL, {"q": "lem"})

    assertContains(response, ">Lead officers</h2>")
    address = "/en/engagements/?lead=a.lem%2Bcsc%40example"
    counted = '<span class="soft small">2 engagements</span>'
    assertContains(response, f'<a href="{address}">Ana <mark>Lem</mark></a> {counted}')
    assertContains(response, "Zoé <mark>Lemay</mark>")
    assertContains(response, '<span class="soft small">1 engagement</span>')
    listed = signed_in.get(address).context["page"].object_list
    assert [each.title_en for each in listed] == ["Led by her", "Led by her"]


def test_who_is_all_that_is_found_is_something(signed_in):
    make_lead("Ana", "Lemay")

    response = signed_in.get(URL, {"q": "lemay"})

    assertNotContains(response, "Nothing was found")
    assertContains(response, "No engagement that you may open has all these words.")


def test_in_french_they_are_responsables(signed_in):
    make_lead("Ana", "Lemay", leads=2)

    response = signed_in.get("/fr/recherche/", {"q": "lemay"})

    assertContains(response, ">Responsables</h2>")
    assertContains(response, "?lead=")


def test_of_many_the_first_are_shown_and_the_others_counted(signed_in):
    for letter in "gfedcba":
        make_lead(letter.upper(), "Lemay")

    response = signed_in.get(URL, {"q": "lemay"})

    assert names(response) == [f"{letter} Lemay" for letter in "ABCDE"]
    assertContains(response, "There are 2 more: add a word, such as the first name.")


def test_who_has_left_is_found_as_the_list_offers_them(signed_in):
    person = make_lead("Ana", "Lemay")
    person.is_active = False
    person.save()

    assert names(signed_in.get(URL, {"q": "lemay"})) == ["Ana Lemay"]
    assert signed_in.get("/en/engagements/").context["leads"] == [person]


def test_who_leads_nothing_but_drafts_is_not_found_even_by_their_author(client):
    person = make_lead("Ana", "Lemay", leads=0)
    make_engagement(lead_officer=person, logged_by=person, stage=Stage.DRAFT, reference=None)
    client.force_login(person)

    assertContains(client.get(URL, {"q": "lemay"}), "Nothing was found")


@pytest.mark.parametrize(
    ("clearance", "counts"),
    [(U, {"Ana Lemay": 1}), (A, {"Ana Lemay": 3}), (B, {"Ana Lemay": 6, "Zoe Lemay": 1})],
)
def test_each_reader_finds_and_counts_what_they_may_see(client, clearance, counts):
    ana = make_lead("Ana", "Lemay")
    make_lead("Zoe", "Lemay", sensitivity=B)
    for sensitivity, number in ((A, 2), (B, 3)):
        for _ in range(number):
            make_engagement(lead_officer=ana, sensitivity=sensitivity)
    client.force_login(make_user(clearance=clearance))

    response = client.get(URL, {"q": "lemay"})

    results = response.context["results"]
    assert {str(lead.person): lead.count for lead in results.leads} == counts
    listed = [client.get(lead.url).context["page"].paginator.count for lead in results.leads]
    assert listed == list(counts.values())
    assert [str(person) for person in client.get("/en/engagements/").context["leads"]] == [*counts]


def test_a_slip_is_forgiven_among_those_whom_the_reader_may_find(signed_in):
    make_lead("Ana", "Trembley")
    make_lead("Zoe", "Tremblay", sensitivity=B)

    assert names(signed_in.get(URL, {"q": "tremblay"})) == ["Ana Trembley"]


def test_no_slip_is_forgiven_of_a_word_that_finds_something(signed_in):
    make_lead("Martine", "Lemay")
    before = names(signed_in.get(URL, {"q": "marine"}))
    make_engagement(title_en="Marine patrols", sensitivity=B)
    hidden = names(signed_in.get(URL, {"q": "marine"}))
    make_engagement(title_en="Marine patrols")
    by_title = names(signed_in.get(URL, {"q": "marine"}))

    assert (before, hidden, by_title) == (["Martine Lemay"], ["Martine Lemay"], [])


def test_no_slip_is_forgiven_where_a_partner_is_called_so(signed_in):
    make_lead("Martine", "Lemay")
    make_partner(name_en="Marine Institute")

    assert names(signed_in.get(URL, {"q": "marine"})) == []


def test_the_page_is_marked_as_what_it_counts(client, manager):
    make_lead("Ana", "Lemay")
    make_lead("Zoe", "Lenoir", sensitivity=B)
    client.force_login(manager)

    marked = [client.get(URL, {"q": q}).context["marking"] for q in ("lemay", "lenoir")]

    assert marked == [U, B]


def test_a_name_is_offered_by_itself_where_another_word_finds_nothing(signed_in):
    make_lead("Ana", "Lemay")
    make_lead("Zoe", "Lenoir", sensitivity=B)

    response = signed_in.get(URL, {"q": "lemay lenoir zebra"})

    assert [typed for typed, _url in response.context["results"].fewer] == ["lemay"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(signed_in, count, django_assert_num_queries):
    for number in range(count):
        make_lead(f"Ana {number}", "Lemay", leads=count)

    with django_assert_num_queries(11):
        response = signed_in.get(URL, {"q": "lemay"})

    assert len(names(response)) == count
