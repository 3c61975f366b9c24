"""Every action that changes a record, done once by somebody who may; each gives the records it changed."""

import datetime as dt

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
from common.history.recording import recording
from common.partial_dates import PartialDate
from engagements.actions import Part
from engagements.alignments import Tag
from engagements.kinds import Stage
from objectives.putting_back import last_act
from tests.engagements.telling import pillar
from tests.factories import make_engagement, make_framework, make_objective, make_partner


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
