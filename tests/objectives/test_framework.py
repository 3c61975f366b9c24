"""One framework: its dates, both wordings, what it follows and what follows it."""

import datetime as dt

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertNumQueries

from objectives.models import FrameworkKind
from tests.factories import make_engagement, make_framework, make_objective

PRIORITY = FrameworkKind.PRIORITY


def address(code):
    return reverse("objectives:framework", args=[code])


def test_both_wordings_stand_side_by_side_each_in_its_language(client, reader):
    make_objective("S1", make_framework("FIVE", PRIORITY))
    client.force_login(reader)

    response = client.get(address("FIVE"))

    assertContains(response, '<span lang="en" class="objective-wording">Wording of S1</span>')
    assertContains(response, '<span lang="fr" class="objective-wording">Libellé de S1</span>')


def test_it_shows_what_each_entry_follows_and_what_follows_it(client, reader):
    old = make_objective("S1", make_framework("FIVE", PRIORITY, in_force_from=dt.date(2006, 4, 1)))
    new = make_objective("C1", make_framework("SIX", PRIORITY, adopted=False))
    new.follows.add(old)
    client.force_login(reader)

    assertContains(client.get(address("SIX")), f'class="code" href="{old.get_absolute_url()}"')
    assertContains(client.get(address("FIVE")), f'class="code" href="{new.get_absolute_url()}"')


def test_only_an_administrator_is_offered_to_adopt_it(client, administrator, manager):
    make_framework("SIX", PRIORITY, adopted=False)
    adopt = reverse("objectives:adopt", args=["SIX"])

    client.force_login(manager)
    response = client.get(address("SIX"))
    assertContains(response, "Not adopted yet")
    assertNotContains(response, adopt)

    client.force_login(administrator)
    assertContains(client.get(address("SIX")), adopt)


def test_one_in_force_is_not_to_be_adopted_again(client, administrator):
    make_framework("FIVE", PRIORITY)
    client.force_login(administrator)

    assertNotContains(client.get(address("FIVE")), reverse("objectives:adopt", args=["FIVE"]))


def test_one_that_is_not_there_is_not_there(client, reader):
    client.force_login(reader)

    assert client.get(address("NOTHING")).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_it_takes_the_same_number_of_queries_for_any_number_of_rows(client, reader, rows):
    framework = make_framework("FIVE", PRIORITY)
    earlier = make_framework("FOUR", PRIORITY, in_force_from=dt.date(2000, 4, 1))
    for _ in range(rows):
        objective = make_objective(framework=framework)
        objective.follows.add(make_objective(framework=earlier))
        make_engagement(objectives=[objective])
    client.force_login(reader)

    with assertNumQueries(9):
        client.get(address("FIVE"))
