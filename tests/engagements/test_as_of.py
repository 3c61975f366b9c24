"""An engagement as it was on a day: what it shows, what it refuses, and what it keeps to itself."""

import datetime as dt
import re
from contextlib import contextmanager

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Role, Sensitivity
from common.history.models import Revision
from common.history.recording import recording
from common.partial_dates import PartialDate
from engagements import as_of, stages
from engagements.alignments import Tag, align
from engagements.as_of import rebuilt
from engagements.kinds import Stage
from engagements.models import Engagement, Participation
from tests.engagements.telling import pillar
from tests.factories import (
    make_country,
    make_engagement,
    make_objective,
    make_office,
    make_partner,
    make_user,
)

B = Sensitivity.PROTECTED_B
NOV_1, NOV_2, NOV_3, NOV_4 = (dt.date(2026, 11, day) for day in (1, 2, 3, 4))


TODAY = dt.datetime(2026, 11, 20, 12, tzinfo=timezone.get_default_timezone())
clock = {"now": TODAY}


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: clock["now"])


@contextmanager
def on(day, at=dt.time(12)):
    """What is done inside is done then."""
    clock["now"] = timezone.make_aware(dt.datetime.combine(day, at))
    try:
        yield
    finally:
        clock["now"] = TODAY


def logged(*, by, **kwargs):
    """An engagement logged on the first of November, at noon."""
    with on(NOV_1), recording(by=by, act="logged") as kept:
        engagement = make_engagement(logged_by=by, **kwargs)
        kept.made(engagement)
    return engagement


def change(engagement, day, *, by, at=dt.time(12), **fields):
    with on(day, at), recording(by=by, act="amended", records=[engagement]):
        for name, value in fields.items():
            setattr(engagement, name, value)
        engagement.version += 1
        engagement.save()


def address(engagement, **query):
    return reverse("engagements:as_of", args=[engagement.reference], query=query or None)


def words(response):
    main = response.content.decode().split("<main", 1)[1]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", main))


@pytest.fixture
def rich(staff, manager):
    engagement = logged(
        by=staff,
        title_en="Study tour to Oslo",
        purpose="To see.",
        countries=[make_country("NO"), make_country("FR")],
        partners=[make_partner("UNODC", name_en="Office on Drugs"), make_partner("ICPA")],
        objectives=[pillar(), make_objective("S4")],
        lead_officer=manager,
        planned_cost="2150.50",
        approval="given",
        approved_on=dt.date(2026, 1, 5),
        end=PartialDate.season(2026, "autumn"),
        stage=Stage.COMPLETED,
    )
    Participation.objects.filter(engagement=engagement).update(role="host")
    engagement.alignments.filter(objective__code="S4").update(reason="Mental health", primary=True)
    change(engagement, NOV_2, by=manager, purpose="To see more.")
    engagement.refresh_from_db()
    return engagement


def test_it_reads_as_it_was_at_the_end_of_the_day(client, staff, manager):
    engagement = logged(by=staff, title_en="First")
    change(engagement, NOV_2, by=manager, title_en="Second", outcome="Agreed.")
    change(engagement, NOV_4, by=staff, title_en="Third")
    client.force_login(staff)

    then = client.get(address(engagement, day="2026-11-03"))

    page = words(then)
    assert "As it was at the end of 2026-11-03 Last changed by manager, 2026-11-02 12:00 ." in page
    assert "Second" in page
    assert "Agreed." in page
    assert "First" not in page
    assert "Third" not in page
    assertContains(then, "<title>As it was: Second (")


@pytest.mark.parametrize(
    ("at", "shown"), [(dt.time(23, 59, 59), "Second"), (dt.time(0, 0), "First")]
)
def test_a_day_ends_at_midnight_where_the_portal_is(client, staff, at, shown):
    engagement = logged(by=staff, title_en="First")
    change(engagement, NOV_2 if at.hour else NOV_3, by=staff, at=at, title_en="Second")
    client.force_login(staff)

    assert shown in words(client.get(address(engagement, day="2026-11-02")))


def test_what_is_rebuilt_is_what_the_database_held(rich):
    read = Engagement.objects.for_detail().get(pk=rich.pk)
    last = Revision.objects.of("engagement", [rich.pk]).order_by("-number").first()

    built = rebuilt(rich, last)

    for field in Engagement._meta.concrete_fields:
        if field.name not in ("changed_at", "changed_by", "draft_input"):
            assert getattr(built, field.attname) == getattr(read, field.attname), field.name
    assert list(built.countries.all()) == list(read.countries.all())
    for name, columns in {
        "participations": ("partner", "role", "position"),
        "alignments": ("objective", "framework", "reason", "primary", "demonstration", "made_at", "made_by"),
    }.items():  # fmt: skip
        told = [[getattr(one, c) for c in columns] for one in getattr(built, name).all()]
        assert told == [[getattr(one, c) for c in columns] for one in getattr(read, name).all()]


def test_tags_and_partners_are_those_of_the_day(client, staff):
    old, new = make_partner(name_en="Old friend"), make_partner(name_en="New friend")
    engagement = logged(by=staff, partners=[old], objectives=[pillar()])
    later = Tag(objective=make_objective("S4"), reason="Later")
    with on(NOV_2):
        align(by=staff, engagement=engagement, tags=[later])
    with on(NOV_3), recording(by=staff, act="amended", records=[engagement]):
        Participation.objects.filter(engagement=engagement).update(partner=new)
    client.force_login(staff)

    page = words(client.get(address(engagement, day="2026-11-01")))

    assert "Wording of P1" in page
    assert "Old friend" in page
    assert "Wording of S4" not in page
    assert "New friend" not in page


def test_nothing_can_be_done_from_it_but_to_read(client, staff):
    engagement = logged(by=staff, stage=Stage.SUBMITTED)
    change(engagement, NOV_2, by=staff, purpose="")
    client.force_login(staff)

    response = client.get(address(engagement, day="2026-11-01"))

    for verb in ("edit", "align", "complete", "cancel", "take-back", "notes/new"):
        assertNotContains(response, f"{engagement.reference}/{verb}/")
    assertContains(response, f'<a href="{engagement.get_absolute_url()}">As it is now</a>')
    assert client.post(address(engagement, day="2026-11-01")).status_code == 405


def test_the_changes_before_and_after_are_one_step_away(client, staff):
    engagement = logged(by=staff, title_en="First")
    change(engagement, NOV_2, by=staff, title_en="Second")
    change(engagement, NOV_2, by=staff, at=dt.time(13), title_en="Third")
    first, second, third = Revision.objects.of("engagement", [engagement.pk]).order_by("number")
    client.force_login(staff)

    response = client.get(address(engagement, change=second.key))

    assert "As staff left it on 2026-11-02 12:00 ." in words(response)
    assertContains(response, "<title>As it was: Second (")
    assertContains(response, f'rel="prev" href="{address(engagement)}?change={first.key}"')
    assertContains(response, f'rel="next" href="{address(engagement)}?change={third.key}"')
    assertNotContains(client.get(address(engagement, change=first.key)), 'rel="prev"')
    assertNotContains(client.get(address(engagement, change=third.key)), 'rel="next"')


@pytest.mark.parametrize("day", ["", "yesterday", "2026-02-30", "2026-11", "nul\x00", "9" * 400])
def test_what_is_no_day_is_told_so(client, staff, day):
    engagement = logged(by=staff)
    client.force_login(staff)

    response = client.get(address(engagement, day=day))

    assertContains(response, 'href="#id_day"', status_code=400)


def test_a_day_to_come_is_told_so_and_today_is_not(client, staff):
    engagement = logged(by=staff)
    client.force_login(staff)

    assertContains(
        client.get(address(engagement, day="2026-11-21")), "lies in the future", status_code=400
    )
    assert client.get(address(engagement, day="2026-11-20")).status_code == 200


@pytest.mark.parametrize("day", ["2026-10-31", "0001-01-01"])
def test_before_it_was_logged_it_says_when_that_was(client, staff, day):
    engagement = logged(by=staff)
    client.force_login(staff)

    response = client.get(address(engagement, day=day))

    assert response.status_code == 404
    assert "It was not logged yet: that was on 2026-11-01 ." in words(response)


def test_what_was_there_before_its_history_says_where_that_begins(client, staff):
    engagement = make_engagement(logged_by=staff)
    client.force_login(staff)
    asked = address(engagement, day="2026-11-01")
    assert "is not on record" in words(client.get(asked))
    change(engagement, NOV_3, by=staff, title_en="Other")

    assert "The first day that is: 2026-11-03" in words(client.get(asked))


def test_without_a_day_it_asks_for_one(client, staff):
    engagement = logged(by=staff)
    client.force_login(staff)

    assertContains(client.get(address(engagement)), 'name="day"')
    assertContains(client.get(engagement.get_absolute_url()), f'action="{address(engagement)}"')


@pytest.mark.parametrize("change", ["0", "99999", "x", "", "²", "9" * 30])
def test_a_change_that_is_not_its_own_is_not_there(client, staff, change):
    engagement = logged(by=staff)
    client.force_login(staff)

    assert client.get(address(engagement, change=change)).status_code == 404


def test_a_change_of_another_record_is_not_there(client, staff):
    engagement, other = logged(by=staff), logged(by=staff)
    theirs = Revision.objects.of("engagement", [other.pk]).get()
    client.force_login(staff)

    assert client.get(address(engagement, change=theirs.key)).status_code == 404


# Who may read it


def test_what_may_not_be_seen_now_is_not_there_on_any_day(client, staff):
    engagement = logged(by=staff)
    change(engagement, NOV_2, by=staff, sensitivity=B)
    client.force_login(staff)

    for query in ({"day": "2026-11-01"}, {"day": "nonsense"}, {}):
        assert client.get(address(engagement, **query)).status_code == 404


@pytest.fixture
def cleared():
    return make_user("quiet-one", Role.MANAGER, clearance=B)


@pytest.fixture
def once_protected(staff, cleared):
    """Open, then Protected B for two days, then open again with other words."""
    engagement = logged(by=staff, title_en="Open")
    change(engagement, NOV_2, by=cleared, sensitivity=B, title_en="Secret")
    change(engagement, NOV_3, by=cleared, outcome="Hush.")
    change(engagement, NOV_4, by=cleared, sensitivity=0, title_en="Open again", outcome="")
    return engagement


def test_what_it_was_while_it_was_above_the_reader_is_as_though_it_had_never_been(
    client, staff, once_protected
):
    client.force_login(staff)
    revisions = Revision.objects.of("engagement", [once_protected.pk]).order_by("number")
    _first, secret, hush, _last = revisions

    then = client.get(address(once_protected, day="2026-11-03"))

    assert "Open" in words(then)
    assert "Last changed by staff, 2026-11-01 12:00 ." in words(then)
    for hidden in (
        "Secret",
        "Hush",
        "quiet-one",
        "Protected",
        f"change={secret.key}",
        'rel="next"',
    ):
        assertNotContains(then, hidden)
    for each in (secret, hush):
        gone = client.get(address(once_protected, change=each.key))
        assert gone.status_code == client.get(address(once_protected, change=0)).status_code == 404


def test_once_it_was_open_again_it_reads_so_but_not_by_whose_act(client, staff, once_protected):
    client.force_login(staff)

    page = client.get(address(once_protected, day="2026-11-04"))

    assert "Open again" in words(page)
    for hidden in ("Last changed", "last changed", "quiet-one", "Secret", "Protected"):
        assertNotContains(page, hidden)


def test_whoever_is_cleared_reads_it_as_it_was_under_its_marking(client, manager, once_protected):
    client.force_login(manager)

    page = client.get(address(once_protected, day="2026-11-03"))

    assertContains(page, '<h1 class="record-title">Secret</h1>', html=True)
    assertContains(page, f"<title>As it was: {once_protected.reference} – Liaison</title>")
    assertContains(page, "<p>Protected B</p>", count=2)


def test_it_carries_the_higher_marking_of_then_and_now(client, manager):
    engagement = logged(by=manager, title_en="Quiet")
    change(engagement, NOV_2, by=manager, sensitivity=B)
    client.force_login(manager)

    page = client.get(address(engagement, day="2026-11-01"))

    assertContains(page, "<p>Protected B</p>", count=2)
    assertContains(page, f"<title>As it was: {engagement.reference} – Liaison</title>")


def test_a_cancellation_the_reader_may_not_read_of_names_nobody(client, staff, cleared):
    engagement = logged(by=staff, stage=Stage.APPROVED, sensitivity=B)
    with on(NOV_2):
        stages.cancel(by=cleared, engagement=engagement, reason="No money.")
    engagement.refresh_from_db()
    change(engagement, NOV_3, by=cleared, sensitivity=0)
    client.force_login(staff)

    page = client.get(address(engagement, day="2026-11-03"))

    assertContains(page, "No money.")
    assertNotContains(page, "quiet-one")


def test_it_asks_the_database_as_often_for_three_of_each_as_for_one(
    client, staff, django_assert_num_queries
):
    one, three = (
        logged(
            by=staff,
            partners=[make_partner() for _ in range(n)],
            objectives=[make_objective() for _ in range(n)],
            countries=[make_country(code) for code in ("NO", "FR", "BJ")[:n]],
        )
        for n in (1, 3)
    )
    client.force_login(staff)

    for engagement in (one, three):
        with django_assert_num_queries(13):
            client.get(address(engagement, day="2026-11-01"))


def test_a_state_kept_before_a_column_was_there_is_read_without_it(rich):
    last = Revision.objects.of("engagement", [rich.pk]).order_by("-number").first()
    del last.state["source_url"]

    assert as_of.rebuilt(rich, last).source_url == ""


def test_it_reads_in_french(client, staff):
    engagement = logged(
        by=staff, title_en="Visit", title_fr="Visite", lead_office=make_office("IR")
    )
    client.force_login(staff)
    with override("fr"):
        french = address(engagement, day="2026-11-01")

    page = client.get(french)
    assertContains(page, "Visite")
    assertContains(page, '<html lang="fr">')
