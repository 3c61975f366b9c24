"""What the page counts: the reader's filter, what it leaves of what figures count, and today."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.http import QueryDict

from common.partial_dates import FiscalYear
from dashboards.axes import AS_TAGGED, Axes, Reading, axes_of, in_words_of
from dashboards.metrics.served import Served, served
from dashboards.options import Options, Words, options_of
from engagements.facets import every_framework
from engagements.filters import EngagementFilter
from engagements.kinds import Stage
from engagements.models import Engagement, EngagementQuerySet
from objectives.crosswalk import Crosswalk
from objectives.models import Framework, in_force_among

# How many fiscal years stand beside each other.
YEARS_BESIDE = 3
DATES = ("fy", "month", "from", "to")


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Every block is computed from it.

    `frameworks`: one a kind, in force today. `every_framework`: all there are, in order, each with
    its objectives; the older ones, those to come and those that nobody adopted too. `options`: how
    the reader would have the figures shown.
    """

    filters: EngagementFilter
    engagements: EngagementQuerySet
    today: dt.date
    frameworks: list[Framework]
    every_framework: list[Framework]
    options: Options

    @property
    def year(self) -> FiscalYear:
        return FiscalYear.of(self.today)

    @property
    def one_year(self) -> FiscalYear | None:
        """The fiscal year chosen, where no other date is; this one where none is; or None."""
        if not self.is_dated:
            return self.year
        if self._dates != {"fy"} or len(self.filters.chosen["fy"]) != 1:
            return None
        (year,) = self.filters.chosen["fy"].values()
        return year

    @property
    def is_dated(self) -> bool:
        """Whether the filter chooses dates, so that an empty year may just not be asked for."""
        return bool(self._dates)

    @property
    def _dates(self) -> set[str]:
        """What chooses dates, a requirement on top of a choice apart."""
        chosen = self.filters.chosen
        required = {f"also {name}" for name, _text, _found in chosen["also"] if name in DATES}
        return {name for name in DATES if chosen[name]} | required

    @cached_property
    def all_years(self) -> EngagementFilter:
        """The filter without the fiscal years chosen; the same where there are none."""
        if not self.filters.chosen["fy"]:
            return self.filters
        filters = without_fiscal_year(self.filters)
        # Read, as links made under it ask what it chose.
        assert not filters.problems
        return filters

    @cached_property
    def as_tagged(self) -> Served:
        """What the engagements serve, read once for all blocks."""
        return served(self.engagements, self.options.by)

    @cached_property
    def tags(self) -> Counter[int]:
        """How many engagements are tagged with each objective (key)."""
        return self.as_tagged.tags()

    @property
    def tagged_by_kind(self) -> dict[str, int]:
        """How many engagements are tagged under any framework of each kind."""
        keys: dict[str, set[int]] = defaultdict(set)
        for framework in self.every_framework:
            keys[framework.kind] |= {objective.pk for objective in framework.objectives.all()}
        return {kind: self.as_tagged.serving_any(of_kind) for kind, of_kind in keys.items()}

    @cached_property
    def axes(self) -> Axes | None:
        return self._axes(is_today=self.is_today)

    def _axes(self, *, is_today: bool) -> Axes | None:
        return axes_of(
            self.options, self.every_framework, self.frameworks, self.tags, is_today=is_today
        )

    @cached_property
    def is_today(self) -> bool:
        """Whether tags are read in today's words: as asked for; unasked, where that makes a difference."""
        if self.options.words:
            return self.options.words == Words.TODAY
        axes = self._axes(is_today=False)
        return axes is not None and self.reads_today({axis.kind for axis in axes.all})

    def reads_today(self, kinds: Collection[str]) -> bool:
        """Whether a page that shows these kinds reads them in today's words.

        An older set that was chosen by name is asked for in its own.
        """
        if self.options.words:
            return self.options.words == Words.TODAY
        return not self._chose_another_set and bool(self.earlier_kinds & set(kinds))

    @property
    def _chose_another_set(self) -> bool:
        chosen = {self.options.rows, self.options.columns, self.options.split}
        return any(
            one.code in chosen - {""} for one in self.every_framework if one not in self.frameworks
        )

    @cached_property
    def earlier_kinds(self) -> frozenset[str]:
        """The kinds of which something counted is tagged under a set before the one in force."""
        kinds = {framework.kind for framework in self.frameworks}
        return frozenset(
            one.kind
            for one in self.every_framework
            if one.kind in kinds
            and one not in self.frameworks
            and one.adopted
            and one.starts_by(self.today)
            and any(self.tags[objective.pk] for objective in one.objectives.all())
        )

    @cached_property
    def crosswalk(self) -> Crosswalk:
        return Crosswalk(self.today)

    @cached_property
    def reading(self) -> Reading:
        if not self.is_today or self.axes is None:
            return AS_TAGGED
        return in_words_of(self.axes.all, self.crosswalk)

    @cached_property
    def served(self) -> Served:
        """The same in the words chosen."""
        heirs = self.reading.heirs
        return self.as_tagged if heirs is None else self.as_tagged.in_words(heirs)

    @cached_property
    def drafts(self) -> EngagementQuerySet:
        """The reader's, under the filter: told to their author alone, and part of no other figure."""
        query = QueryDict(self.filters.narrowed(stage=[Stage.DRAFT]))
        # All that the reader may read of drafts; said so plainly that they are looked up by their author.
        readable = Engagement.objects.drafts_of(self.filters.user)
        return EngagementFilter(query, readable, user=self.filters.user).qs

    def framework(self, kind: str) -> Framework | None:
        """The one of this kind in force today."""
        return next((one for one in self.frameworks if one.kind == kind), None)


def scope_of(filters: EngagementFilter, today: dt.date, options: Options | None = None) -> Scope:
    """The options are what the filter's own address says unless they are at hand."""
    every = every_framework()
    return Scope(
        filters=filters,
        engagements=filters.qs.counted(),
        today=today,
        frameworks=in_force_among((one for one in every if one.adopted), today),
        every_framework=every,
        options=options or options_of(filters.data),
    )


def of_every_year(scope: Scope) -> EngagementFilter:
    """What the key figures count over: the fiscal year chosen is set against the one before."""
    return without_fiscal_year(scope.filters) if scope.is_dated else scope.filters


def without_fiscal_year(filters: EngagementFilter) -> EngagementFilter:
    """The same filter over all fiscal years, for a year to be compared with the one before."""
    data: QueryDict = filters.data.copy()
    data.pop("fy", None)
    readable = Engagement.objects.visible_to(filters.user)
    return EngagementFilter(data, readable, user=filters.user, also_allowed=filters.also_allowed)


def years_beside(scope: Scope) -> list[FiscalYear]:
    """This one or the one chosen with the two before; where several are chosen, the latest of them."""
    chosen = sorted(year for year in scope.filters.chosen["fy"].values() if year)
    if len(chosen) > 1:
        return chosen[-YEARS_BESIDE:]
    last = chosen[0] if chosen else scope.year
    return [FiscalYear(last.ends - back) for back in reversed(range(YEARS_BESIDE))]


def over_years(scope: Scope) -> EngagementFilter:
    """What fiscal years are set beside each other under: the choice of one of them left aside."""
    return of_every_year(scope) if scope.one_year else scope.filters


def of_all_years(scope: Scope) -> EngagementFilter:
    """What coverage looks back over: every fiscal year, were some of them chosen."""
    return scope.all_years


def counted(scope: Scope, block: str = "") -> list[EngagementQuerySet]:
    """All that the page counts, or one block of it."""
    besides = [COUNTED_BESIDES[block]] if block in COUNTED_BESIDES else []
    besides = besides if block else list(COUNTED_BESIDES.values())
    found = [one(scope) for one in besides]
    return [scope.engagements, *(one for one in found if one is not None)]


def compared(scope: Scope) -> EngagementQuerySet:
    """Of the years that the key figures compare; and what is completed in no known year."""
    year = scope.one_year
    years = [year.previous.ends, year.ends] if year else []
    return over_years(scope).qs.counted().filter(Q(fiscal_year__in=years) | Q(fiscal_year=None))


def on_record(scope: Scope) -> EngagementQuerySet:
    """Of the years beside each other, also what was cancelled or declined."""
    years = [year.ends for year in years_beside(scope)]
    return over_years(scope).qs.logged().filter(fiscal_year__in=years)


def covered(scope: Scope) -> EngagementQuerySet | None:
    """Of the fiscal years that the filter leaves out; None where it leaves none out."""
    filters = of_all_years(scope)
    return None if filters is scope.filters else filters.qs.counted()


def drafts_of_reader(scope: Scope) -> EngagementQuerySet:
    return scope.drafts


# What a block counts besides the engagements that figures count as they are filtered.
COUNTED_BESIDES: dict[str, Callable[[Scope], EngagementQuerySet | None]] = {
    "volume": compared,
    "coverage": covered,
    "time": on_record,
    "drafts": drafts_of_reader,
}
