"""What is chosen on the tagging pages: objectives, with reason and primary, for one or for several."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from common.cautions import Confirmation, cautions_about
from common.filter_fields import shown
from common.forms import ErrorLink
from common.text import PlainTextField
from engagements.alignments import (
    AlignmentChange,
    Tag,
    compare_alignments,
    frameworks_offered,
    objectives_allowed,
)
from engagements.bulk import InForce
from engagements.models import Alignment, Engagement
from objectives.models import Framework, FrameworkKind, Objective, in_force_on

REASON = PlainTextField(
    max_length=Alignment._meta.get_field("reason").max_length or 0, required=False
)


@dataclass
class Row:
    """An objective that can be chosen, as it stands in the form."""

    objective: Objective
    chosen: bool = False
    reason: str = ""
    primary: bool = False
    error: str = ""


@dataclass
class Group:
    """A framework's rows. `is_older`: no longer in force on the day; what is tagged can only go."""

    framework: Framework
    rows: list[Row]
    is_older: bool = False
    errors: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        return f"framework-{self.framework.code}"

    @property
    def primary_name(self) -> str:
        return f"primary-{self.framework.code}"

    @property
    def has_primary(self) -> bool:
        return any(row.chosen and row.primary for row in self.rows)


class AlignForm:
    """The alignments of one engagement. `data` as sent, or None for those it has.

    `start_from` are alignments of another engagement to begin with; nothing of them is saved yet.
    """

    def __init__(
        self,
        data: QueryDict | None,
        *,
        engagement: Engagement,
        start_from: Iterable[Alignment] = (),
    ) -> None:
        self.data, self.engagement = data, engagement
        self.day = engagement.framework_day
        self.error_links: list[ErrorLink] = []
        self.confirmation = Confirmation.sent_in(data)
        self.allowed = objectives_allowed(engagement, self.day)
        in_force = in_force_on(self.day)
        self.groups = [
            Group(
                framework=framework,
                rows=[
                    Row(objective=objective)
                    for objective in framework.objectives.all()
                    if objective.code in self.allowed
                ],
                is_older=framework not in in_force,
            )
            for framework in frameworks_offered(engagement, self.day)
        ]
        if data is None:
            self._begin_with(engagement.alignments.all(), start_from)
        else:
            self._read(data)

    @property
    def rows(self) -> list[Row]:
        return [row for group in self.groups for row in group.rows]

    def unjudged(self) -> "AlignForm":
        """The same choices, and nothing said against them."""
        self.error_links = []
        for group in self.groups:
            group.errors = []
        for row in self.rows:
            row.error = ""
        return self

    def is_valid(self) -> bool:
        return not self.error_links

    @cached_property
    def tags(self) -> list[Tag]:
        return [
            Tag(objective=row.objective, reason=row.reason, primary=row.primary)
            for row in self.rows
            if row.chosen
        ]

    @cached_property
    def change(self) -> AlignmentChange:
        """What saving would change."""
        return compare_alignments(self.engagement, self.tags)

    @property
    def primaries(self) -> set[str]:
        return {tag.objective.code for tag in self.tags if tag.primary}

    def _begin_with(self, known: Iterable[Alignment], more: Iterable[Alignment]) -> None:
        has = {alignment.objective_id: alignment for alignment in known}
        wanted = {alignment.objective_id for alignment in more}
        for row in self.rows:
            alignment = has.get(row.objective.pk)
            row.chosen = alignment is not None or row.objective.pk in wanted
            if alignment:
                row.reason, row.primary = alignment.reason, alignment.primary

    def _read(self, data: QueryDict) -> None:
        codes = list(dict.fromkeys(data.getlist("objectives")))
        for row in self.rows:
            row.chosen = row.objective.code in codes
            row.reason = data.get(f"reason-{row.objective.code}", "")
        for group in self.groups:
            self._read_primary(group, data)
        for row in self.rows:
            self._check_reason(row)
        for code in codes:
            if code not in self.allowed:
                self._refuse_code(code)
        if not any(row.chosen and row.objective.kind == FrameworkKind.PILLAR for row in self.rows):
            self._refuse_without_pillar()

    def _read_primary(self, group: Group, data: QueryDict) -> None:
        """A primary that is not chosen itself goes with it."""
        named = set(filter(None, data.getlist(group.primary_name)))
        for row in group.rows:
            row.primary = row.chosen and row.objective.code in named
        if len(named) > 1:
            self._refuse(group, _("Only one objective of a framework can be primary."))
        elif named - {row.objective.code for row in group.rows}:
            self._refuse(group, _("Choose the primary objective from those of this framework."))

    def _check_reason(self, row: Row) -> None:
        try:
            row.reason = REASON.clean(row.reason)
        except ValidationError as error:
            if row.chosen:
                self._refuse_reason(row, error.messages[0])
        else:
            self._ask_about(row)

    def _ask_about(self, row: Row) -> None:
        """Once more, where the reason holds a number of a person that it did not hold before."""
        if row.chosen and row.reason:
            saved = self.reasons.get(row.objective.pk, "")
            name = f"reason-{row.objective.code}"
            found = cautions_about(name, reason_label(row), row.reason, saved=saved)
            for caution in self.confirmation.ask(found):
                self._refuse_reason(row, caution.message)

    @cached_property
    def reasons(self) -> dict[int, str]:
        return {one.objective_id: one.reason for one in self.engagement.alignments.all()}

    def _refuse_reason(self, row: Row, message: str) -> None:
        row.error = message
        name = f"reason-{row.objective.code}"
        self.error_links.append(ErrorLink(name, reason_label(row), message))

    def _refuse_code(self, code: str) -> None:
        message = _(
            "“%(code)s” is no objective of a framework in force on %(day)s. "
            "Choose again from those offered."
        )
        words = {"code": shown(code), "day": self.day.isoformat()}
        self.error_links.append(ErrorLink("", "", message % words))

    def _refuse_without_pillar(self) -> None:
        for group in self.groups:
            if group.framework.kind == FrameworkKind.PILLAR:
                return self._refuse(group, _("Choose at least one pillar."))
        self.error_links.append(ErrorLink("", "", _("Choose at least one pillar.")))
        return None

    def _refuse(self, group: Group, message: str) -> None:
        group.errors.append(message)
        label = str(group.framework.get_kind_display()).capitalize()
        self.error_links.append(ErrorLink(group.key, label, message))


def reason_label(row: Row) -> str:
    return _("Reason for %(code)s") % {"code": row.objective.code}


@dataclass(frozen=True, kw_only=True)
class Option:
    """An objective to add to or remove from several engagements; `held` of them have it."""

    objective: Objective
    held: int
    can_add: bool
    adding: bool
    removing: bool


class AlignManyForm:
    """Objectives to add to and to remove from several engagements."""

    def __init__(self, data: QueryDict, *, engagements: Sequence[Engagement]) -> None:
        self.engagements = engagements
        self.error_links: list[ErrorLink] = []
        self.add_codes = list(dict.fromkeys(data.getlist("add")))
        self.remove_codes = list(dict.fromkeys(data.getlist("remove")))
        self.groups = list(self._groups())

    def is_valid(self) -> bool:
        """Judged when asked: the page first opens with nothing chosen."""
        known = {o.code: o for o in Objective.objects.select_related("framework").in_order()}
        for code in dict.fromkeys([*self.add_codes, *self.remove_codes]):
            if code not in known:
                self._refuse(_("There is no objective “%(code)s”.") % {"code": shown(code)})
            elif code in self.add_codes and code in self.remove_codes:
                message = _(
                    "%(code)s is both to be added and to be removed. Choose one of the two."
                )
                self._refuse(message % {"code": code}, f"add-{code}")
        if not (self.add_codes or self.remove_codes):
            self._refuse(_("Choose at least one objective to add or to remove."))
        self.add = [known[code] for code in self.add_codes if code in known]
        self.remove = [known[code] for code in self.remove_codes if code in known]
        return not self.error_links

    def _groups(self) -> Iterable[tuple[Framework, list[Option]]]:
        """What is in force on the day of any of them, and what any of them has."""
        in_force = InForce()
        days = {engagement.framework_day for engagement in self.engagements}
        offered = {f.pk for day in days for f in in_force.on(day)}
        held: dict[int, int] = {}
        for engagement in self.engagements:
            for alignment in engagement.alignments.all():
                held[alignment.objective_id] = held.get(alignment.objective_id, 0) + 1
        for framework in in_force.frameworks:
            options = [
                Option(
                    objective=objective,
                    held=held.get(objective.pk, 0),
                    can_add=objective.retired_on is None
                    and framework.pk in offered
                    and held.get(objective.pk, 0) < len(self.engagements),
                    adding=objective.code in self.add_codes,
                    removing=objective.code in self.remove_codes,
                )
                for objective in framework.objectives.all()
                if framework.pk in offered or objective.pk in held
            ]
            if options:
                yield framework, options

    def _refuse(self, message: str, target: str = "") -> None:
        self.error_links.append(ErrorLink(target, _("Objectives") if target else "", message))
