"""No record is without history: every model, every column."""

import pytest
from django.apps import apps

from accounts.models import User
from common.history.tracking import kinds
from tests.test_conventions import OUR_APPS

# A model that has no history, and why.
NOT_ON_RECORD = {
    "common.Revision": "it is the history",
    "engagements.Change": "the database's own notes of what changed, for the index",
    "engagements.ReferenceCounter": "it counts numbers given; the number is kept with the record",
    "engagements.Export": "it is a record itself: of a file that left; nothing changes it",
    "engagements.ExportLayout": "how a person wants their files: theirs alone",
    "engagements.Load": "a file on its way in; what came of it is on record with each engagement",
    "engagements.LoadedRow": "it says where a record comes from, and is written once",
    "engagements.ColumnMemory": "how a person maps their columns: theirs alone",
    "engagements.WordMemory": "what a person takes the words of their files for: theirs alone",
    "accounts.Unsaved": "typed and not yet said: its author's alone",
    "dashboards.StartPage": "where a person begins: theirs alone, and nothing of a record",
    "dashboards.Subscription": "what a person has mailed to them: theirs alone",
}
# Columns that follow from others, or say of a change what the revision says: who, when, which version.
NOT_KEPT = {
    "engagement": {
        "id", "fiscal_year", "spans_from", "spans_to", "search_text", "sort_en", "sort_fr",
        "changed_at", "changed_by", "version", "form_key", "draft_input",
    },
    "note": {"id", "engagement", "changed_at", "changed_by", "version", "key"},
    "view": {"id", "key", "created_at", "changed_at", "version"},
    "partner": {
        "id", "search_text", "sort_en", "sort_fr", "edited_at", "edited_by", "archived_by",
        "created_at", "created_by", "version",
    },
    "contact": {
        "id", "key", "search_text", "sort_en", "sort_fr", "likeness", "logged_at", "logged_by",
        "changed_at", "changed_by", "version",
    },
    "framework": {"id", "edited_at", "edited_by", "adopted_at", "adopted_by"},
    "objective": {"id", "edited_at", "edited_by"},
    "office": {"id", "edited_at", "edited_by"},
    "region": {"id", "edited_at", "edited_by"},
    "country": {"id", "edited_at", "edited_by", "search_text", "sort_en", "sort_fr"},
    # What a person does and sees follows from role, office and clearance alone.
    "person": {"id", "password", "last_login", "date_joined", "is_staff", "is_superuser", "language"},
}  # fmt: skip
# The same of what hangs on a record; "position" is the order of the list.
NOT_KEPT_OF_ROWS = {
    "engagements.Participation": {"id", "position"},
    "engagements.Alignment": {"id", "framework"},
    "partners.FormerName": {"id", "search_text"},
}


def our_models():
    found = [model for app in OUR_APPS for model in apps.get_app_config(app).get_models()]
    assert len(found) > 10
    return found


def kept_models():
    return {
        model
        for tracked in kinds().values()
        for model in (tracked.model, *(rows.model for rows in tracked.rows.values()))
    }


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_model_is_on_record_or_says_why_not(model):
    assert (model in kept_models()) != (model._meta.label in NOT_ON_RECORD)


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_list_of_a_record_is_on_record_with_it(model):
    for field in model._meta.local_many_to_many:
        if model is not User:  # groups and permissions are not used: see accounts/admin.py
            assert field.remote_field.through in kept_models(), field.name


@pytest.mark.parametrize("kind", kinds())
def test_every_column_is_kept_or_says_why_not(kind):
    tracked = kinds()[kind]
    kept = {path.split("__")[0] for path in tracked.columns.values()}
    columns = {field.name for field in tracked.model._meta.local_concrete_fields}
    columns |= {field.name for field in tracked.model._meta.concrete_fields}

    assert columns - kept == NOT_KEPT[kind]


def all_rows():
    rows = [rows for tracked in kinds().values() for rows in tracked.rows.values()]
    assert rows
    return rows


@pytest.mark.parametrize("rows", all_rows(), ids=lambda rows: rows.model._meta.label)
def test_every_column_of_what_hangs_on_a_record_is_kept_or_says_why_not(rows):
    kept = {path.split("__")[0] for path in rows.columns.values()} | {rows.record}
    columns = {field.name for field in rows.model._meta.concrete_fields}

    assert columns - kept == NOT_KEPT_OF_ROWS.get(rows.model._meta.label, {"id"})


# Every action, each on records that are on record already.
