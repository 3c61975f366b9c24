"""What a brief holds, gathered once for the page and for the document."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from common.bilingual import Text, reader_language, text_in_language
from dashboards import blocks
from dashboards.axes import AS_TAGGED, Axis, Reading, in_words_of
from dashboards.blocks import Scope
from dashboards.brief.shortening import shortened
from dashboards.brief.subject import Subject, subject_of
from dashboards.figures import PLANNED, Figure, figure
from dashboards.metrics.alignment import Matrix
from dashboards.metrics.mapping import Mapped, mapped
from dashboards.metrics.volume import KeyFigures
from engagements import counting
from engagements.filters import EngagementFilter
from engagements.gaps import Gap
from engagements.kinds import Stage
from engagements.models import Engagement, EngagementQuerySet
from objectives.models import Framework, FrameworkKind, Objective

LATEST, COMING, OVERDUE = 6, 4, 3
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
    """The objectives of one framework. `is_among_others`: its kind is read under several sets."""

    framework: Framework
    objectives: list[Served]
    is_among_others: bool = False
    is_in_force: bool = True

    @property
    def label(self) -> str:
        """Its kind; of several sets each by name, the one in force with the day since when."""
        if not self.is_among_others:
            return capfirst(self.framework.get_kind_display())
        since = self.framework.in_force_from
        if not self.is_in_force or since is None:
            return self.framework.title
        words = {"framework": self.framework.title, "day": since.isoformat()}
        return _("%(framework)s, since %(day)s") % words

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
    framework's objectives. `served`: of every framework in force, in the words chosen. `mapped`: what
    today's words do to it. `given`, `received`: of a partner. `overdue`: the latest `all_overdue`.
    """

    scope: Scope
    subject: Subject
    total: Figure
    figures: KeyFigures
    filters: EngagementFilter
    matrix: Matrix | None
    row: ServedOf | None
    served: list[ServedOf]
    mapped: list[Mapped]
    given: Figure | None
    received: Figure | None
    latest: list[Entry]
    coming: list[Entry]
    ahead: int
    overdue: list[Entry]
    all_overdue: Figure

    @property
    def reader(self) -> User:
        return self.scope.filters.user

    @property
    def marking(self) -> int:
        """All that is shown is among what is counted."""
        return counting.highest_sensitivity(*blocks.counted(self.scope, "volume"))

    @property
    def never(self) -> list[Objective]:
        """Priorities and mandate items in force today that nothing here serves."""
        return [each for one in self._alone if one.framework.kind in FIRST for each in one.never]

    @property
    def never_besides(self) -> list[Objective]:
        """The same of the other frameworks."""
        return [
            each for one in self._alone if one.framework.kind not in FIRST for each in one.never
        ]

    @property
    def _alone(self) -> list[ServedOf]:
        """Of a set among others, what is tagged under the others might be meant."""
        return [one for one in self.served if not one.is_among_others]

    @property
    def has_words(self) -> bool:
        """Whether it would read otherwise in other words."""
        return bool(self.mapped or self.scope.earlier_kinds)


def brief_of(scope: Scope) -> Brief:
    """A fixed number of queries."""
    subject = subject_of(scope.filters)
    volume = blocks.volume(scope)
    reading = reading_of(scope)
    served = served_by(scope, reading)
    overdue = scope.engagements.overdue(scope.today)
    ahead = scope.engagements.planned().filter(Q(spans_to__gte=scope.today) | Q(spans_to=None))
    given, received = exchanged(scope, subject)
    return Brief(
        scope=scope,
        subject=subject,
        total=figure(counting.count(scope.engagements)),
        figures=volume["figures"],
        filters=volume["filters"],
        matrix=matrix_of(scope) if subject.kind in {"", "country"} else None,
        row=row_of(subject.record, served) if subject.kind == "objective" else None,
        served=served,
        mapped=mapping(scope, reading),
        given=given,
        received=received,
        latest=entries(newest(latest_of(scope), LATEST)),
        coming=entries(oldest(ahead, COMING)),
        ahead=counting.count(ahead),
        overdue=entries(newest(overdue, OVERDUE)),
        all_overdue=figure(counting.count(overdue), stage=PLANNED, gap=Gap.LATE.value),
    )


def matrix_of(scope: Scope) -> Matrix | None:
    block = blocks.alignment(scope)
    return block["matrix"] if block else None


def reading_of(scope: Scope) -> Reading:
    """In whose words all frameworks in force are read, not only those that the matrix shows."""
    if not scope.reads_today({framework.kind for framework in scope.frameworks}):
        return AS_TAGGED
    return in_words_of(axes_in_force(scope), scope.crosswalk)


def axes_in_force(scope: Scope) -> list[Axis]:
    return [Axis(frameworks=(framework,)) for framework in scope.frameworks]


def mapping(scope: Scope, reading: Reading) -> list[Mapped]:
    """What today's words do, of each kind that has tags of earlier sets."""
    if reading.heirs is None:
        return []
    return mapped(
        scope.as_tagged,
        scope.tags,
        axes_in_force(scope),
        scope.every_framework,
        scope.crosswalk,
        reading,
    )


def served_by(scope: Scope, reading: Reading) -> list[ServedOf]:
    """How many serve each objective of the sets in force; as tagged then, of the earlier ones too."""
    heirs = reading.heirs
    counts = scope.tags if heirs is None else scope.as_tagged.in_words(heirs).tags()
    several = scope.earlier_kinds if heirs is None else frozenset()
    shown = [
        one
        for one in scope.every_framework
        if (one in scope.frameworks and one.kind not in several)
        or (one.kind in several and any(counts[each.pk] for each in one.objectives.all()))
    ]
    kinds = [framework.kind for framework in scope.frameworks]
    return [
        ServedOf(
            framework=framework,
            objectives=[
                Served(objective=one, engagements=reading.figure(counts[one.pk], one))
                for one in framework.objectives.all()
                if one.retired_on is None or counts[one.pk]
            ],
            is_among_others=framework.kind in several,
            is_in_force=framework in scope.frameworks,
        )
        for framework in sorted(shown, key=lambda one: kinds.index(one.kind))
    ]


def row_of(objective: Objective, served: list[ServedOf]) -> ServedOf | None:
    """Beside the mandate's items; of a mandate item, beside the priorities."""
    is_mandate = objective.framework.kind == FrameworkKind.MANDATE
    kind = FrameworkKind.PRIORITY if is_mandate else FrameworkKind.MANDATE
    of_kind = [one for one in served if one.framework.kind == kind]
    # Of several sets the one that says most.
    return max(of_kind, key=lambda one: len(one.served), default=None)


def exchanged(scope: Scope, subject: Subject) -> tuple[Figure | None, Figure | None]:
    """Given to a partner with its bodies, and received from them."""
    if subject.kind != "partner":
        return None, None
    keys = subject.record.with_bodies_beneath()
    return (
        figure(counting.count(scope.engagements.given_to(*keys)), given=subject.record),
        figure(counting.count(scope.engagements.received_from(*keys)), received=subject.record),
    )


def latest_of(scope: Scope) -> EngagementQuerySet:
    """What was done or is going on, not what nobody said was done."""
    going_on = Q(spans_to__gte=scope.today) | Q(spans_to=None)
    begun = Q(stage=Stage.COMPLETED) | Q(spans_from__lte=scope.today) & going_on
    return scope.engagements.filter(begun)


def newest(engagements: EngagementQuerySet, number: int) -> EngagementQuerySet:
    found = counting.first(engagements, "start_earliest", number, largest=True)
    return found.newest_first()[:number]


def oldest(engagements: EngagementQuerySet, number: int) -> EngagementQuerySet:
    found = counting.first(engagements, "start_earliest", number)
    return found.order_by(F("start_earliest").asc(nulls_last=True), "pk")[:number]


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
