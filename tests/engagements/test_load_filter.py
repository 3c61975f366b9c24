"""The list, the figures and the files of just what a spreadsheet put in: the parameter `load`."""

import uuid

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Sensitivity
from engagements.models import Load, LoadedRow
from tests.factories import make_engagement, make_load


@pytest.fixture
def load(staff):
    return make_load(
        staff, stage="loaded", loaded_at=timezone.now(), file_name="what-nobody-else-names.xlsx"
    )


def put_in(load: Load, **kwargs):
    engagement = make_engagement(logged_by=load.by, **kwargs)
    LoadedRow.objects.create(
        load=load,
        engagement=engagement,
        reference=engagement.reference,
        sheet="Sheet1",
        row=2,
        outcome="created",
        fingerprint="x",
        version=1,
    )
    return engagement


@pytest.mark.parametrize("page", ["engagements/", "engagements/export.csv"])
def test_it_finds_what_the_load_put_in_and_nothing_else(client, staff, load, page):
    put_in(load, title_en="From the file")
    make_engagement(title_en="Typed in")
    client.force_login(staff)

    response = client.get(f"/en/{page}?load={load.key}")

    text = response.getvalue().decode()
    assert "From the file" in text
    assert "Typed in" not in text


def test_the_dashboard_counts_just_them(client, staff, load):
    put_in(load, title_en="From the file")
    make_engagement(title_en="Typed in")
    client.force_login(staff)

    response = client.get(f"/en/dashboard/?load={load.key}")

    assert response.status_code == 200
    assertContains(response, f"load={load.key}")


def test_it_is_called_by_its_moment_and_not_by_its_file(client, reader, load):
    put_in(load)
    client.force_login(reader)

    response = client.get(f"/en/engagements/?load={load.key}")

    assertContains(response, "Loaded from a spreadsheet")
    assertNotContains(response, "what-nobody-else-names")


def test_a_load_of_what_one_may_not_see_is_as_one_that_is_none(client, reader, load):
    put_in(load, sensitivity=Sensitivity.PROTECTED_B)
    client.force_login(reader)

    hidden = client.get(f"/en/engagements/?load={load.key}")
    none = client.get(f"/en/engagements/?load={uuid.UUID(int=1)}")

    assert (hidden.status_code, none.status_code) == (400, 400)
    said = [str(response.context["problems"]) for response in (hidden, none)]
    assert "There is no load" in said[0]
    assert said[0].replace(str(load.key), str(uuid.UUID(int=1))) == said[1]


def test_what_undoing_took_back_is_found_no_more(client, staff, load):
    put_in(load, title_en="Put back as it was")
    load.rows.update(undone_at=timezone.now())
    client.force_login(staff)

    assertNotContains(client.get(f"/en/engagements/?load={load.key}"), "Put back as it was")


@pytest.mark.parametrize("key", ["nonsense", "\x00", "1"])
def test_what_is_no_key_is_refused(client, staff, key):
    client.force_login(staff)

    assert client.get("/en/engagements/", {"load": key}).status_code == 400
