"""What the questions about a file can be answered with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from accounts.models import Office, User
from accounts.people import in_reading_order
from common.bilingual import reader_language
from engagements.forms.closest import ALIKE, likeness, percent
from engagements.forms.parts import find_country, find_partner
from engagements.imports.also_called import may_name
from engagements.imports.answers import SECTIONS
from engagements.imports.matching.results import CREATE
from engagements.imports.plan import Question
from engagements.imports.subjects import Subject
from engagements.models import Load
from objectives.models import Objective
from partners.models import Country, Partner

# Of those there are too many for a list: they can be typed, too. As a question, and as a default.
CODES_MAY_BE_TYPED = {"partners", "countries"}
SEVERAL = {
    "partners",
    "countries",
    "objectives",
    "pillars",
    "priorities",
    "mandate",
    "themes",
    "sectors",
}
# It stands for nothing: an empty answer, which a select cannot tell from none.
NOTHING = "-"


@dataclass(frozen=True, kw_only=True)
class Option:
    """`is_close`: proposed for this text, and not merely one of all there are; `likeness` in words, if any.

    `why_not`: it cannot be chosen.
    """

    code: str
    label: str
    is_close: bool = False
    likeness: str = ""
    why_not: str = ""


class Options:
    """Read once a page, whatever it asks."""

    def __init__(self, user: User, *, subject: Subject) -> None:
        self.user, self.subject = user, subject

    def of(self, question: Question) -> list[Option]:
        """The closest first, then whatever else there is to choose from."""
        is_of_words = question.kind in SECTIONS
        closest = [
            Option(
                code=each.code or NOTHING,
                label=each.label,
                is_close=is_of_words and bool(each.code) and each.score > 0,
                likeness=likeness(percent(each)) if question.kind in ALIKE and each.code else "",
                why_not=each.why_not,
            )
            for each in question.proposals
        ]
        codes = {option.code for option in closest}
        every = self._all(question.kind) if is_of_words else []
        return [*closest, *(option for option in every if option.code not in codes)]

    def takes(self, kind: str, code: str) -> bool:
        """Whether a text may be said to stand for this."""
        if kind == "partners":
            known = "\x00" not in code and Partner.objects.active().filter(code=code).exists()
            return known or (code == CREATE and self.subject.creates_partners)
        if kind == "countries":
            return code == NOTHING or code in {country.iso2 for country in self._countries}
        return any(option.code == code for option in self._all(kind))

    def find(self, kind: str, typed: str) -> str | None:
        """The code of what a person typed: a code or a name, in either language."""
        if "\x00" in typed:
            return None
        if kind == "partners":
            partner = find_partner(typed)
            return partner.code if partner else None
        country = find_country(typed)
        return country.iso2 if country else None

    def _all(self, kind: str) -> list[Option]:
        match kind:
            case "partners" if not self.subject.creates_partners:
                # What a partner is part of has a row of its own, or is here.
                return []
            case "partners":
                return [Option(code=CREATE, label=_("Create it as a new partner"))]
            case "countries":
                return [Option(code=NOTHING, label=_("It names no country"))]
            case "kinds":
                return [
                    Option(code=value, label=str(label))
                    for value, label in self.subject.kinds.choices
                ]
            case "objectives_said":
                return [Option(code=NOTHING, label=_("It names no objective")), *self._objectives]
            case "offices":
                return self._offices
            case "people":
                return [Option(code=NOTHING, label=_("Leave it empty")), *self._people]
        return []

    @property
    def names_partners(self) -> bool:
        """Whether whoever answers may make a text a name of its partner, for everybody."""
        return self.subject.name == Load.Subject.ENGAGEMENTS and may_name(self.user)

    def may_name(self, question: Question) -> bool:
        """So too a text that is no partner's name yet."""
        return self.names_partners and question.kind == "partners" and not question.message

    def label(self, kind: str, code: str) -> str:
        """Of what was answered; the code where it is none of those that can be chosen."""
        return next((each.label for each in self._all(kind) if each.code == code), code)

    @property
    def countries(self) -> list[str]:
        """Their names, for whoever types one."""
        return [country.name for country in self._countries]

    @cached_property
    def _countries(self) -> list[Country]:
        found = Country.objects.filter(retired_on=None)
        return sorted(found, key=lambda country: getattr(country, f"sort_{reader_language()}"))

    @cached_property
    def _objectives(self) -> list[Option]:
        """Of what is in force today, and of what was: the oldest records are tagged under that."""
        adopted = Objective.objects.filter(framework__adopted=True).select_related("framework")
        return [
            Option(code=each.code, label=f"{each.code} · {each.short}")
            for each in adopted.in_order()
        ]

    @cached_property
    def _offices(self) -> list[Option]:
        return [Option(code=each.code, label=each.name) for each in Office.objects.current()]

    @cached_property
    def _people(self) -> list[Option]:
        people = in_reading_order(User.objects.filter(is_active=True))
        return [Option(code=each.username, label=str(each)) for each in people]
