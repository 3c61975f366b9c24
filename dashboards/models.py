"""What people keep of the dashboard and the list: a filter by name, where they start, what is mailed."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Office, User

NAME_LENGTH = 100
QUERY_LENGTH = 4000


class Page(models.TextChoices):
    """The page that a view opens. Their values stand in addresses; they never change."""

    DASHBOARD = "dashboard", _("Dashboard")
    ENGAGEMENTS = "engagements", _("Engagements")
    PARTNERS = "partners", _("Partners")
    PLACES = "places", _("Places")

    @property
    def url(self) -> str:
        names = {
            Page.DASHBOARD: "dashboards:overview",
            Page.ENGAGEMENTS: "engagements:list",
            Page.PARTNERS: "dashboards:partners",
            Page.PLACES: "dashboards:places",
        }
        return reverse(names[self])


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def of(self, person: User) -> SavedViewQuerySet:
        """Those the person saved."""
        return self.filter(owner=person)

    def shared_with(self, person: User) -> SavedViewQuerySet:
        """Those that others share with the person's office."""
        if person.office_id is None:
            return self.none()
        return self.filter(office=person.office_id).exclude(owner=person)

    def visible_to(self, person: User) -> SavedViewQuerySet:
        """Their own, and those shared with their office. To everybody else a view is not there."""
        own = Q(owner=person)
        return self.filter(own | Q(office=person.office_id) if person.office_id else own)


class SavedView(models.Model):
    """A filter that somebody keeps under a name: an address, and no figure.

    Whoever opens it is led to its page with its query, and sees what they may see.
    """

    # Its place in addresses: a running number would tell how many others keep.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    page = models.CharField(_("page"), max_length=20, choices=Page)
    # As the page's address has it: the filter and the options, "" for the page as it is.
    query = models.TextField(_("filter"), blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("saved by"),
        on_delete=models.PROTECT,
        related_name="saved_views",
    )
    office = models.ForeignKey(
        Office,
        verbose_name=_("shared with"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    # Grows with every change: the one a form was opened at tells whether another tab saved since.
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="saved_view_named_once",
                violation_error_message=_("You have a view of this name. Give this one another."),
            ),
            models.CheckConstraint(
                condition=Q(page__in=Page.values), name="saved_view_page_is_known"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("dashboards:view", args=[self.key])

    @property
    def label(self) -> str:
        return self.name

    @property
    def target(self) -> str:
        """The address it leads to, in the reader's language."""
        url = Page(self.page).url
        return f"{url}?{self.query}" if self.query else url


class Kept(models.Model):
    """What a person does with a view: it outlives the view, so that they can be told that it is gone."""

    view = models.ForeignKey(SavedView, on_delete=models.SET_NULL, null=True, related_name="+")
    # As they knew it, for when it is theirs to see no more.
    name = models.CharField(max_length=NAME_LENGTH)

    class Meta:
        abstract = True


class StartPage(Kept):
    """The view with which a person's day begins, in place of the home page."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="start_page"
    )

    def __str__(self) -> str:
        return f"{self.person}: {self.name}"


class Rhythm(models.TextChoices):
    WEEKLY = "weekly", _("Weekly, on Mondays")
    MONTHLY = "monthly", _("Monthly, on the 1st")

    def period(self, day: dt.date) -> str:
        """The week or month that a day is in, by which a mail is sent once: 2026-W47, 2026-11."""
        if self == Rhythm.MONTHLY:
            return f"{day:%Y-%m}"
        year, week, _day = day.isocalendar()
        return f"{year}-W{week:02d}"

    def next_day(self, day: dt.date) -> dt.date:
        """The first day of the period after the one `day` is in."""
        if self == Rhythm.MONTHLY:
            return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
        return day + dt.timedelta(days=7 - day.weekday())


class Subscription(Kept):
    """A view that is mailed to a person, in their language and for their clearance when it is sent."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="subscriptions"
    )
    rhythm = models.CharField(max_length=10, choices=Rhythm)
    # The week or month it was sent for last; that of the subscription at first: the next one is mailed.
    last_period = models.CharField(max_length=10)
    last_sent_at = models.DateTimeField(null=True)
    # While it is being sent, by one run alone.
    claimed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["view", "person"], name="subscribed_once"),
            models.CheckConstraint(
                condition=Q(rhythm__in=Rhythm.values), name="subscription_rhythm_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.name}, {self.rhythm}"
