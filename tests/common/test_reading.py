import datetime as dt

import pytest

from common.reading import ByKeys, undated
from engagements.models import Engagement
from tests.factories import make_engagement


@pytest.mark.parametrize("more", [0, 40_000])
def test_finds_records_by_any_number_of_keys_in_one_statement(more, django_assert_num_queries):
    wanted, other = make_engagement(), make_engagement()
    keys = [wanted.pk, *range(other.pk + 1, other.pk + 1 + more)]

    with django_assert_num_queries(1):
        found = ByKeys(Engagement.objects.values_list("pk", "reference")).rows(keys)

    assert [*map(tuple, found)] == [(wanted.pk, wanted.reference)]


def test_finds_nothing_by_no_key():
    make_engagement()

    assert not ByKeys(Engagement.objects.values_list("pk")).rows([])


def test_asks_again_for_other_keys_under_the_conditions_of_the_query():
    seen, hidden = make_engagement(), make_engagement(sensitivity=2)
    read = ByKeys(Engagement.objects.filter(sensitivity__lt=2).values_list("pk"))

    first, again = read.rows([hidden.pk]), read.rows([seen.pk, hidden.pk])

    assert (first, [*map(tuple, again)]) == ([], [(seen.pk,)])


def test_finds_nothing_where_the_query_can_find_nothing():
    engagement = make_engagement()

    read = ByKeys(Engagement.objects.none().values_list("pk", "reference"))

    assert read.in_columns(read.rows([engagement.pk])) == [(), ()]


def test_reads_days_and_moments_as_text_and_the_rest_as_it_is():
    engagement = make_engagement(start=dt.date(2020, 5, 17), csc_participants=3)
    names = ("start_earliest", "logged_at", "approved_on", "csc_participants", "reference")

    read = Engagement.objects.values_list(*(undated(Engagement, name) for name in names)).get()

    day, moment, no_day, *rest = read
    assert (day, no_day, rest) == ("2020-05-17", None, [3, engagement.reference])
    told = dt.datetime.fromisoformat(moment)
    assert told.replace(tzinfo=dt.UTC) == engagement.logged_at
