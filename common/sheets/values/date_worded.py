"""A date told in words, taken apart: day, month, season and year, wherever each stands."""

import re

from common.sheets.values import date_words as words

TOKEN = re.compile(
    r"(\d+)(?:st|nd|rd|th|ere|er|re|eme|e)?(?![a-z0-9])|([a-z]+)|([^\sa-z0-9])", re.ASCII
)
SIGNS = frozenset("-'.,/()")
Parts = dict[str, str]


def parts_of(folded: str) -> Parts | None:
    """{"day", "month", "season", "year"} as far as told; None where it holds anything else."""
    parts: Parts = {}
    numbers: list[
        tuple[str, bool, bool]
    ] = []  # digits; whether a year's sign is before; month is before
    sign = ""
    position = 0
    while position < len(folded):
        if folded[position] == " ":
            position += 1
            continue
        found = TOKEN.match(folded, position)
        if not found:
            return None
        position = found.end()
        digits, word, other = found.groups()
        if other:
            if other not in SIGNS:
                return None
            sign = other
            continue
        if digits:
            if not _take_number(parts, numbers, digits, sign):
                return None
        elif not _take_word(parts, word):
            return None
        sign = ""
    return _with_numbers(parts, numbers)


def _take_number(parts: Parts, numbers: list, digits: str, sign: str) -> bool:
    if len(digits) == 4:
        if "year" in parts:
            return False
        parts["year"] = digits
        return True
    worded = "month" in parts or "season" in parts
    numbers.append((digits, sign == "'" or (sign == "-" and worded), worded))
    return len(digits) <= 2 and len(numbers) <= 2


def _take_word(parts: Parts, word: str) -> bool:
    if word in words.MONTHS or word in words.SEASONS:
        if "month" in parts or "season" in parts:
            return False
        if word in words.MONTHS:
            parts["month"] = str(words.MONTHS[word])
        else:
            parts["season"] = str(words.SEASONS[word])
        return True
    return word in words.WEEKDAYS or word in words.FILLERS


def _with_numbers(parts: Parts, numbers: list[tuple[str, bool, bool]]) -> Parts | None:
    """One or two digits are the day; after it, or with a year's sign, or above 31, the year."""
    if not numbers:
        return parts or None
    if "year" in parts:
        if len(numbers) > 1 or "season" in parts:
            return None
        return parts | {"day": numbers[0][0]}
    if len(numbers) == 2:
        (day, _is_year, _late), (year, _sign, after_month) = numbers
        worded = "month" in parts and after_month and len(year) == 2
        return parts | {"day": day, "year": year} if worded else None
    digits, has_sign, after_month = numbers[0]
    if after_month and len(digits) == 2 and (has_sign or int(digits) > 31):
        return parts | {"year": digits}
    return None if "season" in parts else parts | {"day": digits}
