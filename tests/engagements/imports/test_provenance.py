"""The page of an engagement says which file and row it was loaded from, to whoever may know."""

import pytest

from engagements.models import Engagement, Load
from tests.engagements.imports.loading import a_load, a_row, known_world, loaded


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
