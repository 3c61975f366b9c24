"""No path changes a record without history: every model, every column, every action."""

import datetime as dt
import inspect

import pytest
from django.apps import apps

import dashboards.actions
import engagements.actions
import engagements.alignments
import engagements.bulk
import engagements.many
import engagements.notes
import engagements.stages
import objectives.actions
import partners.actions
import partners.contacts.actions
from accounts.models import User
from common.history.models import Revision
from common.history.recording import recording
from common.history.tracking import kinds
from common.partial_dates import PartialDate
from engagements.actions import Part
from engagements.alignments import Tag
from engagements.kinds import Stage
from objectives.putting_back import last_act
from tests.engagements.telling import pillar
from tests.factories import make_engagement, make_framework, make_objective, make_partner
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


def logged(by):
    return engagements.actions.log_engagement(
        by=by,
        title_en="A visit",
        kind="outgoing-visit",
        start=PartialDate.fiscal(2027),
        end=PartialDate("not-given"),
        lead_office=by.office,
        parts=[Part(partner=make_partner())],
        tags=[Tag(objective=pillar())],
    )


def log_engagement(people):
    return [logged(people["staff"])]


def an_entry(by, **told):
    return engagements.many.Entry(
        parts=[Part(partner=make_partner())],
        tags=[Tag(objective=pillar())],
        fields={
            "title_en": "A visit",
            "kind": "outgoing-visit",
            "start": PartialDate.fiscal(2027),
            "end": PartialDate("not-given"),
            "lead_office": by.office,
        }
        | told,
    )


def log_engagements(people):
    by = people["staff"]
    return engagements.many.log_engagements(by=by, entries=[an_entry(by), an_entry(by)])


def log_prepared(people):
    by = people["staff"]
    prepared = engagements.many.prepare(by=by, entries=[an_entry(by), an_entry(by)])
    return engagements.many.log_prepared(by=by, prepared=prepared)


def amend_engagements(people):
    amendments = [
        engagements.many.Amendment(
            engagement=engagement, version=1, entry=an_entry(people["staff"], place="Oslo")
        )
        for engagement in log_engagements(people)
    ]
    return engagements.many.amend_engagements(by=people["manager"], amendments=amendments)


def amend_engagement(people):
    engagement = logged(people["staff"])
    return [
        engagements.actions.amend_engagement(
            by=people["manager"],
            engagement=engagement,
            version=engagement.version,
            parts=[],
            tags=[Tag(objective=pillar("P2"), reason="Why")],
            place="Oslo",
        )
    ]


def align(people):
    engagement = logged(people["staff"])
    engagements.alignments.align(by=people["manager"], engagement=engagement, tags=[])
    return [engagement]


def align_many(people):
    both = [logged(people["staff"]), logged(people["staff"])]
    other = make_objective("P9", pillar().framework)
    engagements.bulk.align_many(by=people["manager"], engagements=both, add=[other], remove=[])
    return both


def _stage(verb, stage, by="approver", **kwargs):
    def act(people):
        reason = {"stage_reason": "Because."} if stage == Stage.RETURNED else {}
        engagement = make_engagement(stage=stage, **reason)
        getattr(engagements.stages, verb)(by=people[by], engagement=engagement, **kwargs)
        return [engagement]

    return act


def write_note(people):
    return [
        engagements.notes.write_note(
            by=people["staff"],
            engagement=make_engagement(),
            text="Not to travel",
            text_language="en",
            sensitivity=1,
            people=[people["manager"]],
        )
    ]


def amend_note(people):
    [note] = write_note(people)
    return [
        engagements.notes.amend_note(
            by=people["staff"],
            note=note,
            version=1,
            text="Not to travel",
            text_language="en",
            sensitivity=1,
            people=[people["manager"], people["approver"]],
        )
    ]


def withdraw_note(people):
    [note] = write_note(people)
    return [engagements.notes.withdraw_note(by=people["manager"], note=note)]


def bring_back_note(people):
    [note] = withdraw_note(people)
    return [engagements.notes.bring_back_note(by=people["staff"], note=note)]


def take_back(people):
    [engagement] = _stage("approve", Stage.SUBMITTED)(people)
    engagements.stages.take_back(by=people["approver"], engagement=engagement, reason="A slip.")
    return [engagement]


def add_partner(people):
    return [partners.actions.add_partner(by=people["manager"], kind="ngo", name_en="New")]


def amend_partner(people):
    [partner] = add_partner(people)
    return [
        partners.actions.amend_partner(
            by=people["administrator"],
            partner=partner,
            version=partner.version,
            former_names=[{"name_en": "Old"}],
            name_en="Newer",
        )
    ]


def add_other_names(people):
    [partner] = add_partner(people)
    named = partners.actions.add_other_names(
        by=people["administrator"], partner=partner, names=[{"name_en": "Old"}]
    )
    return [named]


def archive_partner(people):
    [partner] = add_partner(people)
    return [
        partners.actions.archive_partner(by=people["administrator"], partner=partner, reason="Gone")
    ]


def restore_partner(people):
    [partner] = archive_partner(people)
    return [partners.actions.restore_partner(by=people["manager"], partner=partner)]


def verify_partner(people):
    [partner] = add_partner(people)
    return [partners.actions.verify_partner(by=people["administrator"], partner=partner)]


def log_contact(people):
    contact = partners.contacts.actions.log_contact(
        by=people["staff"], partner=make_partner(), name="Somebody"
    )
    return [contact]


def log_contacts(people):
    told = [{"partner": make_partner(), "post_en": post} for post in ("Director", "Warden")]
    return partners.contacts.actions.log_contacts(by=people["staff"], told=told)


def amend_contact(people):
    [contact] = log_contact(people)
    amended = partners.contacts.actions.amend_contact(
        by=people["manager"], contact=contact, version=1, phone="1"
    )
    return [amended]


def amend_contacts(people):
    amendments = [
        partners.contacts.actions.Amendment(contact=contact, version=1, fields={"note": "New"})
        for contact in log_contacts(people)
    ]
    return partners.contacts.actions.amend_contacts(by=people["manager"], amendments=amendments)


def retire_contacts(people):
    both = log_contacts(people)
    return partners.contacts.actions.retire_contacts(by=people["manager"], contacts=both)


def bring_back_contacts(people):
    both = retire_contacts(people)
    return partners.contacts.actions.bring_back_contacts(by=people["staff"], contacts=both)


def move_contacts(people):
    both = log_contacts(people)
    return partners.contacts.actions.move_contacts(
        by=people["administrator"], contacts=both, partner=make_partner()
    )


def save_view(people, **told):
    told = {
        "name": "Ours",
        "page": "dashboard",
        "query": "",
        "office": people["staff"].office,
    } | told
    return [dashboards.actions.save_view(by=people["staff"], **told)]


def amend_view(people):
    [view] = save_view(people, office=None)
    shared = {"name": "Ours", "page": "dashboard", "query": "kind=other"}
    return [
        dashboards.actions.amend_view(
            by=people["staff"], view=view, version=1, office=people["staff"].office, **shared
        )
    ]


def adopt_framework(people):
    first = make_framework("FIVE", "priority", in_force_from="2006-04-01")
    second = make_framework("SIX", "priority", adopted=False)
    make_objective("N1", second)
    objectives.actions.adopt_framework(
        by=people["administrator"], framework=second, on=dt.date(2026, 4, 1)
    )
    return [first, second]


def amend_objective(people):
    record, earlier = make_objective("S1"), make_objective("O1")
    with recording(by=people["administrator"], act="added") as kept:
        kept.made(record)
    told = {"seen": last_act(record), "short_en": "In short", "follows": [earlier]}
    objectives.actions.amend(by=people["administrator"], record=record, **told)
    return [record]


ACTIONS = {
    "dashboards.actions.save_view": save_view,
    "dashboards.actions.amend_view": amend_view,
    "engagements.actions.log_engagement": log_engagement,
    "engagements.many.log_engagements": log_engagements,
    "engagements.many.log_prepared": log_prepared,
    "engagements.many.amend_engagements": amend_engagements,
    "engagements.actions.amend_engagement": amend_engagement,
    "engagements.alignments.align": align,
    "engagements.bulk.align_many": align_many,
    "engagements.notes.write_note": write_note,
    "engagements.notes.amend_note": amend_note,
    "engagements.notes.withdraw_note": withdraw_note,
    "engagements.notes.bring_back_note": bring_back_note,
    "engagements.stages.submit": _stage("submit", Stage.RETURNED, by="staff"),
    "engagements.stages.approve": _stage("approve", Stage.SUBMITTED),
    "engagements.stages.send_back": _stage("send_back", Stage.SUBMITTED, reason="More"),
    "engagements.stages.decline": _stage("decline", Stage.SUBMITTED, reason="No"),
    "engagements.stages.complete": _stage("complete", Stage.APPROVED, by="staff", outcome="Well"),
    "engagements.stages.cancel": _stage("cancel", Stage.APPROVED, by="staff", reason="Ill"),
    "engagements.stages.take_back": take_back,
    "partners.actions.add_partner": add_partner,
    "partners.actions.add_other_names": add_other_names,
    "partners.actions.amend_partner": amend_partner,
    "partners.actions.archive_partner": archive_partner,
    "partners.actions.restore_partner": restore_partner,
    "partners.actions.verify_partner": verify_partner,
    "partners.contacts.actions.log_contact": log_contact,
    "partners.contacts.actions.log_contacts": log_contacts,
    "partners.contacts.actions.amend_contact": amend_contact,
    "partners.contacts.actions.amend_contacts": amend_contacts,
    "partners.contacts.actions.retire_contacts": retire_contacts,
    "partners.contacts.actions.bring_back_contacts": bring_back_contacts,
    "partners.contacts.actions.move_contacts": move_contacts,
    "objectives.actions.adopt_framework": adopt_framework,
    "objectives.actions.amend": amend_objective,
}
# Actions that put nothing on record themselves, and why.
WITHOUT = {
    "dashboards.actions.delete_view": "what it deletes is on record: test_shared_views.py",
    "dashboards.actions.recorded": "a part of the other acts",
    "engagements.many.prepare": "writes nothing: what log_prepared writes",
    "dashboards.actions.start_with": "a person's own, of which nothing follows",
    "dashboards.actions.stop_starting": "a person's own, of which nothing follows",
    "dashboards.actions.subscribe": "a person's own, of which nothing follows",
    "dashboards.actions.forget_lost": "a person's own, of which nothing follows",
    "engagements.actions.save_draft": "a draft is its author's alone until it is logged",
    "engagements.actions.discard_draft": "a draft has no history",
    "engagements.actions.assign": "a part of the other acts, which put it on record",
    "engagements.actions.connect": "a part of the other acts, which put it on record",
    "engagements.actions.connect_new": "a part of the other acts, which put it on record",
    "engagements.alignments.make_alignments": "a part of the other acts, which put it on record",
    "engagements.alignments.set_alignments": "a part of the other acts, which put it on record",
    "engagements.bulk.plan_many": "it changes nothing",
    "engagements.notes.judge": "it changes nothing",
    "partners.contacts.actions.logged_with": "it changes nothing",
}
MODULES = [
    dashboards.actions,
    engagements.actions,
    engagements.alignments,
    engagements.bulk,
    engagements.many,
    engagements.notes,
    engagements.stages,
    objectives.actions,
    partners.actions,
    partners.contacts.actions,
]


def all_actions():
    for module in MODULES:
        for name, action in inspect.getmembers(module, inspect.isfunction):
            own = action.__module__ == module.__name__ and not name.startswith("_")
            if own and "by" in inspect.signature(action).parameters:
                yield f"{module.__name__}.{name}"


def test_every_action_is_tried_here():
    assert set(all_actions()) == {*ACTIONS, *WITHOUT}


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_leaves_the_record_as_its_last_revision_says(
    name, staff, manager, administrator, approver
):
    people = {
        "staff": staff,
        "manager": manager,
        "administrator": administrator,
        "approver": approver,
    }
    changed = ACTIONS[name](people)

    assert changed
    for record in changed:
        [tracked] = [each for each in kinds().values() if isinstance(record, each.model)]
        last = Revision.objects.of(tracked.kind, [record.pk]).last_of_each().get()
        now = tracked.snapshots([record.pk])[record.pk]
        assert (last.state, last.version) == (now.state, now.version)
        assert last.by in people.values()
        assert last.state != last.before
