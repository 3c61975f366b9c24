"""Choosing how a file is to be; what is remembered; the record of what was taken."""

import pytest
from django.urls import reverse, translate_url
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Role, Sensitivity
from engagements.exports.layout import EVERY_CODE
from engagements.models import Export, ExportLayout
from tests.factories import make_country, make_engagement, make_user

URL = reverse("engagements:export_choose")
LOG = reverse("engagements:exports")
CSV, XLSX = reverse("engagements:export"), reverse("engagements:export_xlsx")
USUAL = {"format": "csv", "lines": "engagement", "headings": "words", "alignments": "codes"}


def chosen(*codes, **more):
    """The form as sent, with these columns in this order."""
    ticked = {f"use_{code}": "on" for code in codes}
    places = {f"place_{code}": str(place) for place, code in enumerate(codes, start=1)}
    others = {f"place_{code}": "500" for code in EVERY_CODE if code not in codes}
    return USUAL | {"separator": "comma"} | others | ticked | places | more


def test_says_what_will_be_in_the_file(client, reader):
    make_engagement(countries=[make_country("NO")])
    make_engagement()
    client.force_login(reader)

    response = client.get(URL, {"country": "NO"})

    assertContains(response, "1 engagement, filtered to")
    assertContains(response, "Norway")


def test_leads_to_the_file_with_the_filter_the_order_and_the_columns(client, reader):
    make_country("NO")
    client.force_login(reader)

    response = client.post(f"{URL}?country=NO&sort=title&page=2", chosen("place", "reference"))

    assert response.status_code == 302
    assert response.url == (f"{CSV}?country=NO&sort=title&fields=place%2Creference%2Csensitivity")


def test_what_is_as_usual_stands_in_no_address(client, reader):
    client.force_login(reader)

    assert client.post(URL, chosen(*EVERY_CODE, format="xlsx")).url == XLSX


def test_the_numbers_say_the_order_and_what_has_none_comes_last(client, reader):
    client.force_login(reader)
    told = chosen("reference", "sensitivity", "title_en", "place") | {"place_place": "2"}

    response = client.post(URL, told | {"place_title_en": ""})

    assert response.url.endswith("fields=reference%2Csensitivity%2Cplace%2Ctitle_en")


def test_shows_the_columns_in_the_order_chosen_without_taking_the_file(client, reader):
    client.force_login(reader)

    response = client.post(URL, chosen("place", "reference", do="order"))

    order = [row.column.code for row in response.context["form"].rows]
    assert order[:3] == ["place", "reference", "sensitivity"]
    assert not ExportLayout.objects.exists()


def test_what_was_chosen_is_there_the_next_time_for_that_person_alone(client, reader, staff):
    client.force_login(reader)
    client.post(URL, chosen("place", "title_fr", format="csv", headings="codes", separator="tab"))

    form = client.get(URL).context["form"]
    client.force_login(staff)
    others = client.get(URL).context["form"]

    assert [row.column.code for row in form.rows][:2] == ["place", "title_fr"]
    assert [form[name].value() for name in ("format", "headings", "separator")] == [
        "csv",
        "codes",
        "tab",
    ]
    assert [row.column.code for row in others.rows] == list(EVERY_CODE)


def test_every_column_can_be_chosen_again(client, reader):
    client.force_login(reader)
    client.post(URL, chosen("place"))

    response = client.post(URL, chosen("place", do="everything"))

    assert [row.column.code for row in response.context["form"].rows] == list(EVERY_CODE)


def test_a_column_there_is_no_more_is_forgotten(client, reader):
    ExportLayout.objects.create(person=reader, query="fields=gone,place&headings=codes")
    client.force_login(reader)

    response = client.get(URL)

    assert [row.column.code for row in response.context["form"].rows][:2] == ["place", "reference"]


def test_excel_in_french_is_offered_semicolons(client, reader):
    client.force_login(reader)

    assert client.get(translate_url(URL, "fr")).context["form"]["separator"].value() == "semicolon"


@pytest.mark.parametrize("place", ["first", "0", "-1", "10000", "1.5"])
def test_a_place_that_is_none_is_refused_at_its_column(client, reader, place):
    client.force_login(reader)

    response = client.post(URL, chosen("place") | {"place_place": place})

    assertContains(response, "Give the place as a number from 1 to 9999.", status_code=422)
    assertContains(response, 'href="#id_place_place"', status_code=422)
    assert not ExportLayout.objects.exists()


def test_a_choice_that_is_not_offered_is_refused(client, reader):
    client.force_login(reader)

    response = client.post(URL, chosen("place", lines="none"))

    assertContains(response, "Choose one of those offered.", status_code=422)


def test_a_filter_that_makes_no_sense_is_not_exported(client, reader):
    client.force_login(reader)

    assert client.post(f"{URL}?objective=NONE", chosen("place")).status_code == 400


def test_the_page_carries_the_marking_of_what_the_file_will_hold(client, manager):
    make_engagement(title_en="Open")
    make_engagement(title_en="Closed", sensitivity=Sensitivity.PROTECTED_B)
    client.force_login(manager)

    assertContains(client.get(URL), 'data-level="2"')
    assertNotContains(client.get(URL, {"q": "Open"}), 'data-level="2"')


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow(client, reader, count, django_assert_num_queries):
    for _ in range(count):
        make_engagement()
    client.force_login(reader)

    with django_assert_num_queries(4):
        client.get(URL)


# What was taken


def test_a_file_that_is_taken_is_on_record(client, manager):
    make_engagement(countries=[make_country("NO")], sensitivity=Sensitivity.PROTECTED_A)
    client.force_login(manager)

    client.get(CSV, {"country": "NO", "lines": "each"})

    (taken,) = Export.objects.all()
    assert (taken.by, taken.format, taken.query, taken.count) == (manager, "csv", "country=NO", 1)
    assert (taken.filter_en, taken.in_long_form) == ("Country: Norway", True)
    assert (taken.sensitivity, taken.clearance) == (1, manager.clearance)
    response = client.get(LOG)
    for words in ("Country: Norway", "Protected A", "?country=NO"):
        assertContains(response, words)


def test_the_filter_is_told_in_the_readers_language(client, manager):
    make_country("NO")
    client.force_login(manager)
    client.get(XLSX, {"country": "NO"})

    assertContains(client.get(translate_url(LOG, "fr")), "Norvège")


def test_what_somebody_cleared_further_took_is_not_told(client, manager, administrator):
    higher = make_user("higher", Role.STAFF, clearance=Sensitivity.PROTECTED_B)
    manager.clearance = Sensitivity.PROTECTED_A
    manager.save()
    client.force_login(higher)
    client.get(CSV, {"q": "nightfall"})
    client.force_login(manager)
    client.get(CSV, {"q": "daylight"})

    response = client.get(LOG)

    assertContains(response, "daylight")
    assertNotContains(response, "nightfall")


def test_says_so_where_nothing_was_taken(client, manager):
    client.force_login(manager)

    assertContains(client.get(LOG), "No file was taken yet")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_three_as_for_one(
    client, manager, count, django_assert_num_queries
):
    for _ in range(count):
        told = {"by": make_user(), "sensitivity": 0, "clearance": 0}
        Export.objects.create(format="csv", count=1, filter_en="x", filter_fr="x", **told)
    client.force_login(manager)

    with django_assert_num_queries(4):
        assertContains(client.get(LOG), "user", count=None)
