"""log_engagement: what stage and which number follow from the dates it is given."""

import datetime as dt

from django.utils import timezone

from common.partial_dates import PartialDate
from engagements.actions import log_engagement
from engagements.kinds import Kind, Stage


def log(by, start, **kwargs):
    return log_engagement(
        by=by,
        parts=[],
        tags=[],
        title_en="A visit",
        kind=Kind.OUTGOING_VISIT,
        lead_office=by.office,
        start=start,
        **kwargs,
    )


def test_what_lies_ahead_is_submitted(staff):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)

    assert log(staff, PartialDate.day(tomorrow)).stage == Stage.SUBMITTED


def test_what_has_ended_is_completed(staff):
    yesterday = timezone.localdate() - dt.timedelta(days=1)

    assert log(staff, PartialDate.day(yesterday)).stage == Stage.COMPLETED


def test_the_number_is_of_the_fiscal_year_of_its_start(staff):
    assert log(staff, PartialDate.season(2002, "autumn")).reference == "IE-2003-0001"
