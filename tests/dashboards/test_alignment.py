import datetime as dt
from decimal import Decimal

import pytest

from dashboards.axes import Axes, Axis
from dashboards.metrics.alignment import alignment_matrix, step_of, tagged_elsewhere
from dashboards.metrics.served import served
from engagements.kinds import Stage
from engagements.models import Engagement
from objectives.models import Framework, FrameworkKind
from tests.dashboards.frameworks import serving
from tests.factories import make_engagement, make_framework, make_objective, make_partner


@pytest.fixture
def frameworks():
    """Two priorities, two mandate items, two pillars."""
    kinds = {"S": FrameworkKind.PRIORITY, "M": FrameworkKind.MANDATE, "P": FrameworkKind.PILLAR}
    made = {letter: make_framework(f"FRAMEWORK-{letter}", kind) for letter, kind in kinds.items()}
    for letter, framework in made.items():
        for number in (1, 2):
            make_objective(f"{letter}{number}", framework)
    return made


def axis(framework):
    return Axis(frameworks=(framework,))


def matrix(frameworks, by="count"):
    axes = Axes(
        rows=axis(frameworks["S"]), columns=axis(frameworks["M"]), split=axis(frameworks["P"])
    )
    return alignment_matrix(served(Engagement.objects.counted(), by), axes, by=by)


def counts(found):
    return [[cell.engagements.value for cell in line.cells] for line in found.lines]


def test_counts_what_serves_both_objectives_of_a_cell(frameworks):
    serving("P1", "S1", "M1")
    serving("P1", "S1", "M1")
    serving("P2", "S2", "M1")
    serving("P2", "S2")

    assert counts(matrix(frameworks)) == [[2, 0], [1, 0]]


def test_one_that_serves_several_counts_in_every_cell_and_once_in_a_total(frameworks):
    serving("P1", "S1", "S2", "M1", "M2")

    found = matrix(frameworks)

    assert counts(found) == [[1, 1], [1, 1]]
    assert [line.total.value for line in found.lines] == [1, 1]
    assert [total.value for total in found.column_totals] == [1, 1]
    assert found.total.value == 1


def test_totals_count_also_what_the_other_axis_does_not_know(frameworks):
    serving("P1", "S1")
    serving("P1", "M2")
    serving("P1")

    found = matrix(frameworks)

    assert counts(found) == [[0, 0], [0, 0]]
    assert [line.total.value for line in found.lines] == [1, 0]
    assert [total.value for total in found.column_totals] == [0, 1]
    assert found.total.value == 3


def test_says_how_a_cell_splits_by_pillar(frameworks):
    serving("P1", "S1", "M1")
    serving("P1", "P2", "S1", "M1")
    serving("S1", "M1")

    cell = matrix(frameworks).cells[0]

    assert cell.engagements.value == 3
    assert [(p.objective.code, p.amount.value) for p in cell.parts] == [("P1", 2), ("P2", 1)]


def test_leaves_out_what_figures_do_not_count(frameworks):
    serving("P1", "S1", "M1", stage=Stage.DRAFT)
    serving("P1", "S1", "M1", stage=Stage.CANCELLED, stage_reason="The host withdrew.")
    serving("P1", "S1", "M1", stage=Stage.DECLINED, stage_reason="Not now.")

    assert counts(matrix(frameworks)) == [[0, 0], [0, 0]]


def test_shades_are_quarters_of_the_filled_cells(frameworks):
    for codes, times in [(("S1", "M1"), 1), (("S1", "M2"), 2), (("S2", "M1"), 3)]:
        for _ in range(times):
            serving("P1", *codes)

    found = matrix(frameworks)

    assert [cell.step for cell in found.cells] == [2, 3, 4, 0]
    assert [(s.step, s.lowest, s.highest) for s in found.shades] == [
        (2, 1, 1),
        (3, 2, 2),
        (4, 3, 3),
    ]
    assert [(c.row.code, c.column.code) for c in found.empty_cells] == [("S2", "M2")]


def test_equal_counts_have_one_shade():
    filled = [1, 1, 2, 2, 3, 3, 3, 5, 6, 8, 10, 11, 12, 15]

    assert [step_of(count, filled) for count in (1, 2, 3, 5, 8, 10, 15)] == [1, 2, 2, 3, 3, 4, 4]
    assert step_of(0, filled) == 0


def test_adds_up_what_is_known_of_the_cost(frameworks):
    serving("P1", "S1", "M1", actual_cost="12.50")
    serving("P2", "S1", "M1", actual_cost="100")
    serving("S1", "M1", actual_cost=None)
    serving("S2", "M1", actual_cost=None)
    serving("S1", actual_cost="7")

    found = matrix(frameworks, by="cost")

    first, _empty, unknown, _none = found.cells
    assert (first.amount.value, first.engagements.value, first.cost_known) == (
        Decimal("112.5"),
        3,
        2,
    )
    assert [p.amount.value for p in first.parts] == [Decimal("12.5"), Decimal(100)]
    assert (unknown.amount.value, unknown.engagements.value, unknown.cost_known) == (0, 1, 0)
    assert [line.total.value for line in found.lines] == [Decimal("119.5"), 0]
    assert found.total.value == Decimal("119.5")
    assert {figure.measure for figure in (first.amount, found.total)} == {"cost"}


def test_counts_each_partner_once_a_cell_and_once_a_total(frameworks):
    un, rcmp = make_partner("UN"), make_partner("RCMP")
    serving("P1", "S1", "M1", partners=[un, rcmp])
    serving("P1", "S1", "M1", partners=[un])
    serving("P2", "S1", "M2", partners=[un])
    serving("S2", "M2")

    found = matrix(frameworks, by="partners")

    assert [cell.amount.value for cell in found.cells] == [2, 1, 0, 0]
    assert [line.total.value for line in found.lines] == [2, 0]
    assert [total.value for total in found.column_totals] == [2, 1]
    assert [p.amount.value for p in found.cells[0].parts] == [2]
    assert found.total.value == 2
    assert (found.repeated.standing, found.repeated.several, found.repeated.sum) == (2, 1, 3)


def test_tells_what_stands_in_more_than_one_cell(frameworks):
    serving("S1", "M1")
    serving("S1", "S2", "M1", actual_cost="10")
    serving("S1", "S2")
    serving("P1")

    counted, paid = matrix(frameworks).repeated, matrix(frameworks, by="cost").repeated

    assert (counted.standing, counted.several, counted.sum) == (2, 1, 3)
    assert (paid.standing, paid.several, paid.sum) == (2, 1, 20)


def test_nothing_that_stands_in_one_cell_alone_counts_as_repeated(frameworks):
    serving("P1", "P2", "S1", "M1")
    serving("S1", "S2")

    repeated = matrix(frameworks).repeated

    assert (repeated.standing, repeated.several, repeated.sum) == (1, 0, 1)


@pytest.mark.parametrize(("by", "queries"), [("count", 1), ("cost", 1), ("partners", 2)])
def test_takes_as_many_queries_however_much_there_is(
    frameworks, django_assert_num_queries, by, queries
):
    def read():
        """The frameworks with their objectives, as the page has them at hand."""
        every = Framework.objects.prefetch_related("objectives").in_bulk()
        return {letter: every[one.pk] for letter, one in frameworks.items()}

    serving("P1", "S1", "M1", partners=[make_partner("UN")])
    asked = read()
    with django_assert_num_queries(queries):
        matrix(asked, by)
    serving("P1", "P2", "S1", "S2", "M1", "M2")
    for number in range(5, 25):
        make_objective(f"S{number}", frameworks["S"])
    serving("S5", "S24", "M1", partners=[make_partner("RCMP")])
    asked = read()
    with django_assert_num_queries(queries):
        matrix(asked, by)


def test_a_retired_objective_stays_while_something_serves_it(frameworks):
    make_objective("S3", frameworks["S"], retired_on=dt.date(2020, 1, 1))
    used = make_objective("S4", frameworks["S"], retired_on=dt.date(2020, 1, 1))
    make_engagement(objectives=[used])

    codes = [line.objective.code for line in matrix(frameworks).lines]

    assert codes == ["S1", "S2", "S4"]


def test_tells_what_is_tagged_under_a_framework_that_is_not_shown(frameworks):
    earlier = make_framework("OLD", FrameworkKind.PRIORITY, adopted=False)
    old, older = make_objective("A1", earlier), make_objective("A2", earlier)
    make_engagement(objectives=[old, older])
    make_engagement(objectives=[older])
    make_engagement(objectives=[older], stage=Stage.DRAFT)
    serving("P1", "S1")

    found = tagged_elsewhere(
        served(Engagement.objects.counted()),
        map(axis, frameworks.values()),
        Framework.objects.all(),
    )

    assert [(one.framework, one.engagements.value) for one in found] == [(earlier, 2)]
