"""Those who are called so: so few that their names are looked through here. Slips are forgiven."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from common.search.analysis import LANGUAGES, line_of, stem_of
from common.search.asking import Asked, Term
from common.search.holding import stands_in

# What kind of record, and its primary key.
Key = tuple[str, int]
# A shorter word has too many like it; a longer one may have two slips.
FORGIVEN, FORGIVEN_TWICE = 5, 8


# Before a word without the ending that makes it several; no word that somebody types has a "_".
ONE = "n_"
ENDINGS = (
    ("aux", "al"),
    ("ies", "y"),
    ("sses", "ss"),
    ("ches", "ch"),
    ("shes", "sh"),
    ("xes", "x"),
)


class Names:
    """An index of names: whom a term means. `rows` are (key, names), a line each; a key may have several.

    `by_stem`: a word finds all forms of it. Otherwise it finds one and several alone: an "Office" is
    not what somebody means by "officers", and many are called so.
    """

    def __init__(self, rows: Iterable[tuple[Key, str]], *, by_stem: bool = True) -> None:
        self.by_token: dict[str, set[Key]] = defaultdict(set)
        self.lines: list[tuple[Key, str]] = []
        self.lines_of: dict[Key, list[str]] = defaultdict(list)
        self.by_stem = by_stem
        for key, text in rows:
            for name in text.split("\n"):
                line = line_of(name) if by_stem else line_of(name, ())
                self.lines.append((key, line))
                self.lines_of[key].append(line)
                for token in line.split():
                    self.by_token[token].add(key)
                    if not by_stem:
                        self.by_token[ONE + one_of(token)].add(key)
        self.tokens = sorted(self.by_token)

    def found(self, term: Term) -> frozenset[Key]:
        """Those whom the term finds by a name of theirs."""
        found: set[Key] = set()
        for token in self._tokens(term):
            found |= self.by_token.get(token, set())
        for beginning in term.beginnings:
            for token in self._beginning(beginning):
                found |= self.by_token[token]
        for phrase in term.phrases:
            found.update(key for key, line in self.lines if phrase.text in line)
        return frozenset(found)

    def _tokens(self, term: Term) -> Iterable[str]:
        """Those that find it; of few letters no stem that is a word itself: "unied" is not "uni"."""
        if self.by_stem or not term.word:
            return term.tokens
        one = one_of(term.word)
        longer = {each for each in term.tokens if len(each) >= FORGIVEN - 1 or each == one}
        return {*longer, term.word, ONE + one}

    def meant(self, term: Term) -> frozenset[Key]:
        """As found; where nobody is called so, those whose name is a slip away. -Without forgives none."""
        found = self.found(term)
        if found or term.without:
            return found
        return frozenset().union(*(self.by_token[token] for token in self.like(term.word)))

    def all_of(self, asked: Asked, *, forgiving: bool = True) -> frozenset[Key]:
        """Those of whom every word is a name, and no word that is asked for not to be."""
        if not asked.wanted:
            return frozenset()
        find = self.meant if forgiving else self.found
        found = frozenset.intersection(*(find(term) for term in asked.wanted))
        for term in asked.terms:
            if term.without:
                found -= self.found(term)
        return found

    def forgiving(self, term: Term) -> Term:
        """The term with the words that it is a slip away from, where nobody is called so."""
        if self.found(term) or term.without:
            return term
        return replace(term, tokens=term.tokens | frozenset(self.like(term.word)))

    def length(self, key: Key, terms: Sequence[Term]) -> int | None:
        """How many words the shortest of its names has that has every term; None where none has."""
        words = [
            len(line.partition("  ")[0].split())
            for line in self.lines_of[key]
            if all(stands_in(line, term) for term in terms)
        ]
        return min(words, default=None)

    def like(self, word: str) -> list[str]:
        """The words of names from which this one is a slip or two away, and no form of theirs."""
        found = like(word, self.tokens)
        return found if self.by_stem else [one for one in found if not are_forms(word, one)]

    def longer_by_one(self, word: str) -> list[str]:
        """The words that this one misses a letter of, where it is too short for slips to be forgiven."""
        if len(word) != FORGIVEN - 1 or not word.isalpha():
            return []
        return [
            token
            for token in self.tokens
            if len(token) == FORGIVEN
            and token.isalpha()
            and token[0] == word[0]
            and slips(word, token, 1) == 1
        ]

    def _beginning(self, beginning: str) -> Sequence[str]:
        first = bisect_left(self.tokens, beginning)
        last = first
        while last < len(self.tokens) and self.tokens[last].startswith(beginning):
            last += 1
        return self.tokens[first:last]


def may_have_slips(word: str) -> bool:
    return len(word) >= FORGIVEN and word.isalpha()


def like(word: str, words: Iterable[str]) -> list[str]:
    """Those from which this one is a slip or two away."""
    if not may_have_slips(word):
        return []
    most = 1 + (len(word) >= FORGIVEN_TWICE)
    return [
        token
        for token in words
        if abs(len(token) - len(word)) <= most
        and len(token) >= FORGIVEN - 1
        and token.isalpha()
        and (token[0] == word[0] or token[:2] == word[1::-1])
        and slips(word, token, most) <= most
    ]


# Of partners, with countries and without, of objectives, of those who lead what each clearance sees.
@lru_cache(maxsize=8)
def names_of(rows: tuple[tuple[Key, str], ...], *, by_stem: bool = True) -> Names:
    """The index of these very names: made once, for as long as they are the same."""
    return Names(rows, by_stem=by_stem)


def are_forms(one: str, other: str) -> bool:
    """Whether they are forms of one word, and the one no slip for the other."""
    return any(stem_of(one, language) == stem_of(other, language) for language in LANGUAGES)


def one_of(word: str) -> str:
    """A word without the ending that makes several of it, in English or French; folded, as it is."""
    if len(word) < 4 or not word.isalpha():
        return word
    for several, one in ENDINGS:
        if word.endswith(several):
            return word.removesuffix(several) + one
    return word[:-1] if word[-1] in "sx" and word[-2] != "s" else word


def slips(one: str, other: str, most: int) -> int:
    """How many letters are wrong, missing, too many or change places; `most` + 1 for any number above it."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, against in enumerate(other, 1):
            cost = min(
                last[column] + 1, now[column - 1] + 1, last[column - 1] + (letter != against)
            )
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        if min(now) > most:
            return most + 1
        before, last = last, now
    return min(last[-1], most + 1)
