"""The index finds, counts, adds up and puts in order what the database does, whatever has changed since."""

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from common.partial_dates import FiscalYear
from dashboards.metrics.facts import Tally
from dashboards.metrics.partners import PartnerLine, partners_of
from engagements import counting, facets, listing
from engagements.filters import EngagementFilter
from engagements.index import orders
from engagements.index.current import counted_by
from engagements.index.evaluating import keys_of
from engagements.index.notes import news_since, place_now
from engagements.index.snapshot import Snapshot
from engagements.listing import Listed
from engagements.models import Engagement, EngagementQuerySet
from engagements.totals import totals
from tests.properties.sending import undone
from tests.properties.world import FILTERS, engagements, log

WORDS = ["q=visit", "q=unodc", "q=norway+2025", "given=UNODC", "received=UN", "gap=country",
         "gap=partner", "gap=outcome", "gap=title-fr", "gap=partner-unverified", "gap=draft-ageing",
         "known=cost&known=people", "untagged=priority&objective=B1", "stage=draft"]  # fmt: skip

filters = st.lists(st.sampled_from(FILTERS + WORDS), max_size=3, unique=True)
some = st.lists(engagements, max_size=5)


@pytest.fixture(scope="module", autouse=True)
def small_portions():
    """An order has several of them, however few there are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(orders, "PORTION", 2)
        patch.setattr(listing, "FEW", 0)
        yield


def filter_of(asked: list[str], reader) -> EngagementFilter:
    readable = Engagement.objects.visible_to(reader)
    found = EngagementFilter(QueryDict("&".join(asked)), readable, user=reader)
    assert not found.problems
    return found


def change(world, made: list[Engagement]) -> None:
    """By paths of every sort: a save, a bulk update, what hangs on it, a deletion."""
    first, second, third = (*made, *[None] * 3)[:3]
    if first:
        first.sensitivity, first.actual_cost = 2, 7
        first.save()
        first.countries.set(world["countries"][:1])
    if second:
        Engagement.objects.filter(pk=second.pk).update(kind="other", csc_participants=9)
        second.alignments.all().delete()
        second.participations.update(role="host")
    if third:
        third.delete()


def everything_found(asked: EngagementFilter) -> list[EngagementQuerySet]:
    return [
        asked.found(),
        asked.queryset.logged(),
        *facets.counted(asked),
        asked.queryset.counted(),
    ]


def everything_told(asked: EngagementFilter) -> list:
    """What the list's page says."""
    today, logged = timezone.localdate(), asked.queryset.logged()
    return [
        facets.facets(asked, facets.frameworks(asked.queryset, today)),
        facets.countries(logged),
        facets.fiscal_years(logged),
        counting.tally(asked.qs, "partner"),
        counting.highest_sensitivity(*facets.counted(asked)),
        totals(asked.qs),
        partners_told(asked),
        *(
            list(Listed(asked.qs, asked.queryset, order=order)[start : start + 2])
            for order in ("newest", "oldest", "title", "changed")
            for start in (0, 2, 4)
        ),
    ]


def partners_told(asked: EngagementFilter) -> tuple[dict[int, Tally], list[PartnerLine]]:
    """What the dashboard tells of partners, facts that are no figures included."""
    today = timezone.localdate()
    found = partners_of(
        asked.qs.counted(),
        asked.queryset.counted(),
        year=FiscalYear.of(today),
        today=today,
        silent=12,
        language="en",
    )
    return found.tallies, found.lines((pk, 0) for pk in found.tallies)


@given(told=some, later=some, asked=filters, who=st.integers(0, 1))
def test_index_and_database_say_the_same(world, told, later, asked, who):
    reader = world["people"][who]
    with undone():
        made = [log(world, one) for one in told]
        index = Snapshot.of(place_now())
        asked = filter_of(asked, reader)
        for found in everything_found(asked):
            keys_of(found, index)  # So that what it remembers is brought up to date below.
        for name in orders.COLUMNS:
            index.order(name)
        change(world, made)
        for one in later:
            log(world, one)
        index = index.after(news_since(index.place))

        for found in everything_found(asked):
            assert set(keys_of(found, index)) == set(found.values_list("pk", flat=True))
        with counted_by(None):
            by_database = everything_told(asked)
        with counted_by(index):
            by_index = everything_told(asked)
        assert by_index == by_database


@given(
    told=some,
    steps=st.lists(st.tuples(some, st.booleans()), min_size=1, max_size=3),
    asked=filters,
)
def test_figures_kept_up_are_those_counted_anew(world, told, steps, asked):
    """However many changes lie between two looks at them, and whoever looked before."""
    with undone():
        made = [log(world, one) for one in told]
        index = Snapshot.of(place_now())
        asked_of_each = [filter_of(asked, reader) for reader in world["people"]]
        for later, is_asked in [([], True), *steps, ([], True)]:
            change(world, made)
            made = [*made[:2], *(log(world, one) for one in later)]
            index = index.after(news_since(index.place))
            if is_asked:
                for its in asked_of_each:
                    with counted_by(index):
                        kept_up = everything_told(its)
                    with counted_by(Snapshot.of(place_now())):
                        assert kept_up == everything_told(its)


@given(told=some, later=some)
def test_what_was_caught_up_with_is_what_is_read_anew(world, told, later):
    with undone():
        made = [log(world, one) for one in told]
        index = Snapshot.of(place_now())
        borders = [("start_earliest", timezone.localdate().toordinal()), ("actual_cost", 700)]
        for border in borders:
            index.below(*border)
        change(world, made)
        for one in later:
            log(world, one)

        caught_up, anew = index.after(news_since(index.place)), Snapshot.of(place_now())
        assert caught_up.every == anew.every
        assert caught_up.values == anew.values
        for name, numbers in anew.numbers.items():
            assert caught_up.numbers[name].known == numbers.known
            assert not any(caught_up.numbers[name].bits[len(numbers.bits) :])
            assert caught_up.numbers[name].bits[: len(numbers.bits)] == numbers.bits
        for border in borders:
            assert caught_up.below(*border) == anew.below(*border)
