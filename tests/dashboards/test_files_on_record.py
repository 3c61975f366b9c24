"""Figures and changes that are taken away as files are on record, as lists of engagements are."""

import pytest
from django.urls import reverse, translate_url
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Role, Sensitivity
from engagements.models import Export
from tests.factories import make_country, make_engagement, make_user

LOG = reverse("engagements:exports")
WORKBOOK, VOLUME, CHANGES = (
    reverse(f"dashboards:{name}") for name in ("dashboard_xlsx", "volume_csv", "changes_csv")
)


@pytest.fixture
def signed_in(client, manager):
    client.force_login(manager)
    return client


def test_the_dashboard_as_a_workbook_is_on_record(signed_in, manager):
    make_engagement(countries=[make_country("NO")], sensitivity=Sensitivity.PROTECTED_A)

    signed_in.get(WORKBOOK, {"country": "NO", "silent": "6"})

    (taken,) = Export.objects.all()
    assert (taken.by, taken.what, taken.format, taken.count) == (manager, "figures", "xlsx", 1)
    assert taken.query == "country=NO&silent=6"
    assert taken.filter_en.startswith("Country: Norway; ")
    assert (taken.sensitivity, taken.clearance) == (1, manager.clearance)
    response = signed_in.get(LOG)
    page = f"{reverse('dashboards:overview')}?country=NO&amp;silent=6"
    for words in ("Figures of the dashboard", "1 engagement<", page):
        assertContains(response, words)


def test_a_block_of_it_is_on_record_by_its_name(signed_in):
    signed_in.get(VOLUME)
    signed_in.get(translate_url(VOLUME, "fr"), {"country": make_country("NO").iso2})

    second, first = Export.objects.order_by("-pk")
    assert (first.what, first.format) == ("figures", "csv")
    assert first.filter_en == "Key figures; none: everything is counted"
    assert second.filter_en == "Key figures; Country: Norway"


def test_changes_are_on_record(signed_in, manager):
    signed_in.get(CHANGES)
    signed_in.get(CHANGES, {"act": "logged"})

    second, first = Export.objects.order_by("-pk")
    assert (first.what, first.by, first.count) == ("changes", manager, 0)
    assert (first.filter_en, first.query) == ("none: every change", "")
    assert second.query == "act=logged"
    assertContains(signed_in.get(LOG), f'{reverse("dashboards:changes")}?act=logged"')
    assertContains(signed_in.get(LOG), "0 changes")


@pytest.mark.parametrize("url", [WORKBOOK, VOLUME, CHANGES])
def test_what_makes_no_sense_or_asks_for_the_headers_alone_is_not(signed_in, url):
    signed_in.head(url)
    assert signed_in.get(url, {"shoe-size": "44"}).status_code == 400

    assert not Export.objects.exists()


def test_what_somebody_cleared_further_took_is_not_told(client, manager, administrator):
    higher = make_user("higher", Role.STAFF, clearance=Sensitivity.PROTECTED_B)
    manager.clearance = Sensitivity.PROTECTED_A
    manager.save()
    client.force_login(higher)
    client.get(VOLUME, {"q": "nightfall"})
    client.force_login(manager)
    client.get(VOLUME, {"q": "daylight"})

    response = client.get(LOG)

    assertContains(response, "daylight")
    assertNotContains(response, "nightfall")
