"""Spreadsheets that were brought in: the file, what was answered about it, and what came of each row."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Office, Sensitivity, User
from partners.models import Contact, Partner

# A process that has told nothing for so long is taken to be gone: another may take its place.
STALE = dt.timedelta(minutes=2)


class LoadQuerySet(models.QuerySet["Load"]):
    def visible_to(self, user: User) -> LoadQuerySet:
        """A person's own, to administrators all; as far as they are cleared for what they hold."""
        within = self.filter(sensitivity__lte=user.clearance)
        return within if user.is_administrator else within.filter(by=user)

    def for_list(self) -> LoadQuerySet:
        """Without the files themselves and the plans, the newest first."""
        return (
            self.select_related("by", "office", "undone_by")
            .defer("content", "book", "plan")
            .order_by("-made_at", "-pk")
        )


class Load(models.Model):
    """One file on its way in: read, asked about, checked, saved as a whole, perhaps undone as a whole."""

    class Subject(models.TextChoices):
        ENGAGEMENTS = "engagements", _("Engagements")
        PARTNERS = "partners", _("Partners")
        CONTACTS = "contacts", _("Contacts")

    class Stage(models.TextChoices):
        """Where it stands. Nothing is written of what it tells before it is `loaded`."""

        READ = "read", pgettext_lazy("load", "Read")
        CHECKING = "checking", pgettext_lazy("load", "Being checked")
        CHECKED = "checked", pgettext_lazy("load", "Checked")
        SAVING = "saving", pgettext_lazy("load", "Being saved")
        LOADED = "loaded", pgettext_lazy("load", "Loaded")
        UNDONE = "undone", pgettext_lazy("load", "Undone")

    # Its place in addresses: a running number would tell how many others load.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject = models.CharField(max_length=12, choices=Subject, default=Subject.ENGAGEMENTS)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.READ)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="loads")
    # Whose list it is: leads what no row says another office leads.
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="+")

    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    # A delimited text as it came, compressed: to be read again in another encoding.
    content = models.BinaryField(null=True, editable=False)
    # The cells that were read: common.sheets.book.Book, packed.
    book = models.BinaryField(editable=False)
    # What a person chose, in the JSON of `manage.py import_engagements --answers`.
    answers = models.JSONField(default=dict, blank=True)

    # What would be done, or was: engagements.imports.plan.Plan, packed; in this language.
    plan = models.BinaryField(null=True, editable=False)
    language = models.CharField(max_length=2, choices=User.Language, default=User.Language.EN)
    # How many rows there were of each outcome (create, update, unchanged, left_out, …).
    counts = models.JSONField(default=dict, blank=True)
    # The highest marking of what it holds: once checked that of its rows, before that whatever it can be.
    sensitivity = models.PositiveSmallIntegerField(
        choices=Sensitivity, default=Sensitivity.UNCLASSIFIED
    )

    # While a process works on it: rows done of rows there are, and when it told so last.
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    told_at = models.DateTimeField(null=True, editable=False)
    # Of the process at work: one that was thought gone and comes back finds another's here.
    worker = models.UUIDField(null=True, editable=False)

    made_at = models.DateTimeField(default=timezone.now, editable=False)
    checked_at = models.DateTimeField(null=True, editable=False)
    loaded_at = models.DateTimeField(null=True, editable=False)
    undone_at = models.DateTimeField(null=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = LoadQuerySet.as_manager()

    class Meta:
        verbose_name = _("load")
        verbose_name_plural = _("loads")
        indexes = [models.Index(fields=["by", "-made_at"], name="load_by_whom")]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=["read", "checking", "checked", "saving"], loaded_at=None)
                | (Q(stage__in=["loaded", "undone"]) & ~Q(loaded_at=None)),
                name="load_has_its_moment_once_loaded",
            ),
            models.CheckConstraint(
                condition=Q(stage="undone", undone_by__isnull=False, undone_at__isnull=False)
                | (~Q(stage="undone") & Q(undone_by=None, undone_at=None)),
                name="load_says_who_undid_it",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("imports:load", args=[self.key])

    @property
    def is_loaded(self) -> bool:
        return self.stage in {self.Stage.LOADED, self.Stage.UNDONE}

    @property
    def is_worked_on(self) -> bool:
        """A process is at it, and has told so lately."""
        at_work = self.stage in {self.Stage.CHECKING, self.Stage.SAVING}
        return at_work and self.told_at is not None and timezone.now() - self.told_at < STALE


class LoadedRow(models.Model):
    """What came of one row that was loaded: where a record comes from, and what undoing goes by."""

    class Outcome(models.TextChoices):
        CREATED = "created", pgettext_lazy("row", "created")
        UPDATED = "updated", pgettext_lazy("row", "updated")

    load = models.ForeignKey(Load, on_delete=models.CASCADE, related_name="rows")
    # Null once undoing took it away; `reference` then says which it was.
    engagement = models.ForeignKey(
        "Engagement", on_delete=models.SET_NULL, null=True, related_name="loaded_rows"
    )
    partner = models.ForeignKey(
        Partner, on_delete=models.SET_NULL, null=True, related_name="loaded_rows"
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, related_name="loaded_rows"
    )
    # Of the engagement; the partner's code; of a contact, which is known by its name, that of its partner.
    reference = models.CharField(max_length=60)
    sheet = models.CharField(max_length=200)
    row = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    # Of the cells that were mapped: the same row is known again, in whatever file it comes.
    fingerprint = models.CharField(max_length=64, db_index=True)
    # The record's version after the load, and before it: 0 where the load made it.
    version = models.PositiveIntegerField()
    version_before = models.PositiveIntegerField(default=0)
    undone_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["row", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(engagement=None, partner=None)
                | Q(engagement=None, contact=None)
                | Q(partner=None, contact=None),
                name="loaded_row_is_of_one_record",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.row}: {self.outcome} {self.reference}"


class ColumnMemory(models.Model):
    """How a person mapped the columns of a file of this shape: offered again for the next one."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="column_memories"
    )
    # Of the headings: engagements.imports.mapping.shape_of.
    shape = models.CharField(max_length=64)
    # Heading → field.
    mapping = models.JSONField(default=dict)
    used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "shape"], name="column_memory_once_a_shape"),
        ]

    def __str__(self) -> str:
        return f"{self.shape} ({self.used_at:%Y-%m-%d})"


class WordMemoryQuerySet(models.QuerySet["WordMemory"]):
    def readable_by(self, user: User) -> WordMemoryQuerySet:
        """A person's own, as far as they are still cleared for the files that held the texts."""
        return self.filter(person=user, sensitivity__lte=user.clearance)


class WordMemory(models.Model):
    """What a person said a text of a file stands for: taken for their next file that says the same."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="word_memories"
    )
    # A section of the answers: "partners", "countries", …; "partners:kinds" are the kinds of a partner.
    about = models.CharField(max_length=30)
    # Of the text, folded: engagements.imports.memory.key_of.
    key = models.CharField(max_length=64)
    text = models.TextField()
    # What stands in the answers: a partner's code, ISO2, …; "" where it stands for nothing.
    code = models.CharField(max_length=150, blank=True)
    # The marking of the file that held the text: the lowest of several.
    sensitivity = models.PositiveSmallIntegerField(
        choices=Sensitivity, default=Sensitivity.UNCLASSIFIED
    )
    answered_at = models.DateTimeField(default=timezone.now)

    objects = WordMemoryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "about", "key"], name="word_memory_once_a_text"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.text!r}: {self.code}"
