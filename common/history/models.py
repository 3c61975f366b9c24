"""A revision: one record, once it was changed."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone


class Unchangeable(TypeError):
    """History is written once: no code of the portal changes or deletes it."""


class RevisionQuerySet(models.QuerySet["Revision"]):
    def update(self, **kwargs: Any) -> int:
        raise Unchangeable

    def delete(self) -> tuple[int, dict[str, int]]:
        raise Unchangeable

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise Unchangeable

    def of_kind(self, *kinds: str) -> RevisionQuerySet:
        return self.filter(kind__in=kinds)

    def of(self, kind: str, pks: Iterable[int]) -> RevisionQuerySet:
        return self.filter(kind=kind, record_id__in=list(pks))

    def cleared_for(self, user: Any) -> RevisionQuerySet:
        """Those that hold nothing above the person's clearance, before the act or after it.

        Whether they may read the record itself is asked besides: of its own `visible_to`.
        """
        return self.filter(sensitivity__lte=user.clearance)

    def up_to(self, moment: dt.datetime) -> RevisionQuerySet:
        return self.filter(at__lte=moment)

    def for_reading(self) -> RevisionQuerySet:
        """With who did it, and the state that was found."""
        return self.select_related("by", "previous")

    def newest_first(self) -> RevisionQuerySet:
        return self.order_by("-at", "-pk")

    def newest_of_few(self) -> RevisionQuerySet:
        """The same order for the history of a record: read, then put in order.

        By the column itself a database may look through all that was ever changed, the latest first.
        """
        return self.order_by(Coalesce("at", "at").desc(), "-pk")

    def last_of_each(self) -> RevisionQuerySet:
        """Of each record the last revision."""
        return self.filter(following=None)


class Revision(models.Model):
    """A record as it was left by one act, and who did it.

    Written by `common.history.recording` alone, never changed and never deleted. What the act changed
    is the difference between the state before it (`previous.state`) and `state`.
    """

    kind = models.CharField(max_length=20, editable=False)
    record_id = models.BigIntegerField(editable=False)
    # Its place in addresses: a running number would tell that something hidden was changed in between.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # 1, 2, 3, … of that record.
    number = models.PositiveIntegerField(editable=False)
    # One to one, so that a chain never forks.
    previous = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="following"
    )
    at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)
    # Nobody's, where a command did it: reference data that was loaded.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="revisions",
    )
    act = models.CharField(max_length=20, editable=False)
    # Why, where the act asks for it and the record itself has no place for it.
    reason = models.TextField(blank=True, default="", editable=False)
    # The highest of the record before the act and after it.
    sensitivity = models.PositiveSmallIntegerField(default=0, editable=False)
    # The record's own version after the act, where it has one: the base two editors started from.
    version = models.PositiveIntegerField(null=True, editable=False)
    # Field → value after the act, in codes, ISO dates and texts; {} where the record is gone.
    state = models.JSONField(default=dict, editable=False)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "at"], name="revision_kind_at")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "record_id", "number"], name="revision_numbered_once"
            ),
            models.CheckConstraint(
                condition=Q(number=1, previous=None) | (Q(number__gt=1) & ~Q(previous=None)),
                name="revision_follows_another_but_the_first",
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Unchangeable
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise Unchangeable

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}, {self.number}: {self.act}"

    @property
    def before(self) -> dict[str, Any]:
        """The state that the act found; {} where it made the record."""
        return self.previous.state if self.previous else {}
