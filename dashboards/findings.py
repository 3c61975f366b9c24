"""What the matrix says in sentences: what nothing serves, what nothing serves any more, what weakens."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise, product

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.partial_dates import FiscalYear
from dashboards.axes import Reading
from dashboards.figures import DONE, PLANNED, Figure
from dashboards.metrics.alignment import Cell, Line, Matrix
from dashboards.metrics.amounts import Crossing
from dashboards.metrics.served import Served
from dashboards.words import any_of, called
from objectives.models import Framework, Objective

# So many fiscal years with nothing, this one included, make "nothing since".
SILENT_YEARS = 2
# So many whole fiscal years, each with less than the one before, make "fewer each year".
FALLING_YEARS = 3
# By how many they fell at least: from two to one is chance.
FALL = 2
# So many stand in the open; the rest is behind a click.
FEW = 4


@dataclass(frozen=True, kw_only=True)
class Linked:
    """Words that open the list of a figure."""

    figure: Figure
    words: str


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A sentence, what follows it where it has a second part, and the lists that show it."""

    lead: str
    rest: str = ""
    links: tuple[Linked, ...] = ()


def findings(
    matrix: Matrix,
    served: Served,
    in_force: Iterable[Framework],
    this_year: FiscalYear,
    is_dated: bool = False,
    several: Collection[str] = (),
) -> list[Finding]:
    """The most important first: never served, served no more, served less, served once, gaps.

    Of an objective named as a whole, its cells are not called out one by one as well. Where the
    filter chooses dates, what is there no more may just not be asked for: nothing is said of it.
    Of sets no longer in force it is not said that they are served no more. `several`: kinds that are
    read as tagged then under several sets, one after the other. Of these each set is told of that
    something is tagged with, and of the one in force only what is so since it came into force.
    """
    if not matrix.total or not matrix.cells:
        return []
    telling = _Telling(matrix, served, list(in_force), this_year, several)
    since = [] if is_dated else list(telling.over_the_years())
    found = [*telling.never(), *since, *telling.once(), *telling.gaps()]
    every_cell = Finding(lead=_("Every cell has at least one engagement."))
    return found or ([] if matrix.empty_cells else [every_cell])


def never_since(framework: Framework, names: str) -> str:
    said = _("Since %(day)s, when “%(framework)s” came into force, nothing serves %(objectives)s.")
    day = framework.in_force_from.isoformat() if framework.in_force_from else ""
    return said % {"day": day, "framework": framework.title, "objectives": names}


class _History:
    """Engagements that serve one or several objectives, by the year they count in."""

    def __init__(self, reading: Reading, *objectives: Objective) -> None:
        self.reading, self.objectives = reading, objectives
        self.done: Counter[int | None] = Counter()
        self.planned = 0

    def add(self, year: int | None, done: bool, engagements: int) -> None:
        if done:
            self.done[year] += engagements
        else:
            self.planned += engagements

    @property
    def last(self) -> int | None:
        """The last year with any; None where there are none, or some at a time not known."""
        return None if None in self.done else max((y for y in self.done if y), default=None)

    @property
    def total(self) -> int:
        return self.done.total()

    def is_silent(self, this_year: FiscalYear) -> bool:
        return self.last is not None and self.last <= this_year.ends - SILENT_YEARS

    def years_falling(self, this_year: FiscalYear) -> list[FiscalYear]:
        """The last whole years, where each had fewer than the one before; this one no more again."""
        ends = range(this_year.ends - FALLING_YEARS, this_year.ends)
        counts = [self.done[year] for year in ends]
        falls = all(later < earlier for earlier, later in pairwise(counts))
        enough = counts[0] - counts[-1] >= FALL and self.done[this_year.ends] < counts[0]
        return [FiscalYear(year) for year in ends] if falls and enough else []

    def figure_of(self, year: FiscalYear) -> Figure:
        count = self.done[year.ends]
        return self.reading.figure(count, *self.objectives, stage=DONE, fy=str(year))

    def since(self) -> Finding:
        """Nothing any more; the last ones there were, and those that are planned."""
        year = FiscalYear(self.last or 0)
        figure = self.figure_of(year)
        words = _("%(n)s in %(year)s")
        links = [Linked(figure=figure, words=words % {"n": figure.count, "year": year})]
        if self.planned:
            ahead = self.reading.figure(self.planned, *self.objectives, stage=PLANNED)
            words = ngettext("%(n)s planned", "%(n)s planned", self.planned) % {"n": self.planned}
            links.append(Linked(figure=ahead, words=words))
        return Finding(lead=self.since_in_words(year), links=tuple(links))

    def since_in_words(self, year: FiscalYear) -> str:
        names = self.named | {"year": str(year)}
        if len(self.objectives) == 1:
            return _("Nothing has served %(objective)s since %(year)s.") % names
        return _("Nothing has served %(row)s × %(column)s since %(year)s.") % names

    def falling(self, years: list[FiscalYear]) -> Finding:
        links = []
        for year in years:
            figure = self.figure_of(year)
            words = _("%(n)s in %(year)s")
            links.append(Linked(figure=figure, words=words % {"n": figure.count, "year": year}))
        return Finding(lead=self.falling_in_words(), links=tuple(links))

    def falling_in_words(self) -> str:
        if len(self.objectives) == 1:
            return _("Fewer engagements serve %(objective)s each year.") % self.named
        return _("Fewer engagements serve %(row)s × %(column)s each year.") % self.named

    @property
    def named(self) -> dict[str, str]:
        names = ("objective",) if len(self.objectives) == 1 else ("row", "column")
        return dict(zip(names, map(called, self.objectives), strict=True))


class _Telling:
    """What there is to tell of one matrix."""

    def __init__(
        self,
        matrix: Matrix,
        served: Served,
        in_force: list[Framework],
        this_year: FiscalYear,
        several: Collection[str],
    ) -> None:
        self.matrix, self.served, self.this_year = matrix, served, this_year
        self.in_force = {framework.pk for framework in in_force}
        self.young = {
            framework.pk: framework for framework in in_force if framework.kind in several
        }
        columns = zip(matrix.column_objectives, matrix.column_engagements, strict=True)
        totals = {line.objective: line.engagements for line in matrix.lines} | dict(columns)
        # What can be told of: not what nobody can serve any more, unless nothing else is shown.
        tagged = {one.framework_id for one, total in totals.items() if total}
        axes = (matrix.rows, matrix.columns)
        older = {f.pk for axis in axes if axis.kind in several for f in axis.frameworks}
        told = tagged & older | self.in_force - (self.young.keys() - tagged)
        current = {
            one: n for one, n in totals.items() if one.framework_id in told and not one.retired_on
        }
        rows = [line.objective for line in matrix.lines if line.objective in current]
        self.totals = current if rows else totals
        self.unserved = [one for one, total in self.totals.items() if not total]

    def is_current(self, objective: Objective) -> bool:
        return objective.framework_id in self.in_force and objective.retired_on is None

    def never(self) -> Iterator[Finding]:
        """Objectives that nothing serves at all, whatever stands on the other axis; columns first."""
        columns = set(self.matrix.column_objectives)
        ordered = sorted(self.unserved, key=lambda one: one not in columns)
        if always := [called(one) for one in ordered if not self.is_young(one)]:
            names = any_of(always)
            yield Finding(lead=_("Nothing serves %(objectives)s.") % {"objectives": names})
        for key, framework in self.young.items():
            if since := [called(one) for one in ordered if one.framework_id == key]:
                yield Finding(lead=never_since(framework, any_of(since)))

    def is_young(self, objective: Objective) -> bool:
        """Of a set that counts only what was tagged since it came into force."""
        return objective.framework_id in self.young

    def over_the_years(self) -> Iterator[Finding]:
        """What nothing serves any more, then what fewer and fewer do: objectives, then cells."""
        lines, cells = self.histories()
        silent = [one for one in lines if lines[one].is_silent(self.this_year)]
        falling = [one for one in lines if lines[one].years_falling(self.this_year)]
        left = {
            pair: cell for pair, cell in cells.items() if not {*silent, *self.unserved} & set(pair)
        }
        yield from self._since(lines[one] for one in silent)
        yield from self._since(one for one in left.values() if one.is_silent(self.this_year))
        yield from self._falling(lines[one] for one in falling)
        yield from self._falling(one for pair, one in left.items() if not set(falling) & set(pair))

    def _since(self, histories: Iterable[_History]) -> Iterator[Finding]:
        """What had most first, then what had some last."""
        for one in sorted(histories, key=lambda one: (-one.total, -(one.last or 0))):
            yield one.since()

    def _falling(self, histories: Iterable[_History]) -> Iterator[Finding]:
        found = [(one, years) for one in histories if (years := one.years_falling(self.this_year))]

        def fall(history: _History, years: list[FiscalYear]) -> int:
            return history.done[years[-1].ends] - history.done[years[0].ends]

        for one, years in sorted(found, key=lambda pair: fall(*pair)):
            yield one.falling(years)

    def histories(
        self,
    ) -> tuple[dict[Objective, _History], dict[tuple[Objective, Objective], _History]]:
        """Of each objective in force, and of each cell of two."""
        by_key = {one.pk: one for one in self.totals if self.is_current(one)}
        rows = self.matrix.rows.keys.intersection(by_key)
        columns = self.matrix.columns.keys.intersection(by_key)
        lines = {pk: _History(self.matrix.reading, one) for pk, one in by_key.items()}
        axes = {"lines": (frozenset(by_key),), "cells": (rows, columns)}
        found = self.served.crossed_by_year(axes)
        for ((pk,), year, done), n in found["lines"].items():
            lines[pk].add(year, done, n)
        cells: dict[Crossing, _History] = {}
        # In the order of the matrix, so that of equals the same comes first each time.
        for pair in product(*([pk for pk in by_key if pk in axis] for axis in (rows, columns))):
            cells[pair] = _History(self.matrix.reading, *(by_key[pk] for pk in pair))
        for (pair, year, done), n in found["cells"].items():
            cells[pair].add(year, done, n)
        of_lines = {by_key[pk]: history for pk, history in lines.items()}
        return of_lines, {(by_key[r], by_key[c]): one for (r, c), one in cells.items()}

    def once(self) -> Iterator[Finding]:
        for line in self.matrix.lines:
            told = line.objective in self.totals and not self.is_young(line.objective)
            if told and line.engagements.value == 1:
                name = {"objective": called(line.objective)}
                yield Finding(
                    lead=_("%(objective)s is served by one engagement alone.") % name,
                    links=(Linked(figure=line.engagements, words=_("See it")),),
                )

    def gaps(self) -> Iterator[Finding]:
        """The empty cells of each row that is served, the row with most of them first."""
        missing: dict[int, list[Cell]] = defaultdict(list)
        for line in self.matrix.lines:
            if line.objective in self.totals and line.engagements.value > 1:
                missing[line.objective.pk] = [
                    cell
                    for cell in line.cells
                    if not cell.engagements
                    and cell.column in self.totals
                    and cell.column not in self.unserved
                    and not (self.is_young(cell.row) or self.is_young(cell.column))
                ]
        lines = [line for line in self.matrix.lines if missing[line.objective.pk]]
        for line in sorted(lines, key=lambda line: -len(missing[line.objective.pk])):
            yield self._gap(line, [cell.column for cell in missing[line.objective.pk]])

    def _gap(self, line: Line, missing: list[Objective]) -> Finding:
        n = line.engagements.count
        words = ngettext("its %(n)s engagement", "its %(n)s engagements", n) % {"n": n}
        sentence = _("%(objective)s has nothing together with %(objectives)s.")
        names = {"objective": called(line.objective), "objectives": any_of(map(called, missing))}
        return Finding(lead=sentence % names, links=(Linked(figure=line.engagements, words=words),))
