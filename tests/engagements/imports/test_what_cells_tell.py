"""What the heading of a column and the other rows tell of a cell: the language of a title, units, dates."""

import pytest

from engagements.models import Engagement
from tests.engagements.imports.loading import a_load, a_row, checked, known_world, loaded
from tests.factories import make_user

TITLE = ["Title", "Kind", "Start", "End", "Countries", "Partners", "Pillars"]


@pytest.fixture(autouse=True)
def world():
    return known_world()


def row_of(by, row, *others, headings=TITLE):
    return checked(a_load(by, [row, *others], headings=headings)).rows[0]


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Visit of the wardens", "title_en"),
        ("Visite des directeurs d’établissement", "title_fr"),
        ("Support to the Centre d’études et de coopération", "title_en"),
    ],
)
def test_a_title_goes_where_its_language_is_whoever_loads_it(title, field):
    francophone = make_user("francophone", "staff", language="fr")
    others = [a_row("Training of the officers"), a_row("Reform of the prisons")]

    loaded(a_load(francophone, [a_row(title), *others], headings=TITLE))

    assert Engagement.objects.filter(**{field: title}).count() == 1


def test_a_name_alone_is_in_the_language_of_the_others():
    francophone = make_user("francophone", "staff", language="fr")

    rows = [a_row("CORPAS"), a_row("Training of the officers")]

    loaded(a_load(francophone, rows, headings=TITLE))

    assert Engagement.objects.filter(title_en="CORPAS").count() == 1


def test_figures_are_counted_as_their_heading_says(staff):
    headings = [*TITLE, "Cost ($000)"]

    planned = row_of(staff, [*a_row(), 12.5], headings=headings)

    assert planned.cost_cents == 1_250_000


def test_what_the_column_shows_decides_of_its_other_dates(staff):
    planned = row_of(staff, a_row(start="03/04/2010"), a_row("Another", start="13/04/2010"))

    assert planned.start == "2010-04-03"


def test_a_partner_that_stands_alone_in_one_row_is_told_apart_in_another(staff):
    rows = [
        a_row(partners="A New Body, Another Body"),
        a_row("Second", partners="A New Body"),
        a_row("Third", partners="This Body, That Body"),
    ]

    plan = checked(a_load(staff, rows, answers={"create_missing_partners": True}))

    assert [row.partners for row in plan.rows] == [
        ("A New Body", "Another Body"),
        ("A New Body",),
        ("This Body, That Body",),
    ]
