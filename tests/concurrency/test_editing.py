"""Many people change the same few records at once: whatever was acknowledged is there."""

from collections import Counter

from accounts.models import Role
from engagements.models import Alignment, Engagement
from objectives.models import Objective
from partners.models import Partner
from tests.concurrency.visiting import Done, Errand, edit_until_saved
from tests.factories import make_engagement, make_user

EDITORS = 8


def engagements(number: int) -> list[Engagement]:
    author = make_user("author", Role.STAFF)
    return [
        make_engagement(
            logged_by=author,
            partners=Partner.objects.order_by("code"),
            objectives=Objective.objects.filter(code="P1"),
        )
        for _number in range(number)
    ]


def marks_of(errands: list[Errand]) -> list[str]:
    return sorted(mark for errand in errands for mark in errand.marks)


def acknowledged(done: list[Done]) -> list[str]:
    return sorted(mark for one in done for mark in one.marks)


def statuses(done: list[Done]) -> Counter:
    return sum((Counter(one.statuses) for one in done), Counter())


def test_of_200_conflicting_edits_of_five_engagements_none_is_lost(
    server, crowd, people, reference_data
):
    records = engagements(5)
    errands = [
        Errand(
            port=server.port,
            username=people[number],
            path=f"/en/engagements/{records[number % 5].reference}/edit/",
            name="purpose",
            marks=[f"m{number}x{turn}" for turn in range(25)],
            more={"do": ["save"]},
        )
        for number in range(EDITORS)
    ]

    done = crowd.each(edit_until_saved, errands)

    kept = [
        word for record in records for word in Engagement.objects.get(pk=record.pk).purpose.split()
    ]
    assert len(acknowledged(done)) == 200
    assert sorted(kept) == acknowledged(done) == marks_of(errands)
    assert statuses(done)[409] > 0, "nobody was ever in anybody's way: this proves nothing"
    assert set(statuses(done)) == {302, 409}
    assert versions(records) == [1 + 50] * 3 + [1 + 25] * 2
    assert [record.partners.count() for record in records] == [2] * 5


def versions(records: list[Engagement]) -> list[int]:
    return [Engagement.objects.get(pk=record.pk).version for record in records]


def test_edits_and_alignments_of_one_engagement_at_once_lose_neither(
    server, crowd, people, reference_data
):
    (record,) = engagements(1)
    edit, align = (f"/en/engagements/{record.reference}/{verb}/" for verb in ("edit", "align"))
    fields = [(edit, "outcome", {"do": ["save"]}), (align, "reason-P1", {})]
    errands = [
        Errand(
            port=server.port,
            username=people[number],
            path=fields[number % 2][0],
            name=fields[number % 2][1],
            marks=[f"m{number}x{turn}" for turn in range(6)],
            more=fields[number % 2][2],
        )
        for number in range(4)
    ]

    done = crowd.each(edit_until_saved, errands)

    record.refresh_from_db()
    reason = Alignment.objects.get(engagement=record).reason
    assert acknowledged(done) == marks_of(errands)
    assert sorted([*record.outcome.split(), *reason.split()]) == marks_of(errands)
    assert set(statuses(done)) == {302, 409}


def test_conflicting_edits_of_two_partners_lose_nothing(server, crowd, reference_data):
    for number in range(4):
        make_user(f"administrator{number}", Role.ADMINISTRATOR)
    errands = [
        Errand(
            port=server.port,
            username=f"administrator{number}",
            path=f"/en/partners/{('UNODC', 'ICPA')[number % 2]}/edit/",
            name="seat_en",
            marks=[f"{'abcd'[number]}{turn}" for turn in range(8)],
        )
        for number in range(4)
    ]

    done = crowd.each(edit_until_saved, errands)

    kept = [word for partner in Partner.objects.all() for word in partner.seat_en.split()]
    assert acknowledged(done) == marks_of(errands)
    assert sorted(kept) == marks_of(errands)
    assert statuses(done)[409] > 0
    assert set(statuses(done)) == {302, 409}
