"""An engagement as it was: rebuilt from the state that an act left, never saved.

Who may read how it was: whoever may read the record now, and is cleared for what it was marked then. A state
above that is as though it had never been, so the one before it stands for those days as well. What is said
of the act itself (who, when) asks for clearance of the revision, which counts what the act found, too.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.models import Office, User
from common.history.models import Revision, RevisionQuerySet
from common.history.tracking import State
from common.rows import fill
from engagements.history import ENGAGEMENT
from engagements.models import Alignment, Engagement, Participation
from objectives.models import Objective
from partners.models import Country, Partner

PEOPLE = ("lead_officer", "decided_by", "logged_by")


@dataclass(frozen=True, kw_only=True)
class Then:
    """The engagement as one act left it. `act` is None where the reader may not read of the act itself.

    `earlier` and `later` are the acts before and after it that they may read of.
    """

    engagement: Engagement
    revision: Revision
    act: Revision | None
    earlier: Revision | None
    later: Revision | None


def states_readable(record: Engagement, *, reader: User) -> RevisionQuerySet:
    """The revisions whose state the person may read, given that they may read the record now."""
    every = Revision.objects.of("engagement", [record.pk])
    return every.filter(state__sensitivity__lte=reader.clearance)


def end_of(day: dt.date) -> dt.datetime:
    """The moment a day ends where the portal is."""
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min))


def on_day(record: Engagement, day: dt.date, *, reader: User) -> Then | None:
    """The record as it was at the end of a day; None where nothing readable is on record by then."""
    by_then = states_readable(record, reader=reader).filter(at__lt=end_of(day))
    return _then(record, by_then.order_by("-number"), reader=reader)


def after_act(record: Engagement, key: uuid.UUID, *, reader: User) -> Then | None:
    """The record as the revision with this key left it."""
    return _then(record, states_readable(record, reader=reader).filter(key=key), reader=reader)


def first_act(record: Engagement, *, reader: User) -> Revision | None:
    """The act that begins what can be read of its history; None where nothing can."""
    return states_readable(record, reader=reader).defer("state").order_by("number").first()


def _then(record: Engagement, revisions: RevisionQuerySet, *, reader: User) -> Then | None:
    revision = revisions.select_related("by").first()
    if revision is None:
        return None
    acts = Revision.objects.of("engagement", [record.pk]).cleared_for(reader).defer("state")
    engagement, act = rebuilt(record, revision), revision
    if revision.sensitivity > reader.clearance:
        engagement.changed_at = act = None  # type: ignore[assignment]
    return Then(
        engagement=engagement,
        revision=revision,
        act=act,
        earlier=acts.filter(number__lt=revision.number).order_by("-number").first(),
        later=acts.filter(number__gt=revision.number).order_by("number").first(),
    )


def rebuilt(record: Engagement, revision: Revision) -> Engagement:
    """As `Engagement.objects.for_detail()` would have read it then. Not to be saved."""
    state = revision.state
    then = Engagement(pk=record.pk, form_key=record.form_key)
    for name, value in columns_of(state).items():
        setattr(then, name, value)
    people = User.objects.in_bulk(_people_in(state))
    for name in PEOPLE:
        setattr(then, name, people.get(state[name]))
    then.lead_office = Office.objects.filter(code=state["lead_office"]).first()
    then.changed_at = revision.at
    if revision.by:
        then.changed_by = revision.by
    then.version = revision.version or 1
    then.derive()
    fill(then, "participations", _participations(then, state))
    fill(then, "countries", Country.objects.filter(iso2__in=state["countries"]))
    fill(then, "alignments", _alignments(then, state, people))
    return then


def columns_of(state: State) -> dict[str, Any]:
    """Column → value of whatever the record holds itself, as the model has it."""
    fields = {field.name: field for field in Engagement._meta.concrete_fields}
    return {
        name: fields[name].to_python(value)
        for name, value in state.items()
        if name in ENGAGEMENT.columns and not fields[name].is_relation
    }


def _people_in(state: State) -> set[int]:
    made_by = {one["made_by"] for one in state["objectives"]}
    return {pk for pk in made_by | {state[name] for name in PEOPLE} if pk}


def _participations(then: Engagement, state: State) -> list[Participation]:
    codes = [part["partner"] for part in state["partners"]]
    found = Partner.objects.filter(code__in=codes).select_related("parent")
    partners = {partner.code: partner for partner in found.prefetch_related("former_names")}
    return [
        Participation(
            engagement=then, partner=partners[part["partner"]], role=part["role"], position=place
        )
        for place, part in enumerate(state["partners"])
        if part["partner"] in partners
    ]


def _alignments(then: Engagement, state: State, people: dict[int, User]) -> list[Alignment]:
    told = {one["objective"]: one for one in state["objectives"]}
    objectives = Objective.objects.with_codes(told).select_related("framework").in_order()
    return [
        Alignment(
            engagement=then,
            objective=objective,
            framework=objective.framework,
            reason=one["reason"],
            primary=one["primary"],
            demonstration=one["demonstration"],
            made_at=dt.datetime.fromisoformat(one["made_at"]),
            made_by=people.get(one["made_by"]),
        )
        for objective in objectives
        for one in [told[objective.code]]
    ]
