"""A book is the same after it was kept or sent, and says where each cell stands."""

import datetime as dt

from common.sheets.book import Book, Merged, Note, Sheet, letter, number_of


def a_sheet(**said):
    rows = [
        ["Partners", None, 3],
        [dt.date(1904, 2, 29), dt.datetime.fromisoformat("2003-02-01T09:30"), True],
    ]
    return Sheet("Past work", rows, first_row=4, first_column=2, **said)


def test_a_kept_book_comes_back_as_it_was():
    sheet = a_sheet(
        hidden=True,
        hidden_rows=frozenset({5}),
        hidden_columns=frozenset({3, 4}),
        merged=(Merged(4, 2, 4, 3),),
    )
    book = Book("csv", [sheet], encoding="utf-8", delimiter=";", notes=(Note("named", {"as": 1}),))

    again = Book.unpacked(book.packed())

    assert vars(again.sheets[0]) == vars(sheet)
    assert [type(cell) for cell in again.sheets[0].rows[1]] == [dt.date, dt.datetime, bool]
    assert (again.format, again.encoding, again.delimiter, again.notes) == (
        "csv",
        "utf-8",
        ";",
        book.notes,
    )


def test_a_cell_is_found_by_the_numbers_that_the_spreadsheet_shows():
    sheet = a_sheet()

    assert [number for number, row in sheet.numbered()] == [4, 5]
    assert sheet.cell(4, 2) == "Partners"
    assert sheet.cell(5, 4) is True
    assert [sheet.cell(*outside) for outside in [(3, 2), (6, 2), (4, 1), (4, 5)]] == [None] * 4


def test_merged_cells_say_what_the_first_of_them_says():
    sheet = a_sheet(merged=(Merged(4, 2, 4, 3),))

    assert sheet.said(4, 3) == "Partners"
    assert sheet.cell(4, 3) is None
    assert sheet.said(4, 4) == 3


def test_columns_are_called_by_letters():
    assert [letter(number) for number in (1, 26, 27, 702, 703, 16384)] == [
        *("A", "Z", "AA", "ZZ", "AAA", "XFD")
    ]
    assert all(number_of(letter(number)) == number for number in range(1, 2000))
    assert number_of("A1") == 0
