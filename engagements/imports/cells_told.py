"""One cell as the form is told it: a text, an address, an amount, the five inputs of a date."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import override

from common.bilingual import LANGUAGES
from common.partial_dates import PartialDate
from common.sheets.book import Cell
from common.sheets.tables import Column
from common.sheets.values.amounts import read_amount, unit_of
from common.sheets.values.cells import is_blank, text_of
from common.sheets.values.nothing import says_nothing
from common.text import fold
from engagements.exports.text import unsafe
from engagements.forms import EngagementForm, dates
from engagements.imports.rows import Inputs, RowRead
from engagements.kinds import Stage

CODE, CODE_ENDS, ENOUGH_CODES = re.compile(r"^[A-Z]{2}$"), re.compile(r"[;,/\s]+"), 3
ADDRESS = EngagementForm.base_fields["source_url"]


@cache
def stages_said() -> dict[str, str]:
    """Folded label of each stage in either language, and its slug → the slug."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        with override(language):
            found |= {fold(str(stage.label)): stage.value for stage in Stage}
    return found | {stage.value: stage.value for stage in Stage}


def amount_in(column: Column, cell: Cell) -> int | None:
    """The cents a cell tells, counted as its heading says: "Budget ($000)"."""
    return read_amount(cell, unit=unit_of(f"{column.group} {column.heading}"))


def is_address(text: str) -> bool:
    """Whether the form takes it for the address of a page. What is none is kept with the purpose."""
    try:
        ADDRESS.clean(text)
    except ValidationError:
        return False
    return True


def plain(cell: Cell, *, keep: bool = False) -> str:
    """A cell as text; "" where it says nothing. What was kept from being a formula is as it was."""
    if is_blank(cell):
        return ""
    text = unsafe(text_of(cell))
    return "" if not keep and says_nothing(text) else text


def date_inputs(prefix: str, date: PartialDate) -> Inputs:
    """The five inputs of a date, "" for those it is told without."""
    told = dates.initial_of(prefix, date)
    return {f"{prefix}_{part}": [told.get(f"{prefix}_{part}", "")] for part in dates.PARTS}


def cents_said(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)


def day_of(found: RowRead) -> Any:
    """The day whose frameworks its objectives are of; None where its start is not known."""
    told = {name: values[0] for name, values in found.told.get("start", {}).items()}
    if not told:
        return None
    return dates.date_from("start", told).middle


def are_codes(cells: Iterable[Cell]) -> bool:
    """Whether a column holds codes of countries and nothing else: of three of them at least."""
    told = (CODE_ENDS.split(plain(cell)) for cell in cells)
    texts = {text for parts in told for text in parts if text}
    return len(texts) >= ENOUGH_CODES and all(CODE.match(text) for text in texts)


def under(heading: str, text: str, language: str) -> str:
    """A text with the heading of its column, where it goes among others: as its language writes it."""
    colon = "\u00a0: " if language == "fr" else ": "
    return f"{heading}{colon}{text}" if heading else text
