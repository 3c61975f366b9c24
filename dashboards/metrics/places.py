"""Where: engagements by country and by region, each engagement once in a region however many countries."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Value, When

from common.bilingual import reader_language
from common.partial_dates import FiscalYear
from common.text import fold
from dashboards.figures import Figure, figure
from dashboards.metrics.alignment import Shade, step_of
from engagements.models import Engagement, EngagementQuerySet
from partners.models import Country, Region

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
    """Four queries; in full, with the regions beneath regions and the partners met, twelve at most.

    How many there are does not hang on how much was done or where, but on how deep regions go.
    """
    atlas = Atlas()
    years = years_by_country(engagements)
    without = years.pop(None, Years())
    depths = atlas.depths if in_full else atlas.depths[:1]
    survey = Survey(
        atlas=atlas,
        depths=depths,
        this_year=this_year,
        in_countries=years,
        in_regions={
            pk: found
            for depth in depths
            for pk, found in years_by_region(engagements, atlas, depth).items()
        },
        partners=partners_met(engagements, atlas) if in_full else None,
    )
    return survey.places(without=figure(total(without), gap="country"))


def total(years: Years) -> int:
    return sum(years.values())


class Atlas:
    """Regions and countries as the reference data have them; two queries."""

    def __init__(self) -> None:
        self.regions = {region.pk: region for region in Region.objects.all()}
        self.countries = {country.pk: country for country in Country.objects.all()}
        self.beneath: dict[int | None, list[Region]] = defaultdict(list)
        for region in sorted(self.regions.values(), key=lambda one: fold(one.name)):
            self.beneath[region.parent_id].append(region)
        self.line = {pk: self._line(region) for pk, region in self.regions.items()}

    def _line(self, region: Region) -> list[int]:
        """Keys of the regions that it is in, the widest first, itself last."""
        line = [region.pk]
        while (parent := self.regions[line[0]].parent_id) and parent not in line:
            line.insert(0, parent)
        return line

    @property
    def depths(self) -> list[int]:
        return sorted({len(line) for line in self.line.values()})

    def at(self, depth: int) -> dict[int, list[int]]:
        """The regions of a depth, each with itself and all beneath it."""
        found: dict[int, list[int]] = defaultdict(list)
        for pk, line in self.line.items():
            if len(line) >= depth:
                found[line[depth - 1]].append(pk)
        return found


# Counted by the database


def years_by_country(engagements: EngagementQuerySet) -> dict[int | None, Years]:
    """By a country's key; None for engagements in no country. One query."""
    rows = engagements.order_by().values_list("countries", "fiscal_year").annotate(n=Count("pk"))
    return _by_place(rows)


def years_by_region(
    engagements: EngagementQuerySet, atlas: Atlas, depth: int
) -> dict[int | None, Years]:
    """By the key of a region of one depth, each engagement once in it. One query."""
    rows = _in_regions(engagements, atlas, depth).values_list("place", "engagement__fiscal_year")
    return _by_place(rows.annotate(n=Count("engagement", distinct=True)))


def partners_met(
    engagements: EngagementQuerySet, atlas: Atlas
) -> tuple[dict[int, int], dict[int, int]]:
    """How many partners had a part there, by country and by region; a query, and one for each depth."""
    partners = Count("engagement__participations__partner", distinct=True)
    in_countries = _located(engagements).values_list("country").annotate(n=partners)
    in_regions = {
        pk: n
        for depth in atlas.depths
        for pk, n in _in_regions(engagements, atlas, depth)
        .values_list("place")
        .annotate(n=partners)
    }
    return dict(in_countries), in_regions


def _located(engagements: EngagementQuerySet) -> Any:
    """A row for each country of each engagement."""
    return Engagement.countries.through.objects.filter(
        engagement__in=engagements.order_by().values("pk")
    )


def _in_regions(engagements: EngagementQuerySet, atlas: Atlas, depth: int) -> Any:
    """The same with `place`, the region of this depth that the country is in; those in none left out."""
    regions = atlas.at(depth)
    everything = [pk for beneath in regions.values() for pk in beneath]
    place = Case(
        *(When(country__region__in=beneath, then=Value(pk)) for pk, beneath in regions.items())
    )
    return _located(engagements).filter(country__region__in=everything).annotate(place=place)


def _by_place(rows) -> dict[int | None, Years]:
    found: dict[int | None, Years] = defaultdict(Years)
    for place, ends, n in rows:
        found[place][ends] += n
    return dict(found)


# Put together


@dataclass(frozen=True, kw_only=True)
class Survey:
    """What the database counted, regions down to some depth, and how it becomes figures."""

    atlas: Atlas
    depths: list[int]
    this_year: FiscalYear
    in_countries: Mapping[int | None, Years]
    in_regions: Mapping[int | None, Years]
    partners: tuple[Mapping[int, int], Mapping[int, int]] | None

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
        met = self.partners[0].get(country.pk, 0) if self.partners else None
        line = self.atlas.line.get(country.region_id or 0, [])[: len(self.depths)]
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
        met = self.partners[1].get(region.pk, 0) if self.partners else None
        depth = len(self.atlas.line[region.pk]) - 1
        beneath = self.atlas.beneath[region.pk] if depth + 1 < len(self.depths) else []
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
