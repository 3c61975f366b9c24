import datetime as dt
import itertools
import threading

import pytest
from django.db import connection, models
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from accounts.models import Sensitivity, User
from common.prepared import LONG, ask, ask_for, rights_of
from engagements.models import Alignment, Engagement
from tests.factories import make_engagement, make_user

pytestmark = pytest.mark.django_db


class Shape:
    """Asks, and counts how often the query was built. Each test has a shape of its own."""

    numbers = itertools.count()

    def __init__(self, build) -> None:
        self.build, self.built, self.number = build, 0, next(self.numbers)

    def _build(self, **values):
        self.built += 1
        return self.build(**values)

    def ask(self, **values):
        return ask(("tried", self.number), self._build, **values)


def by_reference(reference: str) -> models.QuerySet:
    return Engagement.objects.select_related("lead_office").filter(reference=reference)


def test_finds_what_the_query_finds_and_builds_it_once():
    first, second = make_engagement(), make_engagement()
    shape = Shape(by_reference)

    for one in (first, second, first):
        (found,) = shape.ask(reference=one.reference)
        (plain,) = by_reference(one.reference)
        assert vars(found).keys() == vars(plain).keys()
        assert found.lead_office == plain.lead_office
        same = (field.attname for field in Engagement._meta.concrete_fields)
        assert all(getattr(found, name) == getattr(plain, name) for name in same)
    assert shape.ask(reference="IE-1999-0001") == []
    assert shape.built == 1


def test_it_asks_once_also_when_it_is_built(django_assert_num_queries):
    shape = Shape(by_reference)

    for _ in range(2):
        with django_assert_num_queries(1):
            shape.ask(reference="IE-1999-0001")


def test_a_value_stands_wherever_the_query_has_it():
    engagement = make_engagement()
    shape = Shape(
        lambda day, key: Engagement.objects.filter(
            Exists(Engagement.objects.filter(pk=OuterRef("pk"), logged_at__lt=day)),
            logged_at__lt=day,
            pk=key,
        ).values_list("pk", "title_en")
    )
    after, before = timezone.now() + dt.timedelta(days=1), dt.datetime(1990, 1, 1, tzinfo=dt.UTC)

    assert shape.ask(day=after, key=engagement.pk) == [(engagement.pk, engagement.title_en)]
    assert shape.ask(day=before, key=engagement.pk) == []
    assert shape.ask(day=after, key=engagement.pk + 1) == []


def test_a_list_is_asked_for_by_its_length_and_a_long_one_plainly():
    made = [make_engagement().pk for _ in range(3)]
    shape = Shape(lambda keys: Engagement.objects.filter(pk__in=keys).order_by("pk"))

    assert [one.pk for one in shape.ask(keys=made)] == made
    assert [one.pk for one in shape.ask(keys=[*made[1:], 0])] == made[1:]
    assert shape.built == 1
    assert [one.pk for one in shape.ask(keys=made[:1])] == made[:1]
    assert shape.ask(keys=[]) == []
    assert [one.pk for one in shape.ask(keys=[*made, *[0] * LONG])] == made


@pytest.mark.parametrize("value", [None, True])
def test_what_decides_what_is_asked_is_no_value(value):
    shape = Shape(lambda given: Engagement.objects.filter(outcome=given))

    with pytest.raises(TypeError, match="name it in the shape"):
        shape.ask(given=value)


def test_a_value_that_was_looked_at_is_refused():
    shape = Shape(lambda level: Engagement.objects.filter(sensitivity=2 if level > 1 else 0))

    with pytest.raises(LookupError, match="does not stand in the query"):
        shape.ask(level=1)


def test_what_asks_the_database_while_it_is_built_is_refused():
    make_engagement()
    shape = Shape(
        lambda key: Engagement.objects.filter(
            pk=key, title_en__in=list(Engagement.objects.values_list("title_en", flat=True))
        )
    )

    with pytest.raises(LookupError, match="at this moment"):
        shape.ask(key=1)


def test_what_can_find_nothing_finds_nothing():
    shape = Shape(lambda key: Alignment.objects.none().filter(pk=key))

    assert shape.ask(key=1) == []
    assert shape.ask(key=2) == []


def test_each_person_is_asked_for_with_the_rights_of_the_moment(client):
    reader = make_user(role="reader", clearance=Sensitivity.PROTECTED_B)
    other = make_user(role="reader", clearance=Sensitivity.UNCLASSIFIED)
    secret = make_engagement(sensitivity=Sensitivity.PROTECTED_B)
    page = reverse("engagements:detail", args=[secret.reference])

    def status(person: User) -> int:
        client.force_login(person)
        return client.get(page).status_code

    assert [status(reader), status(other), status(reader)] == [200, 404, 200]
    before = rights_of(reader)
    reader.clearance = Sensitivity.PROTECTED_A
    reader.save()
    assert rights_of(reader) != before
    assert status(reader) == 404


def test_whoever_has_the_same_rights_asks_by_the_same_sql_for_their_own():
    first, second = make_user(role="staff"), make_user(role="staff")
    drafts = {one: make_engagement(stage="draft", logged_by=one) for one in (first, second)}
    built = []

    def seen(reader: User, kind: str) -> models.QuerySet:
        built.append(reader)
        return Engagement.objects.visible_to(reader).filter(kind=kind)

    for reader in (first, second, first):
        found = ask_for(reader, ("tried", "by two"), seen, kind=drafts[reader].kind)
        assert found == [drafts[reader]]
    assert len(built) == 1


def test_another_right_is_another_question():
    reader = make_user(role="reader", clearance=Sensitivity.UNCLASSIFIED)
    secret = make_engagement(sensitivity=Sensitivity.PROTECTED_A)

    def seen(reader: User) -> list[Engagement]:
        return ask_for(reader, ("tried", "cleared"), Engagement.objects.visible_to)

    assert seen(reader) == []
    reader.clearance = Sensitivity.PROTECTED_A
    assert seen(reader) == [secret]


def test_a_rule_that_reads_who_somebody_is_cannot_be_remembered():
    reader = make_user()

    def named(reader: User) -> models.QuerySet:
        return Engagement.objects.filter(title_en=reader.username)

    with pytest.raises(LookupError):
        ask_for(reader, ("tried", "by name"), named)


@pytest.mark.django_db(transaction=True)
def test_threads_ask_over_connections_of_their_own():
    made = [make_engagement() for _ in range(4)]
    shape, found = Shape(by_reference), {}
    shape.ask(reference=made[0].reference)

    def look(one: Engagement) -> None:
        try:
            for _ in range(20):
                found.setdefault(one.pk, set()).update(
                    each.pk for each in shape.ask(reference=one.reference)
                )
        finally:
            connection.close()

    threads = [threading.Thread(target=look, args=[one]) for one in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {one.pk: {one.pk} for one in made}


def test_a_word_that_is_the_same_each_time_stands_in_the_sql():
    """SQLite would think it over each time that it is given anew."""
    reader, engagement = make_user(), make_engagement()
    shape = Shape(lambda reference: by_reference(reference).visible_to(reader))
    handed = []

    def look(execute, sql, parameters, many, context):
        handed.append((sql, parameters))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(look):
        assert shape.ask(reference=engagement.reference) == [engagement]

    ((sql, parameters),) = handed
    assert "= 'draft'" in sql
    assert "draft" not in parameters
