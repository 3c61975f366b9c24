"""What is told under a mark: all of it follows from the mark, so that half of it gives itself away."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

PARTNERS = ("UNODC", "ICPA", "OAS", "PRI", "COE", "INTERPOL")
COUNTRIES = ("NO", "FR", "BJ", "CL", "KE")
PILLARS = ("P1", "P2")
PRIORITIES = ("S1", "S2", "S3", "S4")
STAFF = tuple(f"staff{number}" for number in range(6))
ROLES = ("host", "requester", "funder", "implementer", "participant")
# Long enough for a text to take many pages of a database.
LINES = 60


@dataclass(frozen=True)
class Content:
    """The part of an engagement that one save tells."""

    title: str
    purpose: str
    partners: tuple[tuple[str, str], ...]
    countries: tuple[str, ...]


def content_of(mark: str) -> Content:
    chance = random.Random(mark)
    partners = chance.sample(PARTNERS, chance.randint(1, 4))
    return Content(
        title=mark,
        purpose="\n".join(f"{mark} {line}" for line in range(chance.randint(1, LINES))),
        partners=tuple((code, chance.choice(ROLES)) for code in partners),
        countries=tuple(sorted(chance.sample(COUNTRIES, chance.randint(1, 3)))),
    )


def objectives_of(mark: str) -> tuple[str, ...]:
    chance = random.Random(f"objectives {mark}")
    pillars = chance.sample(PILLARS, chance.randint(1, 2))
    return tuple(sorted([*pillars, *chance.sample(PRIORITIES, chance.randint(0, 3))]))


def readers_of(mark: str) -> tuple[str, ...]:
    chance = random.Random(f"readers {mark}")
    return tuple(sorted(chance.sample(STAFF, chance.randint(1, 3))))


def told(mark: str) -> dict[str, list[str]]:
    """The fields of the form that a save under this mark fills in."""
    content = content_of(mark)
    return {
        "title_en": [content.title],
        "purpose": [content.purpose],
        "partner": [code for code, _role in content.partners],
        "role": [role for _code, role in content.partners],
        "country": list(content.countries),
    }


def new(mark: str, form_key: str, *, ahead: bool = False) -> dict[str, list[str]]:
    """A whole new form: long past, or ahead and so for an approver to decide. `place` keeps its mark."""
    chance = random.Random(f"day {mark}")
    # So many days that two engagements with one partner on one day are rare.
    day = dt.date(2090 if ahead else 1960, 1, 1) + dt.timedelta(days=chance.randrange(3000))
    one = {
        "form_key": form_key,
        "kind": "outgoing-visit",
        "start_precision": "day",
        "start_year": str(day.year),
        "start_month": str(day.month),
        "start_day": str(day.day),
        "end_precision": "not-given",
        "lead_office": "IR",
        "sensitivity": "0",
        "text_language": "en",
        "approval": "unknown",
        "place": mark,
    }
    filled = {name: [value] for name, value in one.items()}
    return filled | told(mark) | {"objectives": list(objectives_of(mark))}
