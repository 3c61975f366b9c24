"""Every table notes what is changed in it, by whatever path; and every note is read once."""

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import F

from accounts.models import Office
from benchmarks.counting import Counter
from engagements.index import noting
from engagements.index.notes import news_since, place_now
from engagements.models import Change, Engagement
from tests.factories import (
    make_country,
    make_engagement,
    make_objective,
    make_partner,
    make_region,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def engagement(db) -> Engagement:
    return make_engagement(
        objectives=[make_objective()], partners=[make_partner()], countries=[make_country()]
    )


def test_a_change_of_an_engagement_is_noted(engagement):
    before = place_now()
    engagement.purpose = "Another one."
    engagement.save()

    news = news_since(before)
    assert news.engagements == {engagement.pk}
    assert not news.around


@pytest.mark.parametrize("change", ["alignments", "participations"])
def test_what_hangs_on_it_is_noted_when_it_goes(engagement, change):
    before = place_now()
    getattr(engagement, change).all().delete()

    assert news_since(before).engagements == {engagement.pk}


def test_its_countries_are_noted_when_they_come_and_go(engagement):
    before = place_now()
    engagement.countries.set([make_country("FR")])

    assert engagement.pk in news_since(before).engagements


def test_a_bulk_update_and_sql_by_hand_are_noted(engagement):
    before = place_now()
    Engagement.objects.update(kind="other")
    assert news_since(before).engagements == {engagement.pk}

    before = place_now()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE engagements_engagement SET place = 'Oslo'")
    assert news_since(before).engagements == {engagement.pk}


def test_many_new_ones_are_noted_once_each_with_all_that_hangs_on_them(engagement):
    before, known = place_now(), list(Change.objects.values_list("pk", flat=True))
    with transaction.atomic(), noting.noted_once(connection):
        new = [make_engagement(partners=[make_partner()], objectives=[make_objective()])]
        new.append(make_engagement(countries=[make_country("FR")]))
        engagement.countries.add(make_country("SE"))
    news = news_since(before)

    assert news.engagements == {engagement.pk, *(each.pk for each in new)}
    if connection.vendor == "sqlite":
        notes = Change.objects.exclude(pk__in=known).exclude(engagement_key=None)
        assert sorted(notes.values_list("engagement_key", flat=True)) == sorted(news.engagements)


def test_after_many_were_noted_once_each_change_is_noted_again():
    with transaction.atomic(), noting.noted_once(connection):
        make_engagement()
    before = place_now()
    later = make_engagement()

    assert news_since(before).engagements == {later.pk}


def test_one_taken_away_is_noted(engagement):
    before, key = place_now(), engagement.pk
    engagement.delete()

    assert key in news_since(before).engagements


@pytest.mark.parametrize(
    "make",
    [make_partner, make_region, make_objective,
     lambda: Office.objects.create(code="NEW", name_en="New", name_fr="Nouveau")],
)  # fmt: skip
def test_what_engagements_are_told_by_is_noted(make):
    before = place_now()
    made = make()
    assert news_since(before).around

    before = place_now()
    type(made).objects.filter(pk=made.pk).update(code=F("code"))
    assert news_since(before).around

    before = place_now()
    type(made).objects.filter(pk=0).update(code=F("code"))
    assert not news_since(before).around


def test_each_note_is_read_once(engagement):
    before = place_now()
    engagement.save()
    first = news_since(before)
    second = news_since(first.place)

    assert first.engagements == {engagement.pk}
    assert not second.engagements
    assert second.place == first.place


def test_what_was_undone_is_no_news(engagement):
    with transaction.atomic():
        inside = place_now()
        engagement.save()
        noted = news_since(inside).place
        transaction.set_rollback(True)

    assert not news_since(inside).engagements
    assert news_since(noted).is_lost


def test_another_database_under_the_same_numbers_is_told_apart(engagement):
    place = place_now()
    Change.objects.filter(pk=place.last).update(token="another")

    assert news_since(place).is_lost


def test_a_database_emptied_or_restored_is_told_apart(engagement):
    place = place_now()
    Change.objects.all().delete()

    assert news_since(place).is_lost


def test_where_the_triggers_were_lost_all_is_read_again(engagement):
    place = place_now()
    noting.take_away(connection)
    engagement.save()
    assert not news_since(place).engagements

    noting.put_in_place(connection)

    assert news_since(place).is_lost
    again = place_now()
    engagement.save()
    assert news_since(again).engagements == {engagement.pk}


def test_put_in_place_again_they_are_left_as_they_are(engagement):
    place = place_now()
    noting.put_in_place(connection)

    assert not news_since(place).is_lost


def test_every_table_by_which_engagements_are_counted_leaves_notes():
    """A table of these apps that leaves none is named here, with the reason."""
    ours = {
        model._meta.db_table
        for app in ("engagements", "partners", "objectives")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    }
    assert ours - noting.TABLES == {
        *("engagements_change", "engagements_referencecounter"),  # tell of no engagement
        *("engagements_export", "engagements_exportlayout", "engagements_load"),
        *("engagements_columnmemory", "engagements_wordmemory"),  # what a person answered
        *("engagements_note", "engagements_note_readers", "partners_contact"),  # not counted
    }


@pytest.fixture
def as_many_as_are_kept(engagement):
    """And a hundred more, which whoever saves next takes away. Under numbers below those that come next."""
    last = Change.objects.latest("pk").pk
    first, until = last - noting.KEPT - 99, Change.objects.earliest("pk").pk
    numbers = {
        "sqlite": "WITH RECURSIVE n(n) AS (SELECT {0} UNION ALL SELECT n + 1 FROM n WHERE n < {1}) "
        "SELECT n, NULL, 1, n, 0 FROM n",
        "postgresql": "SELECT n, NULL::bigint, 1, n::text, 0 FROM generate_series({0}, {1}) AS n",
    }[connection.vendor].format(first, until - 1)
    with connection.cursor() as cursor:
        columns = "id, engagement_key, scope, token, transaction_number"
        cursor.execute(f"INSERT INTO {Change._meta.db_table} ({columns}) {numbers}")
        cursor.execute(f"ANALYZE {Change._meta.db_table}")


def test_no_more_notes_are_kept_than_processes_are_behind(as_many_as_are_kept, engagement):
    engagement.save()

    last = Change.objects.latest("pk")
    assert last.engagement_key == engagement.pk
    assert Change.objects.earliest("pk").pk == last.pk - noting.KEPT + 1


def test_a_save_does_not_read_all_notes(as_many_as_are_kept, engagement):
    def read() -> int:
        if connection.vendor == "sqlite":
            return counter.work
        with connection.cursor() as cursor:
            told = "seq_tup_read FROM pg_stat_xact_user_tables WHERE relname = %s"
            cursor.execute(f"SELECT {told}", [Change._meta.db_table])
            return cursor.fetchone()[0]

    engagement.save()
    with Counter() as counter:
        before = read()
        engagement.save()
        assert read() - before < 5_000
