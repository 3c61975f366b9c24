"""Whether answers can be followed: that each code in them stands for something this person may choose."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from common.filter_fields import shown
from engagements.forms.parts import why_archived
from engagements.imports.answers import SECTIONS, Answers
from engagements.imports.answers_told import LISTS, BadAnswers
from engagements.imports.matching.matchers import Matchers
from engagements.imports.matching.objectives import KIND_OF_FIELD
from engagements.imports.matching.results import CREATE, NONE, Found, Match, Refused
from engagements.imports.matching.words import (
    approval_of,
    language_of,
    role_of,
    sensitivity_of,
    stage_of,
)

# Field → the section of the answers whose codes its default names.
SECTION_OF_FIELD = {
    "partners": "partners",
    "countries": "countries",
    "kind": "kinds",
    "office": "offices",
    "officer": "people",
    **dict.fromkeys(KIND_OF_FIELD, "objectives_said"),
}
WORDS: dict[str, Callable[[str], Match]] = {
    "roles": role_of,
    "stage": stage_of,
    "text_language": language_of,
    "approval": approval_of,
}


def checked(
    answers: Answers, matchers: Matchers, user: User, *, creates_partners: bool = True
) -> Answers:
    """The answers with a code wherever a name stood for one ("Kenya" → "KE"). BadAnswers names the others."""
    checks = Checks(matchers, user, creates_partners=creates_partners)
    sections: dict[str, Any] = {
        name: checks.section(name, getattr(answers, name)) for name in SECTIONS
    }
    defaults = checks.defaults(answers)
    if answers.also_called and not user.is_administrator:
        checks.problems.append(_("Only administrators give a partner another name."))
    if checks.problems:
        raise BadAnswers(checks.problems)
    return replace(answers, **sections, defaults=defaults)


class Checks:
    def __init__(self, matchers: Matchers, user: User, *, creates_partners: bool) -> None:
        self.matchers, self.user, self.creates_partners = matchers, user, creates_partners
        self.problems: list[str] = []

    def section(self, name: str, said: Any) -> dict[str, str]:
        told = {}
        for text, code in said.items():
            created = name == "partners" and code == CREATE and self.creates_partners
            told[text] = code if code == NONE or created else self.code(name, code)
        return told

    def defaults(self, answers: Answers) -> dict[str, str | list[str]]:
        return {name: self._default(name, said) for name, said in answers.defaults.items()}

    def _default(self, name: str, said: str | list[str]) -> str | list[str]:
        section = SECTION_OF_FIELD.get(name)
        if section and name in LISTS:
            codes = [said] if isinstance(said, str) else said
            return [self.code(section, code) for code in codes]
        if not isinstance(said, str):
            return said
        if section:
            return self.code(section, said)
        if name == "sensitivity":
            return self._word(name, said, sensitivity_of(said, self.user.clearance))
        return self._word(name, said, WORDS[name](said)) if name in WORDS else said

    def _word(self, name: str, said: str, found: Match) -> str:
        if isinstance(found, Refused):
            self.problems.append(found.message)
        return found.code if isinstance(found, Found) else said

    def code(self, section: str, said: str) -> str:
        """The code itself, or that of what the text surely names; a problem where it is neither."""
        matcher = self.matchers.of(section)
        if matcher.get(said) is None:
            found = self._found(section, said)
            said = found.code if isinstance(found, Found) else said
        if matcher.get(said) is None:
            self.problems.append(NOT_KNOWN[section]() % {"code": shown(said)})
        else:
            self.problems.extend(self._why_not(section, said))
        return said

    def _found(self, section: str, said: str) -> Match:
        if section == "objectives_said":
            # Whether its framework is in force is judged row by row.
            return self.matchers.objectives.match(said, day=timezone.localdate())
        return self.matchers.of(section).match(said)

    def _why_not(self, section: str, code: str) -> Iterator[str]:
        record = self.matchers.of(section).get(code)
        if section == "partners" and record.is_archived:
            yield why_archived(record)
        elif section == "offices" and not self._may_lead(record):
            message = _("You may load for your own office alone: “%(code)s” is another.")
            yield message % {"code": code}

    def _may_lead(self, office: Any) -> bool:
        return self.user.is_manager or office.pk == self.user.office_id


NOT_KNOWN: dict[str, Callable[[], str]] = {
    "partners": lambda: _(
        "The answers name the partner “%(code)s”, and there is none of that code."
    ),
    "countries": lambda: _(
        "The answers name the country “%(code)s”, and there is none of that code."
    ),
    "kinds": lambda: _("The answers name the kind “%(code)s”, and there is none of that name."),
    "objectives_said": lambda: _(
        "The answers name the objective “%(code)s”, and there is none of that code."
    ),
    "offices": lambda: _("The answers name the office “%(code)s”, and there is none of that code."),
    "people": lambda: _("The answers name “%(code)s”, and nobody who has an account is called so."),
}
