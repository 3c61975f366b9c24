"""Where in a text what was asked for stands: the words to mark, and the part of the text to show."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from common.search.analysis import LANGUAGES, STEM, Found, composed, runs, stem_of
from common.search.asking import Term

# Characters of a text that are shown, and how many of them before the first word that is marked.
LENGTH, BEFORE = 240, 60


@dataclass(frozen=True)
class Piece:
    """A part of a text, in its order; `hit`: it is what was asked for."""

    text: str
    hit: bool = False


@dataclass(frozen=True)
class Hit:
    """Where a term stands; `term` is its place among those that were asked for."""

    start: int
    end: int
    term: int


def hits(text: str, terms: Sequence[Term]) -> list[Hit]:
    """All places in `composed(text)`, in their order."""
    found = list(runs(text))
    those = [hit for place, term in enumerate(terms) for hit in _of_term(found, term, place)]
    return sorted(those, key=lambda hit: (hit.start, hit.term))


def marked(text: str, terms: Sequence[Term]) -> list[Piece]:
    """The whole text in pieces."""
    return list(_pieces(composed(text), hits(text, terms)))


def told_by(text: str, terms: Sequence[Term]) -> frozenset[int]:
    """Which of the terms stand in it."""
    return frozenset(hit.term for hit in hits(text, terms))


def snippet(text: str, terms: Sequence[Term]) -> list[Piece]:
    """The part of a text where most of the terms stand together, on one line; where none does, its start."""
    text = composed(text)
    where = hits(text, terms)
    first = max(
        (hit.start for hit in where), key=lambda start: (_within(where, start), -start), default=0
    )
    start = _word_edge(text, first - BEFORE) if first > BEFORE and len(text) > LENGTH else 0
    end = min(len(text), start + LENGTH)
    if end < len(text):
        end = text.rfind(" ", first + 1, end) if " " in text[first + 1 : end] else end
    shown = [
        Hit(h.start - start, h.end - start, h.term)
        for h in where
        if start <= h.start and h.end <= end
    ]
    line = "".join(
        " " if char.isspace() and char not in "\u00a0\u202f" else char for char in text[start:end]
    )
    pieces = list(_pieces(line, shown))
    return [*([Piece("…")] if start else []), *pieces, *([Piece("…")] if end < len(text) else [])]


def _within(where: Iterable[Hit], start: int) -> int:
    return len(
        {hit.term for hit in where if start <= hit.start and hit.end <= start + LENGTH - BEFORE}
    )


def _word_edge(text: str, place: int) -> int:
    """The beginning of the first word after this place."""
    space = text.find(" ", place, place + BEFORE)
    return space + 1 if space >= 0 else place


def _of_term(found: list[Found], term: Term, place: int) -> Iterator[Hit]:
    initials = {token[len(STEM["en"])] for token in term.tokens if "_" in token}
    for one in found:
        words = {*one.run.words, *one.run.besides}
        if (
            not words.isdisjoint(term.tokens)
            or any(word.startswith(each) for word in words for each in term.beginnings)
            or any(_is_a_form(word, term) for word in words if word[0] in initials)
        ):
            yield Hit(one.start, one.end, place)
    said = [(word, one) for one in found for word in one.run.words]
    for phrase in term.phrases:
        size = len(phrase.words)
        for start in range(len(said) - size + 1):
            some = said[start : start + size]
            if phrase.is_said_by([word for word, _one in some]):
                yield Hit(some[0][1].start, some[-1][1].end, place)


def _is_a_form(word: str, term: Term) -> bool:
    """By its stem, which takes time to find: asked of words alone that begin with the same letter."""
    return any(STEM[each] + stem_of(word, each) in term.tokens for each in LANGUAGES)


def _pieces(text: str, where: Iterable[Hit]) -> Iterator[Piece]:
    done = 0
    for hit in where:
        if hit.start < done:
            continue
        if text[done : hit.start]:
            yield Piece(text[done : hit.start])
        yield Piece(text[hit.start : hit.end], hit=True)
        done = hit.end
    if text[done:]:
        yield Piece(text[done:])
