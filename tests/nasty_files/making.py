"""Every nasty file there is, by name: how it is made, and what it should come to.

`python -m tests.nasty_files DIRECTORY` writes them all, to be tried by hand.
"""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import xlsxwriter

from common.sheets.book import letter
from tests.nasty_files import old_office as old
from tests.nasty_files import zipped

HEADINGS = ["Title", "Start date", "Country", "Partner"]
VISIT = ["Visit to the training academy", "2004-05-03", "Kenya", "Kenya Prisons Service"]


@dataclass(frozen=True)
class Nasty:
    name: str  # as it would be uploaded
    make: Callable[[], bytes]
    refused: str = ""  # with this code; "" where it is read

    def __str__(self) -> str:
        return self.make.__name__


FILES: list[Nasty] = []


def nasty(name: str, refused: str = "") -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    def listed(make: Callable[[], bytes]) -> Callable[[], bytes]:
        FILES.append(Nasty(name, make, refused))
        return make

    return listed


def workbook(fill: Callable[[xlsxwriter.Workbook], object], **options: object) -> bytes:
    """An XLSX; `fill` writes into it."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, **options}) as book:
        fill(book)
    return made.getvalue()


def a_table(book: xlsxwriter.Workbook) -> xlsxwriter.worksheet.Worksheet:
    sheet = book.add_worksheet("Visits")
    sheet.write_row(0, 0, HEADINGS)
    sheet.write_row(1, 0, VISIT)
    return sheet


def lines(*rows: list[str], delimiter: str = ",") -> str:
    return "".join(delimiter.join(row) + "\n" for row in rows)


def a_text(delimiter: str = ",") -> str:
    return lines(HEADINGS, VISIT, delimiter=delimiter)


# Nothing in it


@nasty("nothing.csv", "empty")
def no_bytes() -> bytes:
    return b""


@nasty("nothing.xlsx", "empty")
def only_a_mark_of_the_byte_order() -> bytes:
    return b"\xef\xbb\xbf\r\n  \n"


@nasty("blank.xlsx", "blank")
def a_workbook_of_blank_cells() -> bytes:
    return workbook(lambda book: book.add_worksheet().write_string(5, 5, "  "))


@nasty("delimiters.csv", "blank")
def a_text_of_delimiters() -> bytes:
    return b",,,\n,,,\n , ,,\n"


# Another kind of file


@nasty("list.xlsx", "pdf")
def a_pdf() -> bytes:
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF"


@nasty("list.xls", "web_page")
def a_web_page() -> bytes:
    return b"\r\n<html><head><title>x</title></head><body><table><tr><td>a</td></tr></table></body></html>"


@nasty("list.xls", "web_page")
def a_table_without_a_page_in_utf_16() -> bytes:
    return "<table><tr><td>Title</td></tr></table>".encode("utf-16")


@nasty("list.xls", "xml")
def a_workbook_as_one_xml_file() -> bytes:
    return b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'


@nasty("list.xlsx", "word")
def a_word_document() -> bytes:
    return zipped.zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"})


@nasty("list.ods", "word")
def a_text_of_open_document() -> bytes:
    return zipped.zipped({"mimetype": "application/vnd.oasis.opendocument.text"})


@nasty("list.xls", "word")
def an_older_word_document() -> bytes:
    return old.container({"WordDocument": b"text"})


@nasty("list.xlsx", "image")
def a_picture() -> bytes:
    return b"\x89PNG\r\n\x1a\n" + bytes(100)


@nasty("list.zip", "archive")
def a_workbook_in_an_archive() -> bytes:
    return zipped.zipped({"list.xlsx": workbook(a_table)})


@nasty("list.xlsb", "xlsb")
def a_binary_workbook() -> bytes:
    return zipped.zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": b"\x83\x01\x00"})


@nasty("list.numbers", "numbers")
def a_numbers_document() -> bytes:
    return zipped.zipped({"Index/Document.iwa": b"\0"})


@nasty("list.xls", "old_excel")
def a_workbook_of_the_eighties() -> bytes:
    return b"\x09\x00\x04\x00\x02\x00\x10\x00" + bytes(50)


@nasty("list.csv", "not_a_spreadsheet")
def a_program() -> bytes:
    return b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 20


@nasty("list.csv", "not_a_spreadsheet")
def noise() -> bytes:
    return bytes((at * 7919 + at // 256) % 256 for at in range(20_000))


# Closed, cut short, altered


@nasty("list.xlsx", "password")
def an_encrypted_workbook() -> bytes:
    return old.container({"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": b"\x9f" * 5000})


@nasty("list.xls", "password")
def a_protected_xls() -> bytes:
    return old.xls(old.text_cell(0, 0, "Title"), protected=True)


@nasty("list.ods", "password")
def an_encrypted_ods() -> bytes:
    parts = zipped.ods_parts("")
    parts["META-INF/manifest.xml"] = '<m:manifest xmlns:m="x"><m:encryption-data/></m:manifest>'
    return zipped.zipped(parts)


@nasty("list.xlsx", "password")
def a_zip_with_a_password() -> bytes:
    content = bytearray(workbook(a_table))
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 1)
    return bytes(content)


@nasty("list.xlsx", "damaged")
def a_workbook_cut_short() -> bytes:
    content = workbook(a_table)
    return content[: len(content) // 2]


@nasty("list.xls", "damaged")
def an_xls_cut_short() -> bytes:
    return old.xls(old.text_cell(0, 0, "Title"))[:1600]


@nasty("list.xls", "damaged")
def an_xls_that_leads_its_reader_astray() -> bytes:
    """It says that its sheet begins far beyond the end of the file: the reader falls over that."""
    content = bytearray(old.xls(old.text_cell(0, 0, "Title")))
    listed = content.index(b"\x85\x00\x12\x00") + 4
    content[listed : listed + 4] = b"\xff\xff\xff\x00"
    return bytes(content)


@nasty("list.csv", "damaged")
def a_text_in_utf_16_cut_within_a_letter() -> bytes:
    return a_text().encode("utf-16")[:-1]


@nasty("list.xlsx", "damaged")
def a_workbook_with_a_changed_byte() -> bytes:
    content = bytearray(zipped.zipped(zipped.xlsx_parts("<row/>"), zipfile.ZIP_STORED))
    content[content.index(b"<sheetData>") + 3] ^= 0xFF
    return bytes(content)


@nasty("list.xlsx", "damaged")
def a_workbook_of_broken_xml() -> bytes:
    return zipped.xlsx('<row r="1"><c r="A1"><v>1</c></row>')


@nasty("list.xlsx", "damaged")
def a_workbook_without_its_list_of_sheets() -> bytes:
    return zipped.zipped({"xl/workbook.xml": "not XML", "[Content_Types].xml": "<Types/>"})


# Bombs


@nasty("list.xlsx", "unpacks_too_large")
def a_zip_bomb_that_says_so() -> bytes:
    return zipped.with_a_bomb(workbook(a_table), 450)


@nasty("list.xlsx", "unpacks_too_large")
def a_zip_bomb_that_says_it_is_small() -> bytes:
    return zipped.with_a_bomb(workbook(a_table), 450, says=1000)


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@nasty("list.xlsx", "unsafe_xml")
def an_xml_bomb() -> bytes:
    parts = zipped.xlsx_parts(f'<row r="1">{zipped.cell("A1", "&b;")}</row>', head=LAUGHS)
    return zipped.zipped(parts)


@nasty("list.xlsx", "unsafe_xml")
def an_xml_bomb_in_utf_16_behind_a_comment() -> bytes:
    parts = zipped.xlsx_parts("")
    parts["xl/worksheets/sheet1.xml"] = f"<!-- <a> -->{LAUGHS}<worksheet/>".encode("utf-16")
    return zipped.zipped(parts)


@nasty("list.ods", "unsafe_xml")
def an_ods_that_reads_another_file() -> bytes:
    head = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    return zipped.ods(f"<table:table>{zipped.ods_text('&a;')}</table:table>", head=head)


# Too much


@nasty("list.xlsx", "too_many_rows")
def a_million_rows() -> bytes:
    return zipped.xlsx("<row><c><v>1</v></c></row>" * 1_048_576)


@nasty("list.csv", "too_many_rows")
def a_million_lines() -> bytes:
    return b"Kenya,1\n" * 1_000_000


@nasty("list.ods", "too_many_rows")
def a_row_said_to_repeat_a_million_times() -> bytes:
    text = zipped.ods_text("x", 'table:number-columns-repeated="300"')
    row = f'<table:table-row table:number-rows-repeated="1048576">{text}'
    return zipped.ods(f'<table:table table:name="A">{row}</table:table-row></table:table>')


@nasty("list.xlsx", "too_many_columns")
def sixteen_thousand_columns() -> bytes:
    return workbook(lambda book: book.add_worksheet("Wide").write_row(0, 0, ["x"] * 16_384))


@nasty("list.xlsx", "too_many_columns")
def one_cell_in_the_last_corner() -> bytes:
    corner = f'<row r="1048576">{zipped.cell("XFD1048576", "x")}</row>'
    return zipped.xlsx(f'<row r="1">{zipped.cell("A1", "Title")}</row>{corner}')


@nasty("list.ods", "too_many_columns")
def a_cell_said_to_repeat_to_the_last_column() -> bytes:
    text = zipped.ods_text("x", 'table:number-columns-repeated="16384"')
    row = f"<table:table-row>{text}</table:table-row>"
    return zipped.ods(f'<table:table table:name="A">{row}</table:table>')


@nasty("list.csv", "cell_too_long")
def a_cell_of_a_megabyte() -> bytes:
    return f"Title\n{'x' * 1_000_000}\n".encode()


@nasty("list.xlsx", "cell_too_long")
def a_cell_of_a_megabyte_in_a_workbook() -> bytes:
    return zipped.xlsx(f'<row r="1">{zipped.cell("A1", "x" * 1_000_000)}</row>')


@nasty("list.csv", "quotation_mark")
def a_quotation_mark_never_closed() -> bytes:
    return (a_text() + '"Seminar,2004\n' + a_text() * 40).encode()


# Odd, and read


@nasty("formats.xlsx")
def thousands_of_formatted_columns_and_rows() -> bytes:
    across = "".join(f'<c r="{letter(column)}2" s="0"/>' for column in range(5, 16_385))
    second = f'<row r="2">{zipped.cell("A2", "Visit")}{zipped.cell("D2", "Kenya")}{across}</row>'
    down = "".join(f'<row r="{row}"><c r="A{row}" s="0"/></row>' for row in range(3, 60_000))
    corner = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    return zipped.xlsx(f'<row r="1">{zipped.cell("A1", "Title")}</row>{second}{down}{corner}')


@nasty("list.csv")
def a_workbook_called_csv() -> bytes:
    return workbook(a_table)


@nasty("list.xlsx")
def a_text_called_xlsx() -> bytes:
    return a_text(";").encode("cp1252")


@nasty("list.csv")
def nul_bytes_in_a_text() -> bytes:
    return (a_text() + "Sem\0inar,2004,Kenya,x\n").encode()


@nasty("list.xlsx")
def a_workbook_with_links_macros_and_formulas() -> bytes:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = a_table(book)
        sheet.write_formula("A3", "='[other.xlsx]Sheet1'!A1", None, "From another file")
        sheet.write_formula("B3", "=1+1", None, 2)
        sheet.write_string("C3", "=HYPERLINK(1)")
        sheet.write_formula("D3", "=1/0", None, "#DIV/0!")
        sheet.write_url("A4", "https://example.org", string="A link")

    return workbook(fill)
