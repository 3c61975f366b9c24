"""What reading tags in today's words does: what cannot be read so, and what is read twice."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dashboards.axes import Axis, Reading
from dashboards.figures import Figure, figure
from dashboards.metrics.served import Served
from dashboards.words import all_of, called
from objectives.crosswalk import Crosswalk
from objectives.models import Framework, Objective


@dataclass(frozen=True, kw_only=True)
class Doubled:
    """An entry that several of today's follow: what it tags counts in each of them."""

    objective: Objective
    heirs: list[Objective]
    engagements: Figure

    @property
    def heirs_in_words(self) -> str:
        return all_of(map(called, self.heirs))


@dataclass(frozen=True, kw_only=True)
class Dropped:
    """An entry that none of today's is or follows: what it tags counts in none for it."""

    objective: Objective
    engagements: Figure


@dataclass(frozen=True, kw_only=True)
class Mapped:
    """How one kind of framework is read; `unmapped`: engagements that a dropped entry tags."""

    framework: Framework
    unmapped: Figure
    dropped: list[Dropped]
    doubled: list[Doubled]

    @property
    def figures(self) -> Iterator[Figure]:
        yield self.unmapped
        yield from (one.engagements for one in self.dropped)
        yield from (one.engagements for one in self.doubled)


def mapped(
    as_tagged: Served,
    tags: Counter[int],
    axes: Iterable[Axis],
    every: Iterable[Framework],
    crosswalk: Crosswalk,
    reading: Reading,
) -> list[Mapped]:
    """No query. Of each axis in today's words that reads anything other than its own entries."""
    every = list(every)
    found = []
    for axis in axes:
        (framework,) = axis.frameworks
        earlier = [
            objective
            for other in every
            if other.kind == framework.kind and other != framework
            for objective in other.objectives.all()
            if tags[objective.pk]
        ]
        if earlier and framework.pk in crosswalk.in_force:
            found.append(_mapped(framework, earlier, as_tagged, tags, crosswalk, reading))
    return found


def _mapped(
    framework: Framework,
    earlier: list[Objective],
    as_tagged: Served,
    tags: Counter[int],
    crosswalk: Crosswalk,
    reading: Reading,
) -> Mapped:
    nowhere = crosswalk.leading_nowhere([framework.kind])
    entries = list(framework.objectives.all())
    heirs = {
        one: [entry for entry in entries if entry.pk in (reading.heirs or {}).get(one.pk, ())]
        for one in earlier
    }
    return Mapped(
        framework=framework,
        unmapped=figure(as_tagged.serving_any(nowhere), unmapped=framework.kind),
        dropped=[
            Dropped(objective=one, engagements=figure(tags[one.pk], objective=one))
            for one in earlier
            if one.pk in nowhere
        ],
        doubled=[
            Doubled(objective=one, heirs=those, engagements=figure(tags[one.pk], objective=one))
            for one, those in heirs.items()
            if len(those) > 1
        ],
    )
