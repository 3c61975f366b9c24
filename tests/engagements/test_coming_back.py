"""Which cells of an exported file were changed: nothing it said when it left, whatever reads it."""

import csv
import datetime as dt
import io

import pytest
from django.utils.translation import override

from common.partial_dates import PartialDate
from common.text import fold
from engagements.exports.columns import COLUMNS
from engagements.exports.coming_back import ComingBack, record_of
from engagements.models import Engagement
from objectives.models import FrameworkKind
from tests.factories import (
    make_country,
    make_engagement,
    make_framework,
    make_objective,
    make_partner,
)
from tests.workbooks import sheets_of

LAYOUTS = [
    ("en", {}),
    ("fr", {}),
    ("en", {"headings": "codes"}),
    ("fr", {"headings": "codes", "alignments": "wording"}),
    ("en", {"alignments": "wording"}),
    ("fr", {"alignments": "wording"}),
]


@pytest.fixture
def rich():
    """An engagement that has something in every column, and much that is hard to read back."""
    priorities = make_framework(kind=FrameworkKind.PRIORITY)
    engagement = make_engagement(
        title_en="=SUM(1)",
        title_fr="'tis  l’hiver",
        start=PartialDate.season(2002, "autumn"),
        end=PartialDate.fiscal(2004),
        partners=[
            make_partner("ONE", name_en="Justice; Peace", name_fr="Justice; Paix"),
            make_partner("TWO", name_en="Justice"),
            make_partner(
                "SIX", name_en="Justice", archived_at="2020-01-01T00:00Z", archive_reason="x"
            ),
        ],
        countries=[make_country("NO"), make_country("FR")],
        objectives=[
            make_objective("P1"),
            make_objective("S2", priorities),
            make_objective("S1", priorities),
        ],
        place="-40 °C",
        purpose="Two lines\nof it  \n\n+ a third",
        outcome="é" * 33_000,
        lessons="@home",
        csc_participants=0,
        csc_posts="Warden\nDeputy",
        planned_cost="2000",
        actual_cost="1234.56",
        paid_by="_x0041_",
        sensitivity=0,
        approval="given",
        approved_by="Commissioner",
        approved_on=dt.date(2002, 1, 2),
        source_url="https://example.org/=1",
    )
    engagement.participations.filter(partner__code="TWO").update(role="host")
    engagement.alignments.filter(objective__code="S1").update(primary=True, reason="=why")
    return engagement


@pytest.fixture
def bare():
    return make_engagement(start=PartialDate.unknown())


@pytest.fixture
def files(client, reader):
    """The list as a file: headings and rows as they are read back, by format."""
    client.force_login(reader)

    def read(format, language, asked):
        told = {"separator": "comma"} | asked
        response = client.get(f"/{language}/engagements/export.{format}", told)
        content = b"".join(response.streaming_content)
        if format == "csv":
            return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        return list(sheets_of(content).values())[1]

    return read


def records():
    found = Engagement.objects.for_list().newest_first()
    return [record_of(each) for each in found]


@pytest.mark.parametrize("format", ["csv", "xlsx"])
@pytest.mark.parametrize(("language", "asked"), LAYOUTS)
def test_nothing_is_touched_in_a_file_as_it_left(files, rich, bare, format, language, asked):
    headings, *rows = files(format, language, asked)

    coming_back = ComingBack.of(headings)

    for record, row in zip(records(), rows, strict=True):
        untouched = coming_back.untouched(record, row)
        assert [headings[i] for i in range(len(headings)) if i not in untouched] == []


@pytest.mark.parametrize("format", ["csv", "xlsx"])
@pytest.mark.parametrize(("language", "asked"), LAYOUTS[:3])
def test_a_cell_that_was_changed_or_emptied_is_touched_alone(files, rich, format, language, asked):
    headings, row = files(format, language, asked)
    coming_back = ComingBack.of(headings)
    (record,) = records()

    for index, column in coming_back.columns.items():
        for other in ("Something else", 77, None if row[index] not in {"", None} else "x"):
            changed = [*row[:index], other, *row[index + 1 :]]
            touched = set(coming_back.columns) - coming_back.untouched(record, changed)
            assert touched == {index}, (column.code, other)


def test_knows_every_heading_in_words_and_codes(files, rich):
    for language, asked in LAYOUTS:
        headings = files("csv", language, asked)[0]
        fields = ComingBack.of(headings).fields
        assert [fields[index] for index in range(len(headings))] == [c.field for c in COLUMNS]


@pytest.mark.parametrize(
    "headings",
    [["Title", "Date"], ["Reference", "Title in English"], ["Version"], [None, ""], []],
)
def test_another_file_is_none_of_ours(headings):
    assert ComingBack.of(headings) is None


def test_columns_may_be_moved_left_out_and_added(files, rich):
    headings, row = files("xlsx", "en", {})
    places = [headings.index(name) for name in ("Outcome", "Version", "Reference")]
    moved = ["My notes", *(headings[place] for place in places)]

    coming_back = ComingBack.of(moved)

    (record,) = records()
    cells = ["a note", *(row[place] for place in places)]
    assert coming_back.untouched(record, cells) == {1, 2, 3}


def test_looks_up_what_it_needs_once(files, rich, django_assert_max_num_queries):
    headings, row = files("csv", "en", {})
    coming_back, (record,) = ComingBack.of(headings), records()
    coming_back.untouched(record, row)

    with django_assert_max_num_queries(0):
        coming_back.untouched(record, row)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_two_columns_go_by_one_heading(language):
    with override(language):
        headings = {fold(str(column.heading)) for column in COLUMNS}
        codes = {fold(column.code): column for column in COLUMNS}

    assert len(headings) == len(codes) == len(COLUMNS)
