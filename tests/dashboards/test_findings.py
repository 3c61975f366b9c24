import pytest

from dashboards.findings import findings
from dashboards.metrics.alignment import alignment_matrix
from engagements.models import Engagement
from objectives.models import FrameworkKind, Objective
from tests.factories import make_engagement, make_framework, make_objective


@pytest.fixture
def said():
    """What the matrix of two priorities and three mandate items says, a text for each finding."""
    rows, columns = (
        make_framework(kind=FrameworkKind.PRIORITY),
        make_framework(kind=FrameworkKind.MANDATE),
    )
    for framework, codes in [(rows, ["S1", "S2"]), (columns, ["M1", "M2", "M3"])]:
        for code in codes:
            make_objective(code, framework)

    def said():
        matrix = alignment_matrix(Engagement.objects.counted(), rows=rows, columns=columns)
        return [f"{one.lead} {one.rest}".strip() for one in findings(matrix)]

    return said


def serving(*codes, times=1):
    for _ in range(times):
        make_engagement(objectives=[Objective.objects.get(code=code) for code in codes])


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
    serving("S1", "M1", "M2", "M3", times=2)
    serving("S2", "M1", "M2", "M3", times=2)

    assert said() == ["Every cell has at least one engagement."]


def test_says_nothing_of_no_engagements(said):
    assert said() == []
