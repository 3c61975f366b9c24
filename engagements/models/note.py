"""The part of an engagement that must not travel: for the people and the office it names."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Office, Sensitivity, User
from engagements.models.engagement import Engagement


class NoteQuerySet(models.QuerySet["Note"]):
    def readable_by(self, user: User) -> NoteQuerySet:
        """What the user may read. To everybody else a note does not exist.

        Its author, the people it names and those of the office it names, as far as they may see
        the engagement and are cleared for the note; of what is withdrawn, its author and whoever
        withdrew it.
        """
        named = Note.readers.through.objects.filter(note=OuterRef("pk"), user=user)
        told = Q(written_by=user) | Q(Exists(named))
        if user.office_id:
            told |= Q(office=user.office_id)
        shown = Q(withdrawn_at=None) | Q(written_by=user) | Q(withdrawn_by=user)
        # Asked of each note: far fewer have one than may be seen.
        its_own = Engagement.objects.visible_to(user).logged().filter(pk=OuterRef("engagement"))
        return self.filter(told, shown, Exists(its_own), sensitivity__lte=user.clearance)

    def for_reading(self) -> NoteQuerySet:
        """All that a page shows of them: the oldest first, what is withdrawn last."""
        people = User.objects.order_by("username")
        return (
            self.select_related("engagement", "written_by", "withdrawn_by", "office")
            .prefetch_related(models.Prefetch("readers", people))
            .order_by(F("withdrawn_at").asc(nulls_first=True), "written_at", "pk")
        )


class Note(models.Model):
    """A restricted note. No reverse name leads here: every read starts at `readable_by`."""

    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="+")
    # Its place in addresses, where a running number would tell how many others there are; and of
    # the form it was written in, so that the same form sent twice writes one note.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    text = models.TextField(_("text"))
    text_language = models.CharField(
        _("language of the text"), max_length=2, choices=User.Language, default=User.Language.EN
    )
    sensitivity = models.PositiveSmallIntegerField(
        _("sensitivity"), choices=Sensitivity, default=Sensitivity.UNCLASSIFIED
    )
    readers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("people"), blank=True, related_name="+"
    )
    office = models.ForeignKey(
        Office,
        verbose_name=_("office"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    # Grows with every change: a save on a version that has moved on is refused.
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("restricted note")
        verbose_name_plural = _("restricted notes")
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="note_has_a_text",
                violation_error_message=_("Write the note."),
            ),
            models.CheckConstraint(
                condition=Q(text_language__in=User.Language.values),
                name="note_text_language_is_known",
                violation_error_message=_("Say which language it is written in."),
            ),
            models.CheckConstraint(
                condition=Q(sensitivity__in=Sensitivity.values),
                name="note_sensitivity_is_known",
                violation_error_message=_("Above Protected B has no place here."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="note_withdrawn_by_somebody",
                violation_error_message=_("Say who withdrew it, and when."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Restricted note"))

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def is_amended(self) -> bool:
        return self.changed_at > self.written_at

    @property
    def level(self) -> int:
        """What one must be cleared to in order to read it: the note's or the engagement's."""
        return max(self.sensitivity, self.engagement.sensitivity)
