import datetime as dt
import re

import pytest

from common.partial_dates import FiscalYear
from dashboards.charts import tick_step, year_chart
from dashboards.metrics.time import by_fiscal_year
from engagements.kinds import Stage
from engagements.models import Engagement
from tests.factories import make_engagement

THIS_YEAR = FiscalYear(2027)


def chart():
    return year_chart(by_fiscal_year(Engagement.objects.counted(), THIS_YEAR), THIS_YEAR)


def test_what_is_planned_stands_on_what_is_done():
    for stage in [Stage.COMPLETED, Stage.COMPLETED, Stage.APPROVED]:
        make_engagement(start=dt.date(2026, 5, 1), stage=stage)

    (bar,) = chart().bars

    assert bar.is_now
    assert float(bar.ahead.y) + float(bar.ahead.height) == pytest.approx(float(bar.done.y))
    assert float(bar.done.height) == pytest.approx(2 * float(bar.ahead.height), abs=0.2)


def test_a_year_without_any_draws_nothing():
    make_engagement(start=dt.date(2024, 5, 1))

    assert [bool(bar.done) for bar in chart().bars] == [True, False, False]


def test_holds_forty_years_however_long_the_record():
    make_engagement(start=dt.date(1925, 5, 1))

    drawn = chart()

    assert (len(drawn.bars), str(drawn.last)) == (40, "2026-27")


@pytest.mark.parametrize(
    ("highest", "step"), [(0, 1), (1, 1), (4, 1), (5, 2), (9, 5), (73, 20), (400, 100), (100_000, 50_000)]
)  # fmt: skip
def test_lines_stand_at_round_numbers(highest, step):
    assert tick_step(highest) == step


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_language_puts_a_comma_or_a_space_into_a_drawing(client, staff, language):
    make_engagement(start=dt.date(2026, 5, 1))
    client.force_login(staff)
    url = {"en": "/en/dashboard/", "fr": "/fr/tableau-de-bord/"}[language]
    response = client.get(url)
    if response.status_code == 404:  # the French address comes with the translations
        response = client.get("/fr/dashboard/")

    drawings = re.findall(r"<svg.*?</svg>", response.content.decode(), re.DOTALL)
    measures = re.findall(r'\b(?:x|y|x1|x2|y1|y2|width|height)="([^"]*)"', "".join(drawings))

    assert len(measures) > 20
    assert [m for m in measures if not re.fullmatch(r"-?\d+(\.\d+)?", m)] == []
    assert 'viewBox="0 0 1080.0 232.0"' in "".join(drawings)
