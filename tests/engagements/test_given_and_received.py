"""What CSC gave a partner and what it received from one, as the kind of an engagement and a role tell."""

import pytest

from engagements.kinds import Kind
from engagements.models import Engagement, Participation
from engagements.queries import was_given, was_received
from tests.factories import make_engagement, make_partner

Role = Participation.PartnerRole
GIVEN = {
    Kind.INCOMING_VISIT,
    Kind.TRAINING_DELIVERED,
    Kind.TECHNICAL_ASSISTANCE,
    Kind.NEEDS_ASSESSMENT,
    Kind.DEPLOYMENT,
    Kind.PEACE_OPERATION,
}
RECEIVED = {Kind.OUTGOING_VISIT, Kind.TRAINING_RECEIVED}


@pytest.fixture
def unodc():
    return make_partner("UNODC")


def with_role(partner, role, kind=Kind.INFORMATION_EXCHANGE):
    engagement = make_engagement(kind=kind)
    Participation.objects.create(engagement=engagement, partner=partner, role=role)
    return engagement


def given(*partners):
    return set(Engagement.objects.given_to(*(partner.pk for partner in partners)))


def received(*partners):
    return set(Engagement.objects.received_from(*(partner.pk for partner in partners)))


def test_each_kind_is_given_received_or_done_together(unodc):
    made = {kind: with_role(unodc, Role.PARTICIPANT, kind) for kind in Kind}

    assert given(unodc) == {made[kind] for kind in GIVEN}
    assert received(unodc) == {made[kind] for kind in RECEIVED}


def test_whoever_asked_in_an_information_exchange_was_given_the_answer(unodc):
    made = {role: with_role(unodc, role) for role in Role}

    assert given(unodc) == {made[Role.REQUESTER]}
    assert received(unodc) == {made[Role.IMPLEMENTER], made[Role.HOST]}


def test_roles_tell_nothing_of_a_visit(unodc):
    visits = {with_role(unodc, role, Kind.INCOMING_VISIT) for role in Role}

    assert given(unodc) == visits
    assert received(unodc) == set()


def test_what_another_partner_asked_was_not_given_to_this_one(unodc):
    undp = make_partner("UNDP")
    exchange = with_role(undp, Role.REQUESTER)
    exchange.participations.create(partner=unodc, role=Role.HOST)

    assert (given(unodc), received(unodc)) == (set(), {exchange})
    assert (given(undp), received(undp)) == ({exchange}, set())
    assert (given(undp, unodc), received(undp, unodc)) == ({exchange}, {exchange})


def test_a_partner_with_two_parts_finds_it_once(unodc):
    visit = with_role(unodc, Role.HOST, Kind.INCOMING_VISIT)
    visit.participations.create(partner=unodc, role=Role.FUNDER)

    assert list(Engagement.objects.given_to(unodc.pk)) == [visit]


def test_of_no_partner_at_all_there_is_nothing(unodc):
    with_role(unodc, Role.HOST, Kind.INCOMING_VISIT)

    assert (given(), received()) == (set(), set())


def test_asked_of_participations_the_rule_is_the_same(unodc):
    for kind in Kind:
        for role in Role:
            with_role(unodc, role, kind)

    by_parts = {
        part.engagement
        for part in Participation.objects.filter(was_given()).select_related("engagement")
    }

    assert by_parts == given(unodc)
    assert {part.engagement for part in Participation.objects.filter(was_received())} == received(
        unodc
    )
