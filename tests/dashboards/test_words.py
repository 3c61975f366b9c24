"""As tagged then, or in today's words: a set that was split, merged, dropped and added to."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.http import QueryDict
from django.utils import timezone

from accounts.models import Role
from dashboards import blocks
from dashboards.axes import Axis
from dashboards.links import list_of
from engagements.filters import EngagementFilter
from engagements.models import Engagement
from objectives.models import Framework, FrameworkKind, Objective
from tests.dashboards.frameworks import serving
from tests.factories import make_engagement, make_framework, make_objective, make_user

URL = "/en/dashboard/"


@pytest.fixture
def reader():
    return make_user("reader", Role.MANAGER, clearance=2)


@pytest.fixture(autouse=True)
def _sets():
    """Priorities of 2000, 2010 and today; two mandate items.

    A1 became B1 and that C1; B2 was split into C2 and C3; B3 was merged into C3; B4 was dropped; C4
    is new. A2 was dropped when the second set came.
    """
    first = make_framework("A", FrameworkKind.PRIORITY, in_force_from=dt.date(2000, 4, 1))
    second = make_framework("B", FrameworkKind.PRIORITY, in_force_from=dt.date(2010, 4, 1))
    third = make_framework("C", FrameworkKind.PRIORITY, in_force_from=dt.date(2026, 4, 1))
    mandate = make_framework("M", FrameworkKind.MANDATE)
    of = {"A": first, "B": second, "C": third, "M": mandate}
    codes = ("A1", "A2", "B1", "B2", "B3", "B4", "C1", "C2", "C3", "C4", "M1", "M2")
    made = {code: make_objective(code, of[code[0]]) for code in codes}
    for heir, earlier in [("B1", ["A1"]), ("C1", ["B1"]), ("C2", ["B2"]), ("C3", ["B2", "B3"])]:
        made[heir].follows.set([made[code] for code in earlier])


@pytest.fixture
def logged():
    """Ten, some of each set."""
    serving("A1", "M1", start=dt.date(2005, 5, 1))
    serving("A2", "M1", start=dt.date(2005, 5, 1))
    serving("B1", "M1", start=dt.date(2024, 5, 1))
    serving("B1", "C1", "M1")  # of both sets, and once C1
    serving("B2", "M1", start=dt.date(2024, 5, 1))
    serving("B2", "B3", "M2", start=dt.date(2025, 5, 1))
    serving("B3", "B4", "M2", start=dt.date(2025, 5, 1))
    serving("B4", "M2", start=dt.date(2025, 5, 1))
    serving("C4", "M2")
    serving("M1")


@pytest.fixture
def open_scope(reader):
    def open_scope(query=""):
        data = QueryDict(query)
        filters = EngagementFilter(
            data,
            Engagement.objects.visible_to(reader),
            user=reader,
            also_allowed=["rows", "columns", "words", "by", "split"],
        )
        return blocks.scope_of(filters, timezone.localdate())

    return open_scope


def counts(block):
    return {
        line.objective.code: [cell.engagements.value for cell in line.cells]
        for line in block["matrix"].lines
    }


def listed(scope, figure, reader):
    query = QueryDict(list_of(scope.filters, figure).partition("?")[2])
    return EngagementFilter(query, Engagement.objects.visible_to(reader), user=reader).qs.count()


def test_as_tagged_every_adopted_set_with_tags_stands_side_by_side(logged, open_scope):
    found = counts(blocks.alignment(open_scope("words=then")))

    assert found == {
        "A1": [1, 0], "A2": [1, 0],
        "B1": [2, 0], "B2": [1, 1], "B3": [0, 2], "B4": [0, 2],
        "C1": [1, 0], "C2": [0, 0], "C3": [0, 0], "C4": [0, 1],
    }  # fmt: skip


def test_one_set_alone_may_be_chosen(logged, open_scope):
    block = blocks.alignment(open_scope("rows=B"))

    assert counts(block) == {"B1": [2, 0], "B2": [1, 1], "B3": [0, 2], "B4": [0, 2]}
    elsewhere = {one.framework.code: one.engagements.value for one in block["elsewhere"]}
    assert elsewhere == {"A": 2, "C": 2}


def test_in_todays_words_each_counts_for_what_follows_its_tags_and_once(logged, open_scope):
    found = counts(blocks.alignment(open_scope("words=today")))

    # C1: A1 through B1, B1, and B1 with C1. C2: B2 twice. C3: B2 twice, one of them B3 too, and B3.
    assert found == {"C1": [3, 0], "C2": [1, 1], "C3": [1, 2], "C4": [0, 1]}


def test_an_older_set_is_read_as_todays_too(logged, open_scope):
    assert set(counts(blocks.alignment(open_scope("rows=B&words=today")))) == {
        "C1",
        "C2",
        "C3",
        "C4",
    }


def test_says_what_could_not_be_read_and_what_counts_twice(logged, open_scope, reader):
    scope = open_scope("words=today")

    (found,) = blocks.alignment(scope)["mapped"]

    assert found.framework.code == "C"
    assert found.unmapped.value == 3
    assert [(d.objective.code, d.engagements.value) for d in found.dropped] == [
        ("A2", 1),
        ("B4", 2),
    ]
    (doubled,) = found.doubled
    assert (doubled.objective.code, doubled.engagements.value) == ("B2", 2)
    assert [heir.code for heir in doubled.heirs] == ["C2", "C3"]
    assert [figure.value for figure in found.figures] == [
        listed(scope, figure, reader) for figure in found.figures
    ]


@pytest.mark.parametrize("by", ["count", "cost", "partners"])
@pytest.mark.parametrize("query", ["", "mapped=C3", "objective=B2", "fy=2024-25"])
def test_in_todays_words_each_figure_opens_its_list(logged, open_scope, reader, by, query):
    scope = open_scope(f"words=today&by={by}&{query}")
    block, coverage = blocks.alignment(scope), blocks.coverage(scope)
    linked = [link.figure for one in block["findings"] for link in one.links]

    figures = [f for f in (*block["matrix"].figures, *linked) if f.measure == "count"]
    wide = replace(scope, filters=coverage["filters"])
    over_years = [f for f in coverage["counted"].figures if f.measure == "count"]

    assert [f.value for f in figures] == [listed(scope, f, reader) for f in figures]
    assert [f.value for f in over_years] == [listed(wide, f, reader) for f in over_years]


def test_coverage_is_read_in_the_same_words(logged, open_scope):
    found = blocks.coverage(open_scope("words=today"))["counted"]

    priorities = {one.objective.code: one.total.value for one in found.frameworks[0].objectives}
    assert priorities == {"C1": 3, "C2": 2, "C3": 3, "C4": 1}


def test_findings_are_told_in_the_same_words(open_scope):
    serving("B1", "M1", start=dt.date(2023, 5, 1))
    serving("C2", "C3", "C4", "M1", "M2")
    serving("C2", "C3", "C4", "M1", "M2")

    then, today = (
        [one.lead for one in blocks.alignment(open_scope(f"words={words}"))["findings"]]
        for words in ("then", "today")
    )

    assert not [one for one in then if one.startswith("Nothing serves") and "(C1)" in one]
    assert (
        "Since 2026-04-01, when “Framework C” came into force, nothing serves Short C1 (C1)."
        in then
    )
    assert "Nothing has served Short C1 (C1) since 2023-24." in today


def test_the_words_are_offered_only_where_another_set_tags_something(client, reader, open_scope):
    client.force_login(reader)
    serving("C1", "M1")
    assert not blocks.alignment(open_scope())["has_words"]
    assert "In today’s words" not in client.get(URL).content.decode()

    serving("B1", "M1")

    assert "In today’s words" in client.get(URL).content.decode()


def test_the_page_says_what_today_s_words_do(logged, client, reader):
    client.force_login(reader)

    page = re.sub(r"<[^>]*>|\s+", " ", client.get(URL + "?words=today").content.decode())
    page = re.sub(r"\s+", " ", page)

    assert "3 engagements have a tag that no entry of today follows." in page
    assert (
        "Short B2 (B2) leads to Short C2 (C2) and Short C3 (C3), and counts in each of them:"
        in page
    )
    assert "Short B4 (B4) leads to no entry of today:" in page


def test_sets_of_one_kind_are_not_set_against_each_other_in_todays_words(client, reader):
    client.force_login(reader)
    make_engagement()

    response = client.get(URL + "?rows=B&columns=C&words=today")

    assert response.status_code == 400
    assert "In today’s words rows and columns are the same framework." in response.content.decode()


def test_sets_of_one_kind_may_be_set_against_each_other_as_tagged(logged, open_scope):
    block = blocks.alignment(open_scope("rows=B&columns=C"))

    assert counts(block)["B1"] == [1, 0, 0, 0]


def test_a_set_nobody_adopted_is_offered_once_it_tags_something(open_scope):
    draft = make_framework("D", FrameworkKind.PRIORITY, adopted=False)
    objective = make_objective("D1", draft)
    serving("C1", "M1")
    assert draft not in blocks.alignment(open_scope())["offered"]

    make_engagement(objectives=[objective])

    block = blocks.alignment(open_scope())
    assert draft in block["offered"]
    assert [one.framework for one in block["elsewhere"]] == [draft]
    assert draft not in block["matrix"].rows.frameworks


def test_takes_as_many_queries_for_twenty_objectives_as_for_five(
    logged, open_scope, django_assert_num_queries
):
    def counted():
        scope = open_scope("words=today")
        blocks.alignment(scope)
        blocks.coverage(scope)

    with django_assert_num_queries(7):
        counted()
    newest = Framework.objects.get(code="C")
    for number in range(5, 25):
        made = make_objective(f"C{number}", newest)
        made.follows.add(Objective.objects.get(code="B4"))
    serving("B4", "C20", "M1", "M2")
    with django_assert_num_queries(7):
        counted()


def test_an_axis_names_its_sets_together():
    axis = Axis(frameworks=tuple(Framework.objects.filter(kind="priority").in_order()))

    assert axis.title == "Framework A, Framework B and Framework C"


def test_unasked_it_is_read_in_todays_words_once_an_earlier_set_tags_something(open_scope):
    serving("C1", "M1")
    (before,) = blocks.alignment(open_scope())["matrix"].lines[0].cells[:1]
    assert "objective" in before.engagements.narrow

    serving("B1", "M1")

    assert counts(blocks.alignment(open_scope()))["C1"] == [2, 0]
    assert blocks.alignment(open_scope())["is_today"]


def test_an_adoption_leaves_the_findings_as_they_were(open_scope):
    serving("B1", "M1", start=dt.date(2023, 5, 1))
    serving("B2", "M2")

    said = [one.lead for one in blocks.alignment(open_scope())["findings"]]

    assert "Nothing has served Short C1 (C1) since 2023-24." in said
    assert "Nothing serves Short C4 (C4)." in said
    assert not [one for one in said if "Nothing serves" in one and "(C1)" in one]


def test_as_tagged_then_a_new_set_without_tags_is_not_called_unserved(open_scope):
    serving("B1", "M1")
    serving("B1", "M1")

    said = " ".join(one.lead for one in blocks.alignment(open_scope("words=then"))["findings"])

    assert "Nothing serves Short M2 (M2), Short B2 (B2)" in said
    assert "(C1)" not in said


def test_an_older_set_chosen_by_name_is_read_as_tagged_then(logged, open_scope):
    assert set(counts(blocks.alignment(open_scope("rows=B")))) == {"B1", "B2", "B3", "B4"}


def test_sets_of_one_kind_stand_under_headings_of_their_own(logged, open_scope):
    assert blocks.coverage(open_scope("words=then"))["has_several"]
    assert not blocks.coverage(open_scope())["has_several"]


SAYS_SO = "Objectives: in today’s words"


@pytest.mark.parametrize(
    ("block", "query", "says"),
    [
        ("alignment", "", True),
        ("coverage", "", True),
        ("alignment", "?words=today", True),
        ("alignment", "?words=then", False),
        ("volume", "", False),
    ],
)
def test_a_file_by_objective_says_so_where_it_is_read_in_todays_words(
    client, reader, logged, block, query, says
):
    client.force_login(reader)

    lines = client.get(f"/en/dashboard/{block}.csv{query}").content.decode().splitlines()

    assert lines.count(SAYS_SO) == says
