"""A text as search reads it: the same tokens for what is kept and for what is asked.

A word is folded (common.text.fold): case, accents, œ and æ do not matter. Beside the words stand, apart from
them, what else finds them: the stems in English and in French, a compound in one piece and in parts.

- An apostrophe or hyphen parts a compound: "decision-making" is `decision making`, and `decisionmaking`
  besides.
- What begins with co-, non- and the like is one word, however it is written: "co-operation", "co operation"
  and "cooperation" are `cooperation`, and `co` and `operation` besides.
- "women's" is `women`, and `womens` besides; initials are one word: "U.N.O.D.C." is `unodc`.
- A number is found without the noughts before it: IE-2027-0042 by 42.
"""

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from common.text import fold

# Before a stem, by its language: no word that somebody types is taken for one, since no word has a "_".
STEM = {"en": "e_", "fr": "f_"}
LANGUAGES = ("en", "fr")
# Both databases index a word of this length; nobody types a longer one.
LONGEST = 60
# Characters. PostgreSQL indexes a megabyte of a record at most, and a character takes up to four bytes.
MOST = 250_000

APOSTROPHES = "'’‘ʼ＇`´"
HYPHENS = r"\-‐‑‒–−"
# Accents apart from their letters, and what is there and not seen: a soft hyphen, a joiner.
CARRIED = (
    "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u064b-\u065f\u0670"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
UNSEEN = "\u00ad\u200b-\u200d\u2060\ufeff"
_WORD = rf"[^\W_](?:[^\W_]|[{CARRIED}{UNSEEN}])*"
INITIALS = r"(?:(?<![^\W_])[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?"
RUN = rf"{INITIALS}|{_WORD}(?:[{APOSTROPHES}{HYPHENS}]{_WORD})*"
_RUNS = re.compile(RUN)
_INITIALS = re.compile(r"[^\W\d_]\.[^\W\d_]\.")
# The same runs of what has nothing but ASCII in it and no initials, found in half the time.
_PLAIN = re.compile(r"[a-z0-9]+(?:['`-][a-z0-9]+)*")
# No run has a space in it, and nothing is put together over a full stop.
_SENTENCES = re.compile(r"(?<=\.) ")
_PARTS = re.compile(rf"[{HYPHENS}]|[{APOSTROPHES}]")
_UNSEEN = re.compile(f"[{UNSEEN}]")
_TOKENS = re.compile(r"[^\W_]+")

# One word with what follows, after a hyphen or a space.
PREFIXES = frozenset({"co", "non", "anti", "multi", "inter", "sub", "semi"})
_APART = re.compile(
    rf"(?<![\w{APOSTROPHES}{HYPHENS}])({'|'.join(sorted(PREFIXES))})[ \u00a0](?=[^\W\d_])", re.I
)
# What French leaves of a small word before a vowel.
ELIDED = frozenset(
    {"l", "d", "s", "c", "j", "m", "n", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"}
)
MOST_PARTS = 8


@dataclass(frozen=True)
class Run:
    """What stands together in a text without a space: its words in their order, and what else finds it."""

    words: tuple[str, ...]
    besides: tuple[str, ...]
    # All its parts as one word; "" where it is one word anyway.
    joined: str = ""


@dataclass(frozen=True)
class Found:
    """A run, where it stands in the text."""

    start: int
    end: int
    run: Run


def runs(text: str) -> Iterator[Found]:
    """Every run of a text, without stems. Places are those of `composed(text)`."""
    for match in _RUNS.finditer(put_together(composed(text))):
        if (run := analysed(match[0], ())).words:
            yield Found(match.start(), match.end(), run)


def composed(text: str) -> str:
    """A letter and its accent as one character, where there is one. All that is kept is so already."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def line_of(text: str, languages: tuple[str, ...] = LANGUAGES) -> str:
    """A text in one line: its words in their order, a space between two; then what else finds them.

    `languages` are those it may be in. Two spaces stand before what else finds it, so that no phrase
    reaches there: a phrase stands in a text where ` its words ` stands in its line.
    """
    if not text:  # as most of what a record may tell
        return ""
    found = [_sentence(each, languages) for each in _SENTENCES.split(composed(text).lower())]
    words = [word for one in found for word in one.words]
    if not words:
        return ""
    besides = dict.fromkeys(each for one in found for each in one.besides)
    for word in words:
        besides.pop(word, None)
    return f" {' '.join(words)} {''.join(f' {each} ' for each in besides)}"


def _sentence(text: str, languages: tuple[str, ...]) -> Run:
    """A sentence in small letters as one run. Many are written again and again, in files above all."""
    return _remembered(text, languages) if len(text) < 300 else _read(text, languages)


@lru_cache(maxsize=2_000)
def _remembered(text: str, languages: tuple[str, ...]) -> Run:
    return _read(text, languages)


def _read(text: str, languages: tuple[str, ...]) -> Run:
    plain = text.isascii() and not _INITIALS.search(text)
    found = [
        analysed(each, languages)
        for each in (_PLAIN if plain else _RUNS).findall(put_together(text))
    ]
    besides = dict.fromkeys(each for run in found for each in run.besides)
    return Run(tuple(word for run in found for word in run.words), tuple(besides))


def lines_of(texts: Iterable[str]) -> str:
    """Several lines, one for each text, an empty one for an empty text; no more than a database indexes."""
    lines = "\n".join(texts)
    return lines if len(lines) <= MOST else lines[: lines.rfind(" ", 0, MOST) + 1]


@lru_cache(maxsize=100_000)
def analysed(run: str, languages: tuple[str, ...] = LANGUAGES) -> Run:
    """A run of letters, with the hyphens and apostrophes in it, as search reads it."""
    if "." in run:
        return _one(tuple(_folded(run.replace(".", ""))), languages)
    parts = [_folded(part) for part in _PARTS.split(run)]
    single = tuple(token for part in parts for token in part)
    if len(parts) == 1:
        return _one(single, languages)
    words = list(single)
    if len(words) > 1 and words[-1] == "s" and run[-2] in APOSTROPHES:
        words.pop()
    if len(words) > 1 and words[0] in PREFIXES:
        words[:2] = [(words[0] + words[1])[:LONGEST]]
    joined = "".join(single)[:LONGEST] if len(single) <= MOST_PARTS else ""
    besides = [each for token in (*words, *single) for each in (token, *_beside(token, languages))]
    besides = [each for each in dict.fromkeys([joined, *besides]) if each and each not in words]
    return Run(tuple(words), tuple(besides), joined)


def _one(words: tuple[str, ...], languages: tuple[str, ...]) -> Run:
    besides = dict.fromkeys(each for word in words for each in _beside(word, languages))
    return Run(words, tuple(each for each in besides if each not in words))


def _folded(part: str) -> list[str]:
    """Most often one word; a few signs fold to several."""
    return [token[:LONGEST] for token in _TOKENS.findall(fold(_UNSEEN.sub("", part)))]


def _beside(word: str, languages: Iterable[str]) -> Iterator[str]:
    """What finds a word besides itself."""
    if word.isdigit():
        if word.startswith("0") and (short := word.lstrip("0")):
            yield short
        return
    for language in languages:
        if (stem := stem_of(word, language)) != word:
            yield STEM[language] + stem


_local = threading.local()


@lru_cache(maxsize=100_000)
def stem_of(word: str, language: str) -> str:
    """What the forms of a word have in common; the word itself where it has no others."""
    if len(word) < 4 or not word.isalpha():
        return word
    if not hasattr(_local, "stemmers"):  # a stemmer works on one word at a time
        names = {"en": "english", "fr": "french"}
        _local.stemmers = {each: snowballstemmer.stemmer(name) for each, name in names.items()}
    return str(_local.stemmers[language].stemWord(word))


def put_together(text: str) -> str:
    """Of "co operation" and the like one run: a text of the same length."""
    return _APART.sub(r"\1-", text)
