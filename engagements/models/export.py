"""What was taken away as a file, by whom; and how each person has their files laid out."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Sensitivity, User
from common.bilingual import in_language


class ExportQuerySet(models.QuerySet["Export"]):
    def readable_by(self, user: User) -> ExportQuerySet:
        """To whoever is cleared as far as the person who took it: a filter holds words, a count tells."""
        return self.filter(clearance__lte=user.clearance)


class Export(models.Model):
    """One file of engagements, or about them, that left the portal. Written once; nothing changes it."""

    class Format(models.TextChoices):
        CSV = "csv", "CSV"
        XLSX = "xlsx", "XLSX"

    class What(models.TextChoices):
        ENGAGEMENTS = "engagements", _("Engagements")
        FIGURES = "figures", _("Figures of the dashboard")
        CHANGES = "changes", _("Changes")

    # The page whose filter it was.
    PAGES = {
        What.ENGAGEMENTS: "engagements:list",
        What.FIGURES: "dashboards:overview",
        What.CHANGES: "dashboards:changes",
    }

    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=11, choices=What, default=What.ENGAGEMENTS)
    format = models.CharField(max_length=4, choices=Format)
    # As the address of its page has it; and in words of that moment.
    query = models.TextField(blank=True)
    filter_en = models.TextField()
    filter_fr = models.TextField()
    # A row for each partner and objective.
    in_long_form = models.BooleanField(default=False)
    # Of engagements that were in it or counted by it; of changes.
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
    def address(self) -> str:
        """Of the page, filtered as the file was."""
        path = reverse(self.PAGES[self.What(self.what)])
        return f"{path}?{self.query}" if self.query else path

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
