"""Files that were brought in are kept for a while; where records came from stays."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from engagements.models import Load
from tests.factories import make_load

LONG_AGO = timezone.now() - dt.timedelta(days=31)
LATELY = timezone.now() - dt.timedelta(days=29)


@pytest.mark.parametrize(("made_at", "left"), [(LONG_AGO, 0), (LATELY, 1)])
def test_a_load_that_was_never_finished_goes_as_a_whole(staff, made_at, left):
    make_load(staff, made_at=made_at)

    call_command("forget_loads", verbosity=0)

    assert Load.objects.count() == left


def test_of_one_that_was_loaded_the_file_goes_and_the_rest_stays(staff, capsys):
    told = {"made_at": LONG_AGO, "loaded_at": LONG_AGO, "stage": "loaded"}
    load = make_load(staff, answers={"sheet": "Sheet1"}, content=b"x", plan=b"y", **told)

    call_command("forget_loads", days=30)

    load.refresh_from_db()
    assert (bytes(load.book), load.content, load.plan, load.answers) == (b"", None, None, {})
    assert load.file_name
    assert capsys.readouterr().out == (
        "0 loads older than 30 days are gone, 1 have lost their file.\n"
    )


def test_what_was_loaded_lately_keeps_its_file_however_long_it_took(staff):
    load = make_load(staff, made_at=LONG_AGO, loaded_at=LATELY, stage="loaded")

    call_command("forget_loads", verbosity=0)

    load.refresh_from_db()
    assert load.book
