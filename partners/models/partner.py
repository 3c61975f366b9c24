"""Partners in a hierarchy, under their names of the day; and where they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.bilingual import in_language
from common.models import Reference
from common.search.asking import asked
from common.search.names import Names, names_of
from common.text import binary_order, fold, fold_all, sort_key

SORT_LENGTH = 300
# What an index of names calls those of a partner.
PARTNER = "partner"

PARTIAL_DATE = RegexValidator(
    r"^(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$",
    _("Give a year, a month or a day: 2002, 2002-10 or 2002-10-01."),
)


def keys_beneath(records: models.QuerySet, roots: Iterable[int]) -> set[int]:
    """Primary keys of the roots and of all that stand under them (records have a `parent`).

    One query whatever the depth.
    """
    return beneath(parts_of(records), roots)


def parts_of(records: models.QuerySet) -> dict[int, list[int]]:
    """The primary keys of those directly under each record; one query."""
    under: dict[int, list[int]] = {}
    for pk, parent in records.exclude(parent=None).order_by().values_list("pk", "parent"):
        under.setdefault(parent, []).append(pk)
    return under


def beneath(under: Mapping[int, Iterable[int]], roots: Iterable[int]) -> set[int]:
    """The roots and all under them, by what is directly under each."""
    found: set[int] = set()
    layer = list(roots)
    while layer:
        found.update(layer)
        layer = [pk for parent in layer for pk in under.get(parent, []) if pk not in found]
    return found


class Region(Reference):
    """A region or subregion of the United Nations' M49 standard."""

    code = models.CharField(_("M49 code"), max_length=3, unique=True)
    name_en = models.CharField(_("name in English"), max_length=100)
    name_fr = models.CharField(_("name in French"), max_length=100)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
    )

    class Meta:
        ordering = ["code"]
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self, "name")


class Country(Reference):
    """ISO 3166 with Kosovo (XK), under the names the Government of Canada uses."""

    iso2 = models.CharField(_("ISO code"), max_length=2, unique=True)
    iso3 = models.CharField(_("ISO code of three letters"), max_length=3, blank=True)
    m49 = models.CharField(_("M49 code"), max_length=3, blank=True)
    name_en = models.CharField(_("name in English"), max_length=100)
    name_fr = models.CharField(_("name in French"), max_length=100)
    region = models.ForeignKey(
        Region,
        verbose_name=_("region"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="countries",
    )
    search_text = models.TextField(editable=False, default="")
    sort_en = models.CharField(max_length=100, editable=False, default="")
    sort_fr = models.CharField(max_length=100, editable=False, default="")

    class Meta:
        ordering = ["iso2"]
        verbose_name = _("country")
        verbose_name_plural = _("countries")

    def __str__(self) -> str:
        return self.name

    def fold_names(self) -> None:
        """Fill the columns that search and order read. save() does; a bulk write must."""
        self.search_text = fold_all(self.name_en, self.name_fr, self.iso2, self.iso3)
        self.sort_en, self.sort_fr = sort_key(self.name_en, 100), sort_key(self.name_fr, 100)

    def save(self, *args, **kwargs) -> None:
        self.fold_names()
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        return in_language(self, "name")


def names_now() -> Names:
    """The names of all partners, former ones too, by ("partner", key)."""
    rows = Partner.objects.order_by().values_list("pk", "search_text")
    former = FormerName.objects.order_by().values_list("partner", "search_text")
    found = rows.union(former, all=True)
    return names_of(tuple(((PARTNER, key), text) for key, text in found), by_stem=False)


def _line(folded: str) -> models.Q:
    """Whether this is one of the lines of a search text; the last of them is the code."""
    inside = models.Q(search_text__contains=f"\n{folded}\n")
    first = models.Q(search_text__startswith=f"{folded}\n")
    return inside | first | models.Q(search_text__endswith=f"\n{folded}")


class PartnerQuerySet(models.QuerySet["Partner"]):
    def active(self) -> PartnerQuerySet:
        return self.filter(archived_at=None)

    def matching(self, text: str, names: Names | None = None) -> PartnerQuerySet:
        """Partners of whom every word is a name, acronym or former name, in either language.

        Words in any order, "phrases", -without; the last may go on; slips are forgiven where nobody is called
        so. Signs that are no words find nobody; nothing typed asks for nothing. `names` are those of today,
        where they have been read.
        """
        found = asked(text)
        if not found.terms:
            return self if found.is_blank else self.none()
        called = (names or names_now()).all_of(found)
        return self.filter(pk__in=[pk for of, pk in called if of == PARTNER])

    def called(self, text: str) -> Partner | None:
        """The one with this whole name or acronym, or both as its label has them; accents and case aside."""
        wanted = fold(text)
        lines = _line(wanted) | _line(wanted.rpartition(" (")[0] or wanted)
        same = [
            partner
            for partner in self.filter(lines)[:50]
            if wanted in {fold(partner.label), *partner.search_text.split("\n")}
        ]
        return same[0] if wanted and len(same) == 1 else None

    def by_name(self, language: str) -> PartnerQuerySet:
        return self.order_by(binary_order(f"sort_{language}"), "pk")


class Partner(Reference):
    """An organization CSC engages with; may have a parent (UNODC under the United Nations)."""

    class Kind(models.TextChoices):
        UN = "un", _("UN system")
        MULTILATERAL = "multilateral", _("Regional or multilateral organization")
        FOREIGN_GOVERNMENT = "foreign_government", _("Foreign government")
        CANADIAN_GOVERNMENT = "canadian_government", _("Canadian government")
        NGO = "ngo", _("NGO or professional body")
        ACADEMIC = "academic", _("Academic")

    retired_on = None  # a partner is archived, with a reason

    code = models.SlugField(_("code"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name_en = models.CharField(_("name in English"), max_length=300, blank=True)
    name_fr = models.CharField(_("name in French"), max_length=300, blank=True)
    acronym_en = models.CharField(_("acronym in English"), max_length=40, blank=True)
    acronym_fr = models.CharField(_("acronym in French"), max_length=40, blank=True)
    name_own = models.CharField(_("name in its own language"), max_length=300, blank=True)
    own_language = models.CharField(_("its own language (code)"), max_length=12, blank=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="bodies",
    )
    country = models.ForeignKey(
        Country,
        verbose_name=_("country"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="partners",
    )
    seat_en = models.CharField(_("seat in English"), max_length=100, blank=True)
    seat_fr = models.CharField(_("seat in French"), max_length=100, blank=True)
    in_police = models.BooleanField(_("police"), default=False)
    in_courts = models.BooleanField(_("courts"), default=False)
    in_corrections = models.BooleanField(_("corrections"), default=False)
    website = models.URLField(_("website"), max_length=300, blank=True)
    crs_code = models.CharField(_("CRS channel code"), max_length=10, blank=True)
    existed_from = models.CharField(
        _("exists since"), max_length=10, blank=True, validators=[PARTIAL_DATE]
    )
    existed_until = models.CharField(
        _("existed until"), max_length=10, blank=True, validators=[PARTIAL_DATE]
    )
    verified_on = models.DateField(_("last verified"), null=True, blank=True)
    archived_at = models.DateTimeField(_("archived at"), null=True, blank=True, editable=False)
    archived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    archive_reason = models.CharField(_("why it is archived"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    # Grows with every change: a save on a version that has moved on is refused.
    version = models.PositiveIntegerField(default=1, editable=False)
    search_text = models.TextField(editable=False, default="")
    sort_en = models.CharField(max_length=SORT_LENGTH, editable=False, default="")
    sort_fr = models.CharField(max_length=SORT_LENGTH, editable=False, default="")

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(name_en="", name_fr=""),
                name="partner_has_a_name",
                violation_error_message=_("Give the partner a name in English or in French."),
            ),
            models.CheckConstraint(
                condition=~models.Q(pk=models.F("parent")), name="partner_is_not_its_own_parent"
            ),
            models.CheckConstraint(
                condition=models.Q(archived_at=None) | ~models.Q(archive_reason=""),
                name="partner_archived_with_a_reason",
                violation_error_message=_("Say why the partner is archived."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("partners:detail", args=[self.code])

    def fold_names(self) -> None:
        """Fill the columns that search and order read. save() does; a bulk write must."""
        names = (
            self.name_en,
            self.name_fr,
            self.acronym_en,
            self.acronym_fr,
            self.name_own,
            self.code,
        )
        self.search_text = fold_all(*names)
        self.sort_en, self.sort_fr = (
            # A folded name can be longer than the name: ß becomes ss.
            sort_key(self.name_en or self.name_fr, SORT_LENGTH),
            sort_key(self.name_fr or self.name_en, SORT_LENGTH),
        )

    def save(self, *args, **kwargs) -> None:
        self.fold_names()
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        return in_language(self, "name")

    @property
    def acronym(self) -> str:
        return in_language(self, "acronym")

    @property
    def label(self) -> str:
        """Name and acronym: "United Nations Office on Drugs and Crime (UNODC)"."""
        return f"{self.name} ({self.acronym})" if self.acronym else self.name

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None

    def name_on(self, day: dt.date | None) -> FormerName | Partner:
        """What it was called on `day`: a former name then in use, or the partner itself."""
        if day is not None:
            for former in self.former_names.all():
                if former.in_use_on(day):
                    return former
        return self

    def with_bodies_beneath(self) -> set[int]:
        """Primary keys of the partner and of everything under it, however deep."""
        return keys_beneath(Partner.objects.all(), {self.pk})


class FormerName(models.Model):
    """A name a partner had, with the dates it was in use as far as known."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="former_names")
    name_en = models.CharField(_("name in English"), max_length=300, blank=True)
    name_fr = models.CharField(_("name in French"), max_length=300, blank=True)
    acronym_en = models.CharField(_("acronym in English"), max_length=40, blank=True)
    acronym_fr = models.CharField(_("acronym in French"), max_length=40, blank=True)
    used_from = models.CharField(
        _("in use from"), max_length=10, blank=True, validators=[PARTIAL_DATE]
    )
    used_until = models.CharField(
        _("in use until"), max_length=10, blank=True, validators=[PARTIAL_DATE]
    )
    search_text = models.TextField(editable=False, default="")

    class Meta:
        ordering = ["-used_until", "pk"]
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(name_en="", name_fr="", acronym_en="", acronym_fr=""),
                name="former_name_is_not_empty",
                violation_error_message=_("Give the former name in English or in French."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def fold_names(self) -> None:
        self.search_text = fold_all(self.name_en, self.name_fr, self.acronym_en, self.acronym_fr)

    def save(self, *args, **kwargs) -> None:
        self.fold_names()
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        return in_language(self, "name")

    @property
    def acronym(self) -> str:
        return in_language(self, "acronym")

    @property
    def label(self) -> str:
        if self.name and self.acronym:
            return f"{self.name} ({self.acronym})"
        return self.name or self.acronym

    def in_use_on(self, day: dt.date) -> bool:
        """Whether it was in use on `day`; a name with no end is never sure to have been."""
        text = day.isoformat()
        # Partial dates compare as text: "2013-06" holds every day of its month.
        return (
            bool(self.used_until)
            and self.used_from <= text[:10]
            and text[: len(self.used_until)] <= self.used_until
        )
