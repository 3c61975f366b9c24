"""A row for each engagement, partner and objective: what a pivot table is made from."""

import csv
import io

import pytest
from django.urls import reverse

from objectives.models import FrameworkKind
from tests.factories import (
    make_country,
    make_engagement,
    make_framework,
    make_objective,
    make_partner,
)
from tests.workbooks import sheets_of, table_of

URL = reverse("engagements:export_xlsx")


@pytest.fixture
def download(client, reader):
    client.force_login(reader)

    def download(url=URL, **asked):
        response = client.get(url, {"lines": "each", **asked})
        assert response.status_code == 200
        return b"".join(response.streaming_content)

    return download


def two_by_two(**fields):
    framework = make_framework(kind=FrameworkKind.PRIORITY, title_en="Priorities")
    return make_engagement(
        partners=[make_partner("UNODC"), make_partner("ICPA")],
        objectives=[make_objective("S1", framework), make_objective("S2", framework)],
        **fields,
    )


def test_has_a_row_for_each_partner_with_each_objective(download):
    two_by_two(title_en="Visit")

    rows = table_of(download())

    pairs = [(row["Partner code"], row["Objective"]) for row in rows]
    assert pairs == [("UNODC", "S1"), ("UNODC", "S2"), ("ICPA", "S1"), ("ICPA", "S2")]
    assert {row["Title in English"] for row in rows} == {"Visit"}
    assert {(row["Kind of framework"], row["Framework"]) for row in rows} == {
        ("Strategic priority", "Priorities")
    }


def test_costs_and_people_add_up_to_those_of_the_engagements(download):
    two_by_two(actual_cost="100.50", planned_cost="90", csc_participants=3)
    make_engagement(actual_cost="10", csc_participants=1)

    rows = table_of(download())

    assert len(rows) == 5
    totals = ("Actual cost (CAD)", "Planned cost (CAD)", "People from CSC")
    added = [sum(row[name] for row in rows if row[name] != "") for name in totals]
    assert added == [110.5, 90, 4]
    assert sum(row["Engagements (add these up)"] for row in rows) == 2


def test_an_engagement_without_partner_or_objective_has_a_row_all_the_same(download):
    make_engagement(title_en="Alone")

    (row,) = table_of(download())

    assert (row["Title in English"], row["Partner"], row["Objective"]) == ("Alone", "", "")


def test_tells_of_the_partner_and_of_the_tag(download):
    parent = make_partner("UN", name_en="United Nations")
    partner = make_partner("UNODC", parent=parent, country=make_country("NO"))
    engagement = make_engagement(partners=[partner], objectives=[make_objective("P1")])
    engagement.participations.update(role="host")
    engagement.alignments.update(primary=True, reason="It was asked for")

    (row,) = table_of(download())
    lines = download(reverse("engagements:export"), headings="codes").decode("utf-8-sig")
    coded = next(csv.DictReader(io.StringIO(lines, newline="")))

    told = ("Role of the partner", "Part of", "Country of the partner", "Kind of partner")
    assert [row[name] for name in told] == [
        "Host",
        "United Nations",
        "Norway",
        "NGO or professional body",
    ]
    assert (row["Wording"], row["Primary (1) or not (0)"], row["Reason"]) == (
        "Wording of P1",
        1,
        "It was asked for",
    )
    names = ("role", "part_of", "partner_country", "partner_kind", "framework_kind", "is_primary")
    assert [coded[name] for name in names] == ["host", "UN", "NO", "ngo", "pillar", "1"]


def test_says_what_may_be_added_up_and_does_not_offer_to_come_back(download):
    two_by_two()

    about = [line[1] for line in sheets_of(download())["About"]]

    assert any("a sum over all rows is right" in str(line) for line in about)
    assert "Version" not in table_of(download())[0]


def test_the_engagement_is_told_by_the_columns_chosen(download):
    two_by_two(place="Oslo")

    headings = list(table_of(download(fields="place,partners"))[0])

    assert headings[:3] == ["Place", "Reference", "Sensitivity"]
    assert "Partners" not in headings
