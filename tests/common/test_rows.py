"""What hangs on a record, told as a column of it, is what asking for it by itself gives."""

import datetime as dt

from django.db.models import OuterRef

from common.history.tracking import kinds
from common.rows import RowsOf, fill
from engagements.models import Alignment, Engagement
from partners.models import Country
from tests.factories import make_country, make_engagement, make_objective, make_partner


def test_rows_are_told_in_their_order_and_none_is_an_empty_list():
    whole = make_engagement(countries=[make_country("SE"), make_country("NO")])
    bare = make_engagement(countries=[])
    countries = Country.objects.filter(engagements=OuterRef("pk")).order_by("iso2")

    found = Engagement.objects.annotate(at=RowsOf(countries, iso2="iso2", name="name_fr")).in_bulk()

    assert [row["iso2"] for row in found[whole.pk].at] == ["NO", "SE"]
    assert found[bare.pk].at == []


def test_text_with_quotes_accents_and_signs_is_told_as_it_is():
    words = "É “œ” \\ \" ' \u2028 \U0001f600 <b>"
    engagement = make_engagement(countries=[make_country("NO", name_en=words)])
    countries = Country.objects.filter(engagements=OuterRef("pk"))

    found = Engagement.objects.annotate(at=RowsOf(countries, name="name_en")).get(pk=engagement.pk)

    assert found.at == [{"name": words}]


def test_a_state_holds_moments_and_yes_or_no_as_the_database_means_them():
    engagement = make_engagement(partners=[make_partner("UN")], objectives=[make_objective("P1")])
    made_at = dt.datetime(2026, 5, 1, 12, 30, 0, 5, tzinfo=dt.UTC)
    Alignment.objects.update(made_at=made_at, primary=True, demonstration=False)

    state = kinds()["engagement"].snapshots([engagement.pk])[engagement.pk].state

    (alignment,) = state["objectives"]
    assert alignment["made_at"] == "2026-05-01T12:30:00.000005+00:00"
    assert alignment["primary"] is True
    assert alignment["demonstration"] is False
    assert state["partners"] == [{"partner": "UN", "role": "participant"}]


def test_what_is_filled_in_is_not_asked_for_again(django_assert_num_queries):
    engagement, country = make_engagement(), make_country("NO")

    fill(engagement, "countries", [country])

    with django_assert_num_queries(0):
        assert list(engagement.countries.all()) == [country]
