"""The people at a partner, in their posts."""

from __future__ import annotations

import hashlib
import re
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from common.bilingual import Text, in_language, other_language, text_in_language
from common.search.asking import asked
from common.search.holding import holding, wanted
from common.text import binary_order, fold, sort_key
from partners.contacts.lines import search_text_of
from partners.models.partner import PARTIAL_DATE, SORT_LENGTH, Partner

DIALLED = re.compile(r"\+?[\d\s().-]+")
NAME_LENGTH, PHONE_LENGTH, EMAIL_LENGTH = 200, 60, 254


class ContactQuerySet(models.QuerySet["Contact"]):
    def there(self) -> ContactQuerySet:
        """Who is in the post now, as far as anybody said."""
        return self.filter(retired_at=None)

    def gone(self) -> ContactQuerySet:
        """Who is marked as no longer there."""
        return self.exclude(retired_at=None)

    def matching(self, text: str) -> ContactQuerySet:
        """Contacts whose name, post or address has each of what is asked for (common.search.asking)."""
        found = asked(text)
        if not found.terms:
            return self if found.is_blank else self.none()
        return self.filter(*(wanted(holding("search_text", term), term) for term in found.terms))

    def by_name(self, language: str) -> ContactQuerySet:
        """Those whose name is not known stand by their post."""
        return self.order_by(binary_order(f"sort_{language}"), "pk")

    def for_reading(self) -> ContactQuerySet:
        return self.select_related("partner", "retired_by")


class Contact(models.Model):
    """A person at a partner, in a post; or a post alone, whoever is in it."""

    class WriteIn(models.TextChoices):
        EN = "en", pgettext_lazy("language", "English")
        FR = "fr", pgettext_lazy("language", "French")
        OTHER = "other", pgettext_lazy("language", "another language")

    partner = models.ForeignKey(
        Partner, verbose_name=_("partner"), on_delete=models.PROTECT, related_name="contacts"
    )
    # Its place in addresses; and of the form it was typed in, so that the same form sent twice adds one.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=NAME_LENGTH, blank=True)
    post_en = models.CharField(_("post in English"), max_length=NAME_LENGTH, blank=True)
    post_fr = models.CharField(_("post in French"), max_length=NAME_LENGTH, blank=True)
    email = models.EmailField(_("e-mail"), max_length=EMAIL_LENGTH, blank=True)
    phone = models.CharField(_("telephone"), max_length=PHONE_LENGTH, blank=True)
    write_in = models.CharField(
        _("language to write in"), max_length=5, choices=WriteIn, blank=True, default=""
    )
    in_post_from = models.CharField(
        _("in the post since"), max_length=10, blank=True, validators=[PARTIAL_DATE]
    )
    in_post_until = models.CharField(
        _("in the post until"), max_length=10, blank=True, validators=[PARTIAL_DATE]
    )
    note = models.TextField(_("note"), blank=True)
    text_language = models.CharField(
        _("language of the note"), max_length=2, choices=User.Language, default=User.Language.EN
    )
    retired_at = models.DateTimeField(_("no longer there since"), null=True, editable=False)
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    logged_at = models.DateTimeField(default=timezone.now, editable=False)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+"
    )
    # Grows with every change: a save on a version that has moved on is refused.
    version = models.PositiveIntegerField(default=1, editable=False)
    # Equal where name and post are, but for case and accents: see fold_names.
    likeness = models.CharField(max_length=64, editable=False)
    search_text = models.TextField(editable=False, default="")
    sort_en = models.CharField(max_length=SORT_LENGTH, editable=False, default="")
    sort_fr = models.CharField(max_length=SORT_LENGTH, editable=False, default="")

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="", post_en="", post_fr=""),
                name="contact_has_a_name_or_a_post",
                violation_error_message=_("Give a name, or a post in English or in French."),
            ),
            models.CheckConstraint(
                condition=Q(write_in__in=["en", "fr", "other", ""]),
                name="contact_write_in_is_known",
                violation_error_message=_("Say in which language to write to them."),
            ),
            models.CheckConstraint(
                condition=Q(text_language__in=User.Language.values),
                name="contact_text_language_is_known",
                violation_error_message=_("Say which language it is written in."),
            ),
            models.CheckConstraint(
                condition=Q(retired_at=None, retired_by=None)
                | Q(retired_at__isnull=False, retired_by__isnull=False),
                name="contact_retired_by_somebody",
                violation_error_message=_("Say who marked it as no longer there, and when."),
            ),
            models.UniqueConstraint(
                fields=["partner", "likeness"],
                condition=Q(retired_at=None),
                name="contact_is_there_once",
                violation_error_message=_("This partner has that contact already."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        """Where it stands on its partner's page."""
        return f"{reverse('partners:detail', args=[self.partner.code])}#contact-{self.key}"

    def fold_names(self) -> None:
        """Fill the columns that search, order and likeness read. save() does; a bulk write must."""
        told = (self.name, self.post_en, self.post_fr)
        self.search_text = search_text_of(self)
        self.sort_en, self.sort_fr = (
            sort_key(self.name or self.post_en or self.post_fr, SORT_LENGTH),
            sort_key(self.name or self.post_fr or self.post_en, SORT_LENGTH),
        )
        # Digested: folded, a text can be longer than a database takes into an index.
        folded = "\n".join(fold(text) for text in told)
        self.likeness = hashlib.sha256(folded.encode()).hexdigest()

    def save(self, *args, **kwargs) -> None:
        self.fold_names()
        super().save(*args, **kwargs)

    @property
    def post(self) -> str:
        return in_language(self, "post")

    @property
    def other_post(self) -> Text | None:
        """The post in the language that is not the reader's, where both are given and differ."""
        other = text_in_language(self, "post", other_language())
        return other if other.language == other_language() and other.value != self.post else None

    @property
    def dialled(self) -> str:
        """The telephone number as a machine takes it; "" where words stand in it, an extension."""
        return re.sub(r"[^+\d]", "", self.phone) if DIALLED.fullmatch(self.phone) else ""

    @property
    def label(self) -> str:
        """Name and post: "A. Name, Director"; or the one there is."""
        return ", ".join(filter(None, (self.name, self.post)))

    @property
    def is_gone(self) -> bool:
        return self.retired_at is not None
