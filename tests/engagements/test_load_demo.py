"""manage.py load_demo: what it asks for, refuses and says."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from engagements.models import Engagement


def load_demo(**options) -> str:
    """Run it, and return what it said."""
    out = StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def reference(settings):
    settings.DEMONSTRATION = True
    call_command("load_reference", verbosity=0)


def test_it_says_what_it_did_in_three_lines(reference):
    assert load_demo().splitlines()[:3] == [
        "Loaded 46 engagements of CSC, each with the page it was read on.",
        "Invented 40 more around today, 3 of them drafts.",
        "Invented 5 contacts at partners.",
    ]


def test_the_password_asked_for_is_the_one_given_to_all(reference, settings):
    settings.DEMO_PASSWORD = "from-the-environment"

    assert "with the password from-the-environment" in load_demo()
    assert "with the password on-the-line" in load_demo(once=True, password="on-the-line")
    assert all(user.check_password("on-the-line") for user in User.objects.all())


def test_showing_the_sign_ins_loads_nothing(reference):
    assert "Nobody can sign in yet" in load_demo(show=True)
    assert not User.objects.exists()


def test_it_refuses_where_nothing_invented_may_stand(settings):
    settings.DEMONSTRATION = False
    call_command("load_reference", verbosity=0)

    with pytest.raises(CommandError, match="not for demonstrations"):
        load_demo()

    assert not User.objects.exists()
    assert not Engagement.objects.exists()


def test_without_reference_data_it_says_what_to_run_and_loads_nothing(settings):
    settings.DEMONSTRATION = True

    with pytest.raises(CommandError, match=r"^Run manage.py load_reference first\."):
        load_demo()

    assert not User.objects.exists()
