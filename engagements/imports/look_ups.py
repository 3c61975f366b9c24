"""What the form asks the database, read once for all rows of a file."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property

from accounts.models import Office, User
from engagements.bulk import InForce
from engagements.imports.allowed import Allowed
from engagements.imports.matching.matchers import Matchers
from objectives.models import Objective
from partners.models import Country, Partner


@dataclass
class LookUps:
    """By code: partners (archived ones too), countries, offices, people; objectives by the day."""

    partners: dict[str, Partner]
    countries: dict[str, Country]
    offices: dict[str, Office]
    people: dict[str, User]
    in_force: InForce
    # Partners that are to be created, by what stands for them in the form: not saved yet.
    new_partners: dict[str, Partner] = field(default_factory=dict)

    @classmethod
    def load(cls, matchers: Matchers) -> LookUps:
        people = User.objects.filter(is_active=True)
        return cls(
            partners=matchers.partners.by_code,
            countries=matchers.countries.by_code,
            offices={office.code: office for office in Office.objects.current()},
            people={person.username: person for person in people},
            in_force=InForce(),
        )

    def partner(self, code: str) -> Partner | None:
        return self.partners.get(code) or self.new_partners.get(code)

    def named(self, code: str) -> str:
        """A partner as facts name it: by its code, or by its name where it is to be created."""
        new = self.new_partners.get(code)
        return new.name_en or new.name_fr if new else code

    def objectives_on(self, day: dt.date) -> dict[str, Objective]:
        """What may be tagged on that day: as engagements.alignments.objectives_allowed has it."""
        return self._allowed.on(day)

    @cached_property
    def _allowed(self) -> Allowed:
        return Allowed(self.in_force.frameworks)

    def kind_of(self, code: str) -> str:
        """Of which kind of framework an objective is; "" for none that is known."""
        return self._kinds.get(code, "")

    @cached_property
    def _kinds(self) -> dict[str, str]:
        return {
            objective.code: framework.kind
            for framework in self.in_force.frameworks
            for objective in framework.objectives.all()
        }
