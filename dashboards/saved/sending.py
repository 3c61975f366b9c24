"""Which mails are due, and sending each: once a week or month, whatever happens in between.

A mail is claimed, sent, and then said to be sent, each in a small transaction of its own: no lock is
held while a mail server answers. Two runs at once send it once. A run that is killed between sending and
saying so leaves it claimed: after LEASE the next run sends that one again. A mail that comes twice can be
seen; one that never comes cannot.
"""

import datetime as dt
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from dashboards.models import Rhythm, Subscription
from dashboards.saved.listing import is_visible
from dashboards.saved.mail import Broken, message

LEASE = dt.timedelta(minutes=30)
logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one mail that was due: `sent`, or why not. `failed`: it is tried again."""

    subscription: Subscription
    sent: bool = False
    failed: bool = False
    would_send: bool = False
    why: str = ""

    def __str__(self) -> str:
        to = f"“{self.subscription.name}” to {self.subscription.person.username}"
        if self.sent:
            return f"Sent: {to}"
        if self.would_send:
            return f"Would send: {to}"
        return f"{'Failed' if self.failed else 'Skipped'}: {to}: {self.why}"


def due(today: dt.date) -> list[int]:
    """Keys of the subscriptions that were not yet sent in this week or month."""
    periods = [Q(rhythm=rhythm) & ~Q(last_period=rhythm.period(today)) for rhythm in Rhythm]
    found = Subscription.objects.filter(reduce(or_, periods))
    return list(found.order_by("pk").values_list("pk", flat=True))


def send_due(*, dry_run: bool = False) -> Iterator[Outcome]:
    """Each mail that is due, one after the other, as it stands at its moment."""
    today = timezone.localdate()
    for pk in due(today):
        row = Subscription.objects.select_related("person__office", "view").filter(pk=pk).first()
        if row and (outcome := deliver(row, today, dry_run=dry_run)):
            yield outcome


def deliver(row: Subscription, today: dt.date, *, dry_run: bool) -> Outcome | None:
    """None where another run is at it."""
    if why := why_not(row):
        return Outcome(subscription=row, why=why)
    if dry_run:
        return Outcome(subscription=row, would_send=True)
    moment = timezone.now()
    if not claim(row, moment):
        return None
    try:
        message(row, today).send()
    except Broken as broken:
        release(row, moment)
        return Outcome(subscription=row, why=f"its filter makes no sense any more: {broken}")
    except Exception as error:  # whatever it was: the others are sent, and this one is tried again
        release(row, moment)
        logger.exception("The mail of subscription %s could not be sent", row.pk)
        return Outcome(subscription=row, failed=True, why=f"{type(error).__name__}: {error}")
    said_to_be_sent(row, moment, Rhythm(row.rhythm).period(today))
    return Outcome(subscription=row, sent=True)


def why_not(row: Subscription) -> str:
    person: User = row.person
    if not person.is_active:
        return "this person is deactivated"
    if not person.email:
        return "no e-mail address is kept for this person"
    if row.view is None or not is_visible(row.view, person):
        return "the view is no longer there for this person"
    return ""


def claim(row: Subscription, moment: dt.datetime) -> bool:
    """Whether this run is the one to send it, as it was read."""
    free = Q(claimed_at=None) | Q(claimed_at__lt=moment - LEASE)
    same = Subscription.objects.filter(pk=row.pk, rhythm=row.rhythm, last_period=row.last_period)
    return bool(same.filter(free).update(claimed_at=moment))


def release(row: Subscription, moment: dt.datetime) -> None:
    Subscription.objects.filter(pk=row.pk, claimed_at=moment).update(claimed_at=None)


def said_to_be_sent(row: Subscription, moment: dt.datetime, period: str) -> None:
    claimed = Subscription.objects.filter(pk=row.pk, claimed_at=moment)
    claimed.update(last_period=period, last_sent_at=moment, claimed_at=None)
