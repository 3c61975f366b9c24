"""The page of a record says which file and row it was loaded from, to whoever may know."""

import pytest
from django.urls import reverse

from common.sheets.book import Book, Sheet
from engagements.models import Engagement, Load
from partners.models import Contact, Partner
from tests.engagements.imports.loading import a_load, a_row, known_world, loaded
from tests.factories import make_load, make_partner


@pytest.fixture
def load(staff):
    known_world()
    return loaded(a_load(staff, [a_row()], file_name="ten-years.xlsx"))


def page(client, reader):
    client.force_login(reader)
    return client.get(Engagement.objects.get().get_absolute_url()).content.decode()


def test_the_page_names_the_file_the_sheet_and_the_row(client, load, staff):
    shown = page(client, staff)

    assert "File ten-years.xlsx, sheet “Visits”, row 2." in shown
    assert "loaded from a spreadsheet" in shown
    assert load.get_absolute_url() in shown


def test_a_reader_is_told_and_led_to_no_load(client, load, reader):
    shown = page(client, reader)

    assert "File ten-years.xlsx, sheet “Visits”, row 2." in shown
    assert load.get_absolute_url() not in shown


def test_the_name_of_a_file_that_holds_what_a_reader_may_not_read_stays_unsaid(
    client, load, reader
):
    Load.objects.update(sensitivity=1)

    shown = page(client, reader)

    assert "Row 2 of a file." in shown
    assert "ten-years" not in shown
    assert "Visits”" not in shown


def test_what_was_typed_says_nothing_of_files(client, load, staff):
    Engagement.objects.update(origin="typed")

    assert "ten-years" not in page(client, staff)


# Partners and contacts


def a_list(by, subject, headings, row):
    book = Book("xlsx", [Sheet("List", [headings, row])]).packed()
    told = {"book": book, "subject": subject, "file_name": "who-is-where.xlsx"}
    return loaded(make_load(by, rows=[], **told))


def test_the_page_of_a_partner_names_its_file_and_leads_whoever_may_to_the_load(
    client, administrator, reader
):
    load = a_list(administrator, "partners", ["Name", "Kind"], ["Hill Society", "NGO"])
    address = Partner.objects.get().get_absolute_url()

    for person in (administrator, reader):
        client.force_login(person)
        shown = client.get(address).content.decode()
        assert f"by {administrator}" in shown
        assert "File who-is-where.xlsx, sheet “List”, row 2." in shown
        assert (load.get_absolute_url() in shown) == (person == administrator)

    Load.objects.update(sensitivity=1)
    shown = client.get(address).content.decode()
    assert "Row 2 of a file." in shown
    assert "who-is-where" not in shown


def test_a_partner_that_was_typed_names_no_file(client, administrator):
    a_list(administrator, "partners", ["Name", "Kind"], ["Hill Society", "NGO"])
    client.force_login(administrator)

    shown = client.get(make_partner("DALE").get_absolute_url()).content.decode()

    assert "who-is-where" not in shown


def test_the_history_of_a_contact_names_its_file(client, staff, reader):
    make_partner("DALE", name_en="Dale Society")
    load = a_list(staff, "contacts", ["Name", "Partner"], ["A. Somebody", "Dale Society"])
    address = reverse("partners:contact_history", args=["DALE", Contact.objects.get().key])

    for person in (staff, reader):
        client.force_login(person)
        shown = client.get(address).content.decode()
        assert "Loaded on" in shown
        assert "File who-is-where.xlsx, sheet “List”, row 2." in shown
        assert (load.get_absolute_url() in shown) == (person == staff)
