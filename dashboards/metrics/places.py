"""Where: engagements by country and by region, each engagement once in a region however many countries."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils import timezone
from pyroaring import BitMap

from common.bilingual import reader_language
from common.partial_dates import FiscalYear
from common.text import sort_key
from dashboards.figures import Figure, figure
from dashboards.metrics.alignment import Shade, step_of
from dashboards.metrics.parts import AT_ONCE
from engagements import counting
from engagements.gaps import Gap
from engagements.index.keeping import kept_up
from engagements.index.snapshot import Snapshot
from engagements.models import Engagement, EngagementQuerySet
from partners.models import Country, Region

P = TypeVar("P", bound=Hashable)

# How many engagements began in each fiscal year, by the year in which it ends; None: nobody knows.
Years = Counter[int | None]


@dataclass(frozen=True, kw_only=True)
class Reached:
    """What was done in one place, under the reader's filter.

    `last`: the engagements of the latest fiscal year that has begun and has any, `last_year`; None
    where there is none. `partners`: those with a part in the engagements, each once; None where they
    were not asked for.
    """

    engagements: Figure
    this_year: Figure
    last: Figure | None
    last_year: FiscalYear | None
    partners: Figure | None
    # Nothing is known to have begun before this fiscal year, and something in it.
    is_new: bool

    @property
    def figures(self) -> Iterator[Figure]:
        found = (self.engagements, self.this_year, self.last, self.partners)
        yield from (one for one in found if one is not None)


@dataclass(frozen=True, kw_only=True)
class InCountry(Reached):
    country: Country
    # Which quarter of the countries with engagements it is in, 1 to 4.
    step: int
    # The closest that is shown.
    region: Region | None
    # How many regions hold it, of those shown.
    depth: int


@dataclass(frozen=True, kw_only=True)
class InRegion(Reached):
    """`depth` is 0 for a region that is part of no other; `countries` are those in none of its parts."""

    region: Region
    depth: int
    parts: list["InRegion"]
    countries: list[InCountry]

    @property
    def all_countries(self) -> Iterator[InCountry]:
        yield from self.countries
        for part in self.parts:
            yield from part.all_countries

    @property
    def rows(self) -> Iterator["InRegion | InCountry"]:
        """It, and what is in it, as a table goes down."""
        yield self
        for part in self.parts:
            yield from part.rows
        yield from self.countries


@dataclass(frozen=True, kw_only=True)
class Places:
    """Every region that is part of no other, reached or not; of the rest what was reached.

    `year`: this fiscal year. `in_full`: with the regions beneath and the partners met. `elsewhere`:
    countries in no region. `without`: engagements in no country.
    """

    year: FiscalYear
    in_full: bool
    regions: list[InRegion]
    elsewhere: list[InCountry]
    reached: Figure
    without: Figure
    shades: list[Shade]

    @property
    def countries(self) -> list[InCountry]:
        """As the table has them: by region, in it by name."""
        found = [one for region in self.regions for one in region.all_countries]
        return [*found, *self.elsewhere]

    @property
    def rows(self) -> list[InRegion | InCountry]:
        """Regions and countries as a table goes down."""
        return [*(row for region in self.regions for row in region.rows), *self.elsewhere]

    @property
    def new(self) -> list[InCountry]:
        return [one for one in self.countries if one.is_new]

    @property
    def silent(self) -> list[InRegion]:
        """Regions with nothing this fiscal year."""
        return [one for one in self.regions if not one.this_year]

    @property
    def figures(self) -> Iterator[Figure]:
        for row in self.rows:
            yield from row.figures
        yield from (self.reached, self.without)


def places(
    engagements: EngagementQuerySet, this_year: FiscalYear, *, in_full: bool = False
) -> Places:
    """Four queries; in full, with the regions beneath regions and the partners met there, five."""
    atlas = counting.told(f"atlas in {reader_language()}", Atlas)
    years, in_regions = years_by_place(engagements, atlas)
    without = years.pop(None, Years())
    survey = Survey(
        atlas=atlas,
        deepest=atlas.deepest if in_full else 1,
        this_year=this_year,
        in_countries=years,
        in_regions=in_regions,
        partners=partners_met(engagements, atlas) if in_full else None,
    )
    return survey.places(without=figure(total(without), gap="country"))


def total(years: Years) -> int:
    return sum(years.values())


class Atlas:
    """Regions and countries as the reference data have them, by their names in one language; two queries."""

    def __init__(self) -> None:
        self.regions = {region.pk: region for region in Region.objects.all()}
        self.countries = {country.pk: country for country in Country.objects.all()}
        self.beneath: dict[int | None, list[Region]] = defaultdict(list)
        for region in sorted(self.regions.values(), key=lambda one: sort_key(one.name)):
            self.beneath[region.parent_id].append(region)
        self.line = {pk: self._line(region) for pk, region in self.regions.items()}

    def _line(self, region: Region) -> list[int]:
        """Keys of the regions that it is in, the widest first, itself last."""
        line = [region.pk]
        while (parent := self.regions[line[0]].parent_id) and parent not in line:
            line.insert(0, parent)
        return line

    def around(self, country: int) -> list[int]:
        """Keys of the regions that a country is in, the widest first; none where it is in none."""
        return self.line.get(self.countries[country].region_id or 0, [])

    @property
    def deepest(self) -> int:
        """How many regions stand one in another at most."""
        return max(map(len, self.line.values()), default=0)


# Counted


def years_by_place(
    engagements: EngagementQuerySet, atlas: Atlas
) -> tuple[dict[int | None, Years], dict[int, Years]]:
    """By a country's key, None for engagements in no country; and by a region's."""
    if known := counting.held(engagements):
        return _years_counted(*known, engagements, atlas)
    visits = visits_of(engagements)
    years = years_by_country(visits)
    return years, years_by_region(visits, atlas, years)


def _years_counted(
    snapshot: Snapshot, keys: BitMap, engagements: EngagementQuerySet, atlas: Atlas
) -> tuple[dict[int | None, Years], dict[int, Years]]:
    """The same by the index: a region has what any of its countries has."""
    each: dict[int | None, tuple[int, ...]] = {one: (one,) for one in atlas.countries}
    of_region: dict[int, tuple[int, ...]] = defaultdict(tuple)
    for country in atlas.countries:
        for region in atlas.around(country):
            of_region[region] += (country,)
    found = _by_year(snapshot, keys, each)
    nowhere = engagements.lacking(Gap.COUNTRY, timezone.localdate())
    if years := counting.tally(nowhere, "fiscal_year"):
        found[None] = years
    return found, _by_year(snapshot, keys, of_region)


def _by_year(
    snapshot: Snapshot, keys: BitMap, places: Mapping[P, tuple[int, ...]]
) -> dict[P, Years]:
    """Of places, each told by its countries, the years of what took place there."""

    def count(snapshot: Snapshot, keys: BitMap) -> dict[tuple[P, int | None], int]:
        years = {year: of_year & keys for year, of_year in snapshot.values["fiscal_year"].items()}
        there = {place: snapshot.having("country", ones) for place, ones in places.items()}
        return {
            (place, year): having.intersection_cardinality(of_year)
            for place, having in there.items()
            if having
            for year, of_year in years.items()
        }

    found: dict[P, Years] = defaultdict(Years)
    question = "years by place", frozenset(places.items())
    for (place, year), n in kept_up(question, snapshot, keys, count).items():
        found[place][year] = n
    return dict(found)


@dataclass(frozen=True, kw_only=True)
class Visits:
    """Engagements (keys) with the fiscal year each began in; and each with each of its countries."""

    began: dict[int, int | None]
    engagements: list[int]
    countries: list[int]


def visits_of(engagements: EngagementQuerySet) -> Visits:
    """Two queries, of keys alone: to have the database put them together takes it twice as long."""
    began = dict(engagements.order_by().values_list("pk", "fiscal_year").iterator(AT_ONCE))
    visits = Visits(began=began, engagements=[], countries=[])
    rows = _located(engagements).values_list("engagement", "country")
    for engagement, country in rows.iterator(AT_ONCE):
        # Or it was logged since the others were read.
        if engagement in began:
            visits.engagements.append(engagement)
            visits.countries.append(country)
    return visits


def years_by_country(visits: Visits) -> dict[int | None, Years]:
    """By a country's key; None for engagements in no country."""
    found: dict[int | None, Years] = defaultdict(Years)
    years = map(visits.began.__getitem__, visits.engagements)
    for (country, ends), n in Counter(zip(visits.countries, years, strict=True)).items():
        found[country][ends] += n
    nowhere = visits.began.keys() - set(visits.engagements)
    if nowhere:
        found[None].update(map(visits.began.__getitem__, nowhere))
    return dict(found)


def years_by_region(
    visits: Visits, atlas: Atlas, in_countries: Mapping[int | None, Years]
) -> dict[int, Years]:
    """By a region's key, each engagement once in it: the sum of its countries less what that doubles."""
    found: dict[int, Years] = defaultdict(Years)
    for country, years in in_countries.items():
        for region in atlas.around(country) if country else []:
            found[region].update(years)
    for (region, engagement), times in _visits_to_regions(visits, atlas).items():
        found[region][visits.began[engagement]] -= times - 1
    return found


def _visits_to_regions(visits: Visits, atlas: Atlas) -> Counter[tuple[int, int]]:
    """Of engagements in several countries, how many of these are in a region: by region and engagement."""
    several = {one for one, n in Counter(visits.engagements).items() if n > 1}
    around = {country: atlas.around(country) for country in set(visits.countries)}
    return Counter(
        (region, engagement)
        for engagement, country in zip(visits.engagements, visits.countries, strict=True)
        if engagement in several
        for region in around[country]
    )


def partners_met(
    engagements: EngagementQuerySet, atlas: Atlas
) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """Keys of the partners with a part in what was done there, by country and region; one query at most."""
    in_regions: dict[int, set[int]] = defaultdict(set)
    known = counting.held(engagements)
    in_countries = _met_held(*known) if known else _met_read(engagements)
    for country, met in in_countries.items():
        for region in atlas.around(country):
            in_regions[region] |= met
    return in_countries, in_regions


def _met_held(snapshot: Snapshot, keys: BitMap) -> dict[int, set[int]]:
    there = {one: having & keys for one, having in snapshot.values["country"].items()}
    return {one: set(counting.values_of(snapshot, own, "partner")) for one, own in there.items()}


def _met_read(engagements: EngagementQuerySet) -> dict[int, set[int]]:
    pairs = _located(engagements).values_list("country", "engagement__participations__partner")
    found: dict[int, set[int]] = defaultdict(set)
    for country, partner in pairs.distinct():
        if partner:
            found[country].add(partner)
    return found


def _located(engagements: EngagementQuerySet) -> Any:
    """A row for each country of each engagement."""
    keys = engagements.order_by().values("pk")
    return Engagement.countries.through.objects.filter(engagement__in=keys).order_by()


# Put together


@dataclass(frozen=True, kw_only=True)
class Survey:
    """What the database counted, regions down to some depth, and how it becomes figures."""

    atlas: Atlas
    deepest: int
    this_year: FiscalYear
    in_countries: Mapping[int | None, Years]
    in_regions: Mapping[int, Years]
    partners: tuple[Mapping[int, set[int]], Mapping[int, set[int]]] | None

    def places(self, *, without: Figure) -> Places:
        filled = sorted(total(years) for years in self.in_countries.values())
        by_region: dict[int | None, list[InCountry]] = defaultdict(list)
        for country in self._by_name():
            one = self._in_country(country, filled)
            by_region[one.region.pk if one.region else None].append(one)
        regions = [self._in_region(region, by_region) for region in self.atlas.beneath[None]]
        return Places(
            year=self.this_year,
            in_full=self.partners is not None,
            regions=[one for one in regions if one.engagements or not one.region.retired_on],
            elsewhere=by_region[None],
            reached=figure(len(filled), measure="countries"),
            without=without,
            shades=shades(filled),
        )

    def _by_name(self) -> list[Country]:
        reached = [self.atlas.countries[pk] for pk in self.in_countries if pk]
        return sorted(reached, key=lambda one: getattr(one, f"sort_{reader_language()}"))

    def _in_country(self, country: Country, filled: list[int]) -> InCountry:
        years = self.in_countries[country.pk]
        met = len(self.partners[0].get(country.pk, ())) if self.partners else None
        line = self.atlas.around(country.pk)[: self.deepest]
        return InCountry(
            country=country,
            step=step_of(total(years), filled),
            region=self.atlas.regions[line[-1]] if line else None,
            depth=len(line),
            **self._reached(years, met, country=country),
        )

    def _in_region(
        self, region: Region, by_region: Mapping[int | None, list[InCountry]]
    ) -> InRegion:
        """With those of its parts that hold a country."""
        years = self.in_regions.get(region.pk, Years())
        met = len(self.partners[1].get(region.pk, ())) if self.partners else None
        depth = len(self.atlas.line[region.pk]) - 1
        beneath = self.atlas.beneath[region.pk] if depth + 1 < self.deepest else []
        parts = [self._in_region(part, by_region) for part in beneath]
        return InRegion(
            region=region,
            depth=depth,
            parts=[part for part in parts if part.countries or part.parts],
            countries=by_region.get(region.pk, []),
            **self._reached(years, met, region=region),
        )

    def _reached(self, years: Years, met: int | None, **place: Any) -> dict[str, Any]:
        now = self.this_year.ends
        begun = [ends for ends, n in years.items() if ends and n and ends <= now]
        last = max(begun, default=None)
        year = FiscalYear(last) if last else None
        return {
            "engagements": figure(total(years), **place),
            "this_year": figure(years[now], fy=str(self.this_year), **place),
            "last": figure(years[last], fy=str(year), **place) if year else None,
            "last_year": year,
            "partners": None if met is None else figure(met, measure="partners", **place),
            "is_new": begun == [now] and not years[None],
        }


def shades(filled: list[int]) -> list[Shade]:
    """The key: the lowest and highest count of each quarter that has any."""
    by_step = defaultdict(list)
    for count in filled:
        by_step[step_of(count, filled)].append(count)
    return [
        Shade(step=step, lowest=min(counts), highest=max(counts))
        for step, counts in sorted(by_step.items())
    ]
