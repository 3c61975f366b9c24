"""What engagements are tagged against: dated frameworks, their objectives, the crosswalk."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.bilingual import in_language
from common.models import Reference
from common.prepared import ask
from common.rows import fill


class FrameworkKind(models.TextChoices):
    PILLAR = "pillar", _("pillar")
    PRIORITY = "priority", _("strategic priority")
    MANDATE = "mandate", _("mandate item")
    THEME = "theme", _("policy theme")
    SECTOR = "sector", _("justice sector")


def kinds_in_order(path: str) -> models.Case:
    """Orders by kind as people name them (pillar first); `path` leads to the kind."""
    order = [
        models.When(**{path: kind}, then=place) for place, kind in enumerate(FrameworkKind.values)
    ]
    return models.Case(*order, output_field=models.IntegerField())


def objectives_in_order(prefix: str = "") -> list:
    """What to order by so that objectives read by kind, framework and position."""
    return [
        kinds_in_order(f"{prefix}framework__kind"),
        models.F(f"{prefix}framework__in_force_from").asc(nulls_first=True),
        f"{prefix}framework",
        f"{prefix}position",
    ]


class FrameworkQuerySet(models.QuerySet["Framework"]):
    def adopted(self) -> FrameworkQuerySet:
        return self.filter(adopted=True)

    def in_order(self) -> FrameworkQuerySet:
        """By kind as people name them (pillar first), then by date."""
        return self.order_by(
            kinds_in_order("kind"), models.F("in_force_from").asc(nulls_first=True), "code"
        )

    def in_force_on(self, day: dt.date) -> list[Framework]:
        """One framework a kind, in order: the adopted one that holds on `day`.

        The earliest adopted one of a kind also serves what is older than itself.
        """
        return in_force_among(self.adopted().in_order().prefetch_related("objectives"), day)


def in_force_on(day: dt.date) -> list[Framework]:
    """Of all frameworks, as Framework.objects.in_force_on."""
    found = ask("adopted frameworks", Framework.objects.adopted().in_order)
    of_each: dict[int, list[Objective]] = defaultdict(list)
    for objective in ask("objectives of adopted", _objectives_of_adopted):
        of_each[objective.framework_id].append(objective)
    for framework in found:
        for objective in of_each[framework.pk]:
            Objective._meta.get_field("framework").set_cached_value(objective, framework)
        fill(framework, "objectives", of_each[framework.pk])
    return in_force_among(found, day)


def _objectives_of_adopted() -> models.QuerySet[Objective]:
    return Objective.objects.filter(framework__adopted=True)


def in_force_among(frameworks: Iterable[Framework], day: dt.date) -> list[Framework]:
    """As in_force_on, of adopted frameworks in order that are at hand already."""
    chosen: dict[str, Framework] = {}
    for framework in frameworks:
        if framework.kind not in chosen or framework.starts_by(day):
            chosen[framework.kind] = framework
    return [
        f
        for f in chosen.values()
        if f.in_force_to is None or f.in_force_to >= day or not f.starts_by(day)
    ]


class Standing(StrEnum):
    """How a framework stands today."""

    IN_FORCE = "in-force"
    TO_COME = "to-come"
    ENDED = "ended"
    NOT_ADOPTED = "not-adopted"


class Framework(Reference):
    """A dated, published set of objectives. Never edited into its successor."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=FrameworkKind)
    title_en = models.CharField(_("title in English"), max_length=200)
    title_fr = models.CharField(_("title in French"), max_length=200)
    owner_en = models.CharField(_("owner in English"), max_length=200, blank=True)
    owner_fr = models.CharField(_("owner in French"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=300)
    official_en = models.BooleanField(_("the English wording is official"), default=False)
    official_fr = models.BooleanField(_("the French wording is official"), default=False)
    adopted = models.BooleanField(_("adopted"), default=False)
    adopted_at = models.DateTimeField(_("adopted at"), null=True, blank=True)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("adopted by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    in_force_from = models.DateField(
        _("in force from"),
        null=True,
        blank=True,
        help_text=_("Empty on an adopted framework: always."),
    )
    in_force_to = models.DateField(_("in force to"), null=True, blank=True)

    objects = FrameworkQuerySet.as_manager()

    class Meta:
        verbose_name = _("framework")
        verbose_name_plural = _("frameworks")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=FrameworkKind.values), name="framework_kind_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(in_force_to=None)
                | models.Q(in_force_from=None)
                | models.Q(in_force_to__gte=models.F("in_force_from")),
                name="framework_ends_after_it_begins",
                violation_error_message=_("The framework ends before it begins."),
            ),
            models.UniqueConstraint(
                fields=["kind", "in_force_from"],
                condition=models.Q(adopted=True),
                name="framework_one_a_kind_from_a_day",
                violation_error_message=_(
                    "Another framework of this kind is in force from that day."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("objectives:framework", args=[self.code])

    @property
    def title(self) -> str:
        return in_language(self, "title")

    @property
    def owner(self) -> str:
        return in_language(self, "owner")

    @property
    def standing(self) -> Standing:
        today = timezone.localdate()
        if not self.adopted:
            return Standing.NOT_ADOPTED
        if self.in_force_to is not None and self.in_force_to < today:
            return Standing.ENDED
        return Standing.IN_FORCE if self.starts_by(today) else Standing.TO_COME

    def starts_by(self, day: dt.date) -> bool:
        return self.in_force_from is None or self.in_force_from <= day


class ObjectiveQuerySet(models.QuerySet["Objective"]):
    def with_codes(self, codes: Iterable[str]) -> ObjectiveQuerySet:
        return self.filter(code__in=list(codes))

    def in_order(self) -> ObjectiveQuerySet:
        """As people read them: by kind (pillar first), framework, position."""
        return self.order_by(*objectives_in_order())


class Objective(Reference):
    """One entry of a framework: what an engagement is tagged against."""

    framework = models.ForeignKey(
        Framework, verbose_name=_("framework"), on_delete=models.PROTECT, related_name="objectives"
    )
    code = models.SlugField(_("code"), max_length=20, unique=True)
    position = models.PositiveSmallIntegerField(_("position"))
    wording_en = models.TextField(_("wording in English"))
    wording_fr = models.TextField(_("wording in French"))
    short_en = models.CharField(_("short name in English"), max_length=100)
    short_fr = models.CharField(_("short name in French"), max_length=100)
    # The crosswalk: which entry of an earlier framework this one follows.
    follows = models.ManyToManyField(
        "self", verbose_name=_("follows"), symmetrical=False, blank=True, related_name="followed_by"
    )

    objects = ObjectiveQuerySet.as_manager()

    class Meta:
        ordering = ["framework", "position"]
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "position"], name="objective_one_a_position"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.short}"

    def get_absolute_url(self) -> str:
        return reverse("objectives:detail", args=[self.code])

    @property
    def wording(self) -> str:
        return in_language(self, "wording")

    @property
    def short(self) -> str:
        return in_language(self, "short")

    @property
    def kind(self) -> str:
        return self.framework.kind
