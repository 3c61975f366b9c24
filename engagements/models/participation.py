"""A partner's part in an engagement."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.models import Partner


class Participation(models.Model):
    """A partner's part in an engagement. A partner may have several."""

    class PartnerRole(models.TextChoices):
        HOST = "host", _("Host")
        REQUESTER = "requester", _("Requester")
        FUNDER = "funder", _("Funder")
        IMPLEMENTER = "implementer", _("Implementer")
        PARTICIPANT = "participant", _("Participant")

    # In an information exchange: who asked was given an answer, who was asked gave one.
    ASKED, ANSWERED = (PartnerRole.REQUESTER,), (PartnerRole.IMPLEMENTER, PartnerRole.HOST)

    engagement = models.ForeignKey(
        "Engagement", on_delete=models.CASCADE, related_name="participations"
    )
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="participations")
    role = models.CharField(
        _("role"), max_length=12, choices=PartnerRole, default=PartnerRole.PARTICIPANT
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "partner", "role"],
                name="participation_once_a_role",
                violation_error_message=_("This partner already has this role."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=["host", "requester", "funder", "implementer", "participant"]),
                name="participation_role_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner}, {self.get_role_display()}"
