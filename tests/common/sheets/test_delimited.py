"""Delimited text: whatever encoding, delimiter and line ends it has, the cells are what was written."""

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.sheets.delimited import guessed, read_delimited
from common.sheets.limits import limits
from common.sheets.reading import Unreadable, read, said
from common.sheets.refused import Refused
from tests.nasty_files.making import HEADINGS, VISIT, a_text

IN_FRENCH = "Intitulé;Début;Pays;Coût\nVisite à l’académie;2004-05-03;Kenya;2 000,50 $\n"
IN_FRENCH_ROWS = [
    ["Intitulé", "Début", "Pays", "Coût"],
    ["Visite à l’académie", "2004-05-03", "Kenya", "2 000,50 $"],
]


def rows_of(content, **told):
    return read_delimited(content, limits(), **told).sheets[0].rows


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
        ("cp1252", "windows-1252"),
    ],
)
@pytest.mark.parametrize("told", [True, False])
def test_the_encoding_is_guessed_or_taken_as_told(codec, encoding, told):
    book = read(IN_FRENCH.encode(codec), "list.csv", encoding=encoding if told else "")

    assert (book.format, book.encoding, book.delimiter) == ("csv", encoding, ";")
    assert book.sheets[0].rows == IN_FRENCH_ROWS
    assert book.notes == ()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_guessed(delimiter):
    book = read(a_text(delimiter).encode(), "list.csv")

    assert book.delimiter == delimiter
    assert book.sheets[0].rows == [HEADINGS, VISIT]


def test_the_delimiter_is_guessed_past_lists_decimals_and_titles():
    with_lists = "Title,Countries,Cost\n" + "Visit,Kenya; Ghana; Mali,2\n" * 5
    with_decimals = "Visites de 2004, 2005\n;;\nTitre;Coût\n" + "Visite;12,50\n" * 5
    quoted = '"Title, both";"Start"\n"a, b\nc, d, e";2004\n' * 3

    assert [guessed(text) for text in (with_lists, with_decimals, quoted)] == [",", ";", ";"]
    assert guessed("Title\nVisit\n") == ","


def test_a_delimiter_that_is_told_is_heeded():
    assert rows_of(b"a;b,c\n", delimiter=";") == [["a", "b,c"]]
    assert rows_of(b"a;b,c\n", delimiter=",") == [["a;b", "c"]]


def test_a_line_that_tells_the_delimiter_is_no_row():
    sheet = read_delimited(b"sep=;\r\nTitle;Cost\r\nVisit;1,2,3,4\r\n", limits()).sheets[0]

    assert sheet.rows == [["Title", "Cost"], ["Visit", "1,2,3,4"]]
    assert sheet.first_row == 1


def test_mixed_line_ends_and_blank_lines_keep_the_numbers_of_rows():
    sheet = read_delimited(b"\r\nTitle,Cost\rVisit,1\n\r\nSeminar,2\r\n\n\n", limits()).sheets[0]

    assert [(number, row[0]) for number, row in sheet.numbered()] == [
        *((2, "Title"), (3, "Visit"), (4, None), (5, "Seminar"))
    ]


def test_a_line_end_in_quotes_stays_in_its_cell_and_its_row():
    assert rows_of(b'Title,Cost\n"One\r\ntwo\nthree",1\nVisit,"say ""so"""\n') == [
        *(["Title", "Cost"], ["One\r\ntwo\nthree", "1"], ["Visit", 'say "so"'])
    ]


def test_a_stray_quotation_mark_within_its_line_is_read_as_a_spreadsheet_would():
    assert rows_of(b'Title,Cost\n"Big" visit,1\n5" pipe,2\nTalk,"3\n') == [
        *(["Title", "Cost"], ["Big visit", "1"], ['5" pipe', "2"], ["Talk", "3"])
    ]


def test_a_quotation_mark_that_swallows_rows_is_refused_with_its_row():
    for ending in (b"", b'Talk,"3"\n'):
        with pytest.raises(Refused) as refused:
            rows_of(b'Title,Cost\nTalk,1\n"Visit,2\nSeminar,3\n' + ending)

        assert (refused.value.code, refused.value.told) == ("quotation_mark", {"row": 3})


def test_rows_of_different_length_are_filled_up():
    assert rows_of(b"a,b\nc,d,e\nf\n") == [["a", "b", None], ["c", "d", "e"], ["f", None, None]]


def test_a_few_bytes_of_another_encoding_do_not_spoil_the_rest():
    content = ("Événement à Québec; été\n" * 20).encode() + b"Montr\xe9al;x\n"

    book = read(content, "list.csv")

    assert book.sheets[0].rows[-1] == ["Montréal", "x"]
    assert book.sheets[0].rows[0] == ["Événement à Québec", " été"]
    assert [said(note) for note in book.notes] == [
        "1 byte is not in the encoding of the rest, UTF-8; it was read as Windows-1252."
    ]


@pytest.mark.parametrize(
    ("content", "encoding"), [("é;é\n".encode("cp1252"), "utf-8"), (b"\xff\xfea\x00b", "utf-16")]
)
def test_what_is_not_in_the_encoding_that_was_chosen_is_refused(content, encoding):
    with pytest.raises(Unreadable) as refused:
        read(content, "list.csv", encoding=encoding)

    assert refused.value.code == "encoding"
    assert encoding in refused.value.message


# Letters of many scripts, all that a delimited text is made of, and what is easily taken for it.
CELLS = st.text(st.sampled_from("aé’œ €\"',;\t\n\r=0 ­Żت漢😀"), max_size=12)
LATIN_CELLS = st.text(st.sampled_from("aéà’œ €\"',;\t\n\r=0"), max_size=12)
DELIMITERS = st.sampled_from([",", ";", "\t"])


def written(rows, delimiter, end):
    filled = io.StringIO(newline="")
    # Python's writer quotes of all line ends only its own; any of them ends a row for every reader.
    inside = any(set("\r\n") & set(cell) for row in rows for cell in row)
    how = {"quoting": csv.QUOTE_ALL if inside else csv.QUOTE_MINIMAL}
    csv.writer(filled, delimiter=delimiter, lineterminator=end, **how).writerows(rows)
    return filled.getvalue()


def tables(cells):
    """A row of headings, then rows as wide, in which something stands in the last column."""
    ended = st.lists(cells, min_size=3, max_size=3).map(lambda row: [*row, "end"])
    return st.lists(ended, min_size=1, max_size=6).map(lambda rows: [["T", "S", "C", "é"], *rows])


def as_cells(rows):
    return [[None if not cell or cell.isspace() else cell for cell in row] for row in rows]


@given(
    tables(CELLS),
    DELIMITERS,
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "utf-16"]),
)
def test_what_is_written_is_read(rows, delimiter, end, encoding):
    content = written(rows, delimiter, end).encode(encoding)

    assert rows_of(content, delimiter=delimiter) == as_cells(rows)


@given(tables(LATIN_CELLS), DELIMITERS)
def test_what_is_written_in_windows_1252_is_read(rows, delimiter):
    content = written(rows, delimiter, "\r\n").encode("cp1252")

    told = rows_of(content, delimiter=delimiter, encoding="windows-1252")
    assert told == as_cells(rows)


PLAIN = st.text(st.sampled_from("abcé 0-"), max_size=8)


@given(
    tables(PLAIN),
    DELIMITERS,
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "cp1252"]),
)
def test_plain_tables_need_nothing_told(rows, delimiter, codec):
    content = written(rows, delimiter, "\r\n").encode(codec)

    assert rows_of(content) == as_cells(rows)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content):
    with suppress(Refused):
        assert read_delimited(content, limits()).format == "csv"
