"""Numbers of many engagements kept bit by bit: added up, compared and put in order a set at a time.

Each bit of the numbers is one set: those whose number has it. A sum is then the sizes of as many
intersections as there are bits, and the largest k are found in as many steps, however many there are
(O'Neil and Quass, "Improved query performance with variant indexes", SIGMOD 1997).
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from tempfile import TemporaryFile

from pyroaring import BitMap

# Of more, bits are parted.
AT_ONCE = 20_000


@dataclass(frozen=True)
class Numbers:
    """Whole numbers from 0 on, by key. `known`: those that have one; `bits`: from the lowest on."""

    known: BitMap
    bits: tuple[BitMap, ...]

    @classmethod
    def of(cls, *lots: Mapping[int, Iterable[int]]) -> Numbers:
        """From the keys that have each number."""
        gathered = Gathered()
        for numbered in lots:
            gathered.take_in(numbered)
        return gathered.numbers

    def changed(self, gone: BitMap, new: Numbers) -> Numbers:
        """Without those gone, and with these, which are among them or new."""
        width = max(len(self.bits), len(new.bits))
        none = (BitMap(),)
        kept = (*self.bits, *none * (width - len(self.bits)))
        added = (*new.bits, *none * (width - len(new.bits)))
        bits = tuple(
            one if one.isdisjoint(gone) and not more else (one - gone) | more
            for one, more in zip(kept, added, strict=True)
        )
        return Numbers((self.known - gone) | new.known, bits)

    def only(self, keys: BitMap) -> Numbers:
        """Of these keys alone."""
        return Numbers(self.known & keys, tuple(bit & keys for bit in self.bits))

    def total(self, among: BitMap) -> int:
        """Of those among them that have a number, added up."""
        return sum(bit.intersection_cardinality(among) << n for n, bit in enumerate(self.bits))

    def of_one(self, key: int) -> int | None:
        if key not in self.known:
            return None
        return sum(1 << n for n, bit in enumerate(self.bits) if key in bit)

    def below(self, number: int) -> BitMap:
        """Those with a smaller one."""
        return self._split(number)[0]

    def equal(self, number: int) -> BitMap:
        return self._split(number)[1]

    def _split(self, number: int) -> tuple[BitMap, BitMap]:
        if number < 0:
            return BitMap(), BitMap()
        if number.bit_length() > len(self.bits):
            return self.known, BitMap()
        below, equal = BitMap(), self.known
        for n in reversed(range(len(self.bits))):
            if number >> n & 1:
                below |= equal - self.bits[n]
                equal = equal & self.bits[n]
            else:
                equal = equal - self.bits[n]
        return below, equal

    def first(self, among: BitMap, count: int, *, largest: bool) -> BitMap:
        """So many of them: with the largest numbers, or the smallest; those with none come last.

        Of equal ones the largest keys come first, or the smallest.
        """
        numbered = among & self.known
        if count >= len(numbered):
            rest = count - len(numbered)
            return numbered | _of_equal(among - self.known, rest, largest=largest)
        surely, maybe = BitMap(), numbered
        for bit in reversed(self.bits):
            ahead = maybe & bit if largest else maybe - bit
            if len(surely) + len(ahead) > count:
                maybe = ahead
            else:
                surely, maybe = surely | ahead, maybe - ahead
        return surely | _of_equal(maybe, count - len(surely), largest=largest)

    def at(self, among: BitMap, place: int) -> tuple[int, int]:
        """From the smallest on: the number at this place (from 0), and which of its equals it is."""
        left, number = among & self.known, 0
        for n in reversed(range(len(self.bits))):
            smaller = left - self.bits[n]
            if place < len(smaller):
                left = smaller
            else:
                place -= len(smaller)
                left, number = left & self.bits[n], number | 1 << n
        return number, place

    def highest(self, among: BitMap) -> int | None:
        """Of those among them that have a number; None where none has."""
        left = among & self.known
        if not left:
            return None
        found = 0
        for n in reversed(range(len(self.bits))):
            those = left & self.bits[n]
            if those:
                left, found = those, found | 1 << n
        return found


class Gathered:
    """Numbers on their way: taken in lot by lot, so that few are in memory twice.

    They are put together by each byte of theirs first, which parts into its bits for all of them at once.
    """

    def __init__(self) -> None:
        self.known, self.bits = BitMap(), defaultdict[int, BitMap](BitMap)
        self._waiting = _keys()
        # By the place of the byte, then by the byte.
        self._by_byte: dict[int, dict[int, array]] = defaultdict(lambda: defaultdict(_keys))

    def take_in(self, numbered: Mapping[int, Iterable[int]]) -> None:
        """The keys that have each number."""
        for number, keys in numbered.items():
            keys = keys if isinstance(keys, array) else array("I", keys)
            self._waiting.extend(keys)
            place = 0
            while number:
                self._by_byte[place][number & 0xFF].extend(keys)
                number, place = number >> 8, place + 8
        if len(self._waiting) > AT_ONCE:
            self._part()

    def _part(self) -> None:
        bits: dict[int, array] = defaultdict(_keys)
        for place, by_byte in self._by_byte.items():
            for byte, keys in by_byte.items():
                for bit in range(byte.bit_length()):
                    if byte >> bit & 1:
                        bits[place + bit].extend(keys)
        for bit, keys in bits.items():
            self.bits[bit] |= BitMap(keys)
        self.known |= BitMap(self._waiting)
        self._waiting = _keys()
        self._by_byte.clear()

    @property
    def numbers(self) -> Numbers:
        self._part()
        highest = max(self.bits, default=-1)
        return Numbers(
            compact(self.known), tuple(compact(self.bits[bit]) for bit in range(highest + 1))
        )


def compact(keys: BitMap) -> BitMap:
    """The same in the memory that it takes and no more."""
    keys.run_optimize()
    keys.shrink_to_fit()
    return keys


def lay_together(sets: Collection[BitMap]) -> None:
    """One behind the other in memory: sets that grew lot by lot lie scattered, with room between them."""
    with TemporaryFile() as file:
        lengths = []
        for one in sets:
            lengths.append(file.write(one.serialize()))
            one.clear()
        file.seek(0)
        for one, length in zip(sets, lengths, strict=True):
            one |= BitMap.deserialize(file.read(length))


def _keys() -> array:
    return array("I")


def _of_equal(keys: BitMap, count: int, *, largest: bool) -> BitMap:
    if count >= len(keys):
        return keys
    return keys[len(keys) - count :] if largest else keys[:count]
