"""Two people tagging one engagement: each objective with its reason, and each framework's primary one."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from common.history.tracking import State
from common.side_by_side import (
    Aspect,
    Cell,
    Chosen,
    Comparison,
    Data,
    choices_in,
    compare,
    told,
    typed_in,
)
from engagements.forms import opening
from engagements.forms.align import AlignForm, Group, Row
from engagements.merging import base_of

# The page sends `objectives` (a list), `reason-S3` and `primary-FRAMEWORK`; compared is `on-S3` instead
# of the list, so that each objective is one thing to choose.
ON = "on-"


@dataclass(frozen=True, kw_only=True)
class TagAspect(Aspect):
    """Whether it is aligned with an objective, and why."""

    code: str

    @property
    def names(self) -> tuple[str, ...]:
        return f"{ON}{self.code}", f"reason-{self.code}"

    def value(self, data: Data):
        on, reason = (told(data, name) for name in self.names)
        return (on, reason) if on else ()

    def said(self, data: Data) -> str:
        on, reason = (told(data, name) for name in self.names)
        if not on:
            return _("not aligned")
        return _("aligned: %(reason)s") % {"reason": reason} if reason else _("aligned")

    def cell(self, data: Data, other: Data) -> Cell:
        return Cell(text=self.said(data))


def compared_tags(form: AlignForm, sent: QueryDict, *, reader: User, opened: int) -> Comparison:
    """The alignments as they are beside those that were sent, on the version `opened`.

    `form` is of the record as it is: what it offers is what there is to choose.
    """
    record = form.engagement
    began = base_of(record, opened, reader=reader)
    return compare(
        list(_aspects(form.groups)),
        now=_of_rows(AlignForm(None, engagement=record).groups),
        mine=flat(typed_in(sent)),
        base=of_state(began.state, form.groups) if began else None,
        choices=choices_in(sent),
    )


def _aspects(groups: Iterable[Group]) -> Iterable[Aspect]:
    for group in groups:
        for row in group.rows:
            yield TagAspect(
                name=f"tag-{row.objective.code}",
                label=_label(row),
                code=row.objective.code,
            )
        kind = str(group.framework.get_kind_display())
        yield Chosen(
            name=group.primary_name,
            label=_("Primary: %(kind)s") % {"kind": kind},
            words={row.objective.code: _label(row) for row in group.rows} | {"": _("none")},
        )


def _label(row: Row) -> str:
    return f"{row.objective.code} {row.objective.short}"


def flat(data: QueryDict) -> QueryDict:
    """As the page sends it, each objective by itself."""
    made = data.copy()
    for code in data.getlist("objectives"):
        made[ON + code] = "on"
    return made


def as_sent(data: QueryDict) -> QueryDict:
    """As the page sends it, from each objective by itself."""
    made = QueryDict(mutable=True)
    for name, values in data.lists():
        if not name.startswith(ON):
            made.setlist(name, values)
    made.setlist("objectives", [name.removeprefix(ON) for name in data if name.startswith(ON)])
    return made


def _of_rows(groups: Iterable[Group]) -> QueryDict:
    values: dict[str, list[str]] = {}
    for group in groups:
        for row in group.rows:
            if row.chosen:
                values[ON + row.objective.code] = ["on"]
                values[f"reason-{row.objective.code}"] = [row.reason]
            if row.chosen and row.primary:
                values[group.primary_name] = [row.objective.code]
    return opening.as_data(values)


def of_state(state: State, groups: Iterable[Group]) -> QueryDict:
    primaries = {row.objective.code: group for group in groups for row in group.rows}
    values: dict[str, list[str]] = {}
    for tag in state["objectives"]:
        code = tag["objective"]
        values[ON + code] = ["on"]
        values[f"reason-{code}"] = [tag["reason"]]
        if tag["primary"] and code in primaries:
            values[primaries[code].primary_name] = [code]
    return opening.as_data(values)
