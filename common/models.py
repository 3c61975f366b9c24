"""Columns several apps share."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history.models import Revision

__all__ = ["Reference", "Revision"]


class Reference(models.Model):
    """Reference data: loaded from a file, edited by an administrator, retired and never deleted."""

    # Set when an administrator changed it here: the file no longer overwrites it.
    edited_at = models.DateTimeField(_("edited here"), null=True, blank=True, editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("edited by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    retired_on = models.DateField(
        _("retired on"),
        null=True,
        blank=True,
        help_text=_("From that day it is offered no more. What used it keeps it."),
    )

    class Meta:
        abstract = True
