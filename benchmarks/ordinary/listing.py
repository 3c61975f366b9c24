"""The list: a QuerySet that is filtered by joins, a Paginator, and a GROUP BY for each facet."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F, Prefetch, Q, QuerySet, Sum
from django.http import QueryDict

from accounts.models import User
from engagements.kinds import Stage
from engagements.models import Alignment, Engagement, Participation
from objectives.models import Framework, FrameworkKind
from partners.models import Region

FILTERS = ("kind", "objective", "region", "q")
WORDS = ("title_en", "title_fr", "reference", "place", "purpose", "outcome")
OF_PARTNERS = ("name_en", "name_fr", "acronym_en", "acronym_fr")


def readable(user: User) -> QuerySet[Engagement]:
    return Engagement.objects.filter(
        (~Q(stage=Stage.DRAFT) & Q(sensitivity__lte=user.clearance))
        | Q(stage=Stage.DRAFT, logged_by=user)
    )


def found(user: User, data: QueryDict, *, but: str = "") -> QuerySet[Engagement]:
    """What the address asks for, one of its filters left aside."""
    engagements = readable(user)
    if (kinds := data.getlist("kind")) and but != "kind":
        engagements = engagements.filter(kind__in=kinds)
    if (codes := data.getlist("objective")) and but != "objective":
        engagements = engagements.filter(alignments__objective__code__in=codes)
    if (regions := data.getlist("region")) and but != "region":
        of_them = Q(countries__region__code__in=regions)
        engagements = engagements.filter(of_them | Q(countries__region__parent__code__in=regions))
    for word in data.get("q", "").split():
        engagements = engagements.filter(holds(word))
    return engagements.distinct()


def holds(word: str) -> Q:
    names = [*WORDS, *(f"partners__{name}" for name in OF_PARTNERS)]
    anywhere = Q()
    for name in names:
        anywhere |= Q(**{f"{name}__icontains": word})
    return anywhere


def page(user: User, data: QueryDict) -> dict[str, Any]:
    listed = found(user, data).exclude(stage=Stage.DRAFT)
    rows = listed.order_by(F("start_earliest").desc(nulls_last=True), "-pk")
    rows = rows.select_related("lead_office").prefetch_related(
        "countries",
        Prefetch("participations", Participation.objects.select_related("partner")),
        Prefetch("alignments", Alignment.objects.select_related("objective")),
    )
    return {
        "page": Paginator(rows, 25).get_page(1),
        "sums": sums(listed),
        "facets": [*plain_facets(user, data), *region_facet(user, data), *tags(user, data)],
    }


def sums(listed: QuerySet[Engagement]) -> dict[str, Any]:
    """Over its keys: a join would count an engagement once a row that it joined."""
    return Engagement.objects.filter(pk__in=listed.values("pk")).aggregate(
        actual=Sum("actual_cost"),
        actual_known=Count("actual_cost"),
        planned=Sum("planned_cost"),
        planned_known=Count("planned_cost"),
        people=Sum("csc_participants"),
        people_known=Count("csc_participants"),
    )


def plain_facets(user: User, data: QueryDict) -> list[tuple[str, str, int]]:
    of_any_kind = found(user, data, but="kind").exclude(stage=Stage.DRAFT)
    return counts("kind", of_any_kind, "kind") + counts("stage", found(user, data), "stage")


def counts(name: str, engagements: QuerySet[Engagement], column: str) -> list[tuple[str, str, int]]:
    rows = engagements.order_by().values(column).annotate(n=Count("pk", distinct=True))
    return [(name, row[column], row["n"]) for row in rows]


def region_facet(user: User, data: QueryDict) -> list[tuple[str, str, int]]:
    """By the large regions, which most countries are two steps below."""
    of_any = found(user, data, but="region").exclude(stage=Stage.DRAFT)
    among = Engagement.objects.filter(pk__in=of_any.values("pk"))
    return [
        (
            "region",
            region.code,
            among.filter(countries__region__in=beneath(region)).distinct().count(),
        )
        for region in Region.objects.filter(parent=None)
    ]


def beneath(region: Region) -> QuerySet[Region]:
    return Region.objects.filter(Q(pk=region.pk) | Q(parent=region) | Q(parent__parent=region))


def tags(user: User, data: QueryDict) -> list[tuple[str, str, int]]:
    """How many serve each objective, and none of each kind: a kind leaves its own choice aside."""
    codes = data.getlist("objective")
    chosen = set(
        Framework.objects.filter(objectives__code__in=codes).values_list("kind", flat=True)
    )
    made: list[tuple[str, str, int]] = []
    for kind in FrameworkKind.values:
        engagements = found(user, data, but="objective" if kind in chosen else "")
        among = Engagement.objects.filter(
            pk__in=engagements.exclude(stage=Stage.DRAFT).values("pk")
        )
        of_kind = Alignment.objects.filter(framework__kind=kind, engagement__in=among)
        rows = of_kind.values("objective__code").annotate(n=Count("engagement", distinct=True))
        made += [("objective", row["objective__code"], row["n"]) for row in rows]
        tagged = of_kind.values("engagement").distinct().count()
        made.append(("untagged", kind, among.count() - tagged))
    return made
