"""Dates as the demonstration's files say them."""

import datetime as dt

import pytest

from engagements.demonstration.dates import parse_date

TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("week +2 thursday", "2026-12-03"),
        ("week -4 tuesday", "2026-10-20"),
        ("month +2", "2027-01"),
        ("month -11", "2025-12"),
        ("winter 2005", "winter 2005"),
        ("", "not given"),
    ],
)
def test_a_date_in_the_files_is_read(text, said):
    # TODAY is a Sunday: its week began on the Monday before.
    day = TODAY if "thursday" not in text else TODAY + dt.timedelta(days=-3)

    assert str(parse_date(text, today=day)) == said


@pytest.mark.parametrize("text", ["2004/05", "someday", "2002-13", "autumn", "week 2", "203"])
def test_a_date_the_files_cannot_say_is_refused(text):
    with pytest.raises(ValueError, match=f"not a date: {text}$"):
        parse_date(text, today=TODAY)
