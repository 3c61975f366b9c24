"""Conditions too long to stand in the QuerySet itself."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from engagements.kinds import GIVEN, RECEIVED, Kind
from engagements.models.hanging import HangingOn
from engagements.models.participation import Participation

# Given and received: one rule, asked of a participation or of an engagement


def was_given() -> Q:
    """On participations: CSC gave the partner something by it."""
    return _exchanged(GIVEN, Participation.ASKED)


def was_received() -> Q:
    """On participations: CSC received something from the partner by it."""
    return _exchanged(RECEIVED, Participation.ANSWERED)


def given_to_any(partners: Iterable[int]) -> Q:
    """On engagements: one of the partners was given something by it."""
    return _exchanged_with(partners, GIVEN, Participation.ASKED)


def received_from_any(partners: Iterable[int]) -> Q:
    """On engagements: something was received from one of the partners by it."""
    return _exchanged_with(partners, RECEIVED, Participation.ANSWERED)


def _exchanged(kinds: Iterable[str], roles: Iterable[str]) -> Q:
    return Q(engagement__kind__in=kinds) | Q(
        engagement__kind=Kind.INFORMATION_EXCHANGE, role__in=roles
    )


def _exchanged_with(partners: Iterable[int], kinds: Iterable[str], roles: Iterable[str]) -> Q:
    partners = tuple(partners)
    parts = Participation.objects.filter(engagement=OuterRef("pk"), partner__in=partners)
    taking_part = HangingOn(parts, name="partner", values=partners)
    return Q(taking_part, kind__in=kinds) | Q(
        Exists(parts.filter(role__in=roles)), kind=Kind.INFORMATION_EXCHANGE
    )
