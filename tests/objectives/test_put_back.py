"""A framework or an objective put back as it was."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from common.history.models import Revision
from common.history.recording import recording
from objectives.actions import adopt_framework
from objectives.models import FrameworkKind, Objective
from objectives.putting_back import last_act
from tests.factories import make_framework, make_objective


@pytest.fixture
def signed_in(client, administrator):
    client.force_login(administrator)
    return client


@pytest.fixture
def objective(administrator):
    """Worded twice; said to follow S1, and not any more."""
    objective = make_objective("N1", short_en="Safe return", wording_en="Safe return of offenders")
    old = make_objective("S1", objective.framework)
    with recording(by=administrator, act="added") as kept:
        objective.follows.add(old)
        kept.made(objective)
    with recording(by=administrator, act="amended", records=[objective]):
        objective.follows.clear()
        objective.wording_en, objective.short_en = "Wrong", "Wrong too"
        objective.save()
    return objective


def revisions(record, kind="objective"):
    return list(Revision.objects.of(kind, [record.pk]).order_by("number"))


def address(record, **query):
    return reverse("objectives:put_back", args=[record.code], query=query)


def offered(response):
    boxes = re.findall(r'<input type="checkbox" name="field"[^>]*>', response.content.decode())
    return [re.search('value="([^"]*)"', box)[1] for box in boxes]


def put_back(client, url, record, *fields):
    return client.post(url, {"field": fields, "version": last_act(record)})


def test_an_objective_goes_back_to_what_it_was_and_that_is_on_record(
    signed_in, administrator, objective
):
    first = revisions(objective)[0]
    url = address(objective, change=first.key)
    fields = offered(signed_in.get(url))
    assert fields == ["wording_en", "short_en", "follows:S1"]

    response = put_back(signed_in, url, objective, *fields)

    assert (response.status_code, response.url) == (302, objective.get_absolute_url())
    last = revisions(objective)[-1]
    assert (last.act, last.by, last.state) == ("restored", administrator, first.state)


def test_what_is_not_chosen_stays(signed_in, objective):
    url = address(objective, undo=revisions(objective)[1].key)

    put_back(signed_in, url, objective, "short_en")

    objective.refresh_from_db()
    assert (objective.short_en, objective.wording_en) == ("Safe return", "Wrong")
    assert not objective.follows.exists()


def test_who_comes_second_is_shown_it_as_it_is_by_now(signed_in, administrator, objective):
    seen = last_act(objective)
    with recording(by=administrator, act="amended", records=[objective]):
        Objective.objects.filter(pk=objective.pk).update(short_en="Theirs")
    url = address(objective, change=revisions(objective)[0].key)

    response = signed_in.post(url, {"field": ["short_en"], "version": seen})

    assertContains(response, "Somebody else saved this", status_code=409)
    assertContains(response, "Theirs", status_code=409)
    objective.refresh_from_db()
    assert objective.short_en == "Theirs"


def test_what_would_not_be_whole_is_refused_with_what_is_wrong(signed_in, objective):
    """Its place was taken meanwhile."""
    with recording(by=None, act="amended", records=[objective]):
        Objective.objects.filter(pk=objective.pk).update(position=90)
    make_objective("S9", objective.framework, position=revisions(objective)[0].state["position"])
    url = address(objective, change=revisions(objective)[0].key)

    response = put_back(signed_in, url, objective, "position")

    assertContains(response, "Nothing is put back yet", status_code=422)
    assert Objective.objects.get(pk=objective.pk).position == 90


def test_choosing_nothing_is_told_so(signed_in, objective):
    url = address(objective, change=revisions(objective)[0].key)

    assertContains(put_back(signed_in, url, objective), "Choose at least one", status_code=422)


def test_a_framework_goes_back_but_stays_adopted(signed_in, administrator):
    framework = make_framework(
        "SIX", kind=FrameworkKind.PRIORITY, adopted=False, title_en="Six priorities"
    )
    make_objective("N1", framework)
    with recording(by=administrator, act="added") as kept:
        kept.made(framework)
    adopt_framework(by=administrator, framework=framework, on=dt.date(2027, 4, 1))
    with recording(by=administrator, act="amended", records=[framework]):
        framework.refresh_from_db()
        framework.title_en = "Wrong"
        framework.save()
    first = revisions(framework, "framework")[0]
    url = reverse("objectives:framework_put_back", args=["SIX"], query={"change": first.key})
    page = signed_in.get(url)
    assert offered(page) == ["title_en"]
    assertContains(page, "A framework that was adopted stays adopted")

    put_back(signed_in, url, framework, "title_en", "adopted", "in_force_from")

    framework.refresh_from_db()
    assert (framework.title_en, framework.adopted) == ("Six priorities", True)


def test_what_names_no_act_of_it_is_not_there(signed_in, objective):
    other = make_objective("T1", objective.framework)
    with recording(by=None, act="added") as kept:
        kept.made(other)

    for query in ({}, {"change": "x"}, {"change": revisions(other)[0].key}):
        assert signed_in.get(address(objective, **query)).status_code == 404


def test_the_history_leads_administrators_there_and_nobody_else(
    client, administrator, manager, objective
):
    change = address(objective, change=revisions(objective)[0].key)
    for url in (reverse("objectives:history", args=["N1"]), objective.get_absolute_url()):
        client.force_login(administrator)
        assertContains(client.get(url), f'href="{change}"')
        client.force_login(manager)
        assertNotContains(client.get(url), "put-back")
