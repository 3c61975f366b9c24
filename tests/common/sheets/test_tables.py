"""The table in a sheet nobody has seen before."""

import time

import pytest

from common.sheets.book import Book
from common.sheets.tables import NO_HEADER, NoTable, find_table
from tests.common.sheets.laying_out import a_book, a_sheet, knows, merged

HEAD = ("Title", "Country", "Partner", "Start", "Cost")
FIRST = ("Visit of wardens", "NO", "UNODC", "2004", "$2,000")
SECOND = ("Workshop on parole", "JM", "ICPA", "2005", 1500.0)
THIRD = ("Study tour of chaplains", "HT", "UNODC", "2006", "n/a")


def found(*rows, **said):
    return find_table(a_book(*rows, **said), knows)


def numbers(table):
    return [row.number for row in table.rows]


def left_out(table):
    return {number: why.value for number, why in table.left_out}


def headings(table):
    return [column.heading for column in table.columns]


def test_a_plain_list_is_found():
    table = found(HEAD, FIRST, SECOND)

    assert (table.header_row, numbers(table), table.left_out) == (1, [2, 3], [])
    assert headings(table) == list(HEAD)
    assert table.rows[0].cells == FIRST


def test_titles_and_blank_rows_stand_above_the_headings():
    table = found(("International visits",), ("Updated in May",), (), HEAD, (), FIRST, SECOND)

    assert (table.header_row, numbers(table)) == (4, [6, 7])
    assert left_out(table) == {1: "title", 2: "title"}


def test_a_list_begins_wherever_the_sheet_does():
    table = found(HEAD, FIRST, first_row=12, first_column=4)

    assert (table.header_row, numbers(table)) == (12, [13])
    assert [column.letter for column in table.columns] == ["D", "E", "F", "G", "H"]


def test_headings_need_not_begin_in_the_first_column():
    table = found((None, None, *HEAD), (None, None, *FIRST), (None, None, *SECOND))

    assert [column.letter for column in table.columns] == ["C", "D", "E", "F", "G"]


def test_a_row_of_groups_above_the_headings_is_one_of_them():
    groups = ("What", None, None, "When and how much")
    table = found(("Our list",), groups, HEAD, FIRST, SECOND)

    assert (table.header_row, table.header_rows) == (3, (2, 3))
    assert [column.group for column in table.columns] == ["What"] * 3 + ["When and how much"] * 2
    assert left_out(table) == {1: "title"}


@pytest.mark.parametrize("joined", [(merged("B1", "C1"), merged("E1", "F1")), ()])
def test_headings_on_two_rows_are_read_together(joined):
    table = found(
        ("No.", "Title", None, "Partner", "Cost", None),
        (None, "English", "French", None, "Planned", "Actual"),
        (1.0, "Visit", "Visite", "UNODC", 100.0, 200.0),
        (2.0, "Meeting", "Réunion", "ICPA", None, 300.0),
        merged=joined,
    )

    assert (table.header_rows, numbers(table)) == ((1, 2), [3, 4])
    assert headings(table) == ["No.", "English", "French", "Partner", "Planned", "Actual"]
    assert [column.group for column in table.columns] == ["", "Title", "Title", "", "Cost", "Cost"]


def test_headings_said_in_both_languages_on_two_rows_are_one():
    table = found(
        ("Title", "Country", "Start"), ("Titre", "Pays", "Début"), ("Visit", "NO", "2004")
    )

    assert headings(table) == ["Title / Titre", "Country / Pays", "Start / Début"]
    assert numbers(table) == [3]


def test_a_heading_on_several_lines_is_one_line():
    table = found(("Title", "Cost\n(CAD)", "Start\n\n(yyyy-mm-dd)"), ("Visit", "5", "2004"))

    assert headings(table) == ["Title", "Cost (CAD)", "Start (yyyy-mm-dd)"]


@pytest.mark.parametrize(
    "said",
    [
        "*** Start year 1992 ***",
        "--- Africa ---",
        "AFRICA",
        "Africa:",
        "2004-05",
        "FY 2004-05",
        "Asia",
    ],
)
def test_the_heading_of_a_section_is_no_record_and_is_told_with_those_below(said):
    table = found(HEAD, FIRST, (said,), SECOND, THIRD)

    assert left_out(table) == {3: "section"}
    assert [row.section for row in table.rows] == ["", said.strip("*- :"), said.strip("*- :")]


def test_a_section_may_be_merged_across_the_table():
    section = ("Visits that were paid for by the partner itself",)
    table = found(HEAD, section, FIRST, SECOND, merged=(merged("A2", "E2"),))

    assert left_out(table) == {2: "section"}


def test_a_section_may_stand_left_of_the_table():
    table = found((None, *HEAD), ("2004-05",), (None, *FIRST), ("2005-06",), (None, *SECOND))

    assert (numbers(table), [row.section for row in table.rows]) == ([3, 5], ["2004-05", "2005-06"])
    assert (headings(table), table.stray_count) == (list(HEAD), 0)


def test_a_record_hardly_begun_is_a_record():
    table = found(HEAD, FIRST, ("Visit to be confirmed",), (None, None, "UNODC"), SECOND)

    assert (numbers(table), table.left_out) == ([2, 3, 4, 5], [])


@pytest.mark.parametrize(
    "said",
    ["TOTAL", "Total", "Grand total:", "Sub-total", "SUBTOTAL", "Sous-total", "Total général",
     "Total 2004-05", "Total for Africa", "Total / Total", "Total partiel", "TOTAL (CAD)", "Totaux"],
)  # fmt: skip
def test_a_total_is_no_record_in_either_language(said):
    table = found(HEAD, FIRST, SECOND, (said, None, None, None, 3500.0), THIRD)

    assert left_out(table) == {4: "total"}


def test_a_total_may_stand_beside_a_count():
    table = found(
        ("No.", *HEAD), (1.0, *FIRST), (2.0, "TOTAL", None, None, None, "$3,500"), (2.0, *SECOND)
    )

    assert left_out(table) == {3: "total"}


def test_what_is_only_called_total_is_a_record():
    table = found(HEAD, FIRST, ("Total quality management seminar", "NO", "UNODC", "2004"))

    assert table.left_out == []


def test_headings_repeated_on_each_page_are_no_records():
    table = found(("Our list",), HEAD, FIRST, ("Our list",), HEAD, SECOND)

    assert (numbers(table), left_out(table)) == ([3, 6], {1: "title", 4: "title", 5: "header"})


def test_a_row_that_counts_the_columns_is_no_record():
    table = found(HEAD, ("(1)", "(2)", "(3)", "(4)", "(5)"), FIRST)

    assert left_out(table) == {2: "header"}


def test_notes_below_the_table_are_no_records():
    notes = [("Note: amounts are approximate",), ("* in kind",), ("Source: files of the region",)]
    table = found(HEAD, FIRST, SECOND, (), *notes)

    assert left_out(table) == {5: "note", 6: "note", 7: "note"}


def test_rows_numbered_in_advance_are_no_records():
    table = found(("No.", *HEAD), (1.0, *FIRST), (2.0, *SECOND), (3.0,), (4.0,))

    assert (numbers(table), left_out(table)) == ([2, 3], {4: "stray", 5: "stray"})


def test_columns_that_strayed_are_no_part_of_the_table():
    table = found(HEAD, FIRST, (*SECOND, *[None] * 3000, "oops"), (*[None] * 3000, 7.0))

    assert headings(table) == list(HEAD)
    assert (table.stray_count, table.stray, left_out(table)) == (2, ("DKP3", "DKK4"), {4: "stray"})


def test_a_column_without_heading_is_one_where_rows_fill_it():
    table = found(HEAD, (*FIRST, "yes"), (*SECOND, "no"))

    assert (table.columns[-1].name, table.columns[-1].heading) == ("[F]", "")


def test_a_column_with_a_heading_and_no_values_is_one():
    table = found((*HEAD, "End"), FIRST, SECOND)

    assert (table.columns[-1].heading, table.columns[-1].samples) == ("End", ())


def test_hidden_columns_are_read_and_said_to_be_hidden():
    table = found(HEAD, FIRST, hidden_columns=frozenset({2}))

    assert [column.heading for column in table.columns if column.hidden] == ["Country"]


def test_two_columns_of_one_heading_have_names_of_their_own():
    table = found(("Title", "Title", "Start"), ("Visit", "Visite", "2004"))

    assert [column.name for column in table.columns] == ["Title", "Title (2)", "Start"]
    assert table.column("title (2)").letter == table.column("[b]").letter == "B"
    assert table.column("TITLE").letter == "A"
    assert table.column("Banana") is None


def test_without_headings_every_row_is_a_record():
    table = found(("Visit of wardens to Oslo", 2004.0, "$5"), ("Workshop on parole", 2005.0, "$7"))

    assert (table.header_row, numbers(table)) == (0, [1, 2])
    assert [column.name for column in table.columns] == ["[A]", "[B]", "[C]"]


def test_headings_that_mean_nothing_stand_above_figures():
    table = found(("Foo", "Bar"), ("Visit", 2004.0), ("Workshop", 2005.0))

    assert (table.header_row, numbers(table)) == (1, [2, 3])


def test_a_first_record_is_not_taken_for_more_headings():
    table = found(("Title", "Country"), ("Title of a visit", "NO"), ("Another", None))

    assert (table.header_rows, numbers(table)) == ((1,), [2, 3])


def test_a_person_can_say_where_the_headings_stand():
    rows = [("Foo", "Bar"), ("Baz", "Qux"), ("Visit", "NO"), ("Workshop", "JM")]

    assert find_table(a_book(*rows), knows, header_row=2).header_row == 2
    assert len(find_table(a_book(*rows), knows, header_row=NO_HEADER).rows) == 4


def test_what_is_merged_downwards_is_said_in_each_row_but_amounts():
    table = found(
        ("Country", "Title", "Start", "Cost"),
        ("Norway", "Visit", 2004.0, 500.0),
        (None, "Workshop", None, None),
        ("Sweden", "Tour", 2005.0, None),
        merged=(merged("A2", "A3"), merged("C2", "C3"), merged("D2", "D3")),
    )

    assert table.rows[1].cells == ("Norway", "Workshop", 2004.0, None)


def test_blanks_around_texts_go():
    table = found(HEAD, ("  Visit\u00a0", " ", "", "2004", None))

    assert table.rows[0].cells == ("Visit", None, None, "2004", None)


def test_the_sheet_that_looks_like_a_list_is_chosen():
    book = Book(
        "xlsx",
        [
            a_sheet(("Notes",), ("These are notes",), name="Read me"),
            a_sheet(("Country",), ("NO",), ("JM",), name="Lists"),
            a_sheet(HEAD, FIRST, SECOND, name="Visits"),
            a_sheet(HEAD, FIRST, SECOND, THIRD, name="Visits old"),
            a_sheet(HEAD, *[FIRST] * 20, name="Secret", hidden=True),
        ],
    )
    table = find_table(book, knows)

    assert table.sheet == "Visits"
    assert [(seen.name, seen.rows, seen.hidden) for seen in table.sheets] == [
        ("Read me", 2, False), ("Lists", 3, False), ("Visits", 3, False), ("Visits old", 4, False),
        ("Secret", 21, True),
    ]  # fmt: skip
    assert len(find_table(book, knows, sheet="Visits old").rows) == 3


@pytest.mark.parametrize(
    ("rows", "said", "code"),
    [
        ([], {}, "empty"),
        ([(None, " ")], {}, "empty"),
        ([HEAD], {}, "headings-only"),
        ([("Our list",), HEAD, ()], {}, "headings-only"),
        ([HEAD, FIRST], {"sheet": "Other"}, "no-such-sheet"),
        ([HEAD, FIRST], {"header_row": 9}, "no-such-row"),
    ],
)
def test_where_there_is_no_list_one_sentence_says_so(rows, said, code):
    with pytest.raises(NoTable) as problem:
        find_table(a_book(*rows), knows, **said)

    assert problem.value.code == code
    assert problem.value.message.endswith(".")


def test_many_rows_take_seconds():
    rows = [HEAD, *[FIRST, SECOND, THIRD] * 10_000, ("TOTAL", None, None, None, 5.0)]
    begun = time.perf_counter()

    table = found(*rows)

    assert len(table.rows) == 30_000
    assert time.perf_counter() - begun < 20
