"""Many people log at once: each engagement has a number of its own, and a form sent twice is one."""

import datetime as dt
import re
import uuid

import pytest

from engagements.models import Engagement, ReferenceCounter
from tests.concurrency.visiting import Sending, send
from tests.serving.visitor import Answer, Told

NEW = "/en/engagements/new/"
FIRST_DAY = dt.date(2025, 4, 1)


def told(number: int) -> Told:
    """Enough to log, and like no other: no two share a title's words, or a partner on one day."""
    key = uuid.uuid4()
    day = FIRST_DAY + dt.timedelta(days=number % 365)
    sent = {
        "form_key": str(key),
        "kind": "outgoing-visit",
        "title_en": key.hex,
        "start_precision": "day",
        "start_year": str(day.year),
        "start_month": str(day.month),
        "start_day": str(day.day),
        "end_precision": "not-given",
        "lead_office": "IR",
        "sensitivity": "0",
        "text_language": "en",
        "approval": "unknown",
        "partner": ("UNODC", "ICPA")[number // 365],
        "role": "host",
        "objectives": "P1",
        "do": "log",
    }
    return {name: [value] for name, value in sent.items()}


def statuses(answers: list[list[list[Answer]]]) -> set[int]:
    return {answer.status for one in answers for copies in one for answer in copies}


def test_500_engagements_logged_at_once_are_each_numbered_once(
    server, crowd, people, reference_data
):
    forms = [told(number) for number in range(500)]
    sendings = [
        Sending(port=server.port, username=name, path=NEW, forms=forms[start :: len(people)])
        for start, name in enumerate(people)
    ]

    answers = crowd.each(send, sendings)

    assert statuses(answers) == {302}
    references = Engagement.objects.values_list("reference", flat=True)
    assert sorted(references) == [f"IE-2026-{number:04d}" for number in range(1, 501)]
    assert ReferenceCounter.objects.get(fiscal_year=2026).last == 500
    told_of = {found[0] for one in answers for (answer,) in one if (found := numbered(answer))}
    assert told_of == set(references)


def numbered(answer: Answer) -> list[str]:
    return re.findall(r"IE-2026-\d{4}", answer.location)


@pytest.mark.parametrize("do", ["log", "draft"])
def test_50_forms_sent_twice_at_the_same_moment_are_50_records(
    server, crowd, people, reference_data, do
):
    forms = [told(number) | {"do": [do]} for number in range(50)]
    sendings = [
        Sending(port=server.port, username=name, path=NEW, forms=forms[start::4], copies=2)
        for start, name in enumerate(people[:4])
    ]

    answers = crowd.each(send, sendings, threads=1)

    assert statuses(answers) == {302}
    assert Engagement.objects.count() == 50
    keys = {str(key) for key in Engagement.objects.values_list("form_key", flat=True)}
    assert keys == {form["form_key"][0] for form in forms}
    for one in answers:
        for first, second in one:
            assert first.location == second.location
    assert {record.participations.count() for record in Engagement.objects.all()} == {1}
    assert {record.alignments.count() for record in Engagement.objects.all()} == {1}
