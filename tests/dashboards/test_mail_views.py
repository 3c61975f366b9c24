"""What is mailed of a saved view: to whom, when, in which words, and no further than they may see."""

import datetime as dt
import re
from html import unescape
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import Sensitivity
from common.partial_dates import a_year_before
from dashboards.models import Rhythm, Subscription
from dashboards.saved import sending
from engagements.kinds import Stage
from objectives.models import FrameworkKind
from tests.dashboards.frameworks import serving
from tests.factories import (
    make_engagement,
    make_framework,
    make_objective,
    make_office,
    make_partner,
    make_user,
    make_view,
)

TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _today():
    """A run that begins before midnight may come here after it."""
    global TODAY
    TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _address(settings):
    settings.SITE_ADDRESS = "https://liaison.example"


@pytest.fixture
def subscriber():
    return make_user("subscriber", email="subscriber@example.ca")


def subscribed(person, *, rhythm=Rhythm.WEEKLY, last_period="before", **view):
    """A subscription of the person's own view; due, unless told otherwise."""
    view = make_view(owner=person, **view)
    return Subscription.objects.create(
        view=view, person=person, name=view.name, rhythm=rhythm, last_period=last_period
    )


def sent(**options):
    """What one run of the command mailed."""
    before = len(mail.outbox)
    call_command("mail_views", verbosity=0, **options)
    return mail.outbox[before:]


def html_of(message):
    return message.alternatives[0][0]


def words_of(message):
    """The text part, and the HTML part as it is read."""
    return message.body, unescape(re.sub(r"<[^>]+>", " ", html_of(message)))


def frameworks():
    for letter, kind in (("S", FrameworkKind.PRIORITY), ("M", FrameworkKind.MANDATE)):
        framework = make_framework(f"FRAMEWORK-{letter}", kind)
        for number in (1, 2):
            make_objective(f"{letter}{number}", framework)


# What it says


def test_says_the_figures_against_the_same_point_last_year(subscriber):
    make_engagement(start=TODAY, actual_cost=2000, csc_participants=3, partners=[make_partner()])
    make_engagement(start=TODAY)
    make_engagement(start=a_year_before(TODAY))
    subscribed(subscriber, name="All of it")

    [message] = sent()

    assert message.to == ["subscriber@example.ca"]
    assert message.subject == f"Liaison: All of it, {TODAY}"
    for part in words_of(message):
        words = " ".join(part.split())
        assert "Engagements completed" in words
        assert re.search(r"Engagements completed:? 2 \(?1 at this point last year", words)
        assert re.search(r"Partners reached:? 1 ", words)
        assert re.search(r"CSC people involved:? 3 ", words)
        assert re.search(r"Actual cost:? \$2,000 ", words)
        assert "No filter: everything you may see" in words


def test_each_figure_leads_to_exactly_the_list_it_counts(subscriber, client):
    make_engagement(start=TODAY, kind="incoming-visit")
    make_engagement(start=TODAY, kind="other")
    make_engagement(start=TODAY + dt.timedelta(days=60), stage=Stage.APPROVED, kind="other")
    subscribed(subscriber, query="kind=other")
    client.force_login(subscriber)

    [message] = sent()

    figure = r"^(.*): (\d+).*\n +https://liaison\.example(/en/engagements/\S+)"
    counted = {
        label: (int(value), client.get(url).context["page"].paginator.count)
        for label, value, url in re.findall(figure, message.body, re.M)
    }
    assert counted["Engagements completed"] == (1, 1)
    assert counted["Planned in the next 30 days"] == (0, 0)
    assert counted["Planned in the next 90 days"] == (1, 1)


def test_says_what_nothing_serves(subscriber):
    frameworks()
    serving("S1", "M1")
    subscribed(subscriber)

    [message] = sent()

    for part in words_of(message):
        assert "What stands out" in part
        assert "Nothing serves Short M2 (M2) or Short S2 (S2)." in part
    assert re.search(
        r"^  .+: https://liaison\.example/en/engagements/\?.*objective=S1", message.body, re.M
    )


def test_names_no_engagement(subscriber):
    make_engagement(title_en="Borealis", title_fr="Boréal", start=TODAY)
    make_engagement(title_en="Aurora", start=TODAY + dt.timedelta(days=9), stage=Stage.APPROVED)
    subscribed(subscriber)

    [message] = sent()

    for part in (message.subject, *words_of(message)):
        assert "Borealis" not in part
        assert "Aurora" not in part


def test_is_in_the_language_of_its_reader(subscriber):
    subscriber.language = "fr"
    subscriber.save()
    make_partner("UNODC", name_en="Office on Drugs", name_fr="Office des drogues")
    subscribed(subscriber, query="partner=UNODC")

    [message] = sent()

    assert message.extra_headers["Content-Language"] == "fr"
    assert '<html lang="fr">' in html_of(message)
    assert "https://liaison.example/fr/" in message.body
    assert "https://liaison.example/en/" not in message.body
    for part in words_of(message):
        assert "Office des drogues" in part
        assert "Office on Drugs" not in part


def test_says_how_it_is_stopped(subscriber, client):
    row = subscribed(subscriber)
    client.force_login(subscriber)

    [message] = sent()

    stop = f"https://liaison.example/en/views/{row.view.key}/mail/"
    assert message.extra_headers["List-Unsubscribe"] == f"<{stop}>"
    assert stop in message.body
    assert f'href="{stop}"' in html_of(message)
    assert client.get(stop.removeprefix("https://liaison.example")).status_code == 200


def test_a_view_of_the_dashboard_is_mailed_with_its_options(subscriber):
    frameworks()
    subscribed(subscriber, query="rows=FRAMEWORK-M&columns=FRAMEWORK-S")

    [message] = sent()

    assert "Rows: Framework FRAMEWORK-M" in message.body


# For whom


def test_counts_what_its_reader_may_see_when_it_is_sent(subscriber):
    subscriber.clearance = Sensitivity.PROTECTED_B
    subscriber.save()
    make_engagement(start=TODAY, actual_cost=777_333, sensitivity=Sensitivity.PROTECTED_B)
    row = subscribed(subscriber)
    [cleared] = sent()
    assert "PROTECTED B" in cleared.subject
    assert "$777,333" in cleared.body

    subscriber.clearance = Sensitivity.PROTECTED_A
    subscriber.save()
    Subscription.objects.filter(pk=row.pk).update(last_period="before")
    [lowered] = sent()

    assert "Engagements completed: 0" in lowered.body
    for part in (lowered.subject, *words_of(lowered)):
        assert "777,333" not in part
        assert "PROTECTED" not in part
    assert "up to Protected A" in lowered.body


def test_two_readers_of_one_view_each_get_their_own_figures(subscriber):
    cleared = make_user("cleared", email="c@example.ca", clearance=Sensitivity.PROTECTED_B)
    make_engagement(start=TODAY, sensitivity=Sensitivity.PROTECTED_B)
    row = subscribed(subscriber, office=subscriber.office)
    Subscription.objects.create(
        view=row.view, person=cleared, name="x", rhythm="weekly", last_period="before"
    )

    figures = {m.to[0]: re.search(r"completed: (\d)", m.body)[1] for m in sent()}

    assert figures == {"subscriber@example.ca": "0", "c@example.ca": "1"}


def test_carries_its_marking_first_and_last_and_in_the_subject(manager):
    manager.email = "m@example.ca"
    manager.save()
    make_engagement(start=TODAY, sensitivity=Sensitivity.PROTECTED_B)
    subscribed(manager, name="Ours")

    [message] = sent()

    assert message.subject == f"PROTECTED B – Liaison: Ours, {TODAY}"
    lines = message.body.strip().splitlines()
    assert (lines[0], lines[-1]) == ("PROTECTED B", "PROTECTED B")
    assert html_of(message).count("PROTECTED B") == 2


def left_the_office(row):
    row.person.office = make_office("ELSEWHERE")
    row.person.save()


def deactivated(row):
    row.person.is_active = False
    row.person.save()


def without_an_address(row):
    row.person.email = ""
    row.person.save()


def unshared(row):
    row.view.office = None
    row.view.save()


def deleted(row):
    row.view.delete()


def retired_away(row):
    row.view.query = "objective=GONE"
    row.view.save()


@pytest.mark.parametrize(
    ("happened", "why"),
    [
        (left_the_office, "the view is no longer there for this person"),
        (unshared, "the view is no longer there for this person"),
        (deleted, "the view is no longer there for this person"),
        (deactivated, "this person is deactivated"),
        (without_an_address, "no e-mail address is kept for this person"),
        (retired_away, "its filter makes no sense any more: There is no objective “GONE”."),
    ],
)
def test_whom_nothing_can_be_mailed_is_left_out_and_said(subscriber, capsys, happened, why):
    view = make_view("Shared", office=subscriber.office)
    row = Subscription.objects.create(
        view=view, person=subscriber, name="Shared", rhythm="weekly", last_period="before"
    )
    happened(row)

    call_command("mail_views")

    assert mail.outbox == []
    assert f"Skipped: “Shared” to subscriber: {why}" in capsys.readouterr().out


# When


def test_is_sent_once_a_week(subscriber):
    row = subscribed(subscriber)

    assert (len(sent()), len(sent())) == (1, 0)

    row.refresh_from_db()
    assert row.last_period == Rhythm.WEEKLY.period(TODAY)
    assert row.last_sent_at
    assert row.claimed_at is None


def test_is_sent_once_a_month(subscriber):
    subscribed(subscriber, rhythm=Rhythm.MONTHLY)

    assert (len(sent()), len(sent())) == (1, 0)


def test_is_not_sent_before_the_week_is_over(subscriber):
    subscribed(subscriber, last_period=Rhythm.WEEKLY.period(TODAY))

    assert sent() == []


@pytest.mark.parametrize(
    ("rhythm", "day", "period", "following"),
    [
        ("weekly", dt.date(2026, 11, 22), "2026-W47", dt.date(2026, 11, 23)),
        ("weekly", dt.date(2026, 11, 23), "2026-W48", dt.date(2026, 11, 30)),
        ("weekly", dt.date(2027, 1, 1), "2026-W53", dt.date(2027, 1, 4)),
        ("monthly", dt.date(2026, 12, 31), "2026-12", dt.date(2027, 1, 1)),
        ("monthly", dt.date(2027, 1, 1), "2027-01", dt.date(2027, 2, 1)),
    ],
)
def test_a_week_begins_on_monday_and_a_month_on_the_first(rhythm, day, period, following):
    assert Rhythm(rhythm).period(day) == period
    assert Rhythm(rhythm).next_day(day) == following


def test_a_dry_run_says_what_is_due_and_sends_nothing(subscriber, capsys):
    subscribed(subscriber, name="Ours")

    call_command("mail_views", dry_run=True)

    assert mail.outbox == []
    assert capsys.readouterr().out == "Would send: “Ours” to subscriber\n1 would be sent.\n"
    assert len(sent()) == 1


# What goes wrong


class FailsForOne(EmailBackend):
    """A server that hangs up on one address."""

    def send_messages(self, messages):
        if any("broken@example.ca" in message.to for message in messages):
            raise SMTPServerDisconnected("Connection unexpectedly closed")
        return super().send_messages(messages)


def test_a_mail_that_fails_stops_no_other_and_is_tried_again(subscriber, settings, capsys):
    subscribed(make_user("broken", email="broken@example.ca"), name="Broken")
    subscribed(subscriber)
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.FailsForOne"

    with pytest.raises(CommandError, match="1 could not be sent"):
        call_command("mail_views")

    assert [message.to for message in mail.outbox] == [["subscriber@example.ca"]]
    said = capsys.readouterr().err
    assert "Failed: “Broken” to broken: SMTPServerDisconnected: Connection" in said
    settings.EMAIL_BACKEND = working
    assert [message.to for message in sent()] == [["broken@example.ca"]]


def test_two_runs_at_once_send_it_once(subscriber):
    row = subscribed(subscriber)
    other = Subscription.objects.get(pk=row.pk)

    assert sending.claim(row, timezone.now())
    assert not sending.claim(other, timezone.now())
    assert sent() == []


def test_killed_while_it_was_sent_the_next_run_sends_that_one_again(subscriber):
    row = subscribed(subscriber)
    Subscription.objects.filter(pk=row.pk).update(claimed_at=timezone.now() - sending.LEASE * 2)

    assert len(sent()) == 1


def test_without_the_address_of_the_portal_nothing_is_sent(subscriber, settings):
    settings.SITE_ADDRESS = ""
    subscribed(subscriber)

    with pytest.raises(CommandError, match="SITE_ADDRESS"):
        call_command("mail_views")
