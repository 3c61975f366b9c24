"""What engagements lack that they should have, as conditions: a filter's, and a figure's."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.partial_dates import Precision
from engagements.kinds import PLANNED, Stage
from engagements.models.alignment import Alignment
from engagements.models.hanging import HangingOn, any_at_all, of_kind
from engagements.models.participation import Participation
from partners.models import Country
from partners.verification import unverified

# How long after its last possible day an engagement without outcome lacks it.
OUTCOME_DUE = dt.timedelta(days=60)
# How long untouched a draft ages.
DRAFT_AGES = dt.timedelta(days=30)
# Whatever else a start is known by, it is not known to the month.
KNOWN_TO_THE_MONTH = (Precision.DAY, Precision.MONTH)


class Gap(TextChoices):
    """Its values stand in addresses; they never change."""

    OUTCOME = "outcome", _("No outcome 60 days after the end")
    TITLE_EN = "title-en", _("No title in English")
    TITLE_FR = "title-fr", _("No title in French")
    LATE = "late", _("Planned, and its last day gone by")
    COST = "cost", _("No actual cost")
    PEOPLE = "people", _("Number of people from CSC not given")
    COUNTRY = "country", _("No country")
    PARTNER = "partner", _("No partner")
    PARTNER_UNVERIFIED = "partner-unverified", _("A partner not verified for a year")
    DRAFT_AGEING = "draft-ageing", _("Draft untouched for 30 days")


class Known(TextChoices):
    """What may be given or not, and figures add up where it is."""

    COST = "cost", _("Actual cost")
    PLANNED_COST = "planned-cost", _("Planned cost")
    PEOPLE = "people", _("Number of people from CSC")


COLUMNS = {
    Known.COST: "actual_cost",
    Known.PLANNED_COST: "planned_cost",
    Known.PEOPLE: "csc_participants",
}


def knows(wanted: Iterable[str]) -> Q:
    """All of these (values of Known) are given, were it as none."""
    return Q(**{f"{COLUMNS[Known(value)]}__isnull": False for value in wanted})


def lacks(gap: str, today: dt.date) -> Q:
    """The condition on engagements that they have this gap (a value of Gap) on this day.

    Some gaps come with stages: only what was completed can lack its outcome, only what is planned
    be late, only a draft age. Of the others any stage may have them: who counts says which.
    """
    return CONDITIONS[Gap(gap)](today)


def without_outcome(today: dt.date) -> Q:
    """Completed, its last possible day 60 days ago or more; without a known end nothing is due."""
    return Q(stage=Stage.COMPLETED, outcome="", spans_to__lte=today - OUTCOME_DUE)


def late(today: dt.date) -> Q:
    """Planned, its last possible day gone by, and nobody has said what became of it."""
    return Q(stage__in=PLANNED, spans_to__lt=today)


def without_country(today: dt.date) -> Q:
    rows = Country.objects.filter(engagements=OuterRef("pk"))
    return ~Q(HangingOn(rows, name="country", values=any_at_all("country")))


def without_partner(today: dt.date) -> Q:
    rows = Participation.objects.filter(engagement=OuterRef("pk"))
    return ~Q(HangingOn(rows, name="partner", values=any_at_all("partner")))


def with_unverified_partner(today: dt.date) -> Q:
    """A partner in use that nobody has verified in the year before this day, or ever."""
    condition = unverified(today, "partner__")
    return Q(Exists(Participation.objects.filter(condition, engagement=OuterRef("pk"))))


def untagged(kind: str) -> Q:
    """No objective of any framework of this kind."""
    rows = Alignment.objects.filter(engagement=OuterRef("pk"), framework__kind=kind)
    return ~Q(HangingOn(rows, name="objective", values=of_kind(kind)))


def ageing(today: dt.date) -> Q:
    """A draft last saved 30 days ago or more, as days go where the portal is."""
    first_fresh_day = today - DRAFT_AGES + dt.timedelta(days=1)
    midnight = timezone.make_aware(dt.datetime.combine(first_fresh_day, dt.time()))
    return Q(stage=Stage.DRAFT, changed_at__lt=midnight)


CONDITIONS = {
    Gap.OUTCOME: without_outcome,
    Gap.TITLE_EN: lambda today: Q(title_en=""),
    Gap.TITLE_FR: lambda today: Q(title_fr=""),
    Gap.LATE: late,
    Gap.COST: lambda today: Q(actual_cost=None),
    Gap.PEOPLE: lambda today: Q(csc_participants=None),
    Gap.COUNTRY: without_country,
    Gap.PARTNER: without_partner,
    Gap.PARTNER_UNVERIFIED: with_unverified_partner,
    Gap.DRAFT_AGEING: ageing,
}


def starts_in(month: dt.date | None) -> Q:
    """The start is known to fall in the month of this day; None: not known to the month at all.

    Every engagement is in one month or in none of them, so months and the rest add up.
    """
    known = Q(start_precision__in=KNOWN_TO_THE_MONTH)
    if month is None:
        return ~known
    following = (month.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return known & Q(start_earliest__gte=month.replace(day=1), start_earliest__lt=following)
