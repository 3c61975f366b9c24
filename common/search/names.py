"""Those who are called so: so few that their names are looked through here. Slips are forgiven."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from common.search.analysis import line_of
from common.search.asking import Term

# What kind of record, and its primary key.
Key = tuple[str, int]
# A shorter word has too many like it; a longer one may have two slips.
FORGIVEN, FORGIVEN_TWICE = 5, 8


class Names:
    """An index of names: whom a term means. `rows` are (key, names), a line each; a key may have several."""

    def __init__(self, rows: Iterable[tuple[Key, str]]) -> None:
        self.by_token: dict[str, set[Key]] = defaultdict(set)
        self.lines: list[tuple[Key, str]] = []
        for key, text in rows:
            for name in text.split("\n"):
                line = line_of(name)
                self.lines.append((key, line))
                for token in line.split():
                    self.by_token[token].add(key)
        self.tokens = sorted(self.by_token)

    def found(self, term: Term) -> frozenset[Key]:
        """Those whom the term finds by a name of theirs."""
        found: set[Key] = set()
        for token in term.tokens:
            found |= self.by_token.get(token, set())
        for beginning in term.beginnings:
            for token in self._beginning(beginning):
                found |= self.by_token[token]
        for phrase in term.phrases:
            found.update(key for key, line in self.lines if phrase.text in line)
        return frozenset(found)

    def meant(self, term: Term) -> frozenset[Key]:
        """As found; where nobody is called so, those whose name is a slip away. -Without forgives none."""
        found = self.found(term)
        if found or term.without:
            return found
        return frozenset().union(*(self.by_token[token] for token in self.like(term.word)))

    def like(self, word: str) -> list[str]:
        """The words of names from which this one is a slip or two away."""
        if len(word) < FORGIVEN or not word.isalpha():
            return []
        most = 1 + (len(word) >= FORGIVEN_TWICE)
        return [
            token
            for token in self.tokens
            if abs(len(token) - len(word)) <= most
            and len(token) >= FORGIVEN - 1
            and token.isalpha()
            and (token[0] == word[0] or token[:2] == word[1::-1])
            and slips(word, token, most) <= most
        ]

    def _beginning(self, beginning: str) -> Sequence[str]:
        first = bisect_left(self.tokens, beginning)
        last = first
        while last < len(self.tokens) and self.tokens[last].startswith(beginning):
            last += 1
        return self.tokens[first:last]


@lru_cache(maxsize=4)
def names_of(rows: tuple[tuple[Key, str], ...]) -> Names:
    """The index of these very names: made once, for as long as they are the same."""
    return Names(rows)


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
