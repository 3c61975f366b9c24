"""Whether the values of a column bear out what its heading says, and what they say without one."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from common.sheets.book import Cell
from common.sheets.tables import Column, Table
from common.sheets.values.amounts import NotAnAmount, read_amount
from common.sheets.values.cells import text_of
from common.sheets.values.date_words import one_of
from common.sheets.values.dates import NotADate, Unclear, precision_of, read_date
from common.sheets.values.nothing import says_nothing
from common.sheets.values.numbers import NotANumber, read_number
from common.text import fold
from engagements.imports.fields import IGNORE, KEEP, STAGE_WORDS
from engagements.kinds import Kind

Known = Mapping[str, Callable[[str], bool]]
# Values looked at, spread over the column.
LOOKED_AT = 300
URL = re.compile(r"^(https?://|www\.)\S+$", re.IGNORECASE)
REFERENCE = re.compile(r"^IE-\d{4}-\d+$", re.IGNORECASE | re.ASCII)
CODE = re.compile(r"^[A-Z]{1,4}[- ]?\d{1,3}([.-]\d+)?$", re.IGNORECASE | re.ASCII)
ISO = re.compile(r"^[A-Z]{2,3}$", re.ASCII)
MONEY = re.compile(r"\$|\b(cad|cdn)\b|\d\s?[km]$", re.IGNORECASE)
PARTED = re.compile(r"\s*[;,/|\n]\s*")
SECTORS = one_of(
    "police;policing;courts;court;corrections;correctional;tribunaux;services correctionnels"
)
ORGANIZATIONS = re.compile(
    r"\b(ministry|ministere|department|service|services|united nations|nations unies|agency|agence|council|"
    r"conseil|association|government|gouvernement|embassy|ambassade|university|universite|commission|office|"
    r"organization|organisation|corrections|prison|institute|institut|un|unodc|undp|police)\b"
)
LANGUAGE_WORDS = one_of("en;fr;english;french;anglais;francais;e;f;a;eng;fra;fre")
APPROVALS = one_of(
    "given;unknown;yes;no;oui;non;y;n;o;x;approved;approuve;approuvee;donnee;inconnue;accordee;not known;"
    "non connue"
)
# Fields of objectives that other things are called by as well.
LOOSE = frozenset({"objectives", "priorities", "themes", "sectors"})
TAGS = LOOSE | {"pillars", "mandate"}


@dataclass(frozen=True)
class Values:
    """What a column holds: a number of its values, those that say nothing left out."""

    cells: tuple[Cell, ...]

    @classmethod
    def of(cls, table: Table, column: Column) -> "Values":
        step = max(1, len(table.rows) // LOOKED_AT)
        some = (row.cells[column.index] for row in table.rows[::step])
        told: list[Cell] = [cell for cell in some if cell is not None]
        if len(told) < LOOKED_AT // 10 and step > 1:  # a column seldom filled
            told = list(table.values(column.index))[:LOOKED_AT]
        return cls(tuple(c for c in told if not (isinstance(c, str) and says_nothing(c))))

    @cached_property
    def texts(self) -> list[str]:
        return [text_of(cell) for cell in self.cells]

    @cached_property
    def folded(self) -> set[str]:
        return {fold(text[:300]) for text in self.texts}

    def share(self, is_one: Callable[[str], object]) -> float:
        return (
            sum(bool(is_one(text)) for text in self.texts) / len(self.texts) if self.texts else 0.0
        )

    @cached_property
    def parts(self) -> "Values":
        """Of cells that hold several, each by itself."""
        return replace(self, cells=tuple(p for t in self.texts for p in PARTED.split(t) if p))

    @cached_property
    def dates(self) -> float:
        """The share that are dates, those that can be read in two ways among them."""
        return sum(map(_is_date, self.cells)) / len(self.cells) if self.cells else 0.0

    @cached_property
    def amounts(self) -> float:
        return sum(map(_is_amount, self.cells)) / len(self.cells) if self.cells else 0.0

    @cached_property
    def numbers(self) -> float:
        return sum(map(_is_number, self.cells)) / len(self.cells) if self.cells else 0.0

    @property
    def average(self) -> float:
        return sum(map(len, self.texts)) / len(self.texts) if self.texts else 0.0

    @property
    def distinct(self) -> float:
        return len(self.folded) / len(self.texts) if self.texts else 0.0


def borne_out(
    name: str, score: float, column: Column, values: Values, known: Known
) -> tuple[str, float]:
    """(field, how well) once the values were looked at: another field, or 0, where they say otherwise."""
    if not values.cells:
        # A heading alone tells enough of a column that is empty, but for one that must show what it is.
        return (IGNORE, score) if name in {"stage", "reference"} else (name, score * 0.9)
    judge = JUDGES.get(name)
    return judge(name, score, column, values, known) if judge else (name, score)


Judged = tuple[str, float]


def _dated(name: str, score: float, column: Column, values: Values, known: Known) -> Judged:
    return name, score * (0.6 + 0.4 * values.dates) if values.dates >= 0.4 else 0.0


def _cost(name: str, score: float, column: Column, values: Values, known: Known) -> Judged:
    return (name, score) if values.amounts >= 0.4 else (KEEP, score * 0.6)


def _count(name: str, score: float, column: Column, values: Values, known: Known) -> Judged:
    if values.numbers >= 0.5:
        return name, score
    return ("csc_posts" if score >= 1 and "csc" in fold(column.heading) else KEEP), score * 0.8


def _address(name: str, score: float, column: Column, values: Values, known: Known) -> Judged:
    return (name, score) if values.share(URL.match) >= 0.4 else (KEEP, score * 0.8)


def _stage(name: str, score: float, column: Column, values: Values, known: Known) -> Judged:
    return (name, score) if values.folded <= STAGE_WORDS else (KEEP, score * 0.9)


def _precision(name: str, score: float, column: Column, values: Values, known: Known) -> Judged:
    return (name, score) if values.share(precision_of) >= 0.3 else (KEEP, score * 0.6)


def _reference(name: str, score: float, column: Column, values: Values, known: Known) -> Judged:
    if values.share(REFERENCE.match) >= 0.5:
        return name, score + 0.01
    running = values.numbers >= 0.8
    return (IGNORE if running else KEEP), score * 0.9


def _tags(name: str, score: float, column: Column, values: Values, known: Known) -> Judged:
    """Codes or known wording make them tags; "Priority: high" and a paragraph of objectives are none."""
    if values.parts.share(CODE.match) >= 0.5:
        return name, score + 0.05
    is_known = known.get("objectives")
    if is_known and max(values.share(is_known), values.parts.share(is_known)) >= 0.4:
        return name, score + 0.05
    if name == "sectors" and values.parts.share(lambda text: fold(text) in SECTORS) >= 0.5:
        return name, score
    if name == "objectives":
        return name, 0.0
    return (KEEP, score * 0.9) if name in LOOSE or is_known else (name, score)


def _text(name: str, score: float, column: Column, values: Values, known: Known) -> Judged:
    """A text that is no text but figures."""
    figures = max(values.numbers, values.amounts, values.share(URL.match), _real_dates(values))
    return (name, score) if figures < 0.6 else (KEEP, score * 0.6)


def _title(name: str, score: float, column: Column, values: Values, known: Known) -> Judged:
    """Titles differ from each other; a column "Activity" of four words said over and over is the kind."""
    if score >= 1 and values.share(in_letters) >= 0.5 and values.share(URL.match) < 0.5:
        return name, score  # "One" and "Two" are titles, too
    name, score = _text(name, score, column, values, known)
    says_over = len(values.texts) >= 6 and values.distinct < 0.34 and len(values.folded) <= 20
    if name == "title" and says_over and score < 1:
        if values.average < 4.5:  # yes, no
            return name, 0.0
        return ("kind", 0.85) if values.average < 40 else (KEEP, score * 0.8)
    return name, score


def in_letters(text: str) -> bool:
    return any(map(str.isalpha, text))


def _kind(name: str, score: float, column: Column, values: Values, known: Known) -> Judged:
    many = len(values.texts) >= 12 and values.distinct > 0.6 and len(values.folded) > 16
    figures = max(values.numbers, values.dates)
    return (KEEP, score * 0.8) if many or figures >= 0.6 else (name, score)


def _places(name: str, score: float, column: Column, values: Values, known: Known) -> Judged:
    if max(values.numbers, values.amounts, values.share(URL.match)) >= 0.5:
        return KEEP, score * 0.6
    is_known = known.get("countries")
    if (
        name == "place"
        and is_known
        and values.share(is_known) >= 0.7
        and "city" not in fold(column.heading)
    ):
        return "countries", score * 0.95
    return name, score


def _language(name: str, score: float, column: Column, values: Values, known: Known) -> Judged:
    return (
        (name, score)
        if values.share(lambda t: fold(t) in LANGUAGE_WORDS) >= 0.6
        else (KEEP, score * 0.8)
    )


def _approval(name: str, score: float, column: Column, values: Values, known: Known) -> Judged:
    if values.folded <= APPROVALS:
        return name, score
    return ("approved_on", score) if values.dates >= 0.6 else (KEEP, score * 0.8)


JUDGES: dict[str, Callable[[str, float, Column, Values, Known], Judged]] = {
    **dict.fromkeys(("start", "end", "approved_on"), _dated),
    **dict.fromkeys(("cost_cents", "planned_cost"), _cost),
    **dict.fromkeys(TAGS, _tags),
    **dict.fromkeys(("title", "title_en", "title_fr"), _title),
    **dict.fromkeys(("purpose", "outcome", "lessons", "office", "officer", "csc_posts"), _text),
    **dict.fromkeys(("countries", "place", "partners"), _places),
    "csc_participants": _count,
    "source_url": _address,
    "stage": _stage,
    "precision": _precision,
    "end_precision": _precision,
    "reference": _reference,
    "kind": _kind,
    "text_language": _language,
    "approval": _approval,
}


# --- without headings ---


def by_values(table: Table, values: Mapping[int, Values], known: Known) -> dict[int, str]:
    """What columns without headings seem to be; IGNORE for what does not show it."""
    mapping = {column.index: IGNORE for column in table.columns}
    told: list[tuple[str, Callable[[Values], bool]]] = [
        ("source_url", lambda v: v.share(URL.match) >= 0.8),
        ("reference", lambda v: v.share(REFERENCE.match) >= 0.8),
        ("start", lambda v: (v.dates >= 0.8 and not _is_money(v) and v.numbers < 0.9) or _are_years(v)),
        ("end", lambda v: (v.dates >= 0.8 and not _is_money(v) and v.numbers < 0.9) or _are_years(v)),
        ("cost_cents", lambda v: _is_money(v) and v.amounts >= 0.8),
        ("countries", lambda v: _shares(v, known.get("countries"), 0.6) or v.parts.share(ISO.match) >= 0.8),
        ("kind", lambda v: _shares(v, known.get("kind"), 0.6) or v.folded <= KINDS),
        ("objectives", lambda v: v.parts.share(CODE.match) >= 0.8 and v.distinct < 0.7),
        ("partners", lambda v: _shares(v, known.get("partners"), 0.5)
         or (v.share(lambda t: ORGANIZATIONS.search(fold(t))) >= 0.6 and v.average < 90)),
        ("purpose", lambda v: v.average >= 120),
        ("title", lambda v: v.average >= 12 and v.distinct >= 0.7
         and _real_dates(v) < 0.2 and v.amounts < 0.5),
    ]  # fmt: skip
    for name, looks_like in told:
        for index, one in values.items():
            if mapping[index] == IGNORE and one.cells and looks_like(one):
                mapping[index] = name
                break
    return mapping


KINDS = frozenset(
    fold(word) for kind in Kind for word in (kind.value, kind.value.replace("-", " "))
)


def _shares(values: Values, is_known: Callable[[str], bool] | None, least: float) -> bool:
    return (
        is_known is not None and max(values.share(is_known), values.parts.share(is_known)) >= least
    )


def _is_money(values: Values) -> bool:
    return values.share(MONEY.search) >= 0.3 or (
        values.amounts >= 0.9 and not _are_years(values) and any(_is_large(c) for c in values.cells)
    )


def _is_large(cell: Cell) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= 3_000


def _are_years(values: Values) -> bool:
    return values.share(lambda text: re.match(r"^(19|20)\d\d$", text)) >= 0.8


def _real_dates(values: Values) -> float:
    return sum(isinstance(cell, dt.date) for cell in values.cells) / max(1, len(values.cells))


def _is_date(cell: Cell) -> bool:
    try:
        return read_date(cell) is not None
    except Unclear:
        return True
    except NotADate as problem:
        return problem.code in {"no-such-day", "backwards", "short-year", "two-dates"}


def _is_amount(cell: Cell) -> bool:
    try:
        return read_amount(cell) is not None
    except NotAnAmount as problem:
        return problem.code in {"negative", "foreign", "two-ways"}


def _is_number(cell: Cell) -> bool:
    try:
        return read_number(cell) is not None
    except NotANumber:
        return False
