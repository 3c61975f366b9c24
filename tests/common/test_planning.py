"""What is asked again and again finds what it always found; PostgreSQL thinks it over once a connection."""

import datetime as dt
import itertools
import os
import subprocess
import sys
import uuid

import pytest
from django.db import connection, models, transaction
from django.db.models import Value

from common.planning import MOST, Statement
from common.prepared import ask
from engagements.models import Engagement
from tests.factories import make_engagement

pytestmark = pytest.mark.django_db
shapes = itertools.count()
# The first is asked plainly, the second is prepared, and from the sixth on PostgreSQL need not plan.
TIMES = 8


def executed(statement: Statement, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def test_the_same_is_found_time_and_again():
    made = [make_engagement() for _ in range(3)]
    shape = next(shapes)

    for _ in range(TIMES):
        for one in made:
            found = ask(("planned", shape), by_reference, reference=one.reference)
            assert [each.pk for each in found] == [one.pk]


def by_reference(reference: str) -> models.QuerySet:
    return Engagement.objects.filter(reference=reference)


def test_what_is_the_same_each_time_tells_statements_apart():
    """The clearance of who asks is none of the values: 0 is not 2, though the words are the same."""
    statement = "SELECT reference FROM engagements_engagement WHERE id = %s AND sensitivity <= %s"
    secret = make_engagement(sensitivity=2)

    for _ in range(TIMES):
        assert executed(Statement(statement, ["id", None]), secret.pk, 0) == []
        assert executed(Statement(statement, ["id", None]), secret.pk, 2) == [(secret.reference,)]


def test_each_value_is_of_its_kind():
    key, number = uuid.uuid4(), next(shapes)
    engagement = make_engagement(title_en="100 % 'sure' of \\ it", form_key=key)
    at = Engagement.objects.get().logged_at
    earlier, later = at - dt.timedelta(days=9), at + dt.timedelta(days=9)

    def kept(key: uuid.UUID, since: dt.datetime, record: int) -> models.QuerySet:
        return Engagement.objects.filter(form_key=key, logged_at__gte=since, pk=record)

    def titled(title: str) -> models.QuerySet:
        return Engagement.objects.filter(title_en=title)

    def found(key: uuid.UUID, since: dt.datetime, record: int) -> list[Engagement]:
        return ask(("kinds", number), kept, key=key, since=since, record=record)

    def called(title: str) -> list[Engagement]:
        return ask(("titled", number), titled, title=title)

    for _ in range(TIMES):
        assert found(key, at, engagement.pk) == found(key, earlier, engagement.pk) == [engagement]
        assert found(uuid.uuid4(), at, engagement.pk) == []
        assert found(key, later, engagement.pk) == []
        assert found(key, at, 2**40) == []
        assert called(engagement.title_en) == [engagement]
        assert called("100 % 'sure'") == []


def test_a_sign_that_is_written_twice_stands_once():
    for number in range(TIMES):
        assert executed(Statement("SELECT 7 %% 4, '%%' WHERE %s < 100", ["number"]), number) == [
            (3, "%")
        ]


def test_more_than_are_kept_are_asked_all_the_same():
    engagement = make_engagement()

    def told(number: int):
        def build(key: int) -> models.QuerySet:
            return Engagement.objects.filter(pk=key).values_list(Value(number), "pk")

        return build

    numbers = range(MOST + 5)
    for number in [*numbers, *numbers, *numbers]:
        found = ask(("more", number), told(number), key=engagement.pk)
        assert found == [(number, engagement.pk)]


def test_what_was_prepared_outlives_what_is_taken_back():
    engagement, shape = make_engagement(), next(shapes)

    def look() -> list[Engagement]:
        return ask(("back", shape), by_reference, reference=engagement.reference)

    assert look() == [engagement]
    with transaction.atomic():
        assert look() == [engagement]
        transaction.set_rollback(True)
    assert look() == look() == [engagement]


if connection.vendor == "postgresql":

    def prepared() -> dict[str, str]:
        """Statements by their names."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, statement FROM pg_prepared_statements")
            return dict(cursor.fetchall())

    def test_the_second_time_it_is_prepared_with_its_values_left_open():
        statement = "SELECT reference FROM engagements_engagement WHERE id = %s AND stage <> %s"
        before = prepared()

        executed(Statement(statement, ["id", None]), 1, "a draft")
        assert prepared() == before
        for key in range(TIMES):
            executed(Statement(statement, ["id", None]), key, "a draft")

        ((_, made),) = set(prepared().items()) - set(before.items())
        assert "id = $1" in made
        assert "'a draft'" in made

    def test_no_more_are_prepared_than_are_kept_and_those_asked_last():
        statement = Statement("SELECT 'always' WHERE 1 = %s", ["one"])
        for _ in range(2):
            executed(statement, 1)
        (always,) = [one for one in prepared().items() if "'always'" in one[1]]

        for number in [n for n in range(MOST + 20) for _ in range(2)]:
            executed(Statement(f"SELECT {number} WHERE 1 = %s", ["one"]), 1)
            executed(statement, 1)

        assert len(prepared()) == MOST
        assert always in prepared().items()

    def test_what_is_read_lot_by_lot_is_asked_plainly():
        statement = Statement("SELECT generate_series(1, %s)", ["last"])
        for last in range(2, 5):
            with transaction.atomic(), connection.chunked_cursor() as cursor:
                cursor.execute(statement, [last])
                assert cursor.fetchall() == [(n,) for n in range(1, last + 1)]


def test_nothing_is_prepared_behind_a_pooler():
    told = "from django.conf import settings as s; d = s.DATABASES['default'];"
    command = f"{told} print(d['DISABLE_SERVER_SIDE_CURSORS'], sorted(d.get('OPTIONS', ())))"

    def settings(**environment: str) -> str:
        asked = os.environ | {"DATABASE_URL": "postgres://somewhere/else"} | environment
        asked |= {"DJANGO_SETTINGS_MODULE": "config.settings.base"}
        ended = subprocess.run(
            [sys.executable, "-c", command], env=asked, capture_output=True, text=True, check=True
        )
        return ended.stdout.strip()

    assert settings() == "False ['connection_factory', 'cursor_factory']"
    assert settings(DATABASE_POOLED="true") == "True []"
