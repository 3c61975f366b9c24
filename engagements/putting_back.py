"""An engagement put back as it was, in what a person chooses: through its form and the ordinary action."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from accounts.models import Office, Sensitivity, User
from common.cautions import CONFIRMED
from common.history.changes import Change, How
from common.history.models import Revision
from common.history.putting_back import Aim, PuttingBack, aim_of, rows_to, state_now
from common.history.tracking import State
from common.partial_dates import PartialDate
from engagements.alignments import Tag, objectives_allowed
from engagements.as_of import states_readable
from engagements.forms import EngagementForm, dates, opening
from engagements.forms.approval import APPROVAL, asks_approval
from engagements.forms.parts import why_archived
from engagements.merging import as_opened
from engagements.models import Engagement
from objectives.models import Objective
from partners.models import Partner

# What follows from the stage and goes with it; what never changes.
LEFT_OUT = {
    "stage_reason", "decided_at", "decided_by", "reference", "origin", "logged_at", "logged_by",
}  # fmt: skip
LISTS = {"partners", "countries", "objectives"}


def aim_in(record: Engagement, asked: QueryDict, *, reader: User) -> Aim | None:
    """Which earlier state the address names; None where the person may not read it, or it is none."""
    acts = Revision.objects.of("engagement", [record.pk]).cleared_for(reader)
    return aim_of(
        asked,
        states=states_readable(record, reader=reader).select_related("by"),
        acts=acts.select_related("by", "previous"),
        clearance=reader.clearance,
    )


def putting_back(record: Engagement, aim: Aim, *, chosen: set[str] | None = None) -> PuttingBack:
    """What differs between now and then. Without `chosen` all of it is, but a lower sensitivity."""
    now = state_now("engagement", record.pk).state
    why = Why(record, now, aim.state)

    def is_chosen(key: str, change: Change) -> bool:
        if chosen is not None:
            return key in chosen
        return change.name != "sensitivity" or (change.after or 0) > (change.before or 0)

    rows = rows_to(
        aim,
        now,
        kind="engagement",
        leave_out=LEFT_OUT,
        why_not=why.not_possible,
        is_chosen=is_chosen,
    )
    return PuttingBack(aim=aim, rows=rows)


@dataclass(frozen=True)
class Why:
    """Why something cannot be put back; "" where it can."""

    record: Engagement
    now: State
    then: State

    def not_possible(self, change: Change) -> str:
        check = getattr(self, f"_{change.name}", None)
        if change.name in APPROVAL and not asks_approval(self.record):
            return _(
                "The approver decides it here: approve, return or decline it, or take that back."
            )
        return check(change) if check and change.after is not None else ""

    def _stage(self, change: Change) -> str:
        return _("A stage is changed by its own acts, on the page of the engagement.")

    def _partners(self, change: Change) -> str:
        if change.how != How.ADDED:
            return ""
        partner = self._partners_then.get(change.after["partner"])
        if partner is None:
            return _("This partner is not here any more.")
        had = {part["partner"] for part in self.now["partners"]}
        archived = partner.is_archived and partner.code not in had
        return why_archived(partner) if archived else ""

    def _objectives(self, change: Change) -> str:
        if change.how != How.ADDED or change.after["objective"] in self._allowed:
            return ""
        return _("No framework in force on its date holds this objective.")

    def _lead_office(self, change: Change) -> str:
        known = Office.objects.current().filter(code=change.after).exists()
        return "" if known else _("This office is retired. Choose another by editing.")

    def _lead_officer(self, change: Change) -> str:
        known = User.objects.filter(is_active=True, pk=change.after).exists()
        return "" if known else _("This person is not active here any more.")

    @cached_property
    def _partners_then(self) -> dict[str, Partner]:
        codes = [part["partner"] for part in self.then["partners"]]
        return {partner.code: partner for partner in Partner.objects.filter(code__in=codes)}

    @cached_property
    def _allowed(self) -> set[str]:
        """On its date now, or on the one it had."""
        then = PartialDate(self.then["start_precision"], *_days(self.then, "start"))
        days = {self.record.framework_day, then.middle or self.record.framework_day}
        return {code for day in days for code in objectives_allowed(self.record, day)}


def _days(state: State, name: str) -> list[dt.date | None]:
    told = (state[f"{name}_{end}"] for end in ("earliest", "latest"))
    return [dt.date.fromisoformat(day) if day else None for day in told]


def form_with(
    record: Engagement, back: PuttingBack, *, user: User, confirmed: list[str]
) -> EngagementForm:
    """The form of the record as it is now, with what was chosen as it was then."""
    data, then = opening.of(record), as_opened(back.aim.state)
    data.setlist(CONFIRMED, confirmed)
    for row in back.chosen:
        name = row.change.name
        if name in LISTS:
            continue
        for part in inputs_of(name):
            data.setlist(part, then.getlist(part))
    changes = [row.change for row in back.chosen]
    _put_parts(data, then, [change for change in changes if change.name == "partners"])
    data.setlist("country", _with(data.getlist("country"), changes, "countries"))
    data.setlist("objectives", _with(data.getlist("objectives"), changes, "objectives"))
    return EngagementForm(data, user=user, engagement=record)


def only_asks(form: EngagementForm) -> bool:
    """Whether nothing is wrong with it, and it but asks once more before it is saved."""
    errors = [error for found in form.errors.as_data().values() for error in found]
    return bool(errors) and all(error.code == "caution" for error in errors)


def inputs_of(name: str) -> list[str]:
    if name in ("start", "end"):
        return [f"{name}_{part}" for part in dates.PARTS]
    return [name]


def _with(codes: list[str], changes: list[Change], name: str) -> list[str]:
    """The codes of a list, without those that go and with those that come."""
    for change in changes:
        if change.name == name and change.how == How.REMOVED:
            codes = [code for code in codes if code != _code(change.before)]
        elif change.name == name and change.how == How.ADDED:
            codes = [*codes, _code(change.after)]
    return codes


def _code(element: Any) -> str:
    return element["objective"] if isinstance(element, dict) else element


def _put_parts(data: QueryDict, then: QueryDict, changes: list[Change]) -> None:
    """Partners with their roles; in the order of then where one comes back, or where that was chosen."""
    pairs = list(zip(data.getlist("partner"), data.getlist("role"), strict=True))
    order = list(zip(then.getlist("partner"), then.getlist("role"), strict=True))
    for change in changes:
        if change.how == How.REMOVED:
            pairs.remove((change.before["partner"], change.before["role"]))
        elif change.how == How.ADDED:
            pairs.append((change.after["partner"], change.after["role"]))
    if any(change.how != How.REMOVED for change in changes):
        pairs.sort(key=lambda pair: order.index(pair) if pair in order else len(order))
    data.setlist("partner", [partner for partner, _role in pairs])
    data.setlist("role", [role for _partner, role in pairs])


def tags_with(back: PuttingBack, tags: list[Tag]) -> list[Tag]:
    """The tags as the form has them; those that come back with their reason, primary and demonstration."""
    told = {
        row.change.after["objective"]: row.change.after
        for row in back.chosen
        if row.change.name == "objectives" and row.change.after
    }
    return [
        Tag(
            objective=tag.objective,
            reason=then["reason"],
            primary=then["primary"],
            demonstration=then["demonstration"],
        )
        if (then := told.get(tag.objective.code))
        else tag
        for tag in tags
    ]


def problems_of(record: Engagement, back: PuttingBack) -> list[str]:
    """What is wrong with a choice before anything is judged by the form."""
    if not back.chosen:
        return [_("Choose at least one thing to put back.")]
    if back.aim.sensitivity > record.sensitivity and not back.has("sensitivity"):
        level = Sensitivity(back.aim.sensitivity).label
        message = _(
            "It was marked %(level)s then, and is marked lower now. Put the sensitivity back as well, or "
            "write by editing what may be read at the marking it has."
        )
        return [message % {"level": level}]
    return []


def primaries_problem(tags: list[Tag]) -> str:
    """Two primary objectives of one framework: one came back, another took its place meanwhile."""
    primaries: dict[int, Objective] = {}
    for tag in tags:
        if not tag.primary:
            continue
        other = primaries.setdefault(tag.objective.framework_id, tag.objective)
        if other != tag.objective:
            message = _(
                "Only one objective of a framework can be primary: %(one)s or %(other)s. Choose what is put "
                "back so that one is."
            )
            return message % {"one": other.code, "other": tag.objective.code}
    return ""
