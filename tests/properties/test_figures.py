"""Every figure of every block equals the count, sum or reach of the list it leads to.

Whatever is logged, whoever reads, however it is filtered, in whichever words, and whoever counts.
"""

import dataclasses
from collections.abc import Iterator, Mapping

from django.db import models
from django.http import QueryDict
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dashboards import blocks
from dashboards.figures import Figure
from dashboards.options import OPTIONS as OPTION_NAMES
from dashboards.options import options_of
from engagements.filters import EngagementFilter
from engagements.index.current import counted_by
from engagements.index.notes import place_now
from engagements.index.snapshot import Snapshot
from engagements.models import Engagement
from tests.dashboards.lists import Lists
from tests.properties.sending import undone
from tests.properties.world import FILTERS, engagements, log

OPTIONS = [
    "", "by=cost", "by=partners", "words=today", "words=then", "split=none", "rows=B&columns=PILLARS",
    "rows=MANDATE&columns=B&by=cost", "words=today&by=partners", "silent=12",
]  # fmt: skip


def scope_for(asked: str, reader) -> blocks.Scope:
    data = QueryDict(asked)
    readable = Engagement.objects.visible_to(reader)
    filters = EngagementFilter(data, readable, user=reader, also_allowed=OPTION_NAMES)
    options = options_of(data)
    assert not filters.problems
    assert not options.problems
    return blocks.scope_of(filters, timezone.localdate(), options)


def figures_in(
    found: object, filters: EngagementFilter
) -> Iterator[tuple[EngagementFilter, Figure]]:
    """Every figure in a block, wherever it stands, with the filter that its link goes on from."""
    if isinstance(found, Figure):
        yield filters, found
    elif isinstance(found, models.Model | models.QuerySet | EngagementFilter):
        return
    elif isinstance(found, Mapping):
        for value in found.values():
            yield from figures_in(value, found.get("filters", filters))
    elif isinstance(found, list | tuple | set):
        for value in found:
            yield from figures_in(value, filters)
    elif dataclasses.is_dataclass(found) and not isinstance(found, blocks.Scope):
        for field in dataclasses.fields(found):
            yield from figures_in(getattr(found, field.name), filters)


def all_figures(scope: blocks.Scope) -> dict[str, list]:
    """Value, measure and what it leads to, block by block."""
    return {
        name: [
            (figure.value, figure.measure, under.narrowed(**figure.narrow))
            for under, figure in figures_in(block, scope.filters)
        ]
        for name, block in blocks.every_block(scope).items()
    }


@given(
    told=st.lists(engagements, min_size=1, max_size=9),
    filters=st.lists(st.sampled_from(FILTERS), max_size=2, unique=True),
    options=st.sampled_from(OPTIONS),
    who=st.integers(0, 1),
)
def test_every_figure_equals_its_list(world, told, filters, options, who):
    reader = world["people"][who]
    with undone():
        for one in told:
            log(world, one)
        asked = "&".join(filter(None, [*filters, options]))
        scope = scope_for(asked, reader)
        lists = Lists(reader, also_allowed=OPTION_NAMES)

        wrong = [
            (name, figure, counted)
            for name, block in blocks.every_block(scope).items()
            for under, figure in figures_in(block, scope.filters)
            if figure.value != (counted := lists.measured(under, figure))
        ]
        by_database = all_figures(scope)
        with counted_by(Snapshot.of(place_now())):
            by_index = all_figures(scope_for(asked, reader))

    assert wrong == []
    assert by_index == by_database
