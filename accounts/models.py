"""People: who they are, which office they work in, what they may do and how much they may see."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.bilingual import in_language
from common.models import Reference


class Role(models.TextChoices):
    READER = "reader", _("Reader")
    STAFF = "staff", _("Staff")
    MANAGER = "manager", _("Manager")
    ADMINISTRATOR = "administrator", _("Administrator")
    APPROVER = "approver", _("Approver")


# Who may log engagements.
CONTRIBUTORS = {Role.STAFF, Role.MANAGER, Role.ADMINISTRATOR}
# Who may edit any office's engagements.
EDITORS = {Role.MANAGER, Role.ADMINISTRATOR}


class Sensitivity(models.IntegerChoices):
    """How a record is marked, how far a person is cleared. Above Protected B has no place here."""

    UNCLASSIFIED = 0, _("Unclassified")
    PROTECTED_A = 1, _("Protected A")
    PROTECTED_B = 2, _("Protected B")


ABOVE_PROTECTED_B = _(
    "Above Protected B has no place here: it belongs in a system that is cleared for it. "
    "Choose one of those offered."
)


class OfficeQuerySet(models.QuerySet["Office"]):
    def current(self) -> OfficeQuerySet:
        return self.filter(retired_on=None)


class Office(Reference):
    """A part of CSC that leads engagements: National Headquarters, a region, …"""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_fr = models.CharField(_("name in French"), max_length=200)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        ordering = ["position", "code"]
        verbose_name = _("office")
        verbose_name_plural = _("offices")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self, "name")


class User(AbstractUser):
    class Language(models.TextChoices):
        EN = "en", "English"
        FR = "fr", "Français"

    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.READER)
    office = models.ForeignKey(
        Office,
        verbose_name=_("office"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
    )
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.EN)
    clearance = models.PositiveSmallIntegerField(
        _("clearance"), choices=Sensitivity, default=Sensitivity.UNCLASSIFIED
    )

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="user_role_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(clearance__in=Sensitivity.values),
                name="user_clearance_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @property
    def is_contributor(self) -> bool:
        """May log engagements."""
        return self.role in CONTRIBUTORS

    @property
    def is_manager(self) -> bool:
        """May edit any office's engagements."""
        return self.role in EDITORS

    @property
    def is_administrator(self) -> bool:
        """Keeps reference data, partners and people."""
        return self.role == Role.ADMINISTRATOR

    @property
    def is_approver(self) -> bool:
        """Decides what waits for the Commissioner."""
        return self.role == Role.APPROVER


class Unsaved(models.Model):
    """What a person has typed in a form and not saved: theirs alone.

    One for each form they have open, so that two tabs never overwrite each other.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="unsaved"
    )
    # The form's page whatever the language: "engagements:edit IE-2027-0042".
    address = models.CharField(max_length=200)
    # Which open form it is, and how many times that one has sent what is typed.
    page = models.UUIDField()
    turn = models.PositiveIntegerField(default=0)
    # Of the record it was typed on; nothing where the form names none.
    version = models.PositiveIntegerField(null=True)
    # Name of an input → what was typed in those of that name.
    data = models.JSONField()
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "address", "page"], name="unsaved_once_for_each_open_form"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address} ({self.saved_at:%Y-%m-%d %H:%M})"

    def as_data(self) -> QueryDict:
        """As if the form had been sent just now."""
        data = QueryDict(mutable=True)
        for name, values in self.data.items():
            data.setlist(name, list(values))
        return data
