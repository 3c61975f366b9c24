"""What people do to engagements: log, keep as a draft, amend, discard. Each is one transaction.

What becomes of an engagement once it is logged is in stages.py; its tags are in alignments.py. Many at
once are in many.py, which shares the parts of what is done here to one.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Model
from django.utils import timezone

from accounts.models import User
from accounts.typed import MARKS, Page, key_in, number_in
from common.history.recording import recording, unrecorded
from common.history.tracking import State
from common.partial_dates import FiscalYear
from engagements.alignments import Tag, make_alignments, set_alignments
from engagements.models import Engagement, Participation, ReferenceCounter
from engagements.stages import stage_when_logged
from engagements.versions import MovedOn, locked
from partners.models import Country, Partner


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A partner and the role it has."""

    partner: Partner
    role: str = Participation.PartnerRole.PARTICIPANT


def log_engagement(
    *,
    by: User,
    parts: Iterable[Part],
    tags: Iterable[Tag],
    countries: Iterable[Country] = (),
    draft: Engagement | None = None,
    form_key: uuid.UUID | None = None,
    version: int | None = None,
    page: Page | None = None,
    **fields: Any,
) -> Engagement:
    """Log an engagement, or the draft that it was until now, and give it its reference.

    `fields` are columns of Engagement, with `start` and `end` as PartialDate. The same `form_key`
    sent twice by the same person gives back the engagement that the first one logged. `version` is
    that of the draft the person saw; MovedOn is raised where it was saved again since, other than by
    the very form it is logged from: `page` says which that is.
    """
    parts, tags, countries = list(parts), list(tags), list(countries)

    def log() -> Engagement:
        with transaction.atomic():
            engagement = _draft_to_log(by=by, draft=draft, form_key=form_key)
            if not engagement.is_draft:
                return engagement
            _move_on(engagement, version=version, page=page)
            with recording(by=by, act="logged", within=True) as kept:
                is_new = engagement.pk is None
                assign(engagement, by=by, fields=fields)
                engagement.stage = stage_when_logged(engagement)
                engagement.reference = next_reference(year_of_reference(engagement))
                engagement.draft_input = None
                engagement.save()
                hang = connect_new if is_new else connect
                hang(engagement, by=by, parts=parts, tags=tags, countries=countries)
                kept.made(engagement)
            return engagement

    try:
        return log()
    except IntegrityError:
        # Two copies of one form arrived together: the other one has logged it, or kept it as a draft.
        return log()


def save_draft(
    *,
    by: User,
    parts: Iterable[Part] = (),
    tags: Iterable[Tag] = (),
    countries: Iterable[Country] = (),
    draft: Engagement | None = None,
    form_key: uuid.UUID | None = None,
    version: int | None = None,
    page: Page | None = None,
    by_itself: bool = False,
    draft_input: dict[str, list[str]] | None = None,
    **fields: Any,
) -> Engagement:
    """Keep what is known so far, for its author alone. Nothing is needed; no reference is given.

    `draft_input` is the form as typed (field name → values), what is wrong or half given included, with
    the `page` and `turn` it comes from. `form_key`, `version` and `page` are as in log_engagement.
    `by_itself`: nobody pressed a button, and what comes later than something newer is left aside.
    """
    parts, tags, countries = list(parts), list(tags), list(countries)

    def keep() -> Engagement:
        with transaction.atomic(), unrecorded():
            engagement = _draft_to_log(by=by, draft=draft, form_key=form_key)
            if not engagement.is_draft or _is_kept(engagement, draft_input):
                return engagement
            if by_itself and page and page.is_behind(*_kept_from(engagement)):
                return engagement
            _move_on(engagement, version=version, page=page)
            assign(engagement, by=by, fields=fields)
            engagement.draft_input = draft_input
            engagement.save()
            connect(engagement, by=by, parts=parts, tags=tags, countries=countries)
            return engagement

    try:
        return keep()
    except IntegrityError:
        # Two copies of one form arrived together, and the other one has made it: this may be the newer.
        if form_key is None or not Engagement.objects.filter(form_key=form_key).exists():
            raise
        return keep()


@transaction.atomic
def amend_engagement(
    *,
    by: User,
    engagement: Engagement,
    version: int,
    parts: Iterable[Part],
    tags: Iterable[Tag],
    countries: Iterable[Country] = (),
    act: str = "amended",
    **fields: Any,
) -> Engagement:
    """Change a logged engagement; its reference and stage stay.

    `version` is the one the person saw; MovedOn is raised where it is no longer the record's. `act` is
    what its history calls the change.
    """
    current = locked(engagement, version=version)
    columns = columns_of(current)
    with recording(by=by, act=act, records=[current], within=True) as kept:
        assign(current, by=by, fields=fields)
        now = columns_of(current)
        changed = {name for name, value in now.items() if value != columns[name]}
        # Past its own save(), which would find out again what follows from the rest.
        Model.save(current, update_fields={"version", *changed})
        _connect_what_changed(
            current, kept.found(current), by=by, parts=parts, tags=tags, countries=countries
        )
    return current


@transaction.atomic
def discard_draft(*, by: User, draft: Engagement) -> bool:
    """Throw a draft of one's own away; False where it is no draft any more."""
    # Held while it goes: else one that is logged in between would go with its reference.
    held = Engagement.objects.select_for_update(of=("self",)).drafts_of(by)
    current = held.filter(pk=draft.pk).first()
    if current is None:
        return False
    with unrecorded():
        current.delete()
    return True


def next_reference(year: FiscalYear) -> str:
    """The next number of a fiscal year: IE-2027-0042. Runs in the transaction that uses it."""
    return next_references({year: 1})[year][0]


def next_references(wanted: Mapping[FiscalYear, int]) -> dict[FiscalYear, list[str]]:
    """As many numbers of each fiscal year, in their order. Runs in the transaction that uses them."""
    counters = ReferenceCounter.objects.filter(fiscal_year__in=[year.ends for year in wanted])
    ReferenceCounter.objects.bulk_create(
        [ReferenceCounter(fiscal_year=year.ends) for year in sorted(wanted)], ignore_conflicts=True
    )
    # An update holds its row until the transaction ends: nobody else reads the same number. Always in the
    # same order, so that two who load at once wait for each other.
    for year in sorted(wanted):
        counters.filter(fiscal_year=year.ends).update(last=F("last") + wanted[year])
    last = dict(counters.values_list("fiscal_year", "last"))
    return {
        year: [
            f"IE-{year.ends}-{each:04d}"
            for each in range(last[year.ends] - wanted[year] + 1, last[year.ends] + 1)
        ]
        for year in wanted
    }


def year_of_reference(engagement: Engagement) -> FiscalYear:
    """The fiscal year it is numbered in: its own, or that of logging it where its start is unknown."""
    logged_on = timezone.localdate(engagement.logged_at)
    return engagement.fiscal or FiscalYear.of(logged_on)


def _draft_to_log(*, by: User, draft: Engagement | None, form_key: uuid.UUID | None) -> Engagement:
    """The draft as it is now, the engagement this form has made before, or a new one."""
    # One that is marked higher by now than its author may read is not given back.
    readable = Engagement.objects.visible_to(by).select_for_update(of=("self",))
    mine = readable.filter(logged_by=by)
    # One that was thrown away a moment ago is made anew.
    if draft is not None and (current := mine.filter(pk=draft.pk).first()):
        return current
    if form_key and (known := mine.filter(form_key=form_key).first()):
        return known
    # None that was given back: a copy of this very form may have been kept since the line above.
    given_back = Engagement.objects.visible_to(by).filter(logged_by=by).values("pk")
    taken = Engagement.objects.filter(form_key=form_key).exclude(pk__in=given_back)
    if form_key and taken.exists():
        form_key = None  # of another person's form, or of what its author may no longer read
    return Engagement(logged_by=by, changed_by=by, form_key=form_key)


def _move_on(draft: Engagement, *, version: int | None, page: Page | None) -> None:
    """Refuse a draft that was saved again since the person opened it, in another tab for one.

    What the same form has had kept, or the text it went on from, is no other tab: the answer may have
    been lost, or nobody was there any more to read it.
    """
    if draft.pk is None:
        return
    is_its_own = page is not None and page.follows(*_kept_from(draft))
    if version is not None and draft.version != version and not is_its_own:
        raise MovedOn(draft)
    draft.version += 1


def _is_kept(draft: Engagement, draft_input: dict[str, list[str]] | None) -> bool:
    """Whether the draft holds this very text already, whichever form it came from."""
    if draft.pk is None or not draft_input:
        return False
    before, now = (
        {name: values for name, values in (each or {}).items() if name not in MARKS}
        for each in (draft.draft_input, draft_input)
    )
    return before == now


def _kept_from(draft: Engagement) -> tuple[uuid.UUID | None, int]:
    """The open form that saved the draft last, and its turn."""
    last = draft.draft_input or {}
    key, turn = (next(iter(last.get(name) or [""])) for name in ("page", "turn"))
    return key_in(key), number_in(turn) or 0


def assign(engagement: Engagement, *, by: User, fields: dict[str, Any]) -> None:
    """Give it these values, and what follows from them. A part of the acts, which save it."""
    for name, value in fields.items():
        setattr(engagement, name, value)
    engagement.changed_at, engagement.changed_by = timezone.now(), by
    # Stage and reference are decided by the new dates, before anything is saved.
    engagement.derive()


def columns_of(engagement: Engagement) -> dict[str, Any]:
    fields = Engagement._meta.concrete_fields
    return {field.name: getattr(engagement, field.attname) for field in fields}


def connect(
    engagement: Engagement,
    *,
    by: User,
    parts: Iterable[Part],
    tags: Iterable[Tag],
    countries: Iterable[Country],
) -> None:
    engagement.countries.set(countries)
    _set_parts(engagement, list(parts))
    set_alignments(by=by, engagement=engagement, tags=tags)


def _connect_what_changed(
    engagement: Engagement,
    found: State,
    *,
    by: User,
    parts: Iterable[Part],
    tags: Iterable[Tag],
    countries: Iterable[Country],
) -> None:
    """As connect; what is as history has `found` it a moment ago is not asked for again."""
    parts, tags, countries = list(parts), list(tags), list(countries)
    if sorted({country.iso2 for country in countries}) != found["countries"]:
        engagement.countries.set(countries)
    named = dict.fromkeys((part.partner.code, part.role) for part in parts)
    if list(named) != [(part["partner"], part["role"]) for part in found["partners"]]:
        _set_parts(engagement, parts)
    tagged = {tag.objective.code: (tag.reason, tag.primary) for tag in tags}
    if tagged != {tag["objective"]: (tag["reason"], tag["primary"]) for tag in found["objectives"]}:
        set_alignments(by=by, engagement=engagement, tags=tags)


def connect_new(
    engagement: Engagement,
    *,
    by: User,
    parts: Iterable[Part],
    tags: Iterable[Tag],
    countries: Iterable[Country],
) -> None:
    """As connect, of one that was made a moment ago: nothing hangs on it that would have to be asked for."""
    places = Engagement.countries.through
    keys = dict.fromkeys(country.pk for country in countries)
    places._default_manager.bulk_create(
        places(engagement=engagement, country_id=key) for key in keys
    )
    wanted = {(part.partner.pk, part.role): place for place, part in enumerate(parts)}
    Participation.objects.bulk_create(
        Participation(engagement=engagement, partner_id=partner, role=role, position=place)
        for (partner, role), place in wanted.items()
    )
    make_alignments(by=by, engagement=engagement, tags=tags)


def _set_parts(engagement: Engagement, parts: list[Part]) -> None:
    known = {(p.partner_id, p.role): p for p in engagement.participations.all()}
    wanted = {(part.partner.pk, part.role): place for place, part in enumerate(parts)}
    gone = [part.pk for key, part in known.items() if key not in wanted]
    if gone:
        engagement.participations.filter(pk__in=gone).delete()
    Participation.objects.bulk_create(
        Participation(engagement=engagement, partner_id=partner, role=role, position=place)
        for (partner, role), place in wanted.items()
        if (partner, role) not in known
    )
    for key, place in wanted.items():
        if key in known and known[key].position != place:
            Participation.objects.filter(pk=known[key].pk).update(position=place)
