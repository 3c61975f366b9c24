"""What a brief holds, gathered once for the page and for the document."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from accounts.models import User
from common.bilingual import Text, reader_language, text_in_language
from common.marking import marking_of
from dashboards import blocks
from dashboards.blocks import Scope
from dashboards.brief.shortening import shortened
from dashboards.brief.subject import Subject, subject_of
from dashboards.figures import Figure, figure
from dashboards.metrics.alignment import Matrix
from dashboards.metrics.volume import KeyFigures
from engagements.filters import EngagementFilter
from engagements.kinds import Stage
from engagements.models import Alignment, Engagement, EngagementQuerySet
from objectives.models import Framework, FrameworkKind, Objective

LATEST, COMING = 6, 4
# What a brief is asked about before all else.
FIRST = (FrameworkKind.PRIORITY, FrameworkKind.MANDATE)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An engagement as a brief tells it. `outcome`: shortened, in its own language; None if empty."""

    engagement: Engagement
    title: Text
    outcome: Text | None
    is_cut: bool

    @property
    def in_language(self) -> str:
        """Says so where the outcome is not in the reader's language."""
        if not self.outcome or self.outcome.language == reader_language():
            return ""
        return {"en": _("in English"), "fr": _("in French")}[self.outcome.language]

    @property
    def protected(self) -> str:
        """Its marking; "" where it has none."""
        level = self.engagement.sensitivity
        return self.engagement.get_sensitivity_display() if level else ""


@dataclass(frozen=True, kw_only=True)
class Served:
    """An objective and what serves it."""

    objective: Objective
    engagements: Figure


@dataclass(frozen=True, kw_only=True)
class ServedOf:
    """The objectives of one framework in force today."""

    framework: Framework
    objectives: list[Served]

    @property
    def served(self) -> list[Served]:
        """The most served first."""
        found = [one for one in self.objectives if one.engagements]
        return sorted(found, key=lambda one: -one.engagements.count)

    @property
    def never(self) -> list[Objective]:
        return [one.objective for one in self.objectives if not one.engagements]


@dataclass(frozen=True, kw_only=True)
class Brief:
    """`filters` are those the key figures count over, `scope.filters` those of all the rest.

    `matrix`: of a country and of the whole. `row`: of an objective, what serves it beside another
    framework's objectives. `served`: of every framework in force. `given`, `received`: of a partner.
    """

    scope: Scope
    subject: Subject
    total: Figure
    figures: KeyFigures
    filters: EngagementFilter
    matrix: Matrix | None
    row: ServedOf | None
    served: list[ServedOf]
    given: Figure | None
    received: Figure | None
    latest: list[Entry]
    coming: list[Entry]
    ahead: int

    @property
    def reader(self) -> User:
        return self.scope.filters.user

    @property
    def marking(self) -> int:
        """All that is shown is among what is counted."""
        return marking_of(blocks.counted(self.scope, "volume"))

    @property
    def never(self) -> list[Objective]:
        """Priorities and mandate items in force today that nothing here serves."""
        return [each for one in self.served if one.framework.kind in FIRST for each in one.never]

    @property
    def never_besides(self) -> list[Objective]:
        """The same of the other frameworks."""
        return [
            each for one in self.served if one.framework.kind not in FIRST for each in one.never
        ]


def brief_of(scope: Scope) -> Brief:
    """A fixed number of queries."""
    subject = subject_of(scope.filters)
    volume = blocks.volume(scope)
    served = served_by(scope)
    ahead = scope.engagements.planned().filter(Q(spans_to__gte=scope.today) | Q(spans_to=None))
    given, received = exchanged(scope, subject)
    return Brief(
        scope=scope,
        subject=subject,
        total=figure(scope.engagements.count()),
        figures=volume["figures"],
        filters=volume["filters"],
        matrix=matrix_of(scope) if subject.kind in {"", "country"} else None,
        row=row_of(subject.record, served) if subject.kind == "objective" else None,
        served=served,
        given=given,
        received=received,
        latest=entries(latest_of(scope)[:LATEST]),
        coming=entries(ahead.order_by(F("start_earliest").asc(nulls_last=True), "pk")[:COMING]),
        ahead=ahead.count(),
    )


def matrix_of(scope: Scope) -> Matrix | None:
    block = blocks.alignment(scope)
    return block["matrix"] if block else None


def served_by(scope: Scope) -> list[ServedOf]:
    """One query: how many serve each objective in force today."""
    rows = (
        Alignment.objects.filter(
            engagement__in=scope.engagements.order_by().values("pk"),
            framework__in=[framework.pk for framework in scope.frameworks],
        )
        .values_list("objective")
        .annotate(n=Count("engagement", distinct=True))
    )
    counts = dict(rows)
    return [
        ServedOf(
            framework=framework,
            objectives=[
                Served(objective=one, engagements=figure(counts.get(one.pk), objective=one))
                for one in framework.objectives.all()
                if one.retired_on is None or one.pk in counts
            ],
        )
        for framework in scope.frameworks
    ]


def row_of(objective: Objective, served: list[ServedOf]) -> ServedOf | None:
    """Beside the mandate's items; of a mandate item, beside the priorities."""
    is_mandate = objective.framework.kind == FrameworkKind.MANDATE
    kind = FrameworkKind.PRIORITY if is_mandate else FrameworkKind.MANDATE
    return next((one for one in served if one.framework.kind == kind), None)


def exchanged(scope: Scope, subject: Subject) -> tuple[Figure | None, Figure | None]:
    """Given to a partner with its bodies, and received from them."""
    if subject.kind != "partner":
        return None, None
    keys = subject.record.with_bodies_beneath()
    return (
        figure(scope.engagements.given_to(*keys).count(), given=subject.record),
        figure(scope.engagements.received_from(*keys).count(), received=subject.record),
    )


def latest_of(scope: Scope) -> EngagementQuerySet:
    """What was done or has begun, the latest first."""
    begun = Q(stage=Stage.COMPLETED) | Q(spans_from__lte=scope.today)
    return scope.engagements.filter(begun).newest_first()


def entries(engagements: Any) -> list[Entry]:
    return [entry(one) for one in engagements]


def entry(engagement: Engagement) -> Entry:
    text, is_cut = shortened(engagement.outcome)
    return Entry(
        engagement=engagement,
        title=text_in_language(engagement, "title"),
        outcome=Text(text, engagement.text_language) if text else None,
        is_cut=is_cut,
    )
