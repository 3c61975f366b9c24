"""Two autosaves of one form arrive at the same moment: one draft, and the newer text stands."""

import threading
import uuid

import pytest
from django.db import connection

from accounts.kept import keep_text
from accounts.models import Unsaved
from accounts.typed import Page
from engagements.actions import save_draft
from engagements.models import Engagement

ROUNDS = 10

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts) -> None:
    """Each act in a thread of its own, all let go at once; an error of any is raised here."""
    line = threading.Barrier(len(acts))
    errors: list[Exception] = []

    def run(act) -> None:
        line.wait()
        try:
            act()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


def test_the_first_two_autosaves_of_a_form_make_one_draft_with_the_newer_text(staff):
    for _round in range(ROUNDS):
        key, page = uuid.uuid4(), uuid.uuid4()

        def autosave(turn: int, key=key, page=page) -> None:
            typed = {"purpose": [str(turn)], "page": [str(page)], "turn": [str(turn)]}
            save_draft(
                by=staff,
                form_key=key,
                version=0,
                page=Page(key=page, turn=turn),
                by_itself=True,
                draft_input=typed,
                purpose=str(turn),
            )

        together(lambda: autosave(1), lambda: autosave(2))

        assert Engagement.objects.get(form_key=key).purpose == "2"


def test_two_texts_of_one_form_leave_the_newer(staff):
    for _round in range(ROUNDS):
        page = uuid.uuid4()

        def keep(turn: int, page=page) -> None:
            values = {"turn": turn, "version": None, "data": {"reason": [str(turn)]}}
            own = Page(key=page, turn=turn)
            keep_text(person=staff, address="partners:create", page=own, values=values)

        together(lambda: keep(1), lambda: keep(2))

        assert Unsaved.objects.get(page=page).data == {"reason": ["2"]}
