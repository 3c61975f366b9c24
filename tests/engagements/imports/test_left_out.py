"""What was left out comes back as a file: the layout that came in, with the reasons, ready to load again."""

import datetime as dt

import pytest

from common.sheets.book import Book, Sheet
from common.sheets.reading import read
from engagements.imports.keeping import begin
from engagements.imports.left_out import to_file
from tests.engagements.imports.loading import (
    HEADINGS,
    a_load,
    a_row,
    checked,
    known_world,
    outcomes,
)


@pytest.fixture(autouse=True)
def world():
    return known_world()


def cells(file):
    book = read(file.content, file.name)
    return book, book.sheets[0].rows


def test_the_rows_left_out_come_back_under_their_headings_with_a_reason_each(staff):
    load = a_load(
        staff, [a_row(), a_row("Later", start="2025-02-31"), a_row()], file_name="old.xls"
    )
    checked(load)

    file = to_file(load)
    book, [headings, first, second] = cells(file)

    assert (file.name, book.format, book.sheets[0].name) == ("old-left-out.xlsx", "xlsx", "Visits")
    assert headings == [*HEADINGS, "Why it was left out"]
    assert first[:3] == ["Later", "outgoing visit", "2025-02-31"]
    assert first[-1].startswith("C, Start: February has 28 days in 2025")
    assert second[2] == dt.date(2025, 5, 15)
    assert second[-1] == "It is the same as row 2, cell by cell."


def test_what_stood_above_the_table_stands_above_it_again(staff):
    rows = [["MASTER LIST", None], [None, None], HEADINGS, a_row(), a_row("Later", start="soon")]
    width = len(HEADINGS)
    padded = [[*row, *[None] * (width - len(row))] for row in rows]
    load = a_load(staff, [], file_name="x.xlsx")
    load.book = Book("xlsx", [Sheet("Visits", padded)]).packed()
    load.save()
    checked(load)

    _book, written = cells(to_file(load))

    assert written[0][0] == "MASTER LIST"
    assert written[2][:width] == HEADINGS
    assert written[3][0] == "Later"


def test_corrected_it_loads_again_without_what_was_loaded(staff):
    load = a_load(staff, [a_row(), a_row("Later visit", start="2025-02-31")])
    checked(load)
    content = to_file(load).content
    again = begin(by=staff, content=content, name="corrected.xlsx")
    book = read(content, "corrected.xlsx")
    book.sheets[0].rows[1][2] = "2025-02-28"
    again.book = book.packed()
    again.save()

    plan = checked(again)

    assert outcomes(plan) == [(2, "create", "")]
    assert plan.mapping["Why it was left out"] == "ignore"


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("cp1252", ";"), ("utf-8-sig", ","), ("utf-16", "\t")]
)
def test_delimited_text_comes_back_as_it_came(staff, encoding, delimiter):
    lines = [HEADINGS, a_row("Échange à Québec", start="2025-02-31"), a_row(start="2025-05-15")]
    text = "\r\n".join(delimiter.join(str(cell or "") for cell in line) for line in lines)
    load = begin(by=staff, content=text.encode(encoding), name="liste.csv")
    checked(load)

    file = to_file(load)

    assert file.name == "liste-left-out.csv"
    [headings, row] = file.content.decode(encoding).splitlines()
    assert headings == delimiter.join([*HEADINGS, "Why it was left out"])
    assert row.startswith(f"Échange à Québec{delimiter}")


def test_no_text_of_it_becomes_a_formula(staff):
    load = a_load(staff, [a_row("=1+1", start="soon")])
    checked(load)

    _book, written = cells(to_file(load))

    assert written[1][0] == "=1+1"


def test_a_file_of_what_is_protected_says_so_on_top(staff):
    load = a_load(
        staff, [[*a_row(start="soon"), "Protected A"]], headings=[*HEADINGS, "Sensitivity"]
    )
    checked(load)

    _book, written = cells(to_file(load))

    assert written[0][0] == "PROTECTED A"
