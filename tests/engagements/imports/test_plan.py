"""A plan is kept and comes back as it was."""

import pytest
from django.utils.translation import override

from engagements.imports.asking import grouped
from engagements.imports.plan import (
    Conflict,
    Difference,
    Outcome,
    Plan,
    PlannedRow,
    Problem,
    Proposal,
    Question,
    Verdict,
)
from engagements.imports.planning import said_of
from engagements.imports.rows import RowRead


def test_a_plan_comes_back_as_it_was():
    plan = Plan(
        verdict=Verdict.PARTLY,
        reason="Some wait.",
        encoding="utf-8",
        mapping={"A": "title"},
        rows=(
            PlannedRow(number=2, outcome=Outcome.CREATE, countries=("NO",), cost_cents=0),
            PlannedRow(
                number=3,
                outcome=Outcome.CONFLICT,
                differences=(Difference(field="place", label="Place", before="", after="Oslo"),),
                conflicts=(Conflict(field="end", label="End", base="", sheet="2004", here=""),),
            ),
        ),
        questions=(
            Question(
                kind="partners", value="X", rows=(2,), proposals=(Proposal(code="", label="a"),)
            ),
            Question(kind="like_rows", value="", rows=(3,)),
        ),
        problems=(Problem(sheet="", row=3, message="Wrong."), Problem(message="All of it.")),
        not_rows=((4, "total"),),
        names={"NO": "Norway"},
        new_partners=("X",),
        digest="abc",
    )

    assert Plan.unpacked(plan.packed()) == plan


def test_an_empty_plan_comes_back_as_it_was():
    assert Plan.unpacked(Plan(verdict=Verdict.REFUSED).packed()) == Plan(verdict=Verdict.REFUSED)


@pytest.mark.parametrize(
    ("ready", "here", "said"),
    [
        (2740, 0, "All 2,740 rows are ready."),
        (0, 2740, "All 2,740 rows are here already. Nothing changes."),
        (2740, 1000, "Every row is ready (2,740) or here already (1,000)."),
    ],
)
def test_what_is_said_of_a_file_writes_numbers_as_its_language_does(ready, here, said):
    assert said_of(ready, here) == said
    with override("fr"):
        assert grouped(rows=2740) == {"rows": "2\u00a0740"}


def test_a_row_that_is_packed_is_known_by_its_title_and_comes_back_as_it_was():
    told = {"title": {"title_fr": ["Visite"]}, "kind": {"kind": ["outgoing-visit"]}}
    row = RowRead(2, told=dict(told), blank={"end"})

    row.pack()

    assert (row.title, row.told, row.blank) == ("Visite", {}, set())
    row.unpack()
    assert (row.title, row.told, row.blank) == ("Visite", told, {"end"})
