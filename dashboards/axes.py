"""What the matrix sets against each other: which frameworks, and in whose words tags are read."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboards.figures import Figure, Measure, figure
from dashboards.options import NONE, Options
from dashboards.words import all_of
from engagements.kinds import COUNTED
from objectives.crosswalk import Crosswalk
from objectives.models import Framework, FrameworkKind, Objective

# What stands in rows and columns where the reader chose nothing: the first that is free.
DEFAULTS = (
    FrameworkKind.PRIORITY,
    FrameworkKind.MANDATE,
    FrameworkKind.PILLAR,
    FrameworkKind.THEME,
    FrameworkKind.SECTOR,
)


@dataclass(frozen=True, kw_only=True)
class Axis:
    """Frameworks of one kind side by side, by date; mostly one."""

    frameworks: tuple[Framework, ...]

    @property
    def kind(self) -> str:
        return self.frameworks[0].kind

    def get_kind_display(self) -> str:
        return self.frameworks[0].get_kind_display()

    @property
    def title(self) -> str:
        return all_of(framework.title for framework in self.frameworks)

    @property
    def objectives(self) -> list[Objective]:
        """In order, the retired ones too."""
        return [one for framework in self.frameworks for one in framework.objectives.all()]

    @property
    def keys(self) -> frozenset[int]:
        return frozenset(objective.pk for objective in self.objectives)


@dataclass(frozen=True, kw_only=True)
class Axes:
    rows: Axis
    columns: Axis
    split: Axis | None

    @property
    def all(self) -> list[Axis]:
        return [self.rows, self.columns, *([self.split] if self.split else [])]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """In whose words: as tagged, or each tag as the objectives of today that stand for it.

    `heirs`: objective → those of today that are it or follow it (keys); None where read as tagged.
    """

    heirs: Mapping[int, frozenset[int]] | None = None

    def figure(
        self,
        value: Any,
        *objectives: Objective,
        stage: Iterable[str] = COUNTED,
        measure: Measure = "count",
        **narrow: Any,
    ) -> Figure:
        """What serves all of these."""
        parameter = "objective" if self.heirs is None else "mapped"
        if objectives:
            narrow[parameter] = list(objectives)
        return figure(value, stage=stage, measure=measure, **narrow)


AS_TAGGED = Reading()


def in_words_of(axes: Iterable[Axis], crosswalk: Crosswalk) -> Reading:
    """Each tag of any framework as the objectives of these axes that are it or follow it."""
    heirs: dict[int, set[int]] = {}
    for objective in (one for axis in axes for one in axis.keys):
        for earlier in crosswalk.behind(objective):
            heirs.setdefault(earlier, set()).add(objective)
    return Reading(heirs={one: frozenset(those) for one, those in heirs.items()})


def axes_of(
    options: Options,
    every: Iterable[Framework],
    in_force: Iterable[Framework],
    tagged: Collection[int],
    *,
    is_today: bool,
) -> Axes | None:
    """As the reader chose; else strategic priorities by mandate items, split by pillar.

    As tagged, all sets of a kind that were adopted and tag something stand side by side unless one
    is chosen. In today's words a set stands for the one of its kind that is in force. None where
    fewer than two kinds have one in force and nothing else is chosen.
    """
    chooser = _Chooser(options, list(every), list(in_force), tagged, is_today)
    rows = chooser.chosen("rows") or chooser.default()
    columns = chooser.chosen("columns") or chooser.default(rows)
    if rows is None or columns is None:
        return None
    return Axes(rows=rows, columns=columns, split=chooser.split(rows, columns))


class _Chooser:
    def __init__(
        self,
        options: Options,
        every: list[Framework],
        in_force: list[Framework],
        tagged: Collection[int],
        is_today: bool,
    ) -> None:
        self.options, self.every, self.tagged = options, every, tagged
        self.by_code = {framework.code: framework for framework in every}
        self.in_force = {framework.kind: framework for framework in in_force}
        self.is_today = is_today

    def chosen(self, name: str) -> Axis | None:
        framework = self.by_code.get(getattr(self.options, name))
        if framework is None:
            return None
        if self.is_today:
            framework = self.in_force.get(framework.kind, framework)
        return Axis(frameworks=(framework,))

    def default(self, other: Axis | None = None) -> Axis | None:
        """Of the first kind that neither the other axis nor the split has."""
        taken = {
            axis.kind for axis in (self.chosen("columns"), self.chosen("split"), other) if axis
        }
        kinds = [kind for kind in DEFAULTS if kind not in taken]
        kind = next((kind for kind in kinds if kind in self.in_force), None)
        return self.side_by_side(kind) if kind else None

    def side_by_side(self, kind: str) -> Axis:
        current = self.in_force[kind]
        if self.is_today:
            return Axis(frameworks=(current,))
        return Axis(
            frameworks=tuple(
                framework
                for framework in self.every
                if framework.kind == kind
                and (framework == current or (framework.adopted and self.tags(framework)))
            )
        )

    def tags(self, framework: Framework) -> bool:
        return any(objective.pk in self.tagged for objective in framework.objectives.all())

    def split(self, rows: Axis, columns: Axis) -> Axis | None:
        """One framework; by what is in the rows or columns nothing is split."""
        if self.options.split == NONE:
            return None
        chosen = self.chosen("split")
        if chosen is None and (pillars := self.in_force.get(FrameworkKind.PILLAR)):
            chosen = Axis(frameworks=(pillars,))
        if chosen is None or set(chosen.frameworks) & {*rows.frameworks, *columns.frameworks}:
            return None
        return chosen
