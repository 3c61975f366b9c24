"""The index holds what the record says, whatever wrote it."""

from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import connection

from engagements.actions import discard_draft, save_draft
from engagements.generating.making import generate, remove
from engagements.models import Engagement
from engagements.search import index
from engagements.search.lines import search_text_of
from tests.every_action import ACTIONS
from tests.factories import make_engagement, make_note


def indexed():
    """By key, the tokens that the database holds of each engagement."""
    found = {}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT engagement_id, tsvector_to_array(words) FROM engagements_search")
            return {pk: set(words) for pk, words in cursor.fetchall()}
        cursor.execute(
            "INSERT INTO engagements_search(engagements_search) VALUES ('integrity-check')"
        )
        cursor.execute(
            "CREATE VIRTUAL TABLE temp.held USING fts5vocab(main, engagements_search, instance)"
        )
        cursor.execute("SELECT doc, term FROM temp.held")
        for pk, word in cursor.fetchall():
            found.setdefault(pk, set()).add(word)
        cursor.execute("DROP TABLE temp.held")
    return found


def says():
    """The same of what the records say."""
    return {each.pk: set(search_text_of(each).split()) for each in Engagement.objects.all()}


@pytest.mark.parametrize("name", [name for name in ACTIONS if name.startswith("engagements.")])
def test_an_action_leaves_the_index_as_the_record_says(
    name, staff, manager, administrator, approver
):
    people = {
        "staff": staff,
        "manager": manager,
        "administrator": administrator,
        "approver": approver,
    }

    ACTIONS[name](people)

    assert says()
    assert indexed() == says()


def test_a_draft_is_found_by_its_author_alone_and_gone_once_discarded(staff, manager):
    draft = save_draft(by=staff, title_en="Borealis")
    save_draft(by=staff, draft=draft, title_en="Aurora")

    assert Engagement.objects.visible_to(staff).matching("aurora").get() == draft
    assert not Engagement.objects.visible_to(staff).matching("borealis")
    assert not Engagement.objects.visible_to(manager).matching("aurora")
    discard_draft(by=staff, draft=draft)
    assert indexed() == {}


def test_what_is_loaded_or_generated_is_indexed_as_well(settings):
    settings.DEMONSTRATION = True
    call_command("load_reference", verbosity=0)
    call_command("load_demo", verbosity=0)
    demonstration = says()
    generate(count=20, seed=7)
    after = make_engagement(title_en="Borealis")

    assert len(says()) == len(demonstration) + 21
    assert indexed() == says()
    remove()
    assert indexed().keys() == {*demonstration, after.pk}


def test_a_restricted_note_is_in_no_index(staff):
    engagement = make_engagement(logged_by=staff)
    make_note(engagement, text="Nightfall")

    assert not Engagement.objects.visible_to(staff).matching("nightfall")


@contextmanager
def without_triggers():
    on = " ON engagements_engagement" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in index.installed():
            cursor.execute(f"DROP TRIGGER {name}{on}")
        yield


def test_a_database_from_before_search_is_indexed_when_it_is_migrated():
    with without_triggers():
        make_engagement(title_en="Aurora")
        Engagement.objects.update(search_text="it's of another day: ' \\")
    assert not Engagement.objects.matching("aurora")

    call_command("migrate", verbosity=0)

    assert Engagement.objects.matching("aurora").exists()
    assert indexed() == says()
    assert index.installed() == set(index.triggers())


def test_texts_of_another_version_are_made_anew(monkeypatch):
    make_engagement(title_en="Aurora")
    monkeypatch.setattr("engagements.search.index.VERSION", index.VERSION + 1)
    monkeypatch.setattr("engagements.search.index.search_text_of", lambda record: " other ")

    index.install()

    assert list(Engagement.objects.values_list("search_text", flat=True)) == [" other "]
    assert set(indexed()) == set(Engagement.objects.values_list("pk", flat=True))
    assert index.installed() == set(index.triggers())


def test_the_command_mends_what_was_written_past_the_portal(capsys):
    engagement = make_engagement(title_en="Aurora")
    make_engagement()
    Engagement.objects.filter(pk=engagement.pk).update(title_en="Borealis")
    assert not Engagement.objects.matching("borealis")

    call_command("rebuild_search")

    assert Engagement.objects.matching("borealis").get() == engagement
    assert "Texts that were out of step: 1." in capsys.readouterr().out
    assert indexed() == says()
