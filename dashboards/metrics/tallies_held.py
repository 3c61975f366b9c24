"""What each partner has together with the bodies beneath it, told by the index: as tallies.py tells it."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from pyroaring import BitMap

from dashboards.metrics.facts import PAIRS, Facts, Tally, Tree, roll_up
from engagements import counting
from engagements.index.snapshot import Snapshot
from engagements.kinds import GIVEN, RECEIVED, Kind, Stage

ByPartner = Mapping[int, BitMap]


@dataclass(kw_only=True)
class Held:
    """The sets at hand. counted: what is under the filter; tellable: all that may tell of a partner."""

    snapshot: Snapshot
    counted: BitMap
    tellable: BitMap
    tree: Tree
    today: dt.date

    def tallies(self, ends: int) -> dict[int, Tally]:
        """Of partners with a part in what is counted, and of those above them; `ends`: of this year."""
        reached = {pk for pk, own in self.parts.items() if not own.isdisjoint(self.counted)}
        shown = {above for pk in reached for above in self.tree.above.get(pk, ())}
        facts = roll_up({pk: self._facts(pk, own) for pk, own in self.parts.items()}, self.tree)
        together, asked, answered = (
            self._rolled_up(parts, shown) for parts in (self.parts, self.asked, self.answered)
        )
        of_year = self.counted & self.snapshot.having("fiscal_year", [ends])
        none = BitMap()
        return {
            pk: Tally(
                counts=self._counts(
                    together[pk] & self.counted,
                    of_year,
                    asked=asked.get(pk, none).intersection_cardinality(self.counted),
                    answered=answered.get(pk, none).intersection_cardinality(self.counted),
                ),
                facts=facts[pk],
                reached=pk in reached,
            )
            for pk in shown
        }

    @cached_property
    def parts(self) -> ByPartner:
        return self._among("partner", self.tellable)

    @cached_property
    def asked(self) -> ByPartner:
        return self._among("asked", self.tellable)

    @cached_property
    def answered(self) -> ByPartner:
        return self._among("answered", self.tellable)

    def _of_kind(self, *kinds: str) -> BitMap:
        return self.snapshot.having("kind", kinds)

    def _among(self, name: str, keys: BitMap) -> ByPartner:
        found = {pk: having & keys for pk, having in self.snapshot.values[name].items()}
        return {pk: own for pk, own in found.items() if own}

    def _rolled_up(self, own: ByPartner, shown: Collection[int]) -> dict[int, BitMap]:
        beneath: dict[int, list[BitMap]] = defaultdict(list)
        for pk, keys in own.items():
            for above in self.tree.above.get(pk, ()):
                if above in shown:
                    beneath[above].append(keys)
        return {pk: BitMap.union(*keys) for pk, keys in beneath.items()}

    def _counts(self, own: BitMap, of_year: BitMap, *, asked: int, answered: int) -> Counter[str]:
        exchanges = {True: asked, False: answered}
        of_kinds = {
            kind: self._kinds[kind].intersection_cardinality(own) for kind in {*GIVEN, *RECEIVED}
        }
        counts = {
            "all": len(own),
            "this_year": own.intersection_cardinality(of_year),
            "given": sum(of_kinds[kind] for kind in GIVEN) + asked,
            "received": sum(of_kinds[kind] for kind in RECEIVED) + answered,
        }
        for name, (given, kind) in PAIRS.items():
            is_told_by_role = kind == Kind.INFORMATION_EXCHANGE
            counts[name] = exchanges[given] if is_told_by_role else of_kinds[kind]
        return Counter({name: n for name, n in counts.items() if n})

    @cached_property
    def _kinds(self) -> Mapping[str, BitMap]:
        return {kind: self._of_kind(kind) for kind in {*GIVEN, *RECEIVED}}

    # Facts

    def _facts(self, pk: int, own: BitMap) -> Facts:
        """Of a partner without its bodies."""
        begun = own & self._begun
        last = self._latest("start_earliest", begun)
        years = [year for year, having in self._done_by_year if not having.isdisjoint(own)]
        return Facts(
            last=last,
            last_with=pk if last else None,
            last_by=self._latest("start_latest", begun),
            first_year=min(filter(None, years), default=None),
            undated=None in years,
            ahead=not own.isdisjoint(self._ahead),
            gave=not own.isdisjoint(self._of_kind(*GIVEN)) or pk in self.asked,
            got=not own.isdisjoint(self._of_kind(*RECEIVED)) or pk in self.answered,
            sensitivity=max(counting.values_of(self.snapshot, own, "sensitivity"), default=0),
        )

    def _latest(self, column: str, keys: BitMap) -> dt.date | None:
        highest = self.snapshot.numbers[column].highest(keys)
        return None if highest is None else dt.date.fromordinal(highest)

    @cached_property
    def _done(self) -> BitMap:
        return self.tellable & self.snapshot.having("stage", [Stage.COMPLETED])

    @cached_property
    def _begun(self) -> BitMap:
        """Completed, and begun by today as far as its start is known."""
        return self._done & self.snapshot.numbers["start_earliest"].below(
            self.today.toordinal() + 1
        )

    @cached_property
    def _ahead(self) -> BitMap:
        """Planned, and not over."""
        ends = self.snapshot.numbers["spans_to"]
        return (ends.known - ends.below(self.today.toordinal())) & (self.tellable - self._done)

    @cached_property
    def _done_by_year(self) -> Iterable[tuple[int | None, BitMap]]:
        years = self.snapshot.values["fiscal_year"].items()
        found = [(year, having & self._done) for year, having in years]
        return [(year, having) for year, having in found if having]
