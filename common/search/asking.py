"""What somebody types, as terms: words in any order, "phrases", word*, -without. Anything has an answer.

Each term is found or not in a record by itself, and a record is found where all of them are. The last word is
taken as one that is still being typed: it finds what begins with it. A record's tokens are those of
`analysis.line_of`; a term says which of them find it, and both databases are asked for just these.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from common.search.analysis import (
    ELIDED,
    LANGUAGES,
    LONGEST,
    RUN,
    STEM,
    Run,
    analysed,
    composed,
    put_together,
    runs,
    stem_of,
)

# What is looked at of a text, in characters, and how many terms of it are asked for: work has an end.
MOST_TYPED, MOST_TERMS = 1_000, 24
# A shorter beginning finds nearly everything.
SHORTEST_BEGINNING = 2
# A shorter stem is another word: "visit" is "vis" in French.
SHORTEST_STEM = {"en": 3, "fr": 4}
OPENING, CLOSING = '"“”„«»', '"“”„«»'
# Words that tell nothing beside others.
SMALL = frozenset({
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with",
    "au", "aux", "avec", "d", "dans", "de", "des", "du", "en", "et", "l", "la", "le", "les", "ou", "par",
    "pour", "sur", "un", "une",
})  # fmt: skip
_ITEMS = re.compile(
    rf"""(?P<without>(?<!\S)[-−–](?=[^\W_{OPENING}]|[{OPENING}]))?
    (?:[{OPENING}](?P<phrase>[^{CLOSING}]*)(?P<closed>[{CLOSING}])?
      |(?P<run>{RUN})(?P<star>\*)?)""",
    re.X,
)


@dataclass(frozen=True)
class Phrase:
    """Words one after the other; of an `open` one the last may go on."""

    words: tuple[str, ...]
    open: bool = False

    @property
    def text(self) -> str:
        """What stands in the line of a text that has it."""
        return f" {' '.join(self.words)}" + ("" if self.open else " ")

    def is_said_by(self, words: Sequence[str]) -> bool:
        """Whether these are its words, as many as it has."""
        *before, last = self.words
        goes_on = words[-1].startswith(last) if self.open else words[-1] == last
        return goes_on and list(words[:-1]) == before


@dataclass(frozen=True)
class Term:
    """One thing that is asked for. Any of its tokens, beginnings or phrases finds it.

    `typed` is what a person calls it; `word` the word itself, where a slip in a name may be forgiven.
    """

    typed: str
    tokens: frozenset[str] = frozenset()
    beginnings: frozenset[str] = frozenset()
    phrases: tuple[Phrase, ...] = ()
    without: bool = False
    word: str = ""


@dataclass(frozen=True)
class Asked:
    """What a text asks for. `unclosed`: a quotation mark lacks its other; `cut`: more was typed than that."""

    terms: tuple[Term, ...] = ()
    unclosed: bool = False
    cut: bool = False
    is_blank: bool = field(default=True)

    @property
    def wanted(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if not term.without)


@lru_cache(maxsize=1_000)
def asked(text: str) -> Asked:
    """The terms of what somebody typed, each once."""
    whole = composed(text)
    typed = put_together(whole[:MOST_TYPED])
    terms: list[Term] = []
    unclosed = False
    beside: Term | None = None  # the word before, where nothing but space lies between
    for item in _ITEMS.finditer(typed):
        without = item["without"] is not None
        if item["run"] is None:
            unclosed |= item["closed"] is None
            term = _phrase(item["phrase"], going_on=item["closed"] is None)
        else:
            # Whoever has typed the last letter so far may go on.
            is_last = item.end() == len(typed) and len(whole) <= MOST_TYPED and not without
            term = _word(item["run"], begins=item["star"] is not None or is_last)
        if term is None:
            beside = None
            continue
        term = replace(term, without=without)
        if beside is not None and term.word and not without:
            terms[-1], term = _in_one_piece(beside, term)
        beside = term if term.word and not without else None
        terms.append(term)
    kept = list(dict.fromkeys(_telling(terms)))
    return Asked(
        terms=tuple(kept[:MOST_TERMS]),
        unclosed=unclosed,
        cut=len(kept) > MOST_TERMS or len(whole) > MOST_TYPED,
        is_blank=not whole.strip(),
    )


def _word(typed: str, *, begins: bool) -> Term | None:
    run = analysed(typed.lower())
    words = _without_elision(run.words)
    if not words:
        return None
    if len(words) > 1:
        return _compound(typed, run, words, begins=begins)
    (word,) = words
    tokens = {word, *_forms(word)}
    if run.joined and words == run.words:
        tokens.add(run.joined)
    goes_on = begins and _may_begin(word)
    beginnings = frozenset({word}) if goes_on else frozenset()
    return Term(typed=typed, tokens=frozenset(tokens), beginnings=beginnings, word=word)


def _compound(typed: str, run: Run, words: tuple[str, ...], *, begins: bool) -> Term:
    """In one piece, or its parts one after the other."""
    joined = frozenset({run.joined} if run.joined and words == run.words else ())
    return Term(
        typed=typed,
        tokens=joined,
        beginnings=joined if begins else frozenset(),
        phrases=(Phrase(words, open=begins),),
    )


def _phrase(text: str, *, going_on: bool) -> Term | None:
    """Just these words: their other forms do not find it."""
    words = tuple(word for found in runs(text.lower()) for word in found.run.words)
    if not words:
        return None
    typed = " ".join(text.split())
    if len(words) > 1:
        return Term(typed=typed, phrases=(Phrase(words, open=going_on),))
    beginnings = frozenset(words) if going_on and _may_begin(words[0]) else frozenset()
    return Term(typed=typed, tokens=frozenset(words), beginnings=beginnings)


def _in_one_piece(first: Term, second: Term) -> tuple[Term, Term]:
    """Two words that somebody else may have written as one find that, too."""
    joined = first.word + second.word
    if first.word in SMALL or second.word in SMALL or len(joined) > LONGEST:
        return first, second
    both = []
    for term in (first, second):
        term = replace(term, tokens=term.tokens | {joined})
        if second.beginnings:
            term = replace(term, beginnings=term.beginnings | {joined})
        both.append(term)
    return both[0], both[1]


def _telling(terms: list[Term]) -> list[Term]:
    """Without small words, where there are others."""
    telling = [term for term in terms if term.without or term.word not in SMALL]
    return telling if any(not term.without for term in telling) else terms


def _forms(word: str) -> set[str]:
    """The tokens that find its other forms: its stems, and words that are a stem themselves."""
    if not word.isalpha() or len(word) < SHORTEST_STEM["en"]:
        return set()
    found = set()
    for language in LANGUAGES:
        stem = stem_of(word, language)
        found.add(STEM[language] + stem)
        if len(stem) >= SHORTEST_STEM[language]:
            found.add(stem)
    return found


def _without_elision(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[1:] if len(words) > 1 and words[0] in ELIDED else words


def _may_begin(word: str) -> bool:
    return len(word) >= SHORTEST_BEGINNING or not word.isascii()
