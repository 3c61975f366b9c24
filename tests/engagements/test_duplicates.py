"""What the form points out before the same engagement is logged again."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Sensitivity
from common.partial_dates import PartialDate, Precision
from engagements.duplicates import likely_duplicates
from engagements.kinds import Stage
from tests.factories import make_engagement, make_partner

MAY = PartialDate.month(2026, 5)
JUNE = PartialDate.month(2026, 6)
TITLE = "Expert group on prison-based rehabilitation programmes"


def found(user, *, titles=(), partners=(), start=None, end=None, exclude=None):
    return likely_duplicates(
        user=user, titles=titles, partners=partners, start=start, end=end, exclude=exclude
    )


def test_the_same_partner_on_overlapping_dates_is_pointed_out(staff):
    unodc, icpa = make_partner("UNODC"), make_partner("ICPA")
    here = make_engagement(partners=[unodc], start=dt.date(2026, 5, 15))
    make_engagement(partners=[icpa], start=dt.date(2026, 5, 15))
    make_engagement(partners=[unodc], start=dt.date(2026, 6, 1))

    assert found(staff, partners=[unodc], start=MAY) == [here]
    assert found(staff, partners=[], start=MAY) == []
    assert found(staff, partners=[unodc], start=None) == []
    assert found(staff, partners=[unodc], start=PartialDate.unknown()) == []


def test_an_ongoing_engagement_overlaps_whatever_begins_after_it(staff):
    unodc = make_partner("UNODC")
    later = make_engagement(partners=[unodc], start=dt.date(2026, 6, 1))
    ongoing = PartialDate(Precision.ONGOING)

    assert found(staff, partners=[unodc], start=MAY) == []
    assert found(staff, partners=[unodc], start=MAY, end=ongoing) == [later]
    assert found(staff, partners=[unodc], start=MAY, end=JUNE) == [later]


@pytest.mark.parametrize(
    "title",
    [
        TITLE,
        "expert group on PRISON-BASED rehabilitation programmes",
        "Éxpert group on prison-based réhabilitation programmes",
        "Expert group on prison-based rehabilitation programs",
        "Rehabilitation programmes, prison-based: expert group",
    ],
)
def test_a_similar_title_is_pointed_out_whatever_its_case_accents_and_order(staff, title):
    here = make_engagement(title_en=TITLE)

    assert found(staff, titles=[title]) == [here]


@pytest.mark.parametrize(
    "title",
    ["", "of the", "Expert group", "Study visit of the Norwegian service", "Prison health meeting"],
)
def test_another_title_is_not(staff, title):
    make_engagement(title_en=TITLE)

    assert found(staff, titles=[title]) == []


def test_a_title_is_compared_in_both_languages(staff):
    here = make_engagement(title_en="", title_fr="Groupe d’experts sur la réadaptation en prison")

    assert found(staff, titles=["", "Groupe d'experts sur la readaptation en prison"]) == [here]


def test_a_title_of_short_words_alone_is_found_when_it_is_the_same(staff):
    here = make_engagement(title_en="UN: day 2")

    assert found(staff, titles=["un: DAY 2"]) == [here]


def test_an_old_record_is_found_among_many_that_share_a_word(staff):
    old = make_engagement(title_en=TITLE)
    for number in range(60):
        make_engagement(title_en=f"Programmes of prison farm {number}", logged_by=old.logged_by)

    assert found(staff, titles=[TITLE]) == [old]


def test_what_one_may_not_see_is_not_pointed_out(reader, staff, colleague):
    unodc = make_partner("UNODC")
    day = dt.date(2026, 5, 15)
    kept = {"title_en": TITLE, "partners": [unodc], "start": day}
    make_engagement(sensitivity=Sensitivity.PROTECTED_B, **kept)
    make_engagement(stage=Stage.DRAFT, logged_by=colleague, **kept)
    make_engagement(stage=Stage.DRAFT, logged_by=staff, **kept)
    protected = make_engagement(sensitivity=Sensitivity.PROTECTED_A, **kept)

    assert found(staff, titles=[TITLE], partners=[unodc], start=MAY) == [protected]
    assert found(reader, titles=[TITLE], partners=[unodc], start=MAY) == []


def test_a_record_is_no_duplicate_of_itself(staff):
    here = make_engagement(title_en=TITLE)

    assert found(staff, titles=[TITLE], exclude=here) == []


def test_five_are_named_at_most_the_most_alike_first(staff):
    unodc = make_partner("UNODC")
    same = make_engagement(title_en=TITLE)
    for _number in range(7):
        make_engagement(partners=[unodc], start=dt.date(2026, 5, 15))

    named = found(staff, titles=[TITLE], partners=[unodc], start=MAY)

    assert len(named) == 5
    assert named[0] == same


def test_the_number_of_queries_does_not_grow_with_what_is_found(staff):
    unodc = make_partner("UNODC")
    counts = []
    for number in (1, 2):
        for _each in range(number):
            make_engagement(title_en=TITLE, partners=[unodc], start=dt.date(2026, 5, 15))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found(staff, titles=[TITLE, "Groupe"], partners=[unodc], start=MAY)
        counts.append(len(queries))

    assert counts[0] == counts[1]
