"""What each partner has together with the bodies beneath it, told by the index: as tallies.py tells it."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from pyroaring import BitMap

from dashboards.metrics.facts import PAIRS, Facts, Tally, Tree, roll_up
from engagements import counting
from engagements.index.keeping import kept_up, told_of_each
from engagements.index.snapshot import Snapshot
from engagements.kinds import GIVEN, RECEIVED, Kind, Stage

ByPartner = Mapping[int, BitMap]


@dataclass(frozen=True, kw_only=True)
class Held:
    """The sets at hand. counted: what is under the filter; tellable: all that may tell of a partner."""

    snapshot: Snapshot
    counted: BitMap
    tellable: BitMap
    tree: Tree
    today: dt.date

    def tallies(self, ends: int) -> dict[int, Tally]:
        """Of partners with a part in what is counted, and of those above them; `ends`: of this year."""
        reached = counting.kept_tally(self.snapshot, self.counted, "partner").keys()
        shown = {above for pk in reached for above in self.tree.above.get(pk, ())}
        facts = roll_up(self._facts_of_each(), self.tree)
        counts: dict[int, Counter[str]] = defaultdict(Counter)
        for (pk, name), n in self._counts_of_each(ends).items():
            counts[pk][name] = n
        return {
            pk: Tally(counts=counts[pk], facts=facts[pk], reached=pk in reached) for pk in shown
        }

    # Numbers

    def _counts_of_each(self, ends: int) -> Counter[tuple[int, str]]:
        """By partner and name, each engagement once for it and the bodies beneath it."""

        def count(snapshot: Snapshot, keys: BitMap) -> dict[tuple[int, str], int]:
            return dict(replace(self, snapshot=snapshot, counted=keys)._counts(ends))

        question = "partners with their bodies", ends, frozenset(self.tree.above.items())
        return kept_up(question, self.snapshot, self.counted, count)

    def _counts(self, ends: int) -> Iterator[tuple[tuple[int, str], int]]:
        together, asked, answered = map(self._rolled_up, ("partner", "asked", "answered"))
        of_year = self.snapshot.having("fiscal_year", [ends])
        kinds = {kind: self._of_kind(kind) for kind in {*GIVEN, *RECEIVED}}
        for pk, own in together.items():
            of_kinds = {
                kind: having.intersection_cardinality(own) for kind, having in kinds.items()
            }
            has_asked, has_answered = len(asked.get(pk, ())), len(answered.get(pk, ()))
            yield (pk, "all"), len(own)
            yield (pk, "this_year"), own.intersection_cardinality(of_year)
            yield (pk, "given"), sum(of_kinds[kind] for kind in GIVEN) + has_asked
            yield (pk, "received"), sum(of_kinds[kind] for kind in RECEIVED) + has_answered
            exchanges = {True: has_asked, False: has_answered}
            for name, (given, kind) in PAIRS.items():
                is_told_by_role = kind == Kind.INFORMATION_EXCHANGE
                yield (pk, name), exchanges[given] if is_told_by_role else of_kinds[kind]

    def _of_kind(self, *kinds: str) -> BitMap:
        return self.snapshot.having("kind", kinds)

    def _rolled_up(self, name: str) -> ByPartner:
        """Of what is counted, what each partner has together with the bodies beneath it."""
        beneath: dict[int, list[BitMap]] = defaultdict(list)
        for pk, having in self.snapshot.values[name].items():
            if own := having & self.counted:
                for above in self.tree.above.get(pk, ()):
                    beneath[above].append(own)
        return {pk: BitMap.union(*keys) for pk, keys in beneath.items()}

    # Facts

    def _facts_of_each(self) -> dict[int, Facts]:
        question = "facts of partners", self.today
        return told_of_each(question, self.snapshot, self.tellable, "partner", self._facts)

    def _facts(self, pk: int, own: BitMap) -> Facts:
        """Of a partner without its bodies."""
        begun = own & self._begun
        last = self._latest("start_earliest", begun)
        years = [year for year, having in self._done_by_year if not having.isdisjoint(own)]
        asked, answered = (self.snapshot.having(name, [pk]) for name in ("asked", "answered"))
        return Facts(
            last=last,
            last_with=pk if last else None,
            last_by=self._latest("start_latest", begun),
            first_year=min(filter(None, years), default=None),
            undated=None in years,
            ahead=not own.isdisjoint(self._ahead),
            gave=not (own.isdisjoint(self._given) and own.isdisjoint(asked)),
            got=not (own.isdisjoint(self._received) and own.isdisjoint(answered)),
            sensitivity=max(counting.values_of(self.snapshot, own, "sensitivity"), default=0),
        )

    @cached_property
    def _given(self) -> BitMap:
        return self._of_kind(*GIVEN)

    @cached_property
    def _received(self) -> BitMap:
        return self._of_kind(*RECEIVED)

    def _latest(self, column: str, keys: BitMap) -> dt.date | None:
        highest = self.snapshot.numbers[column].highest(keys)
        return None if highest is None else dt.date.fromordinal(highest)

    @cached_property
    def _done(self) -> BitMap:
        return self.tellable & self.snapshot.having("stage", [Stage.COMPLETED])

    @cached_property
    def _begun(self) -> BitMap:
        """Completed, and begun by today as far as its start is known."""
        return self._done & self.snapshot.below("start_earliest", self.today.toordinal() + 1)

    @cached_property
    def _ahead(self) -> BitMap:
        """Planned, and not over."""
        over = self.snapshot.below("spans_to", self.today.toordinal())
        return (self.snapshot.numbers["spans_to"].known - over) & (self.tellable - self._done)

    @cached_property
    def _done_by_year(self) -> Iterable[tuple[int | None, BitMap]]:
        years = self.snapshot.values["fiscal_year"].items()
        found = [(year, having & self._done) for year, having in years]
        return [(year, having) for year, having in found if having]
