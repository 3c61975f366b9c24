"""A plan is kept and comes back as it was."""

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
