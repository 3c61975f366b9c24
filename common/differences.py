"""Where two texts differ, word by word; and one text that has the changes of both."""

import re
from difflib import SequenceMatcher
from itertools import pairwise

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

WORDS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
SENTENCES = re.compile(r"[^.!?\n]*(?:[.!?]+|\n|$)\s*")
# Comparing takes as long as one text times the other.
MOST_COMPARED = 1_000_000
ALIKE = 0.3

# Of a list of sentences: the first and the last (not included) that go, and what comes instead.
Hunk = tuple[int, int, list[str]]


def marked(text: str, other: str) -> SafeString:
    """The text, with the words that the other one lacks marked; to the ear as well.

    Where hardly a word is the same nothing is marked: they differ as a whole, as anybody sees.
    """
    words, others = WORDS.findall(text), WORDS.findall(other)
    if not (words and others) or len(words) * len(others) > MOST_COMPARED:
        return conditional_escape(text)
    compared = [word.strip() for word in others], [word.strip() for word in words]
    matcher = SequenceMatcher(None, *compared, autojunk=False)
    if matcher.ratio() < ALIKE:
        return conditional_escape(text)
    parts = [
        ("".join(words[first:last]), tag == "equal")
        for tag, _i, _j, first, last in matcher.get_opcodes()
        if first != last
    ]
    return format_html_join(
        "", "{}", ((part if same or not part.strip() else only_here(part),) for part, same in parts)
    )


def only_here(text: str) -> SafeString:
    """Marked as what the other side lacks."""
    return format_html(
        '<mark><span class="visually-hidden">{} </span>{}<span class="visually-hidden"> {}</span></mark>',
        _("[only here:"),
        text,
        _("end]"),
    )


def merged_texts(theirs: str, mine: str, base: str | None) -> str:
    """Both changes in one text where they do not touch; else one under the other."""
    if base is not None and (merged := _with_both_changes(base, theirs, mine)) is not None:
        return merged
    if mine in theirs or theirs in mine:
        return max(theirs, mine, key=len)
    return f"{theirs}\n\n{mine}"


def _with_both_changes(base: str, theirs: str, mine: str) -> str | None:
    """By the sentence; None where both changed the same one."""
    began = _sentences(base)
    hunks = _hunks(began, _sentences(theirs))
    hunks += [hunk for hunk in _hunks(began, _sentences(mine)) if hunk not in hunks]
    hunks.sort(key=lambda hunk: hunk[:2])
    if any(_touch(one, next_one) for one, next_one in pairwise(hunks)):
        return None
    result = list(began)
    for first, last, sentences in reversed(hunks):
        result[first:last] = sentences
    return "".join(result).strip()


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in SENTENCES.findall(text) if sentence]


def _hunks(began: list[str], became: list[str]) -> list[Hunk]:
    if len(began) * len(became) > MOST_COMPARED:
        return [(0, len(began), became)]
    opcodes = SequenceMatcher(None, began, became, autojunk=False).get_opcodes()
    return [(i, j, became[k:m]) for tag, i, j, k, m in opcodes if tag != "equal"]


def _touch(one: Hunk, next_one: Hunk) -> bool:
    """They change the same sentence, or one adds where the other changes."""
    adds = one[0] == one[1] or next_one[0] == next_one[1]
    return next_one[0] < one[1] or (adds and next_one[0] == one[1])
