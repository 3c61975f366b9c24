"""What the demonstration's files hold: an entry an engagement.

number        its own, never given to another: what makes loading twice create nothing twice
becomes       logged (as what has ended is), or what invented ones become: see stories.py
by            who logs it and whose office leads it, by role; otherwise staff
start, end    as said in dates.py; an end left out is not given
partners      a list of "CODE role"
serves        objectives by code, the star for the framework's primary one, each with its reason or none
notes         restricted notes, for the people (by role) and the office (by code) they name
approval      given or unknown; approved_on, by the Commissioner, for invented ones
Every other line is a column of Engagement.
"""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from accounts.models import Sensitivity
from common.partial_dates import PartialDate
from engagements.demonstration.dates import parse_date, parse_weekday
from engagements.models import Engagement

HERE = Path(__file__).parent
INVENTED = {"invented.yaml", "invented_past.yaml"}
# A key of our own for each number: the same in every copy, on every day.
NAMESPACE = uuid.UUID("6f1c1f0e-7a55-4c1f-9d0b-3d5f5a0c2b46")
SENSITIVITIES = {
    "unclassified": Sensitivity.UNCLASSIFIED,
    "protected-a": Sensitivity.PROTECTED_A,
    "protected-b": Sensitivity.PROTECTED_B,
}
COMMISSIONER = {"en": "Commissioner", "fr": "Commissaire"}
SAYS_INVENTED = {
    "en": "Invented for demonstration.",
    "fr": "Inventé aux fins de démonstration.",
}
COLUMNS = {
    "title_en", "title_fr", "kind", "text_language", "outcome", "place", "csc_participants", "csc_posts",
    "planned_cost", "actual_cost", "paid_by", "source_url",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class SaidApart:
    """A restricted note of an entry: by whom and for whom, by role; `office` by its code or ""."""

    text: str
    sensitivity: int
    by: str = "staff"
    text_language: str = "en"
    people: list[str] = field(default_factory=list)
    office: str = ""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One engagement as the files tell it: codes and dates read, nothing looked up yet."""

    number: int
    is_invented: bool
    start: PartialDate | None
    end: PartialDate
    becomes: str = "logged"
    reason: str = ""
    by: str = "staff"
    countries: list[str] = field(default_factory=list)
    partners: list[tuple[str, str]] = field(default_factory=list)
    serves: dict[str, tuple[str, bool]] = field(default_factory=dict)
    columns: dict[str, Any] = field(default_factory=dict)
    notes: list[SaidApart] = field(default_factory=list)

    @property
    def form_key(self) -> uuid.UUID:
        return uuid.uuid5(NAMESPACE, str(self.number))


def all_entries(today: dt.date) -> list[Entry]:
    """Those of public record by number, then the invented ones."""
    return sorted(_read_files(today), key=lambda entry: entry.number)


def _read_files(today: dt.date) -> Iterator[Entry]:
    for path in sorted(HERE.glob("*.yaml")):
        for said in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield _entry(said, today=today, invented=path.name in INVENTED)


def _entry(said: dict[str, Any], *, today: dt.date, invented: bool) -> Entry:
    columns = {name: said.pop(name) for name in COLUMNS & said.keys()}
    columns["origin"] = Engagement.Origin.DEMONSTRATION
    columns["sensitivity"] = SENSITIVITIES[said.pop("sensitivity", "unclassified")]
    columns["purpose"] = said.pop("purpose", "")
    language = columns.get("text_language", "en")
    if invented:
        columns["purpose"] += " " + SAYS_INVENTED[language]
    columns |= _approval(said, today=today, invented=invented, language=language)
    start = said.pop("start", None)
    return Entry(
        is_invented=invented,
        start=parse_date(start, today=today) if start else None,
        end=parse_date(said.pop("end", ""), today=today),
        partners=[tuple(line.split(" ")) for line in said.pop("partners", [])],
        serves=dict(_objective(*item) for item in said.pop("serves", {}).items()),
        columns=columns,
        notes=[_note(**note) for note in said.pop("notes", [])],
        **said,
    )


def _approval(
    said: dict[str, Any], *, today: dt.date, invented: bool, language: str
) -> dict[str, Any]:
    """What is known of the approval: nothing of what lies ahead, of invented ones all there is."""
    approved_on = said.pop("approved_on", "")
    if approved_on:
        return {
            "approval": Engagement.Approval.GIVEN,
            "approved_by": COMMISSIONER[language],
            "approved_on": parse_weekday(approved_on.removeprefix("week "), today=today),
        }
    return {} if invented else {"approval": said.pop("approval", Engagement.Approval.UNKNOWN)}


def _note(*, text: str, sensitivity: str, text_language: str = "en", **said: Any) -> SaidApart:
    return SaidApart(
        text=f"{text} {SAYS_INVENTED[text_language]}",
        sensitivity=SENSITIVITIES[sensitivity],
        text_language=text_language,
        **said,
    )


def _objective(code: str, reason: str | None) -> tuple[str, tuple[str, bool]]:
    return code.removesuffix("*"), (reason or "", code.endswith("*"))
