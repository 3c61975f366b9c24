from dashboards.metrics.completeness import untagged
from engagements.kinds import Stage
from engagements.models import Engagement
from objectives.models import FrameworkKind
from tests.factories import make_engagement, make_framework, make_objective


def test_counts_what_has_no_objective_of_a_kind_the_largest_gap_first():
    pillar = make_objective("P1", make_framework(kind=FrameworkKind.PILLAR))
    priority = make_objective("S1", make_framework(kind=FrameworkKind.PRIORITY))
    older = make_objective("M9", make_framework(kind=FrameworkKind.MANDATE, adopted=False))
    make_engagement(objectives=[pillar, priority])
    make_engagement(objectives=[pillar, older])
    make_engagement(objectives=[pillar], stage=Stage.DRAFT)

    found = untagged(Engagement.objects.counted())

    assert {one.kind.value: one.engagements.value for one in found.kinds} == {
        "pillar": 0, "priority": 1, "mandate": 1, "theme": 2, "sector": 2,
    }  # fmt: skip
    assert [one.kind.value for one in found.kinds][:2] == ["theme", "sector"]
    assert found.total.value == 2
    assert found.kinds[-1].share == 0
    assert found.kinds[0].share == 1


def test_of_no_engagements_nothing_is_missing(django_assert_num_queries):
    with django_assert_num_queries(2):
        found = untagged(Engagement.objects.counted())

    assert [one.share for one in found.kinds] == [0, 0, 0, 0, 0]
