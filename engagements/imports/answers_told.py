"""Answers as somebody wrote them, in a file or on a page: what is wrong is told, a sentence each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from common.filter_fields import shown
from common.text import fold
from engagements.forms.dates import is_number
from engagements.imports.answers import SECTIONS, Answers
from engagements.imports.fields import FIELDS
from engagements.imports.matching.objectives import KIND_OF_FIELD
from engagements.imports.matching.results import NONE

DATE_ORDERS = ("dmy", "mdy", "ymd")
YEAR_PAIRS = ("fiscal", "month")
ROW_CHOICES = ("skip", "update", "create")
# Fields of which a default may name several.
LISTS = ("partners", "countries", *KIND_OF_FIELD)
# What a file says of itself row by row, and no default can.
OF_A_ROW = frozenset({"reference", "version", "title", "title_en", "title_fr", "keep", "ignore"})
WITH_DEFAULT = tuple(name for name in FIELDS if name not in OF_A_ROW)
# What "leave it empty" is written as; None is JSON's own.
LEFT_EMPTY = frozenset({"", "none", "aucun", "-"})


Names = tuple[str, ...]
Told = TypeVar("Told")


class BadAnswers(Exception):
    """`messages` hold a sentence each."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__(" ".join(messages))
        self.messages = messages


def answers_from_text(
    text: str | bytes, fields: Iterable[str] = FIELDS, with_default: Iterable[str] = ()
) -> Answers:
    """As answers_from, of a file. BadAnswers where it is no JSON."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        place = (
            f"{error.lineno}:{error.colno}" if isinstance(error, json.JSONDecodeError) else "1:1"
        )
        message = _("The answers are no JSON: see line and column %(place)s.")
        raise BadAnswers([message % {"place": place}]) from None
    return answers_from(told, fields, with_default)


def answers_from(
    told: Any, fields: Iterable[str] = FIELDS, with_default: Iterable[str] = ()
) -> Answers:
    """The answers of what JSON holds, their shape judged. BadAnswers names all that is wrong with it.

    `fields` are those a column can be of, `with_default` those of which a default may be told: of
    engagements, unless others are given.
    """
    if not isinstance(told, dict):
        raise BadAnswers([_("The answers are no JSON object: write {…}.")])
    problems: list[str] = []
    values: dict[str, Any] = {}
    for name, value in told.items():
        if name not in PARTS:
            known = ", ".join(PARTS)
            message = _("“%(name)s” is no part of the answers. They are: %(known)s.")
            problems.append(message % {"name": shown(name), "known": known})
        elif value is not None:
            try:
                values[name] = _part(
                    name, value, tuple(fields), tuple(with_default or WITH_DEFAULT)
                )
            except BadAnswers as bad:
                problems += bad.messages
    if problems:
        raise BadAnswers(problems)
    return Answers(**values)


def _part(name: str, value: Any, fields: Names, with_default: Names) -> Any:
    if name == "mapping":
        return _mapping(name, value, fields)
    if name == "defaults":
        return _defaults(name, value, with_default)
    return _keep(name, value, fields) if name == "keep" else PARTS[name](name, value)


# The shape of each part


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise BadAnswers([_("“%(name)s” in the answers is not text.") % {"name": name}])
    return value


def _date_order(name: str, value: Any) -> str:
    if value not in ("", *DATE_ORDERS):
        raise BadAnswers([_("“date_order” in the answers is dmy, mdy or ymd.")])
    return value


def _fiscal_or_month(name: str, value: Any) -> str:
    if value not in ("", *YEAR_PAIRS):
        raise BadAnswers([_("“fiscal_or_month” in the answers is fiscal or month.")])
    return value


def _row_number(name: str, value: Any) -> int:
    if type(value) is not int or value < 0:
        message = _(
            "“%(name)s” in the answers is the number of a row, as the spreadsheet shows it."
        )
        raise BadAnswers([message % {"name": name}])
    return value


def _flag(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise BadAnswers([_("“%(name)s” in the answers is true or false.") % {"name": name}])
    return value


def _object(name: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadAnswers([_("“%(name)s” in the answers is no object: write {…}.") % {"name": name}])
    return value


def _mapping(name: str, value: Any, fields: Names) -> dict[str, str]:
    """Heading → field; null and "" leave the column out."""
    told, problems = {}, []
    for heading, said in _object(name, value).items():
        if said in (None, ""):
            said = "ignore"
        if not isinstance(said, str) or said not in fields:
            known = ", ".join(fields)
            message = _(
                "“%(value)s”, told of the column “%(heading)s”, is no field. Fields are: %(known)s."
            )
            about = {"value": shown(str(said)), "heading": shown(heading), "known": known}
            problems.append(message % about)
        else:
            told[heading] = said
    return _unless(problems, told)


def _texts(name: str, value: Any) -> dict[str, str]:
    """Text of the file → a code; null, "" and "none" leave it empty."""
    told: dict[str, str] = {}
    folded: dict[str, str] = {}
    problems = []
    for text, code in _object(name, value).items():
        code = NONE if _is_empty(code) else code
        about = {"text": shown(text), "name": name}
        if not isinstance(code, str):
            message = _("What “%(name)s” in the answers says of “%(text)s” is not text.")
            problems.append(message % about)
        elif folded.setdefault(fold(text), code) != code:
            message = _("“%(name)s” in the answers says two things of “%(text)s”.")
            problems.append(message % about)
        else:
            told[text] = code
    return _unless(problems, told)


def _is_empty(code: Any) -> bool:
    return code is None or (isinstance(code, str) and fold(code) in LEFT_EMPTY)


def _defaults(name: str, value: Any, fields: Names) -> dict[str, str | list[str]]:
    told: dict[str, str | list[str]] = {}
    problems = []
    for field, said in _object(name, value).items():
        if field not in fields:
            known = ", ".join(fields)
            message = _("“%(field)s” is no field that can have a default. These can: %(known)s.")
            problems.append(message % {"field": shown(field), "known": known})
        elif (default := _default(field, said)) is None:
            message = _("The default of “%(field)s” in the answers is not text.")
            if field in LISTS:
                message = _("The default of “%(field)s” in the answers is no list of codes.")
            problems.append(message % {"field": field})
        elif default:
            told[field] = default
    return _unless(problems, told)


def _default(field: str, said: Any) -> str | list[str] | None:
    """None where it is neither a text nor, for fields with several values, a list of texts."""
    if said is None:
        return ""
    if field in LISTS:
        several = [said] if isinstance(said, str) else said
        fits = isinstance(several, list) and all(isinstance(one, str) for one in several)
        return list(dict.fromkeys(one for one in several if one)) if fits else None
    if type(said) is int:
        return str(said)
    return said if isinstance(said, str) else None


def _rows(name: str, value: Any) -> dict[int, str]:
    told = _by_row(name, value)
    wrong = [number for number, said in told.items() if said not in ROW_CHOICES]
    message = _(
        "What “rows” in the answers says of row %(number)s is none of skip, update, create."
    )
    return _unless([message % {"number": number} for number in wrong], told)


def _keep(name: str, value: Any, fields: Names) -> dict[int, list[str]]:
    told = _by_row(name, value)
    message = _("What “keep” in the answers says of row %(number)s is no list of fields.")
    wrong = [number for number, said in told.items() if not _are_fields(said, fields)]
    return _unless([message % {"number": number} for number in wrong], told)


def _are_fields(said: Any, fields: Names) -> bool:
    return isinstance(said, list) and all(isinstance(one, str) and one in fields for one in said)


def _by_row(name: str, value: Any) -> dict[int, Any]:
    told = _object(name, value)
    message = _("“%(number)s” in “%(name)s” of the answers is no number of a row.")
    wrong = [number for number in told if not is_number(number, *range(1, 8))]
    problems = [message % {"number": shown(number), "name": name} for number in wrong]
    return _unless(
        problems, {int(number): said for number, said in told.items() if number not in wrong}
    )


def _like_rows(name: str, value: Any) -> str:
    if value not in ("", "create", "skip"):
        raise BadAnswers([_("“like_rows” in the answers is create or skip.")])
    return value


def _several(name: str, value: Any) -> list[str]:
    several = [value] if isinstance(value, str) else value
    if not isinstance(several, list) or not all(isinstance(one, str) for one in several):
        raise BadAnswers([_("“%(name)s” in the answers is no list of texts.") % {"name": name}])
    return several


def _unless(problems: list[str], told: Told) -> Told:
    if problems:
        raise BadAnswers(problems)
    return told


PARTS: dict[str, Callable[[str, Any], Any]] = {
    "sheet": _text,
    "header_row": _row_number,
    "encoding": _text,
    "delimiter": _text,
    "mapping": _object,
    "date_order": _date_order,
    "fiscal_or_month": _fiscal_or_month,
    "defaults": _object,
    **dict.fromkeys(SECTIONS, _texts),
    "create_missing_partners": _flag,
    "rows": _rows,
    "keep": _object,
    "like_rows": _like_rows,
    "confirmed": _several,
    "also_called": _several,
}
