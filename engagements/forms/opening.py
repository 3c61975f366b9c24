"""What the form shows when it is opened: empty, prefilled by the address, or a record as it is."""

import uuid
from decimal import Decimal

from django.db.models import Prefetch, prefetch_related_objects
from django.http import QueryDict

from accounts.models import User
from accounts.typed import MARKS
from common.bilingual import reader_language
from common.partial_dates import Precision
from engagements.forms import dates
from engagements.kinds import Kind
from engagements.models import Alignment, Engagement, Participation
from objectives.models import Objective
from partners.models import Country, Partner

PLAIN = (
    "kind", "title_en", "title_fr", "text_language", "purpose", "place", "outcome", "lessons",
    "csc_participants", "csc_posts", "paid_by", "sensitivity", "approval", "approved_by", "source_url",
)  # fmt: skip


# What "Save and log another" takes along.
# The marking too: what is taken from a marked record is marked until somebody says otherwise.
TAKEN_ALONG = (
    "partner", "role", "country", "place", "objectives", "lead_office", "text_language", "sensitivity",
)  # fmt: skip
# What the address may name several of, and how it is looked up.
LISTS = {
    "partner": lambda code: Partner.objects.active().filter(code=code),
    "country": lambda code: Country.objects.filter(iso2=code),
    "objectives": lambda code: Objective.objects.filter(code=code),
}


# What hangs on a record, as `of` opens it.
HANGING = (
    "countries",
    Prefetch("participations", Participation.objects.select_related("partner")),
    Prefetch("alignments", Alignment.objects.for_reading()),
)


def as_data(values: dict[str, list[str]]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, told in values.items():
        data.setlist(name, list(told))
    return data


def empty(user: User) -> QueryDict:
    """A new form: the author's office leads, today's precision is the day, the end is not given."""
    values: dict[str, list[str]] = {
        "form_key": [str(uuid.uuid4())],
        "start_precision": [Precision.DAY],
        "end_precision": [Precision.NOT_GIVEN],
        "text_language": [reader_language()],
        "sensitivity": ["0"],
        "approval": [Engagement.Approval.UNKNOWN],
    }
    if user.office:
        values["lead_office"] = [user.office.code]
    return as_data(values)


def prefilled(user: User, asked: QueryDict) -> tuple[QueryDict, list[str]]:
    """With what the address names: partners, countries, objectives, a kind; and what it names in vain.

    `after` names the engagement whose partners, places and objectives are taken along: what they are
    then stands in no address, and whoever may not read it gets nothing of it.
    """
    data, unknown = empty(user), []
    for name, known in LISTS.items():
        for code in asked.getlist(name):
            if "\x00" not in code and known(code).exists():
                data.appendlist(name, code)
            else:
                unknown.append(code)
    if (kind := asked.get("kind")) in Kind.values:
        data["kind"] = kind
    elif kind:
        unknown.append(kind)
    if after := asked.get("after"):
        readable = Engagement.objects.visible_to(user).logged()
        before = None if "\x00" in after else readable.filter(reference=after).first()
        if before is None:
            unknown.append(after)
        else:
            take_along(data, before)
    return data, unknown


def take_along(data: QueryDict, before: Engagement) -> None:
    """The same partners, places and objectives for the next one."""
    told = of(before)
    for name in TAKEN_ALONG:
        data.setlist(name, told.getlist(name))


def of(engagement: Engagement) -> QueryDict:
    """A record as it is. A draft opens as it was typed."""
    if engagement.is_draft and engagement.draft_input:
        kept = engagement.draft_input.items()
        return as_data({name: values for name, values in kept if name not in MARKS})
    values = {name: [said(getattr(engagement, name))] for name in PLAIN}
    for prefix in ("start", "end"):
        told = dates.initial_of(prefix, getattr(engagement, prefix))
        values |= {name: [value] for name, value in told.items()}
    # Not read again where many are opened at once.
    prefetch_related_objects([engagement], *HANGING)
    parts = list(engagement.participations.all())
    values |= {
        "partner": [part.partner.code for part in parts],
        "role": [part.role for part in parts],
        "country": [country.iso2 for country in engagement.countries.all()],
        "objectives": [a.objective.code for a in engagement.alignments.all()],
        "lead_office": [engagement.lead_office.code if engagement.lead_office else ""],
        "lead_officer": [engagement.lead_officer.username if engagement.lead_officer else ""],
        "planned_cost": [money(engagement.planned_cost)],
        "actual_cost": [money(engagement.actual_cost)],
        "approved_on": [engagement.approved_on.isoformat() if engagement.approved_on else ""],
        "version": [str(engagement.version)],
        "form_key": [str(engagement.form_key or "")],
    }
    return as_data(values)


def said(value) -> str:
    return "" if value is None else str(value)


def money(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:f}".removesuffix(".00")
