"""A row laid over the record it is about: what the file changes, and what somebody else changed as well.

Row and record are compared as the form has them, input by input. Of a file that we exported, and that says at
which version, three are compared: what was exported, what is here now, and what the file says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Sensitivity, User
from common.partial_dates import Precision
from common.text import on_one_line, tidy
from engagements.forms import EngagementForm, dates
from engagements.forms.money import amount_from
from engagements.imports.look_ups import LookUps
from engagements.imports.plan import Conflict, Difference
from engagements.imports.row_reading import FAMILIES, LONG_TEXTS
from engagements.imports.rows import NEW, Inputs, RowRead
from engagements.kinds import Kind, Stage
from engagements.models import Engagement, Participation

# Field of a file → the inputs of the form that hold it, where they are not called alike.
INPUTS: dict[str, tuple[str, ...]] = {
    "start": tuple(f"start_{part}" for part in dates.PARTS),
    "end": tuple(f"end_{part}" for part in dates.PARTS),
    "countries": ("country",),
    "partners": ("partner", "role"),
    "office": ("lead_office",),
    "officer": ("lead_officer",),
    "cost_cents": ("actual_cost",),
    "objectives": ("objectives",),
    **dict.fromkeys(FAMILIES, ("objectives",)),
}
MONEY = {"cost_cents", "planned_cost"}
LISTS = {"countries", "partners", "objectives", *FAMILIES}
LABELS = {
    "start": gettext_lazy("Start"),
    "end": gettext_lazy("End"),
    "countries": gettext_lazy("Countries"),
    "partners": gettext_lazy("Partners"),
    "objectives": gettext_lazy("Objectives"),
    "pillars": gettext_lazy("Pillars"),
    "priorities": gettext_lazy("Strategic priorities"),
    "mandate": gettext_lazy("Mandate items"),
    "themes": gettext_lazy("Policy themes"),
    "sectors": gettext_lazy("Justice sectors"),
    "text_language": gettext_lazy("Language of the text"),
    "stage": gettext_lazy("Stage"),
}
CHOICES: dict[str, Any] = {
    "kind": Kind,
    "sensitivity": Sensitivity,
    "approval": Engagement.Approval,
    "text_language": User.Language,
    "stage": Stage,
}


@dataclass
class Laid:
    """The record's form with the row over it; what that changes, and what it may not change unasked."""

    data: QueryDict
    differences: list[Difference] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    # What the row says of things that no file changes.
    unchangeable: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Layer:
    """`is_ours`: the file carries our versions, so that what is empty in it was emptied on purpose."""

    look: LookUps
    is_ours: bool

    def lay(
        self,
        row: RowRead,
        *,
        now: QueryDict,
        base: QueryDict | None,
        stage: str,
        keep: Iterable[str] = (),
        over: bool = False,
    ) -> Laid:
        """`base` is the record as it was exported, None where nobody knows; `over`: over what others changed.

        Of the fields in `keep` the record keeps what it has.
        """
        laid = Laid(now.copy())
        for name, told in self._told(row):
            if name in keep:
                continue
            if name == "stage":
                self._judge_stage(laid, told, stage)
                continue
            here, sheet = self.value(name, now, told), self.value(name, told, told)
            was = self.value(name, base, told) if base is not None else None
            if sheet == here or (self.is_ours and sheet == was):
                continue
            if self.is_ours and not over and here != was:
                laid.conflicts.append(self._conflict(name, was, sheet, here))
                continue
            self._put(laid.data, name, told, now)
            laid.differences.append(self._difference(name, here, sheet))
        return laid

    def _told(self, row: RowRead) -> Iterable[tuple[str, Inputs]]:
        yield from row.told.items()
        if self.is_ours:
            yield from ((name, emptied(name)) for name in sorted(row.blank) if name != "title")

    def _judge_stage(self, laid: Laid, told: Inputs, stage: str) -> None:
        if self.is_ours and told.get("stage", [""])[0] not in {"", stage}:
            laid.unchangeable.append("stage")

    # Compared

    def value(self, name: str, data: QueryDict | Inputs, told: Inputs) -> tuple:
        """What stands in the inputs of a field, in one form for what means the same."""

        def many(wanted: str) -> list[str]:
            return data.getlist(wanted) if isinstance(data, QueryDict) else data.get(wanted, [])

        if name == "partners":
            codes = many("partner")
            if told.get("role"):
                return tuple(zip(codes, many("role"), strict=False))
            return tuple(dict.fromkeys(codes))
        if name in FAMILIES:
            wanted = FAMILIES[name]
            return tuple(sorted(c for c in many("objectives") if self.look.kind_of(c) == wanted))
        if name in LISTS:
            return tuple(sorted(many(INPUTS[name][0])))
        inputs = INPUTS.get(name) or tuple(told)
        return tuple(one_form(name, "".join(many(each)[:1])) for each in inputs)

    def _put(self, data: QueryDict, name: str, told: Inputs, now: QueryDict) -> None:
        if name in FAMILIES:
            kept = [c for c in data.getlist("objectives") if self.look.kind_of(c) != FAMILIES[name]]
            data.setlist("objectives", [*kept, *told.get("objectives", [])])
        elif name == "partners" and not told.get("role"):
            codes, roles = roles_kept(told.get("partner", []), now)
            data.setlist("partner", codes)
            data.setlist("role", roles)
        else:
            for each in INPUTS.get(name) or tuple(told):
                data.setlist(each, told.get(each, []))

    # Said

    def _difference(self, name: str, here: tuple, sheet: tuple) -> Difference:
        return Difference(
            field=name,
            label=label_of(name),
            before=self.say(name, here),
            after=self.say(name, sheet),
        )

    def _conflict(self, name: str, was: tuple | None, sheet: tuple, here: tuple) -> Conflict:
        return Conflict(
            field=name,
            label=label_of(name),
            base=self.say(name, was) if was is not None else "",
            sheet=self.say(name, sheet),
            here=self.say(name, here),
        )

    def say(self, name: str, value: tuple) -> str:
        """As people read it."""
        if name in ("start", "end"):
            return say_date(name, value)
        if name == "countries":
            known = self.look.countries
            return _join(known[code].name if code in known else code for code in value)
        if name == "partners":
            return _join(self._say_part(each) for each in value)
        if name in LISTS:
            return ", ".join(value)
        text = "".join(value)
        if name in CHOICES:
            words = {str(choice): label for choice, label in CHOICES[name].choices}
            return str(words.get(text, text))
        if name == "office" and text in self.look.offices:
            return self.look.offices[text].name
        if name == "officer" and text in self.look.people:
            return str(self.look.people[text])
        return text

    def _say_part(self, part: Any) -> str:
        code, role = part if isinstance(part, tuple) else (part, "")
        partner = self.look.partner(code)
        label = partner.label if partner else code.removeprefix(NEW)
        if not role:
            return label
        told = {"partner": label, "role": Participation.PartnerRole(role).label}
        return _("%(partner)s (%(role)s)") % told


def emptied(name: str) -> Inputs:
    """What an empty cell says in a file that we exported."""
    if name == "end":
        return {"end_precision": [Precision.NOT_GIVEN], **{i: [""] for i in INPUTS["end"][1:]}}
    if name in LISTS:
        return {each: [] for each in INPUTS[name]}
    return {each: [""] for each in INPUTS.get(name, (name,))}


def one_form(name: str, text: str) -> str:
    if name in MONEY:
        amount = amount_from(text)
        return text if amount is None else f"{amount:.2f}"
    plain = tidy(text).strip()
    return plain if name in LONG_TEXTS else on_one_line(plain)


def roles_kept(codes: list[str], now: QueryDict) -> tuple[list[str], list[str]]:
    """Each partner with the roles it has; a new one takes part."""
    had = list(zip(now.getlist("partner"), now.getlist("role"), strict=False))
    pairs = [
        (code, role)
        for code in dict.fromkeys(codes)
        for role in [r for c, r in had if c == code] or [Participation.PartnerRole.PARTICIPANT]
    ]
    return [code for code, _role in pairs], [str(role) for _code, role in pairs]


def say_date(name: str, value: tuple) -> str:
    told = dict(zip(INPUTS[name], value, strict=True))
    return str(dates.date_from(name, told)) if told[f"{name}_precision"] else ""


def label_of(name: str) -> str:
    if name in LABELS:
        return str(LABELS[name])
    wanted = (INPUTS.get(name) or (name,))[0]
    if wanted == "title":
        return _("Title")
    return str(EngagementForm.base_fields[wanted].label)


def _join(parts: Iterable[str]) -> str:
    return "; ".join(parts)
