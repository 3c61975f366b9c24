"""The tag that says what an engagement serves."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from objectives.models import Framework, Objective, objectives_in_order


class AlignmentQuerySet(models.QuerySet["Alignment"]):
    def in_order(self) -> AlignmentQuerySet:
        """With objective and framework, in the order people read them."""
        return self.select_related("objective__framework").order_by(
            *objectives_in_order("objective__")
        )

    def for_reading(self) -> AlignmentQuerySet:
        """In order, with who made each."""
        return self.in_order().select_related("made_by")


class Alignment(models.Model):
    """The tag: this engagement serves this objective, perhaps with a reason."""

    engagement = models.ForeignKey(
        "Engagement", on_delete=models.CASCADE, related_name="alignments"
    )
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="alignments")
    # The objective's own, kept here so that the database holds "one primary a framework".
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="alignments")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    primary = models.BooleanField(_("primary"), default=False)
    demonstration = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = AlignmentQuerySet.as_manager()

    class Meta:
        indexes = [
            # What each engagement serves, told without reading why.
            models.Index(fields=["engagement", "framework", "objective"], name="alignment_served"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "objective"],
                name="alignment_once_an_objective",
                violation_error_message=_("It is already aligned with this objective."),
            ),
            models.UniqueConstraint(
                fields=["engagement", "framework"],
                condition=Q(primary=True),
                name="alignment_one_primary_a_framework",
                violation_error_message=_("Only one objective of a framework can be primary."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.objective)
