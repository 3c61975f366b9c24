"""What a file does not say, asked once: for all of its rows, and what its words stand for.

Each text goes along with what is answered for it, so that it does not matter which questions are still open
when the answer comes: another tab may have answered some meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from common.forms import ErrorLink
from common.text import LINE_LENGTH
from engagements.forms.closest import sure_of
from engagements.forms.parts import why_not_found
from engagements.forms.question_choices import (
    CODES_MAY_BE_TYPED,
    NOTHING,
    SEVERAL,
    Option,
    Options,
)
from engagements.imports.answers import SECTIONS
from engagements.imports.matching.results import CREATE
from engagements.imports.plan import Question

# What a person types, as the form of an engagement calls it.
ADDS = {"partners": "add_partner", "countries": "add_country"}
# What is said once of how the file is written.
OF_THE_FILE = ("date_order", "fiscal_or_month", "like_rows")
# So many of the closest need no list to be opened; nor do to create it, or to leave it empty.
IN_THE_OPEN = 3
SPECIAL = {CREATE, NOTHING}
# Chosen where what it is stands in the list or the input beside it.
OTHER = "?"
# More than a page ever asks.
MOST = 200


@dataclass(kw_only=True)
class Asked:
    """A question as it is drawn: what can be chosen, what is chosen or typed so far, what is wrong."""

    question: Question
    name: str
    options: list[Option]
    typed_name: str = ""
    # Of one among many, where they stand in a list.
    other_name: str = ""
    other: str = ""
    # The input by which the text becomes a name of its partner; "" where the reader may not.
    known_name: str = ""
    is_known: bool = False
    chosen: list[str] = field(default_factory=list)
    typed: str = ""
    error: str = ""

    @property
    def label(self) -> str:
        """The text of the file, or the question as a sentence."""
        of_a_word = self.question.kind in SECTIONS
        return self.question.value if of_a_word else self.question.message

    @property
    def open(self) -> list[Option]:
        """What stands in the open: the closest, and to create it or to leave it empty."""
        closest = [option for option in self.options if option.is_close][:IN_THE_OPEN]
        return [*closest, *(option for option in self.options if option.code in SPECIAL)]

    @property
    def others(self) -> list[Option]:
        """What stands in a list: the less alike, and all there are."""
        open_ones = {option.code for option in self.open}
        return [option for option in self.options if option.code not in open_ones]

    @property
    def is_left(self) -> bool:
        """Whether nothing is chosen yet."""
        return not any(self.chosen) and not self.other and not self.typed

    @property
    def is_several(self) -> bool:
        return self.question.kind == "defaults" and self.question.value in SEVERAL

    @property
    def may_be_typed(self) -> bool:
        return bool(self.typed_name)


class QuestionsForm:
    """`data` is what was sent; None for a page that is opened. `words`: those this page asks."""

    def __init__(
        self,
        data: QueryDict | None,
        *,
        options: Options,
        for_the_file: Iterable[Question] = (),
        words: Iterable[Question] = (),
        told: Mapping[str, Any] | None = None,
    ) -> None:
        self.data = QueryDict() if data is None else data
        self.options, self.told = options, told or {}
        self.for_the_file = [self._of_the_file(question) for question in for_the_file]
        self.words = [self._of_a_word(n, question) for n, question in enumerate(words)]

    @property
    def questions(self) -> list[Asked]:
        return [*self.for_the_file, *self.words]

    def _of_the_file(self, question: Question) -> Asked:
        is_default = question.kind == "defaults"
        name = f"default-{question.value}" if is_default else question.kind
        options = self.options.of(question)
        typed = f"{name}-typed" if is_default and not options else ""
        asked = Asked(question=question, name=name, options=options, typed_name=typed)
        return self._as_told(asked, name, typed)

    def _of_a_word(self, number: int, question: Question) -> Asked:
        name = f"answer-{number}"
        typed = f"typed-{number}" if question.kind in CODES_MAY_BE_TYPED else ""
        options = self.options.of(question)
        asked = Asked(question=question, name=name, options=options, typed_name=typed)
        asked.other_name = f"other-{number}" if asked.others and not typed else ""
        asked.known_name = f"known-{number}" if self.options.may_name(question) else ""
        sent = self._numbers.get((question.kind, question.value))
        if sent is None:
            asked.chosen = [code] if (code := sure_of(question)) else []
            return asked
        asked.other = self.data.get(f"other-{sent}", "")
        asked.is_known = f"known-{sent}" in self.data
        return self._as_told(asked, f"answer-{sent}", f"typed-{sent}")

    def _as_told(self, asked: Asked, name: str, typed_name: str) -> Asked:
        asked.chosen = self.data.getlist(name)
        asked.typed = self.data.get(typed_name, "")
        asked.error = self.errors.get(name, "")
        return asked

    @cached_property
    def _numbers(self) -> dict[tuple[str, str], int]:
        """Where what was sent speaks of a text: another number than here, once some are answered."""
        sent = [n for n in range(MOST) if f"text-{n}" in self.data]
        return {(self.data.get(f"kind-{n}", ""), self.data.get(f"text-{n}", "")): n for n in sent}

    # What was answered

    @property
    def changes(self) -> dict[str, Any]:
        """What to lay over the answers: the JSON of --answers, None for what is not answered."""
        return self._read[0]

    @property
    def errors(self) -> dict[str, str]:
        """What is wrong, by the name of the input."""
        return self._read[1]

    @property
    def error_links(self) -> list[ErrorLink]:
        return [
            ErrorLink(f"id_{each.name}", each.label, each.error)
            for each in self.questions
            if each.error
        ]

    @cached_property
    def _read(self) -> tuple[dict[str, Any], dict[str, str]]:
        changes: dict[str, Any] = {}
        errors: dict[str, str] = {}
        self._read_for_the_file(changes, errors)
        for number in self._numbers.values():
            self._read_word(number, changes, errors)
        if self.options.names_partners:
            self._read_names(changes)
        for again in self.data.getlist("again"):
            section, _colon, text = again.partition(":")
            if section in {*SECTIONS, "defaults"}:
                changes.setdefault(section, {})[text] = None
            elif section in {*OF_THE_FILE, "confirmed"}:
                changes[section] = None
        return changes, errors

    def _read_names(self, changes: dict[str, Any]) -> None:
        """Of the texts on this page, those that become names; of the others what was said before."""
        told = changes.get("partners", {})
        again = {one.partition(":")[2] for one in self.data.getlist("again")}
        before = [text for text in self.told.get("also_called") or [] if text not in told]
        ticked = [
            text
            for (kind, text), number in self._numbers.items()
            if kind == "partners" and f"known-{number}" in self.data
            if told.get(text) not in (None, CREATE)
        ]
        names = [text for text in [*before, *ticked] if text not in again]
        if names != (self.told.get("also_called") or []):
            changes["also_called"] = names

    def _read_for_the_file(self, changes: dict[str, Any], errors: dict[str, str]) -> None:
        changes |= {name: said for name in OF_THE_FILE if (said := self.data.get(name))}
        if confirmed := self.data.getlist("confirmed"):
            changes["confirmed"] = confirmed
        if "asks-create" in self.data:
            changes["create_missing_partners"] = (
                bool(self.data.get("create_missing_partners")) or None
            )
        for name in self.data.getlist("asks-default"):
            value = self._default(name, errors)
            if value:
                changes.setdefault("defaults", {})[name] = value

    def _default(self, name: str, errors: dict[str, str]) -> str | list[str]:
        key = f"default-{name}"
        values = [value for value in self.data.getlist(key) if value]
        typed = self.data.get(f"{key}-typed", "").strip()[:LINE_LENGTH]
        if typed and name in CODES_MAY_BE_TYPED:
            code = self.options.find(name, typed)
            if code is None:
                errors[key] = why_not_found(ADDS[name], typed)
            values += [code] if code else []
        elif typed:
            values.append(typed)
        return values if name in SEVERAL else "".join(values[:1])

    def _read_word(self, number: int, changes: dict[str, Any], errors: dict[str, str]) -> None:
        kind, text = self.data.get(f"kind-{number}", ""), self.data.get(f"text-{number}", "")
        name = f"answer-{number}"
        if kind not in SECTIONS:
            return
        typed = self.data.get(f"typed-{number}", "").strip()[:LINE_LENGTH]
        code: str | None = self.data.get(f"other-{number}", "") or self.data.get(name, "") or None
        code = None if code == OTHER else code
        if typed:
            code = self.options.find(kind, typed)
            if code is None:
                errors[name] = why_not_found(ADDS[kind], typed)
                return
        elif code and not self.options.takes(kind, code):
            errors[name] = _("Choose one of those offered.")
            return
        changes.setdefault(kind, {})[text] = "" if code == NOTHING else code
