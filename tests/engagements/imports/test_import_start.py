"""Where a spreadsheet is sent: what is taken, what is refused, and what was loaded before."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse, translate_url
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import Sensitivity
from engagements.models import Load
from tests.browser.loads import ROWS, workbook
from tests.factories import make_load, make_office, make_user

START = "/en/import/"


@pytest.fixture
def send(client):
    def send(content: bytes = b"", name: str = "list.xlsx", **typed):
        return client.post(START, typed | {"file": SimpleUploadedFile(name, content)})

    return send


def test_staff_send_a_file_for_their_own_office(client, staff, send):
    client.force_login(staff)

    response = send(workbook(ROWS), office=make_office("PRA").code)

    load = Load.objects.get()
    assertRedirects(response, reverse("imports:table", args=[load.key]))
    assert (load.by, load.office.code, load.file_name, load.stage) == (
        staff,
        "IR",
        "list.xlsx",
        "read",
    )


def test_a_manager_may_load_for_any_office(client, manager, send):
    client.force_login(manager)

    send(workbook(ROWS), office=make_office("PRA").code)

    assert Load.objects.get().office.code == "PRA"


def test_whoever_has_no_office_is_told_why_nothing_can_be_loaded(client, send):
    client.force_login(make_user(role="staff", office=None))

    assertContains(send(workbook(ROWS)), "You belong to no office", status_code=422)
    assert not Load.objects.exists()


def test_nothing_chosen_is_said_at_the_field(client, staff):
    client.force_login(staff)

    response = client.post(START, {})

    assertContains(response, '<a href="#id_file">', status_code=422)
    assertContains(response, "Choose a file. Nothing was sent.", status_code=422)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.xlsx"),
        (b"%PDF-1.7 \x00\x01 no spreadsheet", "report.xlsx"),
        (workbook(ROWS)[:400], "cut-short.xlsx"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_with_a_sentence(client, staff, send, content, name):
    client.force_login(staff)

    response = send(content, name)

    assertContains(response, 'class="error-summary"', status_code=422)
    assert not Load.objects.exists()


def test_a_file_over_the_limit_is_refused_before_it_is_kept(client, staff, send, settings):
    settings.LOAD_MAX_BYTES = 3_000_000
    client.force_login(staff)

    response = send(b"x" * 3_000_001)

    assertContains(response, "The file is larger than 3 MB", status_code=413)
    assert not Load.objects.exists()


def test_what_says_that_it_is_many_times_larger_is_not_read(client, staff, send, settings):
    settings.LOAD_MAX_BYTES = 20_000
    client.force_login(staff)

    assert send(b"x" * 200_000).status_code == 413


def test_the_limits_are_those_of_the_settings(client, staff, settings):
    settings.LOAD_MAX_BYTES, settings.LOAD_MAX_ROWS = 5_500_000, 1_234
    client.force_login(staff)

    response = client.get(START)

    assertContains(response, "5.5 MB, 1,234 rows and 500 columns")
    assertContains(client.get(translate_url(START, "fr")), "1\u00a0234")


def test_a_file_name_shows_as_it_is_and_runs_nothing(client, staff, send):
    client.force_login(staff)

    send(workbook(ROWS), "<b>list\u202e.xlsx")

    assert Load.objects.get().file_name == "<b>list.xlsx"
    assertContains(client.get(START), "&lt;b&gt;list.xlsx")


def test_a_persons_loads_are_theirs_alone(client, staff):
    make_load(staff, file_name="my-own.xlsx")
    make_load(file_name="a-colleagues.xlsx")
    client.force_login(staff)

    response = client.get(START)

    assertContains(response, "my-own.xlsx")
    assertNotContains(response, "a-colleagues.xlsx")


def test_administrators_see_everybodys_as_far_as_they_are_cleared(client, administrator):
    make_load(file_name="a-colleagues.xlsx")
    make_load(file_name="higher.xlsx", sensitivity=Sensitivity.PROTECTED_B)
    administrator.clearance = Sensitivity.PROTECTED_A
    administrator.save()
    client.force_login(administrator)

    response = client.get(START)

    assertContains(response, "a-colleagues.xlsx")
    assertNotContains(response, "higher.xlsx")


def test_each_load_says_how_far_it_is_and_what_can_be_done(client, staff):
    make_load(staff, file_name="begun.xlsx")
    done = {"stage": "loaded", "loaded_at": timezone.now(), "counts": {"create": 7, "left_out": 2}}
    load = make_load(staff, file_name="done.xlsx", **done)
    client.force_login(staff)

    response = client.get(START)

    assertContains(response, "nothing is saved yet")
    assertContains(response, "7 rows new")
    assertContains(response, "2 left out")
    assertContains(response, reverse("imports:undo", args=[load.key]))


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_takes_as_many_queries_however_long_it_is(
    client, staff, n, django_assert_num_queries
):
    for _ in range(n):
        make_load(staff, made_at=timezone.now() - dt.timedelta(days=n))
    client.force_login(staff)
    client.get(START)

    with django_assert_num_queries(5):
        client.get(START)


def test_a_load_nothing_was_loaded_of_can_be_thrown_away(client, staff):
    load = make_load(staff)
    client.force_login(staff)

    response = client.post(reverse("imports:forget", args=[load.key]), follow=True)

    assertContains(response, "The file is thrown away")
    assert not Load.objects.exists()


def test_one_that_was_loaded_cannot(client, staff):
    load = make_load(staff, stage="loaded", loaded_at=timezone.now())
    client.force_login(staff)

    client.post(reverse("imports:forget", args=[load.key]))

    assert Load.objects.get() == load
