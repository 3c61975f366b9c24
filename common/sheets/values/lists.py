"""Several values in one cell, taken apart without tearing a name: Bosnia and Herzegovina stays one."""

import re
from collections.abc import Callable, Iterable, Iterator

from common.text import fold

Known = Callable[[str], object]

# These always stand between two values.
ALWAYS = re.compile(r"[;\n\r|\u2028\u2029•·]+")
# These may be part of a name: kept with what stands around them while it is not known.
MAYBE = re.compile(r" ?, ?(?:(?:and|et|&) )?| ?/ ?| (?:and|et|&) ", re.IGNORECASE)
BULLET = re.compile(r"^(?:[-–—*>]+\s+|\(?\d{1,2}[.)]\s+)")
# What only says more of the name before it.
COMPANY = re.compile(
    r"^(inc|ltd|ltee|llc|limited|limitee|gmbh|plc|corp|corporation|co|s\.?a|s\.?r\.?l|sarl|b\.?v|jr)\.?$"
)
# So many pieces at most make one name: "Macedonia, Former Yugoslav Republic" is of two.
WIDEST = 6


def split(
    text: str, known: Known = bool, *, apart: bool = True, qualifies: Known | None = None
) -> list[str]:
    """The values in a cell, in their order, each once.

    `;`, `|` and new lines always part values. `,`, `/`, " and " and " et " part them where that leaves
    pieces that `known` knows; "Congo, Democratic Republic" stays whole where it is known whole. Pieces not
    known are still parted at commas when `apart`, as in a list of countries; otherwise only beside one
    that is known, and never before a company's form or what `qualifies` the name before it, such as a
    country. Takes time in proportion to the length.
    """
    found: dict[str, str] = {}
    for line in ALWAYS.split(text):
        line = BULLET.sub("", " ".join(line.split())).strip(" ,")
        for part in _parts(line, known, apart, qualifies) if line else ():
            found.setdefault(fold(part), part)
    return list(found.values())


def standing_alone(texts: Iterable[str]) -> frozenset[str]:
    """Folded texts that fill a cell by themselves, without a sign that could part it.

    What stands alone in one row is a value where it stands among others in another.
    """
    told = {" ".join(text.split()) for text in set(texts) if not ALWAYS.search(text)}
    return frozenset(fold(text) for text in told if text and not MAYBE.search(text))


def _parts(line: str, known: Known, apart: bool, qualifies: Known | None) -> list[str]:
    pieces = _pieces(line)
    if len(pieces) == 1 or known(line):
        return [line]
    segments = _best(line, pieces, known)
    return list(_joined(line, segments, apart, qualifies))


def _pieces(line: str) -> list[tuple[int, int]]:
    """Where each piece begins and ends. What stands in brackets holds together."""
    depth, closes = 0, line.count(")")
    pieces, begins, seen = [], 0, 0
    for found in MAYBE.finditer(line):
        between = line[seen : found.start()]
        depth = max(0, depth + between.count("(") - between.count(")"))
        closes -= between.count(")")
        seen = found.start()
        if depth and closes:
            continue
        if found.start() > begins:
            pieces.append((begins, found.start()))
        begins = found.end()
    if begins < len(line) or not pieces:
        pieces.append((begins, len(line)))
    return pieces


def _best(line: str, pieces: list[tuple[int, int]], known: Known) -> list[tuple[int, int, bool]]:
    """Runs of pieces (first, past the last, whether known) that leave the fewest pieces unknown.

    Among those, the fewest runs: "Congo, Democratic Republic" rather than Congo and a rest.
    """
    count = len(pieces)
    best: list[tuple[int, int, int, bool]] = [(0, 0, count, False)] * (count + 1)
    asked: dict[str, bool] = {}
    for first in range(count - 1, -1, -1):
        unknown, runs = best[first + 1][:2]
        choice = (unknown + 1, runs + 1, first + 1, False)
        for past in range(first + 1, min(first + WIDEST, count) + 1):
            said = line[pieces[first][0] : pieces[past - 1][1]]
            if said not in asked:
                asked[said] = bool(known(said))
            if asked[said]:
                unknown, runs = best[past][:2]
                choice = min(choice, (unknown, runs + 1, past, True), key=lambda each: each[:2])
        best[first] = choice
    segments, first = [], 0
    while first < count:
        past, is_known = best[first][2:]
        segments.append((pieces[first][0], pieces[past - 1][1], is_known))
        first = past
    return segments


def _joined(
    line: str,
    segments: list[tuple[int, int, bool]],
    apart: bool,
    qualifies: Known | None,
) -> Iterator[str]:
    """Runs not known are put together again where the sign between may be part of a name."""
    begins, ends, was_known = segments[0]
    for first, past, is_known in segments[1:]:
        sign = line[ends:first].strip()[:1]
        said = line[first:past]
        if _parts_here(sign, said, was_known, is_known, apart, qualifies):
            yield line[begins:ends]
            begins = first
        ends, was_known = past, is_known
    yield line[begins:ends]


def _parts_here(
    sign: str, said: str, was_known: bool, is_known: bool, apart: bool, qualifies: Known | None
) -> bool:
    if was_known and is_known:
        return True
    if sign == "," and not is_known:
        if COMPANY.match(fold(said)) or (qualifies and qualifies(said)):
            return False
        return apart or was_known
    if sign == ",":
        return True
    return sign == "/" and (was_known or is_known)
