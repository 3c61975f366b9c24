"""Numbers of persons that have no place here: found in text, and told by their end alone.

Social Insurance Number (numéro d’assurance sociale): nine digits, the last of them a check digit by Luhn's
formula, written together or in threes. The first says where it was issued: 1 to 7 a region, 9 a temporary
resident; with 0 begin numbers that Canada Revenue Agency gives to persons in their place. None begins with 8,
with which Business Numbers begin: they have nine digits and the same check, name a firm, and stand in
agreements.

FPS number (Finger Print Section; in French SED, Section des empreintes digitales): the number under which
the RCMP keeps a person's fingerprints, and by which police, courts and corrections name an offender: six
digits and a letter, as 123456A. It has no check digit, so its shape alone is recognized.

One number of nine digits in ten passes Luhn's formula by chance. So what is written otherwise is left alone:
part of a longer number, an amount of money, a telephone number, a document's symbol (with a slash), a
reference (letters and a hyphen before it). And so is whatever stands in a web address: pages are named by
such numbers, and an address is not where people write somebody's own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

# One of them parts the digits: a space (no-break, thin or none to be seen, too) or a hyphen.
SPACE = r"[ \t\u00a0\u2000-\u200b\u202f\u2060]"
HYPHEN = r"[-\u00ad\u2010-\u2015\u2212]"
GAP = rf"(?:{SPACE}{{1,2}}|{HYPHEN})"

ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
RUN = re.compile(rf"\d+(?:{GAP}\d+)*")
GROUP = re.compile(r"\d+")
FPS = re.compile(rf"(?<!\d)(\d{{6}})({GAP}?)([A-Za-z])(?!\w|[’'-]\w)")

# Before or after it: what it is written in is no number of a person.
OTHER_BEFORE = re.compile(
    rf"(?:\w{HYPHEN}?|[/=+#@]|\d[.,]"
    r"|(?:[$€£]|\b(?:CAD|USD|EUR|GBP|CHF))\s?)$",
    re.IGNORECASE,
)
OTHER_AFTER = re.compile(
    r"[\w/=@]|[.,]\d|-\w|\s?(?:[$€£%]|(?:CAD|USD|EUR|GBP|CHF|dollars?|euros?|[kM]\$))",
    re.IGNORECASE,
)
# Says that it is one, whatever it looks like.
SIN_SAID = re.compile(r"\b(?:SIN|NAS|insurance number|assurance sociale)\W{0,3}$", re.IGNORECASE)
FPS_SAID = re.compile(r"\b(?:FPS|SED)(?:\W{0,3}(?:no|nº|n°|number))?\W{0,3}$", re.IGNORECASE)
# A lone letter after a space is most often a word; a small one right after a number, a unit.
WORDS, UNITS = set("AIOY"), set("ghklmst")


# Digits, and from where to where they stand.
Group = tuple[str, int, int]
NOTHING: Group = ("", 0, 0)


@dataclass(frozen=True, kw_only=True)
class Identifier:
    """`kind` is "sin" or "fps"; `number` without what parted it, letters capital."""

    kind: str
    number: str

    @property
    def ending(self) -> str:
        """As much of it as may be shown."""
        return self.number[-2:]


def identifiers_in(text: str) -> list[Identifier]:
    """Each once, in no particular order; [] for nearly all that people write."""
    text = ADDRESS.sub(lambda found: "_" * len(found[0]), text)
    return list(dict.fromkeys([*_insurance_numbers(text), *_fingerprint_numbers(text)]))


def _insurance_numbers(text: str) -> Iterator[Identifier]:
    for run in RUN.finditer(text):
        groups = [(one[0], one.start(), one.end()) for one in GROUP.finditer(text, *run.span())]
        for digits, start, end in [*_of_nine(groups), *_of_threes(groups)]:
            number = "".join(str(int(digit)) for digit in digits)
            if _can_be_insured(number) and _stands_alone(text, start, end, SIN_SAID):
                yield Identifier(kind="sin", number=number)


def _of_nine(groups: list[Group]) -> Iterator[Group]:
    return (
        group
        for before, group in pairwise([NOTHING, *groups])
        if len(group[0]) == 9 and not _leads(before)
    )


def _leads(before: Group) -> bool:
    """One to three digits begin a longer number, or name a country to be called."""
    return 0 < len(before[0]) < 4


def _of_threes(groups: list[Group]) -> Iterator[Group]:
    """Three groups of three, or several times three where each can be one: else it is a longer number."""
    before = NOTHING
    for is_three, found in groupby(groups, key=lambda group: len(group[0]) == 3):
        stretch = list(found)
        if is_three and len(stretch) % 3 == 0 and not _leads(before):
            made = [_joined(stretch[i : i + 3]) for i in range(0, len(stretch), 3)]
            if len(made) == 1 or all(_can_be_insured(digits) for digits, _start, _end in made):
                yield from made
        before = stretch[-1]


def _joined(groups: list[Group]) -> Group:
    return "".join(digits for digits, _start, _end in groups), groups[0][1], groups[-1][2]


def _can_be_insured(number: str) -> bool:
    digits = [int(digit) for digit in number]
    doubled = [digit * 2 - 9 * (digit > 4) for digit in digits[1::2]]
    return any(digits) and digits[0] != 8 and (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _fingerprint_numbers(text: str) -> Iterator[Identifier]:
    for found in FPS.finditer(text):
        digits, gap, letter = found.groups()
        is_said = FPS_SAID.search(text[: found.start()])
        is_a_word = bool(gap.strip("-\u2010\u2011")) and (letter in WORDS or letter.islower())
        is_a_unit = not gap and letter in UNITS
        if not is_said and (is_a_word or is_a_unit):
            continue
        if _stands_alone(text, found.start(), found.end(), FPS_SAID):
            yield Identifier(kind="fps", number=f"{int(digits):06d}{letter.upper()}")


def _stands_alone(text: str, start: int, end: int, said: re.Pattern) -> bool:
    before = text[max(0, start - 40) : start]
    if said.search(before):
        return True
    return not (OTHER_BEFORE.search(before) or OTHER_AFTER.match(text[end : end + 12]))
