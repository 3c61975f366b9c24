import csv
import io

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from engagements.exports import COLUMNS, to_csv
from engagements.kinds import Stage
from engagements.models import Engagement
from tests.factories import make_engagement, make_objective, make_partner

URL = reverse("engagements:export")


@pytest.fixture
def signed_in(client, reader):
    client.force_login(reader)
    return client


def download(client, url=URL, **filters):
    response = client.get(url, filters)
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_exports_what_the_list_shows(signed_in):
    objective = make_objective("S1")
    make_engagement(title_en="Shown", objectives=[objective])
    make_engagement(title_en="Filtered out")
    make_engagement(title_en="Draft", stage=Stage.DRAFT, objectives=[objective])

    headings, *rows = download(signed_in, objective="S1")

    assert headings == [str(heading) for heading, _value_of in COLUMNS]
    assert [row[1] for row in rows] == ["Shown"]


def test_exports_every_row_however_many(signed_in, staff):
    for _ in range(120):
        make_engagement(logged_by=staff)

    assert len(download(signed_in)) == 121


def test_keeps_the_order_of_the_list(signed_in):
    make_engagement(title_en="B")
    make_engagement(title_en="A")

    assert [row[1] for row in download(signed_in, sort="title")[1:]] == ["A", "B"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_a_title_is_never_a_formula(signed_in, text):
    make_engagement(title_en=text)

    assert download(signed_in)[1][1] == f"'{text}"


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
    assert headings == [str(heading) for heading, _value_of in COLUMNS]
    assert client.get(URL)["Content-Disposition"].endswith(f'{name}"')


def test_a_file_with_nothing_protected_in_it_carries_no_marking(client, manager):
    make_engagement(title_en="Open")
    make_engagement(title_en="Marked", sensitivity=2)
    client.force_login(manager)

    assert len(download(client, q="Open")) == 2
    assert "protected" not in client.get(URL, {"q": "Open"})["Content-Disposition"]


def test_what_is_marked_higher_while_the_file_is_sent_is_told_of_at_its_end():
    make_engagement(sensitivity=2)

    *_lines, last = to_csv(Engagement.objects.for_list(), marking=0)

    assert last == "PROTECTED B\r\n"


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

    with django_assert_num_queries(7):
        assert len(download(signed_in)) == count + 1
