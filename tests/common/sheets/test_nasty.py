"""What bad input gets: it is read right, or refused with one clear sentence. Never anything else."""

import pytest
from django.utils.translation import override

from common.sheets.reading import Unreadable, read, said
from common.sheets.words import NOTES, REFUSALS, REFUSALS_OF_TEXT
from tests.nasty_files import making
from tests.nasty_files.making import FILES

REFUSED = [each for each in FILES if each.refused]
READ = [each for each in FILES if not each.refused]


@pytest.mark.parametrize("file", REFUSED, ids=str)
def test_it_is_refused_with_a_sentence(file):
    with pytest.raises(Unreadable) as refused:
        read(file.make(), file.name)

    assert refused.value.code == file.refused
    with override("fr"):
        assert "%" not in refused.value.message
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize("file", READ, ids=str)
def test_it_is_read(file):
    book = read(file.make(), file.name)

    assert book.sheets[0].rows[0][0] == "Title"


def test_every_refusal_is_met_by_a_file_or_a_test_of_its_own():
    # Too big, too slow and too heavy are in test_worker; an encoding and the cells of all sheets elsewhere.
    elsewhere = {"too_big", "too_slow", "too_heavy", "encoding", "too_many_cells", "slides"}
    assert {file.refused for file in REFUSED} | elsewhere == set(REFUSALS)
    assert set(REFUSALS_OF_TEXT) <= set(REFUSALS)


def the_notes_of(content, name):
    return [said(note) for note in read(content, name).notes]


def test_another_ending_than_its_own_is_said():
    assert the_notes_of(making.a_workbook_called_csv(), "List.CSV") == [
        "The name of the file ends in .csv, but it is XLSX: it was read as that."
    ]
    assert the_notes_of(making.a_workbook_called_csv(), "list.xlsx") == []
    assert the_notes_of(making.a_workbook_called_csv(), "list") == []


def test_formatting_far_away_is_nothing():
    sheet = read(making.thousands_of_formatted_columns_and_rows(), "formats.xlsx").sheets[0]

    assert sheet.rows == [["Title", None, None, None], ["Visit", None, None, "Kenya"]]


def test_formulas_are_their_values_and_text_stays_text():
    sheet = read(making.a_workbook_with_links_macros_and_formulas(), "list.xlsx").sheets[0]

    assert sheet.rows[2] == ["From another file", 2, "=HYPERLINK(1)", "#DIV/0!"]
    assert sheet.rows[3][0] == "A link"


def test_a_formula_that_was_saved_without_its_result_is_said():
    row = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1+1</f></c><c r="C1"><f>1</f><v></v></c></row>'

    assert the_notes_of(making.zipped.xlsx(row), "list.xlsx") == [
        "In the sheet Sheet1, the results of 2 formulas were not saved with them and read as blank, "
        "the first in B1. Open the file in a spreadsheet program, save it, and load it again."
    ]


def test_a_nul_stays_where_it_is_for_the_check_of_the_row():
    assert read(making.nul_bytes_in_a_text(), "list.csv").sheets[0].cell(3, 1) == "Sem\0inar"


def test_every_note_has_a_sentence():
    assert set(NOTES) == {"other_format", "mended", "no_results"}
