"""With whom: partners by number and by last contact, with the bodies beneath them or one by one.

Numbers are of the engagements under the filter. What is said of a partner (last contact, new, silent, one
way, planned ahead) is told from everything the reader may read: a filter does not make a partner new.
"""

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal
from urllib.parse import urlencode

from pyroaring import BitMap

from common.partial_dates import FiscalYear
from dashboards.figures import Figure, figure
from dashboards.metrics.facts import PAIRS, Tally, Tree
from dashboards.metrics.tallies import tallies
from engagements import counting
from engagements.index.snapshot import Snapshot
from engagements.kinds import PLANNED, Stage
from engagements.models import Engagement, EngagementQuerySet, Participation
from partners.models import Partner

View = Literal["all", "new", "silent", "one-way"]
Sort = Literal["number", "last", "name"]


@dataclass(frozen=True, kw_only=True)
class PartnerLine:
    """One partner with the bodies beneath it, as far down as they go.

    is_reached: it took part itself; a partner that only heads others did not. bodies: how many of those
    beneath it took part; bodies_shown: how many of these have a line.
    matches: it is one of those looked for, and no mere heading above one.
    last: the last contact; None where none is known. silent_months: since it can have begun at the
    latest; None where that is not so long ago. one_way: "given" or "received", whichever there ever was.
    ahead: what the list is asked for to show what is planned with it; "" where nothing is. pairs: by the
    names of metrics.facts.PAIRS.
    """

    partner: Partner
    depth: int
    is_reached: bool
    bodies: int
    bodies_shown: int
    matches: bool
    all: Figure
    this_year: Figure
    given: Figure
    received: Figure
    pairs: dict[str, Figure]
    last: Engagement | None
    is_new: bool
    silent_months: int | None
    one_way: str
    ahead: str

    @property
    def figures(self) -> Iterator[Figure]:
        yield from (self.all, self.this_year, self.given, self.received, *self.pairs.values())


@dataclass(frozen=True, kw_only=True)
class Partners:
    """Everybody reached, as numbers; `lines` gives some of them names, dates and figures."""

    year: FiscalYear
    today: dt.date
    silent: int
    readable: EngagementQuerySet
    tree: Tree
    names: dict[int, str]
    tallies: dict[int, Tally]

    @property
    def reached(self) -> set[int]:
        """Those that took part themselves."""
        return {pk for pk, tally in self.tallies.items() if tally.reached}

    @property
    def tops(self) -> set[int]:
        """Those with nobody above them, that took part or whose bodies did."""
        return {pk for pk in self.tallies if len(self.tree.above[pk]) == 1}

    @property
    def sensitivity(self) -> int:
        """The highest of all that is told from, under the filter or not."""
        return max((tally.facts.sensitivity for tally in self.tallies.values()), default=0)

    def matching(self, view: str, among: Iterable[int]) -> set[int]:
        looked_for: dict[str, Callable[[int], Any]] = {
            "all": lambda pk: True,
            "new": self.is_new,
            "silent": lambda pk: self.silent_months(pk) is not None,
            "one-way": self.one_way,
        }
        return {pk for pk in among if looked_for[view](pk)}

    def is_new(self, pk: int) -> bool:
        """The first engagement completed with it, or with a body of it, is of the fiscal year."""
        facts = self.tallies[pk].facts
        return facts.first_year == self.year.ends and not facts.undated

    def silent_months(self, pk: int) -> int | None:
        """How many whole months no engagement with it can have begun; None if fewer than asked for."""
        last = self.tallies[pk].facts.last_by
        if last is None or last >= months_before(self.today, self.silent):
            return None
        return months_between(last, self.today)

    def one_way(self, pk: int) -> str:
        facts = self.tallies[pk].facts
        if facts.gave == facts.got:
            return ""
        return "given" if facts.gave else "received"

    # In order

    def opened(self, found: set[int], sort: str) -> list[tuple[int, int]]:
        """(primary key, depth): bodies under those above them, who are there though not found."""
        shown = {above for pk in found for above in self.tree.above[pk]}
        under: dict[int | None, list[int]] = defaultdict(list)
        for pk in self.sorted(shown, sort):
            way = self.tree.above[pk]
            under[way[1] if len(way) > 1 else None].append(pk)
        ordered: list[tuple[int, int]] = []
        waiting = [(pk, 0) for pk in reversed(under[None])]
        while waiting:
            pk, depth = waiting.pop()
            ordered.append((pk, depth))
            waiting += [(body, depth + 1) for body in reversed(under[pk])]
        return ordered

    def sorted(self, keys: Iterable[int], sort: str) -> list[int]:
        """By name; before that by number, the most first, or by last contact, the latest first."""
        by_name = sorted(keys, key=lambda pk: (self.names[pk], pk))
        if sort == "number":
            return sorted(by_name, key=lambda pk: -self.tallies[pk].counts["all"])
        if sort == "last":
            earliest = dt.date.min
            return sorted(
                by_name, key=lambda pk: self.tallies[pk].facts.last or earliest, reverse=True
            )
        return by_name

    # With names, dates and figures

    def lines(
        self, rows: Iterable[tuple[int, int]], found: set[int] | None = None
    ) -> list[PartnerLine]:
        """(primary key, depth) → lines, in two queries. `found`: those looked for; else all are."""
        rows = list(rows)
        keys = [pk for pk, _depth in rows]
        partners = Partner.objects.select_related("parent").in_bulk(keys)
        contacts = self._last_contacts(keys)
        bodies = self._bodies(keys, self.reached)
        bodies_shown = self._bodies(keys, self.reached.intersection(keys))
        return [
            self._line(
                partners[pk],
                depth,
                last=contacts.get(pk),
                bodies=bodies[pk],
                bodies_shown=bodies_shown[pk],
                matches=found is None or pk in found,
            )
            for pk, depth in rows
        ]

    def _line(self, partner: Partner, depth: int, **kwargs: Any) -> PartnerLine:
        tally = self.tallies[partner.pk]
        counts = tally.counts
        pairs = {
            name: exchanged(counts[name], partner, given=given, kind=[kind])
            for name, (given, kind) in PAIRS.items()
        }
        year = str(self.year)
        return PartnerLine(
            partner=partner,
            depth=depth,
            is_reached=tally.reached,
            all=figure(counts["all"], partner=partner),
            this_year=figure(counts["this_year"], partner=partner, fy=year),
            given=exchanged(counts["given"], partner, given=True),
            received=exchanged(counts["received"], partner, given=False),
            pairs=pairs,
            is_new=self.is_new(partner.pk),
            silent_months=self.silent_months(partner.pk),
            one_way=self.one_way(partner.pk),
            ahead=self._ahead(partner),
            **kwargs,
        )

    def _ahead(self, partner: Partner) -> str:
        if not self.tallies[partner.pk].facts.ahead:
            return ""
        asked = {"partner": partner.code, "stage": PLANNED, "from": self.today.isoformat()}
        return urlencode(asked, doseq=True)

    def _bodies(self, keys: Iterable[int], among: Iterable[int]) -> dict[int, int]:
        """How many of those among stand beneath each."""
        counted = dict.fromkeys(keys, 0)
        for pk in among:
            for above in self.tree.above[pk][1:]:
                if above in counted:
                    counted[above] += 1
        return counted

    def _last_contacts(self, keys: list[int]) -> dict[int, Engagement]:
        """By primary key of a partner: the engagement that was the last contact with it or a body."""
        told = {pk: self.tallies[pk].facts for pk in keys}
        wanted = {(facts.last_with, facts.last) for facts in told.values() if facts.last}
        done = self.readable.filter(stage=Stage.COMPLETED)
        if known := counting.held(done):
            found = self._last_held(*known, {partner for partner, _day in wanted if partner})
            return {pk: found[told[pk].last_with] for pk in keys if told[pk].last_with in found}
        parts = (
            Participation.objects.filter(
                partner__in={partner for partner, _day in wanted},
                engagement__start_earliest__in={day for _partner, day in wanted},
                engagement__in=done.order_by().values("pk"),
            )
            .order_by("engagement")
            .select_related("engagement")
        )
        latest: dict[tuple[int | None, dt.date | None], Engagement] = {
            (part.partner_id, part.engagement.start_earliest): part.engagement for part in parts
        }
        return {pk: latest[facts.last_with, facts.last] for pk, facts in told.items() if facts.last}

    def _last_held(
        self, snapshot: Snapshot, done: BitMap, partners: Iterable[int]
    ) -> dict[int | None, Engagement]:
        """By primary key of a partner: the latest of its own that has begun. One query."""
        starts = snapshot.numbers["start_earliest"]
        begun = done & snapshot.below("start_earliest", self.today.toordinal() + 1)
        last = {
            partner: starts.first(snapshot.having("partner", [partner]) & begun, 1, largest=True)
            for partner in partners
        }
        found = self.readable.in_bulk({key for keys in last.values() for key in keys})
        return {
            partner: found[key] for partner, keys in last.items() for key in keys if key in found
        }


def partners_of(
    engagements: EngagementQuerySet,
    readable: EngagementQuerySet,
    *,
    year: FiscalYear,
    today: dt.date,
    silent: int,
    language: str,
) -> Partners:
    """Four queries at most. `engagements` is what counts; `readable` all that may tell of a partner."""
    tree, names = counting.told(f"tree of partners in {language}", partial(_named, language))
    return Partners(
        year=year,
        today=today,
        silent=silent,
        readable=readable,
        tree=tree,
        names=names,
        tallies=tallies(engagements, readable, tree, year=year, today=today),
    )


def _named(language: str) -> tuple[Tree, dict[int, str]]:
    """How they stand beneath each other, and by what they are put in order. One query."""
    rows = list(Partner.objects.values_list("pk", "parent", f"sort_{language}"))
    return Tree.of({pk: parent for pk, parent, _name in rows}), {pk: name for pk, _up, name in rows}


def exchanged(value: int, partner: Partner, *, given: bool, **narrow: Any) -> Figure:
    """What was given to a partner and its bodies, or received from them."""
    narrow["given" if given else "received"] = partner
    return figure(value, **narrow)


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day so many months before, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < dt.MINYEAR:
        return dt.date.min
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_between(first: dt.date, last: dt.date) -> int:
    """Whole months gone by."""
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
