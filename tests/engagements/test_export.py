import csv
import io

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from common.partial_dates import PartialDate
from engagements.exports import COLUMNS, safe
from engagements.exports.as_csv import joined, written
from engagements.exports.text import unsafe
from engagements.kinds import Stage
from engagements.models import Engagement, Export
from objectives.models import FrameworkKind
from tests.factories import (
    make_country,
    make_engagement,
    make_framework,
    make_objective,
    make_partner,
)

URL = reverse("engagements:export")


@pytest.fixture
def signed_in(client, reader):
    client.force_login(reader)
    return client


def download(client, url=URL, **filters):
    text = text_of(client.get(url, filters))
    sign = ";" if url.startswith("/fr/") and "separator" not in filters else ","
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=sign))


def text_of(response):
    return b"".join(response.streaming_content).decode("utf-8-sig")


def test_exports_what_the_list_shows(signed_in):
    objective = make_objective("S1")
    make_engagement(title_en="Shown", objectives=[objective])
    make_engagement(title_en="Filtered out")
    make_engagement(title_en="Draft", stage=Stage.DRAFT, objectives=[objective])

    headings, *rows = download(signed_in, objective="S1")

    assert headings == [str(column.heading) for column in COLUMNS]
    assert [row[2] for row in rows] == ["Shown"]


def test_exports_every_row_however_many(signed_in, staff):
    for _ in range(120):
        make_engagement(logged_by=staff)

    assert len(download(signed_in)) == 121


def test_keeps_the_order_of_the_list(signed_in):
    make_engagement(title_en="B")
    make_engagement(title_en="A")

    assert [row[2] for row in download(signed_in, sort="title")[1:]] == ["A", "B"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_a_title_is_never_a_formula(signed_in, text):
    make_engagement(title_en=text)

    assert download(signed_in)[1][2] == f"'{text}"


@pytest.mark.parametrize(
    ("level", "words", "name"),
    [(1, "PROTECTED A", "-protected-a.csv"), (2, "PROTECTED B", "-protected-b.csv")],
)
def test_a_file_with_something_protected_in_it_says_so_first_last_and_in_its_name(
    client, manager, level, words, name
):
    make_engagement(title_en="Open")
    make_engagement(title_en="Marked", sensitivity=level)
    client.force_login(manager)

    first, headings, *rows, last = download(client)

    assert (first, last, len(rows)) == ([words], [words], 2)
    assert headings == [str(column.heading) for column in COLUMNS]
    assert client.get(URL)["Content-Disposition"].endswith(f'{name}"')


def test_a_file_with_nothing_protected_in_it_carries_no_marking(client, manager):
    make_engagement(title_en="Open")
    make_engagement(title_en="Marked", sensitivity=2)
    client.force_login(manager)

    assert len(download(client, q="Open")) == 2
    assert "protected" not in client.get(URL, {"q": "Open"})["Content-Disposition"]


def test_a_filter_that_makes_no_sense_exports_nothing(signed_in):
    make_engagement(title_en="Everything")

    assertContains(
        signed_in.get(URL, {"objective": "NONE"}), "There is no objective", status_code=400
    )


def test_the_french_file_has_french_values(signed_in):
    make_engagement(title_en="Shown", partners=[make_partner(name_fr="Partenaire")])

    rows = download(signed_in, url="/fr/engagements/export.csv")

    assert any("Partenaire" in cell for cell in rows[1])


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow(signed_in, staff, count, django_assert_num_queries):
    for _ in range(count):
        make_engagement(logged_by=staff, partners=[make_partner()])

    with django_assert_num_queries(14):
        assert len(download(signed_in)) == count + 1


def test_what_is_marked_higher_while_the_file_is_sent_is_told_of_at_its_end(client, manager):
    engagement = make_engagement()
    client.force_login(manager)
    response = client.get(URL)

    Engagement.objects.filter(pk=engagement.pk).update(sensitivity=2)

    *_lines, last = b"".join(response.streaming_content).decode().splitlines()
    assert last == "PROTECTED B"


def test_what_is_marked_above_the_reader_while_the_file_is_sent_is_not_in_it(signed_in):
    engagement = make_engagement(title_en="Nightfall")
    response = signed_in.get(URL)

    Engagement.objects.filter(pk=engagement.pk).update(sensitivity=2)

    assert b"Nightfall" not in b"".join(response.streaming_content)


def test_the_first_line_is_sent_before_any_record_is_read(
    signed_in, staff, django_assert_num_queries
):
    for _ in range(3):
        make_engagement(logged_by=staff)
    response = signed_in.get(URL)

    with django_assert_num_queries(0):
        first = next(iter(response.streaming_content))

    assert first.decode("utf-8-sig").startswith("Reference,Version,")


def test_excel_in_french_gets_semicolons_and_decimal_commas(signed_in):
    make_engagement(actual_cost="1234.50")

    lines = text_of(signed_in.get("/fr/engagements/export.csv")).splitlines()

    assert ";1234,50;" in lines[1]


def test_a_program_gets_codes_for_whatever_has_one_whatever_the_language(signed_in):
    make_engagement(
        start=PartialDate.season(2002, "autumn"),
        partners=[make_partner("UNODC")],
        countries=[make_country("NO")],
        actual_cost="1234.50",
    )
    asked = {"headings": "codes", "separator": "comma"}

    english, french = (
        download(signed_in, f"/{each}/engagements/export.csv", **asked) for each in ("en", "fr")
    )

    assert english == french
    row = dict(zip(*english, strict=True))
    assert (row["kind"], row["countries"], row["partners"]) == ("outgoing-visit", "NO", "UNODC")
    assert (row["start"], row["precision"], row["start_earliest"]) == (
        "autumn 2002",
        "season",
        "2002-09-01",
    )
    assert (row["end"], row["end_precision"], row["actual_cost"]) == ("", "not-given", "1234.50")


def test_columns_stand_as_asked_for_and_the_reference_and_marking_are_never_left_out(signed_in):
    make_engagement(title_en="Shown", place="Oslo")

    headings, row = download(signed_in, fields="place,title_en")

    assert headings == ["Place", "Title in English", "Reference", "Sensitivity"]
    assert row[:2] == ["Oslo", "Shown"]


def test_objectives_stand_in_a_column_for_each_kind_of_framework(signed_in):
    pillar = make_objective("P1", make_framework(kind=FrameworkKind.PILLAR))
    priorities = make_framework(kind=FrameworkKind.PRIORITY)
    engagement = make_engagement(
        objectives=[pillar, make_objective("S2", priorities), make_objective("S1", priorities)]
    )
    engagement.alignments.filter(objective__code="S1").update(primary=True, reason="Asked for")
    fields = "pillars,priorities,primary,reasons"

    (coded,) = download(signed_in, fields=fields)[1:]
    (worded,) = download(signed_in, fields=fields, alignments="wording")[1:]

    assert coded[:4] == ["P1", "S2; S1", "S1", "S1: Asked for"]
    assert worded[:2] == ["P1 Wording of P1", "S2 Wording of S2\nS1 Wording of S1"]


@pytest.mark.parametrize(
    "asked",
    [
        {"fields": "reference,shoe_size"},
        {"headings": "loud"},
        {"lines": "none"},
        {"separator": "§"},
        {"alignments": "x"},
    ],
)
def test_a_layout_that_makes_no_sense_exports_nothing(signed_in, asked):
    make_engagement(title_en="Everything")

    response = signed_in.get(URL, asked)

    assertNotContains(response, "Everything", status_code=400)


def test_two_partners_of_one_name_are_told_apart_by_their_codes(signed_in):
    first, other = make_partner("ONE", name_en="Justice"), make_partner("TWO", name_en="Justice")
    make_engagement(partners=[first, other])
    make_engagement(partners=[make_partner("THREE", name_en="Peace")])

    rows = download(signed_in, fields="partners")[1:]

    assert [row[0] for row in rows] == ["Peace", "ONE; TWO"]


@pytest.mark.parametrize("text", ["=1+1", "'=1", "''@x", "-", "'tis", "=", "+", "\t=1", "plain"])
def test_what_is_made_safe_is_read_back_as_it_was(text):
    assert unsafe(safe(text)) == text


def test_asking_for_the_headers_alone_is_no_export(signed_in):
    assert signed_in.head(URL).status_code == 200

    assert not Export.objects.exists()


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_lines_put_together_in_columns_are_those_of_pythons_own_writer(sign):
    odd = [
        "",
        " ",
        ",",
        ";",
        "\t",
        '"',
        'a "b" c',
        "\n",
        "\r",
        "one\r\ntwo",
        "'=1+1",
        "é\x0b",
        None,
        7,
    ]
    lines = [("plain", one, other, 0.5) for one in odd for other in ("", one)]

    assert joined(lines, sign) == written(lines, sign)
    assert joined([], sign) == written([], sign)
