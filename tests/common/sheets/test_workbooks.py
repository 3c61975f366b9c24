"""XLSX, XLS and ODS: what the spreadsheet shows, where it shows it."""

import datetime as dt

import pytest

from common.sheets.book import Merged
from common.sheets.reading import Unreadable, read
from common.sheets.xls import besides
from tests.nasty_files import old_office as old
from tests.nasty_files import zipped
from tests.nasty_files.making import a_table, workbook

DAY = dt.date(2004, 5, 3)
FROM_1900, FROM_1904 = 38110, 36648  # the third of May 2004, in days


def read_xlsx(fill, **options):
    return read(workbook(fill, **options), "list.xlsx")


def dates(book):
    sheet = book.add_worksheet()
    styles = {"day": "yyyy-mm-dd", "month": "mmm yyyy", "time": "hh:mm", "length": "[h]:mm"}
    made = {name: book.add_format({"num_format": style}) for name, style in styles.items()}
    number = FROM_1904 if book.date_1904 else FROM_1900
    sheet.write_number("A1", number, made["day"])
    sheet.write_number("B1", number, made["month"])
    sheet.write_number("C1", number + 0.375, made["day"])
    sheet.write_number("D1", 0.375, made["time"])
    sheet.write_number("E1", 1.5, made["length"])
    sheet.write_number("F1", number)


@pytest.mark.parametrize("from_1904", [False, True])
def test_days_count_from_1900_or_1904_as_the_workbook_says(from_1904):
    row = read_xlsx(dates, default_date_format="", date_1904=from_1904).sheets[0].rows[0]

    moment = dt.datetime.combine(DAY, dt.time(9))
    number = FROM_1904 if from_1904 else FROM_1900
    assert row == [DAY, DAY, moment, "09:00", "36:00", number]
    assert [type(cell) for cell in row[:3]] == [dt.date, dt.date, dt.datetime]


def test_the_leap_day_that_1900_never_had_moves_no_other_day():
    def fill(book):
        style = book.add_format({"num_format": "yyyy-mm-dd"})
        for row, number in enumerate([1, 59, 61, 366, 367]):
            book.worksheets()[0].write_number(row, 0, number, style)

    def both(book):
        book.add_worksheet()
        fill(book)

    days = [row[0] for row in read_xlsx(both).sheets[0].rows]
    assert days == [
        *(dt.date(1900, 1, 1), dt.date(1900, 2, 28), dt.date(1900, 3, 1)),
        *(dt.date(1900, 12, 31), dt.date(1901, 1, 1)),
    ]


@pytest.mark.parametrize(("from_1904", "number"), [(False, FROM_1900), (True, FROM_1904)])
def test_an_xls_tells_days_numbers_text_and_merged_cells(from_1904, number):
    cells = old.text_cell(2, 1, "Début") + old.number_cell(2, 2, 2004) + old.text_cell(2, 4, "é")
    cells += old.number_cell(3, 1, number, old.AS_DAY) + old.merged_cells(2, 2, 2, 3)
    book = read(old.xls(cells, name="Activités", from_1904=from_1904), "list.xls")

    sheet = book.sheets[0]
    assert (book.format, sheet.name, sheet.first_row, sheet.first_column) == (
        "xls",
        "Activités",
        3,
        2,
    )
    assert sheet.rows == [["Début", 2004, None, "é"], [DAY, None, None, None]]
    assert sheet.said(3, 4) == 2004


def test_an_xls_tells_which_rows_and_columns_are_hidden():
    cells = [old.text_cell(row, column, "x") for row in range(4) for column in range(4)]
    told = old.columns_hidden(1, 2) + old.row_hidden(3) + b"".join(cells)

    [sheet] = read(old.xls(told, name="Activités"), "list.xls").sheets

    assert (sheet.hidden_columns, sheet.hidden_rows) == ({2, 3}, {4})


def test_an_xls_in_which_nothing_is_hidden_says_so():
    [sheet] = read(old.xls(old.text_cell(0, 0, "x")), "list.xls").sheets

    assert (sheet.hidden_columns, sheet.hidden_rows) == (frozenset(), frozenset())


@pytest.mark.parametrize("at", [30, 44, 48, 56, 68, 72, 76, 512, 1024])
@pytest.mark.parametrize("byte", [0x00, 0x01, 0xFF])
def test_a_container_built_otherwise_tells_nothing_or_all_the_same(at, byte):
    content = old.xls(old.columns_hidden(1, 2) + old.text_cell(0, 0, "x"))
    broken = content[:at] + bytes([byte]) * 4 + content[at + 4 :]

    assert set(besides(broken)) <= {"Sheet"}


def test_an_xls_tells_that_a_sheet_is_hidden():
    assert read(old.xls(old.text_cell(0, 0, "x"), hidden=True), "a.xls").sheets[0].hidden


def test_whole_numbers_are_whole_and_others_keep_their_fraction():
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [2004, 2004.5, True, -0.25, 1e300])
        sheet.write_string("F1", "007")

    row = read_xlsx(fill).sheets[0].rows[0]
    assert row == [2004, 2004.5, True, -0.25, 1e300, "007"]
    assert [type(cell) for cell in row[:3]] == [int, float, bool]


def test_blank_rows_and_columns_around_the_cells_are_left_out_and_the_numbers_stay():
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write_string("A1", "   ")
        sheet.write_string("C4", "Title")
        sheet.write_string("E7", "Kenya")
        sheet.write_string("G9", " \n")

    sheet = read_xlsx(fill).sheets[0]
    assert (sheet.first_row, sheet.first_column, len(sheet.rows), sheet.width) == (4, 3, 4, 3)
    assert (sheet.cell(4, 3), sheet.cell(7, 5), sheet.cell(5, 3)) == ("Title", "Kenya", None)


def test_text_of_a_cell_stays_as_it_is():
    text = " =1+1 \u200bتاريخ\u202e\r\nligne deux\x00_x000D_"

    sheet = read_xlsx(lambda book: book.add_worksheet().write_string("A1", text)).sheets[0]

    assert sheet.rows == [[text]]


def test_hidden_sheets_columns_and_rows_of_an_xlsx_are_told():
    def fill(book):
        shown = a_table(book)
        shown.set_column("B:C", None, None, {"hidden": True})
        shown.set_row(1, None, None, {"hidden": True})
        book.add_worksheet("Old").hide()
        book.add_worksheet("Older").very_hidden()

    book = read_xlsx(fill)
    assert [sheet.hidden for sheet in book.sheets] == [False, True, True]
    assert book.sheets[0].hidden_columns == {2, 3}
    assert book.sheets[0].hidden_rows == {2}


def test_a_chart_of_its_own_is_no_sheet():
    def fill(book):
        a_table(book)
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=Visits!$A$1:$A$2"})
        book.add_chartsheet("Chart").set_chart(chart)

    assert [sheet.name for sheet in read_xlsx(fill).sheets] == ["Visits"]


def test_a_merged_heading_is_said_over_all_its_columns():
    def fill(book):
        sheet = book.add_worksheet()
        sheet.merge_range("B1:D1", "Partners")
        sheet.write_row("A2", ["Title", "First", "Second", "Third"])

    sheet = read_xlsx(fill).sheets[0]
    assert sheet.merged == (Merged(1, 2, 1, 4),)
    assert [sheet.said(1, column) for column in range(1, 6)] == [None, *["Partners"] * 3, None]


def test_every_error_of_a_formula_is_told_as_the_spreadsheet_shows_it():
    def fill(book):
        sheet = a_table(book)
        for row, error in enumerate(["#REF!", "#N/A", "#NAME?"], 2):
            sheet.write_formula(row, 2, "=1/0", None, error)

    sheet = read_xlsx(fill).sheets[0]
    assert [row[2] for row in sheet.rows] == ["Country", "Kenya", "#REF!", "#N/A", "#NAME?"]


def test_an_ods_tells_types_repeats_and_what_is_hidden_and_merged():
    tables = (
        '<table:table table:name="Visites"><table:table-column/>'
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
        '<table:table-row table:number-rows-repeated="2"/><table:table-row>'
        + zipped.ods_text("Partenaires", 'table:number-columns-spanned="2"')
        + "<table:covered-table-cell/>"
        + zipped.ods_text("oui", 'table:number-columns-repeated="2"')
        + '</table:table-row><table:table-row table:visibility="filter">'
        '<table:table-cell office:value-type="date" office:date-value="2004-05-03"/>'
        '<table:table-cell office:value-type="float" office:value="2.5"/>'
        '<table:table-cell office:value-type="date" office:date-value="2004-05-03T09:00:00"/>'
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048572">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )
    book = read(zipped.ods(tables), "list.ods")

    sheet = book.sheets[0]
    moment = dt.datetime.combine(DAY, dt.time(9))
    assert (book.format, sheet.name, sheet.first_row) == ("ods", "Visites", 3)
    assert sheet.rows == [["Partenaires", None, "oui", "oui"], [DAY, 2.5, moment, True]]
    assert (sheet.hidden_columns, sheet.hidden_rows) == ({2, 3}, {4})
    assert sheet.merged == (Merged(3, 1, 3, 2),)


def test_macros_are_not_looked_at():
    parts = zipped.xlsx_parts(f'<row r="1">{zipped.cell("A1", "Title")}</row>')
    book = read(zipped.zipped({**parts, "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}), "list.xlsm")

    assert (book.format, book.sheets[0].rows, book.notes) == ("xlsm", [["Title"]], ())


def test_all_sheets_together_hold_so_many_cells(settings):
    settings.LOAD_MAX_CELLS = 10

    def fill(book):
        for _sheet in range(3):
            book.add_worksheet().write_row(0, 0, ["x"] * 4)

    with pytest.raises(Unreadable) as refused:
        read_xlsx(fill)
    assert refused.value.code == "too_many_cells"
