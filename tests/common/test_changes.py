"""What an act changed, as data: the difference between two states."""

import datetime as dt

import pytest

from common.history.changes import Change, How, changes_between, pieces_between
from common.history.tracking import kinds
from common.partial_dates import PartialDate


def of_engagement(before, after):
    return changes_between(before, after, kinds()["engagement"])


def part(partner, role="participant"):
    return {"partner": partner, "role": role}


def aligned(objective, **kwargs):
    made = {"made_at": "2026-01-01T00:00:00+00:00", "made_by": 1, "demonstration": False}
    return {"objective": objective, "reason": "", "primary": False} | made | kwargs


def test_equal_states_hold_no_change():
    state = {"title_en": "Visit", "partners": [part("UN")], "start_precision": ""}

    assert of_engagement(state, state) == []


def test_a_value_is_told_from_what_to_what():
    changes = of_engagement({"stage": "submitted"}, {"stage": "approved"})

    assert changes == [Change(name="stage", before="submitted", after="approved")]


def test_an_empty_text_is_nothing():
    changes = of_engagement({"outcome": ""}, {"outcome": "A plan"})

    assert changes == [Change(name="outcome", before=None, after="A plan")]


def test_zero_is_a_value_and_not_nothing():
    changes = of_engagement({"csc_participants": None}, {"csc_participants": 0})

    assert changes == [Change(name="csc_participants", before=None, after=0)]


def test_what_was_not_kept_before_and_is_empty_now_is_no_change():
    before = {"title_en": "Visit"}

    assert of_engagement(before, before | {"purpose": "", "paid_by": None}) == []


def test_a_box_that_was_never_ticked_is_not_told_of_a_new_record():
    changes = changes_between({}, {"code": "UN", "in_police": False}, kinds()["partner"])

    assert changes == [Change(name="code", before=None, after="UN")]


def test_a_box_that_is_unticked_is_told():
    changes = changes_between({"in_police": True}, {"in_police": False}, kinds()["partner"])

    assert changes == [Change(name="in_police", before=True, after=False)]


def test_the_three_columns_of_a_date_are_one_change():
    autumn = {
        "start_precision": "season",
        "start_earliest": "2002-09-01",
        "start_latest": "2002-12-31",
    }
    day = {
        "start_precision": "day",
        "start_earliest": "2002-10-04",
        "start_latest": "2002-10-04",
    }

    assert of_engagement(autumn, day) == [
        Change(
            name="start",
            before=PartialDate.season(2002, "autumn"),
            after=PartialDate.day(dt.date(2002, 10, 4)),
        )
    ]


def test_an_end_that_is_not_given_is_not_told_of_a_new_engagement():
    assert of_engagement({}, {"end_precision": "not-given"}) == []


def test_partners_are_added_and_removed_one_by_one():
    changes = of_engagement(
        {"partners": [part("UN"), part("OAS")]}, {"partners": [part("UN"), part("ICRC", "host")]}
    )

    assert changes == [
        Change(name="partners", how=How.REMOVED, before=part("OAS")),
        Change(name="partners", how=How.ADDED, after=part("ICRC", "host")),
    ]


def test_a_partner_in_another_role_is_another_part():
    changes = of_engagement({"partners": [part("UN")]}, {"partners": [part("UN", "host")]})

    assert [change.how for change in changes] == [How.REMOVED, How.ADDED]


def test_partners_in_another_order_are_said_to_be_just_that():
    before, after = [part("UN"), part("OAS")], [part("OAS"), part("UN")]

    changes = of_engagement({"partners": before}, {"partners": after})

    assert changes == [Change(name="partners", how=How.REORDERED, before=before, after=after)]


def test_a_partner_put_in_front_is_added_and_nothing_is_reordered():
    changes = of_engagement({"partners": [part("UN")]}, {"partners": [part("OAS"), part("UN")]})

    assert [change.how for change in changes] == [How.ADDED]


def test_countries_in_another_order_are_the_same_countries():
    assert of_engagement({"countries": ["FR", "NO"]}, {"countries": ["NO", "FR"]}) == []


def test_another_reason_changes_an_alignment():
    before, after = aligned("S1"), aligned("S1", reason="Its main aim")

    changes = of_engagement({"objectives": [before]}, {"objectives": [after]})

    assert changes == [Change(name="objectives", before=before, after=after)]


def test_an_alignment_made_anew_by_somebody_else_is_the_same():
    again = aligned("S1", made_by=2, made_at="2026-11-22T00:00:00+00:00")

    assert of_engagement({"objectives": [aligned("S1")]}, {"objectives": [again]}) == []


def former(name, used_until=""):
    return {
        "name_en": name, "acronym_en": "", "name_fr": "", "acronym_fr": "",
        "used_from": "", "used_until": used_until,
    }  # fmt: skip


def test_a_former_name_is_known_again_under_other_dates():
    before, after = former("DFAIT"), former("DFAIT", "2013")

    changes = changes_between(
        {"former_names": [before, former("DFATD")]},
        {"former_names": [former("DFATD"), after]},
        kinds()["partner"],
    )

    assert changes == [Change(name="former_names", before=before, after=after)]


def test_one_of_two_equal_former_names_can_go():
    twice = [former("DFAIT"), former("DFAIT")]

    changes = changes_between(
        {"former_names": twice}, {"former_names": twice[:1]}, kinds()["partner"]
    )

    assert changes == [Change(name="former_names", how=How.REMOVED, before=former("DFAIT"))]


def test_a_field_no_longer_kept_is_still_told():
    changes = of_engagement({"stage": "draft", "colour": "red"}, {"stage": "draft"})

    assert changes == [Change(name="colour", before="red", after=None)]


# Long texts


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Visited two prisons.", "Visited three prisons. Good."),
        ("", "All new."),
        ("Line one.\nLine two.", "Line one.\n\nLine two, changed."),
        ("Same", "Same"),
        ("a b. " * 3000, "b a. " * 3000),
    ],
)
def test_what_stayed_and_went_makes_the_old_text_what_stayed_and_came_the_new(before, after):
    pieces = pieces_between(before, after)

    assert "".join(piece.text for piece in pieces if not piece.is_added) == before
    assert "".join(piece.text for piece in pieces if not piece.is_removed) == after


def test_only_the_words_that_differ_are_marked():
    pieces = pieces_between("They saw two prisons there", "They saw three prisons there")

    assert [(piece.text, piece.how) for piece in pieces] == [
        ("They saw ", None),
        ("two", How.REMOVED),
        ("three", How.ADDED),
        (" prisons there", None),
    ]


def test_a_stretch_that_is_all_new_is_marked_as_one():
    pieces = pieces_between("We saw two old prisons.", "We saw a school.")

    assert [(piece.text, piece.how) for piece in pieces] == [
        ("We saw ", None),
        ("two old prisons.", How.REMOVED),
        ("a school.", How.ADDED),
    ]


def test_a_sentence_put_behind_is_the_only_thing_marked():
    pieces = pieces_between("Visited two prisons.", "Visited two prisons. They were full.")

    assert [(piece.text, piece.how) for piece in pieces] == [
        ("Visited two prisons.", None),
        (" They were full.", How.ADDED),
    ]
