"""The choices beside the list, each with how many engagements it would leave.

A count answers "if I choose this as well": the choices of its own group are left aside, the
others hold.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby

from accounts.models import User
from accounts.people import in_reading_order
from common.bilingual import reader_language
from common.partial_dates import FiscalYear
from common.text import sort_key
from engagements import counting
from engagements.filters import EngagementFilter
from engagements.kinds import Kind, Stage
from engagements.models import EngagementQuerySet
from objectives.models import Framework, FrameworkKind, Objective, in_force_among
from partners.models import Country, Region


@dataclass(frozen=True, kw_only=True)
class Option:
    """One choice: parameter and value in the address, label, count, and whether it is made."""

    parameter: str
    value: str
    label: str
    count: int
    chosen: bool
    code: str = ""
    framework: str = ""

    @property
    def is_idle(self) -> bool:
        return not (self.count or self.chosen)


@dataclass(frozen=True, kw_only=True)
class Facet:
    """A group of choices."""

    name: str
    label: str
    options: list[Option] = field(default_factory=list)
    opened: bool = True

    @property
    def parts(self) -> list[tuple[str, list[Option]]]:
        """The choices under the framework they are of, where there are several; else under ""."""
        titles = {option.framework for option in self.options if option.framework}
        if len(titles) < 2:
            return [("", self.options)]
        return [
            (title, list(of_it))
            for title, of_it in groupby(self.options, lambda option: option.framework)
        ]


def facets(filters: EngagementFilter, frameworks: list[Framework]) -> list[Facet]:
    """Every group beside the list; `frameworks` are those whose objectives are offered, in order."""
    return [
        *alignment_facets(filters, frameworks),
        kind_facet(filters),
        region_facet(filters),
        stage_facet(filters),
    ]


def counted(filters: EngagementFilter) -> list[EngagementQuerySet]:
    """Together, all that the list and the numbers beside it count: a group leaves its own choices aside.

    The first holds what the filter finds, and the reader's own drafts, which the stages count too.
    """
    chosen = filters.chosen
    kinds = {o.framework.kind for o in chosen["objective"].values()} | set(chosen["untagged"])
    return [
        filters.found(but="stage"),
        *(filters.found(but=name) for name in ("kind", "region") if chosen[name]),
        *(filters.found(but_frameworks=kind) for kind in sorted(kinds)),
    ]


def kind_facet(filters: EngagementFilter) -> Facet:
    counts = counting.tally(filters.found(but="kind"), "kind")
    options = _options(filters, "kind", [(kind.value, str(kind.label)) for kind in Kind], counts)
    options.sort(key=lambda option: (-option.count, sort_key(option.label)))
    return Facet(
        name="kind",
        label=str(filters.filters["kind"].label),
        options=[option for option in options if not option.is_idle],
    )


def stage_facet(filters: EngagementFilter) -> Facet:
    counts = counting.tally(filters.found(but="stage"), "stage")
    options = _options(
        filters, "stage", [(stage.value, str(stage.label)) for stage in Stage], counts
    )
    return Facet(
        name="stage",
        label=str(filters.filters["stage"].label),
        options=[option for option in options if not option.is_idle],
        opened=bool(filters.chosen["stage"]),
    )


def region_facet(filters: EngagementFilter) -> Facet:
    """The large regions; each counts an engagement once, however many countries lie there."""
    regions, countries = counting.told("large regions", _large_regions)
    counts = counting.tally_together(filters.found(but="region"), "country", countries)
    listed = sorted(regions, key=lambda region: sort_key(region.name))
    chosen = filters.chosen["region"]
    named = [(region.code, region.name) for region in listed]
    named += [(code, r.name) for code, r in chosen.items() if code not in {c for c, _name in named}]
    options = _options(filters, "region", named, counts)
    return Facet(
        name="region",
        label=str(filters.filters["region"].label),
        options=[option for option in options if not option.is_idle],
    )


def alignment_facets(filters: EngagementFilter, frameworks: list[Framework]) -> list[Facet]:
    """One group a kind of framework, its objectives in order, "none chosen" last."""
    unchosen = _Tally(filters.found())
    chosen_kinds = {o.framework.kind for o in filters.chosen["objective"].values()}
    chosen_kinds |= set(filters.chosen["untagged"])
    made = []
    for kind in FrameworkKind:
        tally = _Tally(filters.found(but_frameworks=kind)) if kind in chosen_kinds else unchosen
        options = [
            _objective_option(filters, objective, framework, tally)
            for framework, objective in _offered(filters, frameworks, kind)
        ]
        options.append(_untagged_option(filters, kind, tally))
        opened = kind in {FrameworkKind.PILLAR, FrameworkKind.PRIORITY, FrameworkKind.MANDATE}
        made.append(
            Facet(
                name=kind.value,
                label=str(kind.label),
                options=options,
                opened=opened or kind in chosen_kinds,
            )
        )
    return made


class _Tally:
    """How often each objective, and each kind of framework, is served by some engagements."""

    def __init__(self, engagements: EngagementQuerySet) -> None:
        self.objectives = counting.tally(engagements, "objective")
        self.kinds = counting.tagged(engagements)
        self.total = counting.count(engagements)


def _offered(
    filters: EngagementFilter, frameworks: list[Framework], kind: FrameworkKind
) -> list[tuple[Framework, Objective]]:
    """Objectives of a kind, each framework's together; what is chosen is among them in any case."""
    offered = [(f, o) for f in frameworks if f.kind == kind for o in f.objectives.all()]
    listed = {objective.pk for _framework, objective in offered}
    chosen = [o for o in filters.chosen["objective"].values() if o.framework.kind == kind]
    chosen.sort(key=lambda objective: objective.framework_id)
    return offered + [(o.framework, o) for o in chosen if o.pk not in listed]


def _objective_option(
    filters: EngagementFilter, objective: Objective, framework: Framework, tally: _Tally
) -> Option:
    return Option(
        parameter="objective",
        value=objective.code,
        label=objective.short,
        code=objective.code,
        count=tally.objectives[objective.pk],
        chosen=objective.code in filters.chosen["objective"],
        framework=framework.title,
    )


def _untagged_option(filters: EngagementFilter, kind: FrameworkKind, tally: _Tally) -> Option:
    return Option(
        parameter="untagged",
        value=kind.value,
        label="",
        count=tally.total - tally.kinds[kind.value],
        chosen=kind.value in filters.chosen["untagged"],
    )


def frameworks(readable: EngagementQuerySet, today: dt.date) -> list[Framework]:
    """Those in force, then every other under which something the reader may read is tagged."""
    every = every_framework()
    in_force = in_force_among((one for one in every if one.adopted), today)
    used = counting.frameworks_used(readable)
    others = [one for one in every if one.pk in used and one not in in_force]
    # The latest of them first.
    return [*in_force, *reversed(others)]


def years_apart(filters: EngagementFilter, span: list[str]) -> dict[str, FiscalYear | None]:
    """What is chosen of fiscal years besides: by its text in the address; None is "unknown"."""
    chosen = filters.chosen["fy"].items()
    return {text: year for text, year in chosen if text not in span}


def years_to_choose(engagements: EngagementQuerySet, span: list[str]) -> list[str]:
    """Those some engagement has and those between, latest first, and what is chosen in any case."""
    offered = {str(year) for year in fiscal_years(engagements)}
    return sorted(offered | set(span[:1]) | set(span[-1:]), reverse=True)


def fiscal_years(engagements: EngagementQuerySet) -> list[FiscalYear]:
    """Every fiscal year from the latest to the earliest that some engagement has."""
    known = sorted(counting.present(engagements, "fiscal_year") - {None})
    return [FiscalYear(year) for year in range(known[-1], known[0] - 1, -1)] if known else []


def countries(engagements: EngagementQuerySet) -> list[Country]:
    """Those some engagement has, by name in the reader's language."""
    found = counting.had(Country.objects.all(), engagements, "country")
    return sorted(found, key=lambda country: getattr(country, f"sort_{reader_language()}"))


def leads(engagements: EngagementQuerySet) -> list[User]:
    """Those who lead any of them, whether they still work here or not."""
    return in_reading_order(counting.had(User.objects.all(), engagements, "lead_officer"))


def _options(filters, name: str, named: list[tuple[str, str]], counts: Counter) -> list[Option]:
    chosen = filters.chosen[name]
    return [
        Option(
            parameter=name,
            value=value,
            label=str(label),
            count=counts[value],
            chosen=value in chosen,
        )
        for value, label in named
    ]


def every_framework() -> list[Framework]:
    """All there are, in order, each with its objectives."""
    found = Framework.objects.in_order().prefetch_related("objectives")
    return counting.told("frameworks in order", lambda: list(found))


def _large_regions() -> tuple[list[Region], dict[str, list[int]]]:
    """Those that lie in no other; and by code the keys of the countries there. Two queries."""
    every = {region.pk: region for region in Region.objects.all()}

    def top(region: Region) -> Region:
        return top(every[region.parent_id]) if region.parent_id else region

    large = {pk: top(region) for pk, region in every.items()}
    countries: dict[str, list[int]] = {region.code: [] for region in large.values()}
    for pk, region in Country.objects.values_list("pk", "region"):
        if region in large:
            countries[large[region].code].append(pk)
    return list({region.pk: region for region in large.values()}.values()), countries
