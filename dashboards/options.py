"""How a reader would have the figures shown, beside which engagements they count: in the address too."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.filter_fields import shown
from common.filters import Problem
from objectives.models import Framework

# Split by nothing.
NONE = "none"
# For how many months a partner is heard of no more before it counts as silent.
SILENT, LONGEST_SILENCE = 24, 600


class By(TextChoices):
    """What the cells of the matrix count."""

    COUNT = "count", gettext_lazy("engagements")
    COST = "cost", gettext_lazy("actual cost")
    PARTNERS = "partners", gettext_lazy("partners")


class Words(TextChoices):
    """Whose words figures by objective are read in."""

    THEN = "then", gettext_lazy("as tagged then")
    TODAY = "today", gettext_lazy("in today’s words")


@dataclass(frozen=True, kw_only=True)
class Options:
    """`rows`, `columns`, `split`: codes of frameworks, "" for the page's own choice.

    `split` also "none". `words`: "" for the page's own choice (Scope.is_today). `silent`: months.
    `problems`: what makes no sense in the address.
    """

    rows: str = ""
    columns: str = ""
    split: str = ""
    by: str = By.COUNT.value
    words: str = ""
    silent: int = SILENT
    problems: tuple[Problem, ...] = ()

    # The parameters, for whatever must let them by.
    NAMES: ClassVar[tuple[str, ...]] = ("rows", "columns", "split", "by", "words", "silent")

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What is chosen otherwise than the page would, as the address has it."""
        return [
            (name, str(getattr(self, name)))
            for name in OPTIONS
            if getattr(self, name) != getattr(DEFAULT, name)
        ]

    @property
    def query(self) -> str:
        return urlencode(self.pairs)

    def in_words(self, words: Words) -> "Options":
        return replace(self, words=words.value)


OPTIONS = Options.NAMES
DEFAULT = Options()


def options_of(data: QueryDict) -> Options:
    """What the address says, the last of several; a query only where it names frameworks."""
    asked = {name: text for name in OPTIONS if (text := data.get(name, "").strip())}
    problems = [Problem(parameter=name, message=message) for name, message in _problems(asked)]
    if problems:
        return Options(problems=tuple(problems))
    chosen: dict[str, Any] = dict(asked)
    if "silent" in chosen:
        chosen["silent"] = int(chosen["silent"])
    return Options(**chosen)


def _problems(asked: dict[str, str]) -> Iterator[tuple[str, str]]:
    yield from _wrong_frameworks(asked)
    if asked.get("by", By.COUNT) not in By.values:
        yield (
            "by",
            _("“%(value)s” cannot be counted. Write count, cost or partners.")
            % quoted(asked["by"]),
        )
    if asked.get("words", Words.THEN) not in Words.values:
        yield (
            "words",
            _("Figures are read as then or as today, not as “%(value)s”.") % quoted(asked["words"]),
        )
    if not _is_a_silence(asked.get("silent", str(SILENT))):
        yield (
            "silent",
            _("“%(value)s” is not a number of months from 1 to %(most)s.")
            % (quoted(asked["silent"]) | {"most": LONGEST_SILENCE}),
        )


def _wrong_frameworks(asked: dict[str, str]) -> Iterator[tuple[str, str]]:
    codes: dict[str, str] = {
        name: text for name, text in asked.items() if name in {"rows", "columns", "split"}
    }
    if codes.get("split") == NONE:
        codes.pop("split")
    if not codes:
        return
    # A NUL reaches no database; nothing has such a code.
    wanted = [code for code in codes.values() if "\x00" not in code]
    kinds = dict(Framework.objects.filter(code__in=wanted).values_list("code", "kind"))
    for name, code in codes.items():
        if code not in kinds:
            yield name, _("There is no framework “%(value)s”.") % quoted(code)
    yield from _same(asked, codes, kinds)


def _same(
    asked: dict[str, str], codes: dict[str, str], kinds: dict[str, str]
) -> Iterator[tuple[str, str]]:
    """In today's words frameworks of one kind are the same one."""
    today = asked.get("words") == Words.TODAY
    rows, columns, split = (
        (kinds.get(code, code) if today else code) if (code := codes.get(name)) else None
        for name in ("rows", "columns", "split")
    )
    if rows and rows == columns and codes["rows"] == codes["columns"]:
        yield "columns", _("Rows and columns are the same framework. Choose two that differ.")
    elif rows and rows == columns:
        yield (
            "columns",
            _(
                "In today’s words rows and columns are the same framework. "
                "Choose two kinds, or read them as tagged then."
            ),
        )
    if split and split in {rows, columns}:
        yield (
            "split",
            _(
                "The cells cannot be split by what is in the rows or columns. "
                "Choose another framework."
            ),
        )


def _is_a_silence(text: str) -> bool:
    """Digits of this alphabet alone, few enough to be a number of months."""
    return text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= LONGEST_SILENCE


def quoted(text: str) -> dict[str, Any]:
    return {"value": shown(text)}
