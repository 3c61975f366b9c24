"""Frameworks that the dashboard sets against each other, and engagements that serve their objectives."""

from engagements.models import Engagement
from objectives.models import FrameworkKind, Objective
from tests.factories import make_engagement, make_framework, make_objective


def make_two_of_each() -> None:
    """A framework a kind, and two objectives in each: P1, P2 of the pillars, S1, S2 of the priorities, …"""
    for letter, kind in zip("PSMTJ", FrameworkKind, strict=True):
        framework = make_framework(f"FRAMEWORK-{letter}", kind)
        for number in (1, 2):
            make_objective(f"{letter}{number}", framework)


def serving(*codes: str, **kwargs) -> Engagement:
    objectives = [Objective.objects.get(code=code) for code in codes]
    return make_engagement(objectives=objectives, **kwargs)
