import datetime as dt

import pytest
from django.utils.translation import override

from common.partial_dates import FiscalYear, PartialDate
from dashboards.axes import Axes, Axis
from dashboards.findings import findings
from dashboards.metrics.alignment import alignment_matrix
from dashboards.metrics.served import served
from engagements.kinds import Stage
from engagements.models import Engagement
from objectives.models import FrameworkKind, Objective
from tests.factories import make_engagement, make_framework, make_objective

THIS_YEAR = FiscalYear(2027)


@pytest.fixture
def tell():
    """What the matrix of two priorities and three mandate items says: the findings."""
    rows, columns = (
        make_framework(kind=FrameworkKind.PRIORITY),
        make_framework(kind=FrameworkKind.MANDATE),
    )
    for framework, codes in [(rows, ["S1", "S2"]), (columns, ["M1", "M2", "M3"])]:
        for code in codes:
            make_objective(code, framework)

    def tell(in_force=(rows, columns), is_dated=False):
        axes = Axes(rows=Axis(frameworks=(rows,)), columns=Axis(frameworks=(columns,)), split=None)
        found = served(Engagement.objects.counted())
        return findings(alignment_matrix(found, axes), found, in_force, THIS_YEAR, is_dated)

    return tell


@pytest.fixture
def said(tell):
    def said(**kwargs):
        return [one.lead for one in tell(**kwargs)]

    return said


def serving(*codes, times=1, year=2027, **kwargs):
    """Engagements of May of a fiscal year, by the year it ends."""
    for _ in range(times):
        make_engagement(
            objectives=[Objective.objects.get(code=code) for code in codes],
            **{"start": dt.date(year - 1, 5, 15)} | kwargs,
        )


def filled(*but):
    """Every cell has two of this year, but these."""
    for row in ("S1", "S2"):
        for column in ("M1", "M2", "M3"):
            if (row, column) not in but:
                serving(row, column, times=2)


def test_names_together_what_nothing_serves_at_all(said):
    serving("S1", "M1", times=2)

    assert said() == ["Nothing serves Short M2 (M2), Short M3 (M3) or Short S2 (S2)."]


def test_names_what_is_served_once(said):
    serving("S1", "M1", "M2", "M3", times=2)
    serving("S2", "M1", "M2", "M3")

    assert said() == ["Short S2 (S2) is served by one engagement alone."]


def test_names_the_gaps_of_what_is_served(said):
    serving("S1", "M1", "M2", "M3", times=2)
    serving("S2", "M2", times=2)

    assert said() == ["Short S2 (S2) has nothing together with Short M1 (M1) or Short M3 (M3)."]


def test_a_column_that_nothing_serves_is_not_a_gap_of_every_row_as_well(said):
    serving("S1", "M1", "M2", times=2)
    serving("S2", "M1", "M2", times=2)

    assert said() == ["Nothing serves Short M3 (M3)."]


def test_says_so_when_nothing_is_missing(said):
    filled()

    assert said() == ["Every cell has at least one engagement."]


def test_says_nothing_of_no_engagements(said):
    assert said() == []


def test_names_a_cell_that_nothing_has_served_since(tell):
    filled(("S1", "M1"))
    serving("S1", "M1", year=2024, times=3)
    serving("S1", "M1", year=2020, times=5)

    (found,) = tell()

    assert found.lead == "Nothing has served Short S1 (S1) × Short M1 (M1) since 2023-24."
    assert [(link.words, link.figure.value) for link in found.links] == [("3 in 2023-24", 3)]
    assert found.links[0].figure.narrow["fy"] == ("2023-24",)


@pytest.mark.parametrize(
    ("year", "silent"), [(2024, True), (2025, True), (2026, False), (2027, False)]
)
def test_since_is_said_after_a_whole_year_with_nothing(said, year, silent):
    filled(("S1", "M1"))
    serving("S1", "M1", year=year, times=2)

    assert any("Nothing has served" in one for one in said()) is silent


def test_of_an_objective_named_as_a_whole_no_cell_is_named_as_well(said):
    serving("S1", "M1", "M2", "M3", times=2)
    serving("S2", "M1", "M2", "M3", year=2024, times=2)

    assert said() == ["Nothing has served Short S2 (S2) since 2023-24."]


def test_what_is_planned_is_said_beside_what_is_not_served(tell):
    filled(("S1", "M1"))
    serving("S1", "M1", year=2024)
    serving("S1", "M1", year=2027, start=dt.date(2027, 2, 1), stage=Stage.APPROVED)

    (found,) = tell()

    assert [link.words for link in found.links] == ["1 in 2023-24", "1 planned"]


def test_of_what_began_nobody_knows_when_no_since_is_said(said):
    filled(("S1", "M1"))
    serving("S1", "M1", year=2024, times=2)
    serving("S1", "M1", start=PartialDate.unknown())

    assert said() == ["Every cell has at least one engagement."]


def test_dates_that_were_chosen_make_no_since(said):
    filled(("S1", "M1"))
    serving("S1", "M1", year=2024, times=2)

    assert said(is_dated=True) == ["Every cell has at least one engagement."]


def test_of_a_set_no_longer_in_force_it_is_not_said_that_it_is_served_no_more(said):
    serving("S1", "M1", "M2", "M3", year=2024, times=2)
    serving("S2", "M1", "M2", "M3", year=2024, times=2)

    assert said(in_force=()) == ["Every cell has at least one engagement."]


def test_names_what_is_served_less_each_year(tell):
    filled(("S2", "M3"))
    for year, times in [(2024, 5), (2025, 3), (2026, 2), (2027, 1)]:
        serving("S2", "M3", year=year, times=times)
    serving("S1", "M3", year=2026, times=3)  # so that M3 as a whole does not fall

    falling = [one for one in tell() if "Fewer" in one.lead]

    assert [one.lead for one in falling] == [
        "Fewer engagements serve Short S2 (S2) × Short M3 (M3) each year."
    ]
    assert [link.words for link in falling[0].links] == [
        "5 in 2023-24",
        "3 in 2024-25",
        "2 in 2025-26",
    ]


@pytest.mark.parametrize(
    "counts", [(5, 3, 3, 0), (3, 5, 2, 0), (2, 1, 1, 1), (5, 3, 2, 5), (2, 2, 1, 0)]
)
def test_what_does_not_fall_each_year_or_recovers_is_not_weakening(said, counts):
    filled(("S2", "M3"))
    for year, times in zip((2024, 2025, 2026, 2027), counts, strict=True):
        serving("S2", "M3", year=year, times=times)

    assert not [one for one in said() if "Fewer" in one]


def test_the_greatest_loss_comes_first(said):
    filled(("S1", "M1"), ("S1", "M2"))
    serving("S1", "M1", year=2024, times=1)
    serving("S1", "M2", year=2022, times=4)

    assert said()[:2] == [
        "Nothing has served Short S1 (S1) × Short M2 (M2) since 2021-22.",
        "Nothing has served Short S1 (S1) × Short M1 (M1) since 2023-24.",
    ]


def test_sentences_hold_together_in_french(said):
    filled(("S1", "M1"))
    serving("S1", "M1", year=2024, times=2)

    with override("fr"):
        (sentence,) = said()

    assert sentence == (
        "Aucun engagement n’a servi à la fois Court S1 (S1) et Court M1 (M1) depuis 2023-24."
    )
