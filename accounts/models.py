"""People: who they are, which office they work in, what they may do and how much they may see."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
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
