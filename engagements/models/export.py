"""What was taken away as a file, by whom; and how each person has their files laid out."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models import Sensitivity, User
from common.bilingual import in_language


class ExportQuerySet(models.QuerySet["Export"]):
    def readable_by(self, user: User) -> ExportQuerySet:
        """To whoever is cleared as far as the person who took it: a filter holds words, a count tells."""
        return self.filter(clearance__lte=user.clearance)


class Export(models.Model):
    """One file of engagements that left the portal. Written once; nothing changes it."""

    class Format(models.TextChoices):
        CSV = "csv", "CSV"
        XLSX = "xlsx", "XLSX"

    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    format = models.CharField(max_length=4, choices=Format)
    # As the address of the list has it; and in words of that moment.
    query = models.TextField(blank=True)
    filter_en = models.TextField()
    filter_fr = models.TextField()
    # A row for each partner and objective.
    in_long_form = models.BooleanField(default=False)
    count = models.PositiveIntegerField()
    # The highest marking of what was in it; and how far the person was cleared, that day.
    sensitivity = models.PositiveSmallIntegerField(choices=Sensitivity)
    clearance = models.PositiveSmallIntegerField(choices=Sensitivity)

    objects = ExportQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="export_newest")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by}: {self.count}"

    @property
    def filter_in_words(self) -> str:
        return in_language(self, "filter")


class ExportLayout(models.Model):
    """How a person had their last file laid out: theirs alone."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="export_layout"
    )
    format = models.CharField(max_length=4, choices=Export.Format, default=Export.Format.CSV)
    # As an address has it, every choice told.
    query = models.TextField()

    def __str__(self) -> str:
        return f"{self.person}: {self.format}"
