"""An engagement. What is asked of many stands in queryset.py."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Office, Sensitivity, User
from common.bilingual import LANGUAGES, in_language
from common.partial_dates import (
    END_PRECISIONS,
    START_PRECISIONS,
    FiscalYear,
    PartialDate,
    Precision,
)
from common.text import sort_key
from engagements.kinds import COUNTED, LEFT_OUT, PLANNED, Kind, Stage
from engagements.models.queryset import EngagementQuerySet
from engagements.models.spans import Span, has_begun, has_ended, span_of
from engagements.search.lines import search_text_of
from objectives.models import Objective
from partners.models import Country, Partner


class Engagement(models.Model):
    """One international activity with a beginning and an end."""

    # For those who reach engagements from a partner and may not import engagements.kinds.
    COUNTED_STAGES, LEFT_OUT_STAGES = COUNTED, LEFT_OUT

    class Approval(models.TextChoices):
        """What is known of the approval of something that had begun when it was logged."""

        GIVEN = "given", _("Given")
        UNKNOWN = "unknown", _("Not known")

    class Origin(models.TextChoices):
        TYPED = "typed", _("typed in")
        DEMONSTRATION = "demonstration", _("loaded with the demonstration")
        GENERATED = "generated", _("generated to try the portal at size")
        IMPORTED = "imported", _("loaded from a spreadsheet")

    # Null while it is a draft, so that many may have none though each is unique.
    reference = models.CharField(  # noqa: DJ001
        _("reference"), max_length=20, unique=True, null=True, editable=False
    )
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, default=Stage.DRAFT)
    stage_reason = models.TextField(_("reason"), blank=True)
    sensitivity = models.PositiveSmallIntegerField(
        _("sensitivity"), choices=Sensitivity, default=Sensitivity.UNCLASSIFIED
    )

    # What
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    title_fr = models.CharField(_("title in French"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=30, choices=Kind, blank=True)
    text_language = models.CharField(
        _("language of the text"), max_length=2, choices=User.Language, default=User.Language.EN
    )
    purpose = models.TextField(_("purpose"), blank=True)
    outcome = models.TextField(_("outcome"), blank=True)
    lessons = models.TextField(_("lessons"), blank=True)

    # When: as precisely as known, kept as the earliest and latest day each end can be
    start_precision = models.CharField(max_length=12, choices=Precision, blank=True)
    start_earliest = models.DateField(null=True, blank=True)
    start_latest = models.DateField(null=True, blank=True)
    end_precision = models.CharField(max_length=12, choices=Precision, default=Precision.NOT_GIVEN)
    end_earliest = models.DateField(null=True, blank=True)
    end_latest = models.DateField(null=True, blank=True)
    # Derived: what a filter compares
    fiscal_year = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    spans_from = models.DateField(null=True, blank=True, editable=False)
    spans_to = models.DateField(null=True, blank=True, editable=False)

    # Where, with whom, for what
    countries = models.ManyToManyField(
        Country, verbose_name=_("countries"), blank=True, related_name="engagements"
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    partners = models.ManyToManyField(
        Partner, through="Participation", related_name="engagements", verbose_name=_("partners")
    )
    objectives = models.ManyToManyField(
        Objective, through="Alignment", related_name="engagements", verbose_name=_("objectives")
    )

    # Who, of CSC
    lead_office = models.ForeignKey(
        Office,
        verbose_name=_("lead office"),
        on_delete=models.PROTECT,
        null=True,
        related_name="engagements",
    )
    lead_officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("lead officer"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="leads",
    )
    csc_participants = models.PositiveIntegerField(_("people from CSC"), null=True, blank=True)
    csc_posts = models.TextField(_("their posts, as they were that day"), blank=True)

    # What it cost
    planned_cost = models.DecimalField(
        _("planned cost (CAD)"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    actual_cost = models.DecimalField(
        _("actual cost (CAD)"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    paid_by = models.CharField(_("paid by"), max_length=200, blank=True)

    # Approval: as recorded of what had begun, or as decided here
    approval = models.CharField(_("approval"), max_length=10, choices=Approval, blank=True)
    approved_by = models.CharField(_("approved by"), max_length=200, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    # Where it came from
    origin = models.CharField(max_length=20, choices=Origin, default=Origin.TYPED)
    source_url = models.URLField(_("source page"), max_length=500, blank=True)
    logged_at = models.DateTimeField(default=timezone.now, editable=False)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="logged"
    )
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+"
    )
    # Grows with every change: a save on a version that has moved on is refused.
    version = models.PositiveIntegerField(default=1, editable=False)
    # One a form that was opened: the same form sent twice logs one engagement.
    form_key = models.UUIDField(null=True, unique=True, editable=False)
    # A draft as typed, wrong or half a date included; nothing else reads it.
    draft_input = models.JSONField(null=True, blank=True, editable=False)

    search_text = models.TextField(editable=False, default="")
    sort_en = models.CharField(max_length=300, editable=False, default="")
    sort_fr = models.CharField(max_length=300, editable=False, default="")

    objects = EngagementQuerySet.as_manager()

    class Meta:
        verbose_name = _("engagement")
        verbose_name_plural = _("engagements")
        indexes = [
            models.Index(fields=["fiscal_year", "stage"], name="engagement_fy_stage"),
            models.Index(fields=["-start_earliest"], name="engagement_start"),
            # An order of all of them is read from these alone (engagements/index/orders.py).
            models.Index(fields=["sort_en", "id"], name="engagement_title_en"),
            models.Index(fields=["sort_fr", "id"], name="engagement_title_fr"),
            models.Index(fields=["changed_at", "id"], name="engagement_changed"),
            # All that figures count by and add up: they never read the long texts beside it. It begins
            # with what they do not ask for, so that SQLite reads it from end to end, and not to look
            # up nine rows in ten one by one.
            models.Index(
                fields=[
                    "spans_to",
                    "stage",
                    "sensitivity",
                    "fiscal_year",
                    "kind",
                    "spans_from",
                    "start_earliest",
                    "start_latest",
                    "csc_participants",
                    "actual_cost",
                    "logged_by",
                ],
                name="engagement_figures",
            ),
            # The newest few of many, in the order they are shown in: no more is read than is shown.
            models.Index(fields=["-logged_at", "-id"], name="engagement_lately"),
            models.Index(fields=["logged_by", "-logged_at", "-id"], name="engagement_by_author"),
            models.Index(
                fields=["logged_by", "-changed_at", "-id"],
                condition=Q(stage=Stage.DRAFT),
                name="engagement_drafts",
            ),
            models.Index(
                fields=["decided_by", "-decided_at", "-id"],
                condition=Q(decided_by__isnull=False),
                name="engagement_decided",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage=Stage.DRAFT) | ~Q(title_en="", title_fr=""),
                name="engagement_has_a_title_once_logged",
                violation_error_message=_("Give it a title in English or in French."),
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.DRAFT, reference=None)
                | (~Q(stage=Stage.DRAFT) & ~Q(reference=None)),
                name="engagement_has_a_reference_once_logged",
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.DRAFT)
                | (~Q(kind="") & ~Q(start_precision="") & ~Q(lead_office=None)),
                name="engagement_is_whole_once_logged",
            ),
            models.CheckConstraint(
                condition=Q(end_latest=None)
                | Q(start_earliest=None)
                | Q(end_latest__gte=F("start_earliest")),
                name="engagement_ends_after_it_starts",
                violation_error_message=_("It ends before it starts."),
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[Stage.RETURNED, Stage.DECLINED, Stage.CANCELLED])
                | ~Q(stage_reason=""),
                name="engagement_sent_back_with_a_reason",
                violation_error_message=_("Give the reason."),
            ),
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values), name="engagement_stage_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["", *Kind.values]), name="engagement_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(sensitivity__in=Sensitivity.values),
                name="engagement_sensitivity_is_known",
            ),
            models.CheckConstraint(
                condition=Q(start_precision__in=["", *START_PRECISIONS]),
                name="engagement_start_precision_fits",
            ),
            models.CheckConstraint(
                condition=Q(end_precision__in=END_PRECISIONS), name="engagement_end_precision_fits"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        if self.stage == Stage.DRAFT:
            return reverse("engagements:edit_draft", args=[self.pk])
        return reverse("engagements:detail", args=[self.reference])

    def save(self, *args, **kwargs) -> None:
        self.derive()
        super().save(*args, **kwargs)

    def derive(self) -> None:
        """Fill the columns that follow from the others. save() does; a bulk write must."""
        year = self.start.fiscal_year
        self.fiscal_year = year.ends if year else None
        self.spans_from, self.spans_to = self._span()
        self.search_text = search_text_of(self)
        for language in LANGUAGES:
            setattr(self, f"sort_{language}", sort_key(in_language(self, "title", language)))

    def _span(self) -> Span:
        """The days on which it can have gone on, as far as known."""
        return span_of(self.start, self.end, logged_on=timezone.localdate(self.logged_at))

    # Read back

    @property
    def title(self) -> str:
        return in_language(self, "title") or (
            gettext("Draft without a title") if self.is_draft else ""
        )

    @property
    def start(self) -> PartialDate:
        return PartialDate(self.start_precision, self.start_earliest, self.start_latest)

    @start.setter
    def start(self, date: PartialDate) -> None:
        self.start_precision, self.start_earliest, self.start_latest = (
            date.precision,
            date.earliest,
            date.latest,
        )

    @property
    def end(self) -> PartialDate:
        return PartialDate(self.end_precision, self.end_earliest, self.end_latest)

    @end.setter
    def end(self, date: PartialDate) -> None:
        self.end_precision, self.end_earliest, self.end_latest = (
            date.precision,
            date.earliest,
            date.latest,
        )

    @property
    def fiscal(self) -> FiscalYear | None:
        return FiscalYear(self.fiscal_year) if self.fiscal_year else None

    @property
    def framework_day(self) -> dt.date:
        """The day whose frameworks it is tagged against: in most of its start, or when logged."""
        return self.start.middle or timezone.localdate(self.logged_at)

    @property
    def is_draft(self) -> bool:
        return self.stage == Stage.DRAFT

    @property
    def is_planned(self) -> bool:
        return self.stage in PLANNED

    @property
    def has_ended(self) -> bool:
        """Its last possible day lies before today; with no end given, that of its start."""
        return has_ended(self.spans_to)

    @property
    def has_begun(self) -> bool:
        """Nothing says it lies ahead: its first possible day is not after today."""
        return has_begun(self.spans_from)
