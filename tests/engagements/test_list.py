import datetime as dt

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Sensitivity
from common.partial_dates import PartialDate
from engagements.kinds import Stage
from objectives.models import FrameworkKind
from tests.factories import (
    make_country,
    make_engagement,
    make_framework,
    make_objective,
    make_partner,
    make_region,
)

URL = reverse("engagements:list")
MANY_MONTHS = [f"{year}-{month:02d}" for year in range(1910, 2010) for month in range(1, 13)]


def titles(response):
    return [engagement.title_en for engagement in response.context["page"]]


@pytest.fixture
def signed_in(client, staff):
    client.force_login(staff)
    return client


def test_newest_start_comes_first_and_an_unknown_one_last(signed_in):
    make_engagement(title_en="Older", start=dt.date(2001, 1, 1))
    make_engagement(title_en="Undated", start=PartialDate.unknown())
    make_engagement(title_en="Newer", start=dt.date(2020, 1, 1))

    assert titles(signed_in.get(URL)) == ["Newer", "Older", "Undated"]


def test_a_draft_is_not_in_the_list(signed_in, staff):
    make_engagement(title_en="Quiet talks", stage=Stage.DRAFT, logged_by=staff)

    assertNotContains(signed_in.get(URL), "Quiet talks")


def test_asked_for_drafts_one_sees_ones_own_alone(signed_in, staff):
    make_engagement(title_en="Mine", stage=Stage.DRAFT, logged_by=staff)
    make_engagement(title_en="Somebody else's", stage=Stage.DRAFT)

    assert titles(signed_in.get(URL, {"stage": "draft"})) == ["Mine"]


def test_a_record_above_the_readers_clearance_is_not_there_nor_counted(client, reader):
    make_engagement(title_en="Hidden", sensitivity=Sensitivity.PROTECTED_A)
    make_engagement(title_en="Open")
    client.force_login(reader)

    response = client.get(URL)

    assert titles(response) == ["Open"]
    stage = next(facet for facet in response.context["facets"] if facet.name == "stage")
    assert [(option.value, option.count) for option in stage.options] == [("completed", 1)]


def test_an_objective_of_one_framework_or_another_of_it(signed_in):
    priorities = make_framework(kind=FrameworkKind.PRIORITY)
    first, second, third = (make_objective(code, priorities) for code in ("S1", "S2", "S3"))
    make_engagement(title_en="First", objectives=[first])
    make_engagement(title_en="Second", objectives=[second], start=dt.date(2026, 5, 1))
    make_engagement(title_en="Third", objectives=[third])

    assert titles(signed_in.get(URL, {"objective": ["S1", "S2"]})) == ["First", "Second"]


def test_objectives_of_two_frameworks_are_both_required(signed_in):
    priority = make_objective("S1", make_framework(kind=FrameworkKind.PRIORITY))
    mandate = make_objective("M1", make_framework(kind=FrameworkKind.MANDATE))
    make_engagement(title_en="Both", objectives=[priority, mandate])
    make_engagement(title_en="One", objectives=[priority])

    assert titles(signed_in.get(URL, {"objective": ["S1", "M1"]})) == ["Both"]


def test_untagged_finds_what_serves_no_objective_of_a_kind(signed_in):
    priority = make_objective("S1", make_framework(kind=FrameworkKind.PRIORITY))
    make_engagement(title_en="Tagged", objectives=[priority])
    make_engagement(title_en="Not tagged")

    assert titles(signed_in.get(URL, {"untagged": "priority"})) == ["Not tagged"]


def test_one_framework_takes_an_objective_or_none_of_it(signed_in):
    priorities = make_framework(kind=FrameworkKind.PRIORITY)
    first, second = make_objective("S1", priorities), make_objective("S2", priorities)
    make_engagement(title_en="First", objectives=[first])
    make_engagement(title_en="None", start=dt.date(2026, 5, 1))
    make_engagement(title_en="Second", objectives=[second])

    found = titles(signed_in.get(URL, {"objective": "S1", "untagged": "priority"}))

    assert found == ["First", "None"]


def test_also_requires_on_top_of_what_is_chosen(signed_in):
    priorities = make_framework(kind=FrameworkKind.PRIORITY)
    first, second = make_objective("S1", priorities), make_objective("S2", priorities)
    make_engagement(title_en="Both", objectives=[first, second])
    make_engagement(title_en="First alone", objectives=[first])

    found = titles(signed_in.get(URL, {"objective": "S1", "also": "objective:S2"}))

    assert found == ["Both"]


def test_a_partner_is_found_with_its_bodies_beneath(signed_in):
    united_nations = make_partner("UN")
    office = make_partner("UNODC", parent=united_nations)
    section = make_partner("UNODC-JUSTICE", parent=office)
    make_engagement(title_en="Deep", partners=[section])
    make_engagement(title_en="Elsewhere", partners=[make_partner("OAS")])

    assert titles(signed_in.get(URL, {"partner": "UN"})) == ["Deep"]


def test_a_partner_may_be_asked_for_by_name(signed_in):
    partner = make_partner("UNODC", name_en="Office on Drugs and Crime", acronym_fr="ONUDC")
    make_engagement(title_en="With it", partners=[partner])
    make_engagement(title_en="Without")

    assert titles(signed_in.get(URL, {"partner": "onudc"})) == ["With it"]


def test_a_region_is_found_with_its_parts(signed_in):
    europe = make_region("150")
    northern = make_region("154", parent=europe)
    make_engagement(title_en="North", countries=[make_country("NO", region=northern)])
    make_engagement(title_en="Nowhere")

    assert titles(signed_in.get(URL, {"region": "150"})) == ["North"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"fy": "2004-05"}, ["Year 2004"]),
        ({"fy": "unknown"}, ["Unknown"]),
        ({"fy": ["2004-05", "unknown"]}, ["Year 2004", "Unknown"]),
        ({"from": "2004-12-31", "to": "2004-12-31"}, ["Year 2004"]),
        ({"from": "2005-01-01", "to": "2005-12-31"}, []),
        ({"to": "2003-04"}, ["Year 2004", "Autumn 2002"]),
        ({"from": "2003"}, ["Year 2004"]),
    ],
)
def test_years_and_ranges_match_what_overlaps_them(signed_in, filters, found):
    make_engagement(title_en="Year 2004", start=PartialDate.year(2004))
    make_engagement(title_en="Autumn 2002", start=PartialDate.season(2002, "autumn"))
    make_engagement(title_en="Unknown", start=PartialDate.unknown())

    assert titles(signed_in.get(URL, filters)) == found


@pytest.mark.parametrize(
    "words",
    ["BENIN", "bénin", "IE-2027", "oeuvre sœurs", "ministere", "ministère reforme", "cotonou"],
)
def test_words_are_found_in_text_partner_and_place_whatever_the_accents(signed_in, words):
    partner = make_partner(name_en="Ministry", name_fr="Ministère")
    make_engagement(
        title_en="Found",
        title_fr="L’œuvre des sœurs",
        purpose="Réforme",
        place="Cotonou",
        partners=[partner],
        countries=[make_country("BJ")],
    )
    make_engagement(title_en="Other", start=dt.date(2019, 1, 1))

    assert titles(signed_in.get(URL, {"q": words})) == ["Found"]


def test_a_former_name_finds_the_partner(signed_in):
    partner = make_partner("CA-GAC", name_en="Global Affairs Canada")
    partner.former_names.create(
        name_en="Foreign Affairs and International Trade", acronym_en="DFAIT"
    )
    make_engagement(title_en="Found", partners=[partner])
    make_engagement(title_en="Other")

    assert titles(signed_in.get(URL, {"q": "dfait"})) == ["Found"]


def test_a_percent_sign_is_a_letter_like_any_other(signed_in):
    make_engagement(title_en="100% of it")
    make_engagement(title_en="1000 of it")

    assert titles(signed_in.get(URL, {"q": "100%"})) == ["100% of it"]


def test_a_phrase_in_one_sign_typed_over_and_over_is_searched_for(signed_in):
    make_engagement(title_en="\ufdfa")

    assert titles(signed_in.get(URL, {"q": "\ufdfa " * 90})) == ["\ufdfa"]
    assert titles(signed_in.get(URL, {"q": "\ufdfa" * 200})) == []


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"objective": "S9"}, "There is no objective “S9”."),
        ({"partner": "NOBODY"}, "There is no partner “NOBODY”."),
        ({"country": "ZZ"}, "There is no country with the code “ZZ”."),
        ({"kind": "party"}, "There is no kind “party”."),
        ({"fy": "2026-28"}, "“2026-28” is not a fiscal year."),
        ({"from": "2026-02-31"}, "“2026-02-31” is not a date."),
        ({"from": "2020", "to": "2019"}, "before it begins"),
        ({"also": "nonsense"}, "“nonsense” cannot be required."),
        ({"also": [f"partner:P{n}" for n in range(21)]}, "At most 20 conditions"),
        # More than SQLite takes in one condition; and each partner is looked for by its name.
        ({"month": MANY_MONTHS}, "At most 200 conditions"),
        ({"partner": [f"P{n}" for n in range(201)]}, "At most 200 conditions"),
        ({"also": "objective:S9"}, "There is no objective “S9”."),
        ({"objectiv": "S1"}, "“objectiv” is not a filter."),
        ({"sort": "shoe-size"}, "cannot be sorted that way"),
        ({"q": "a\x00b"}, "This holds a control character"),
        ({"partner": "a\x00b"}, "There is no partner “ab”."),
    ],
)
def test_a_filter_that_makes_no_sense_says_so_and_shows_nothing(signed_in, filters, message):
    make_engagement(title_en="Everything")

    response = signed_in.get(URL, filters)

    assertContains(response, message, status_code=400)
    assertNotContains(response, "Everything", status_code=400)


def test_a_page_beyond_the_last_says_which_is_the_last(signed_in):
    make_engagement()

    assertContains(signed_in.get(URL, {"page": "7"}), "This list has 1 page.", status_code=404)


def test_the_next_page_keeps_the_filters(signed_in):
    for _ in range(11):
        make_engagement(title_en="Visit")

    response = signed_in.get(URL, {"q": "visit", "per_page": "10"})

    assertContains(response, "?q=visit&amp;per_page=10&amp;page=2")


def test_what_the_form_sends_empty_is_in_no_address_to_share(signed_in):
    for _ in range(11):
        make_engagement(title_en="Visit")

    query = {"q": "visit", "country": "", "per_page": "10", "page": "2"}
    response = signed_in.get(URL, query, follow=True)

    assertContains(response, 'href="?q=visit&amp;per_page=10&amp;page=1"')
    assertContains(response, 'export.csv?q=visit"')


def test_each_chosen_filter_can_be_taken_away(signed_in):
    make_objective("S1", make_framework(kind=FrameworkKind.PRIORITY))

    response = signed_in.get(URL, {"q": "visit", "objective": "S1", "fy": "2026-27"})

    assertContains(response, f'href="{URL}?fy=2026-27&amp;objective=S1"')
    assertContains(response, f'href="{URL}?q=visit&amp;fy=2026-27"')


def test_counts_answer_what_choosing_this_as_well_would_leave(signed_in):
    priorities = make_framework(kind=FrameworkKind.PRIORITY)
    first, second = make_objective("S1", priorities), make_objective("S2", priorities)
    make_engagement(objectives=[first], kind="outgoing-visit")
    make_engagement(objectives=[second], kind="outgoing-visit")
    make_engagement(objectives=[second], kind="incoming-visit")

    response = signed_in.get(URL, {"objective": "S1"})

    facets = {facet.name: facet for facet in response.context["facets"]}
    counts = [(option.value, option.count) for option in facets["priority"].options]
    assert counts == [("S1", 1), ("S2", 2), ("priority", 0)]
    assert [(o.value, o.count) for o in facets["kind"].options] == [("outgoing-visit", 1)]


def test_htmx_gets_only_the_results_and_the_address_to_share(signed_in):
    make_engagement(title_en="Visit")

    response = signed_in.get(URL, {"q": "visit", "kind": ""}, headers={"HX-Request": "true"})

    assertContains(response, 'id="results-section"')
    assertNotContains(response, "<html")
    assert "HX-Request" in response["Vary"]
    assert response["HX-Push-Url"] == f"{URL}?q=visit"


def test_the_list_is_marked_with_the_highest_sensitivity_on_it_also_when_refined(signed_in):
    make_engagement(title_en="Open")
    make_engagement(title_en="Marked", sensitivity=Sensitivity.PROTECTED_A)

    whole = signed_in.get(URL, {"q": "marked"})
    refined = signed_in.get(URL, {"q": "marked"}, headers={"HX-Request": "true"})

    assertContains(whole, '<div class="marking"><p>Protected A</p></div>', count=1)
    assertContains(refined, '<div id="page-marking" data-level="1" hx-swap-oob="true">')
    assertContains(refined, '<div class="marking"><p>Protected A</p></div>', count=1)
    assertNotContains(signed_in.get(URL, {"q": "open"}), 'class="marking"')


def test_the_toggle_keeps_page_and_filters(signed_in):
    make_engagement(title_en="Visit")

    response = signed_in.get(URL, {"q": "visit"})

    assertContains(response, 'href="/fr/engagements/?q=visit" lang="fr"')


def test_an_empty_list_says_what_to_do_next(signed_in):
    assertContains(signed_in.get(URL), "Nothing is logged yet")
    assertContains(signed_in.get(URL, {"q": "nothing"}), "Nothing matches")


def test_titles_sort_alike_on_both_databases(signed_in):
    for title in ("éclair", "Zebra", "echo", "Écho B", "apple"):
        make_engagement(title_en=title)

    found = titles(signed_in.get(URL, {"sort": "title"}))

    assert found == ["apple", "echo", "Écho B", "éclair", "Zebra"]


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow(signed_in, count, django_assert_num_queries):
    pillar = make_framework()
    for _ in range(count):
        make_engagement(
            partners=[make_partner()],
            objectives=[make_objective(framework=pillar)],
            countries=[make_country()],
        )

    with django_assert_num_queries(26):
        response = signed_in.get(URL)

    assert response.context["page"].paginator.count == count
