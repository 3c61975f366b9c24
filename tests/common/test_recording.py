"""Writing history: one revision an act, with the change or not at all."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Sensitivity
from common.history.models import Revision, Unchangeable
from common.history.recording import recording, unrecorded
from common.history.tracking import kinds
from engagements.models import Engagement
from partners.models import FormerName, Partner
from tests.factories import make_engagement, make_partner
from tests.on_record import PastHistory, changes_what_is_kept


def revisions(record, kind):
    return list(Revision.objects.of(kind, [record.pk]).order_by("number"))


@pytest.fixture
def partner(staff):
    with recording(by=staff, act="added") as kept:
        made = make_partner("UNODC", name_en="Office on Drugs")
        kept.made(made)
    return made


def rename(partner, name, *, by, act="amended"):
    with recording(by=by, act=act, records=[partner]):
        partner.name_en = name
        partner.save()


def test_what_is_made_begins_its_history_with_all_of_it(partner, staff):
    [first] = revisions(partner, "partner")

    assert (first.number, first.previous, first.by, first.act) == (1, None, staff, "added")
    assert first.before == {}
    assert first.state == kinds()["partner"].snapshots([partner.pk])[partner.pk].state
    assert first.state["name_en"] == "Office on Drugs"


def test_a_change_follows_the_one_before_it(partner, manager):
    before = timezone.now()
    rename(partner, "Office on Drugs and Crime", by=manager)

    first, second = revisions(partner, "partner")
    assert (second.number, second.previous, second.by) == (2, first, manager)
    assert second.before["name_en"] == "Office on Drugs"
    assert second.state["name_en"] == "Office on Drugs and Crime"
    assert before <= second.at <= timezone.now()


def test_what_hangs_on_a_record_is_part_of_it(partner, staff):
    with recording(by=staff, act="amended", records=[partner]):
        FormerName.objects.create(partner=partner, name_en="Centre", used_until="2002")

    assert revisions(partner, "partner")[-1].state["former_names"] == [
        {
            "name_en": "Centre",
            "acronym_en": "",
            "name_fr": "",
            "acronym_fr": "",
            "used_from": "",
            "used_until": "2002",
        }
    ]


def test_nothing_changed_is_nothing_on_record(partner, staff):
    rename(partner, partner.name_en, by=staff)

    assert len(revisions(partner, "partner")) == 1


def test_what_fails_leaves_neither_change_nor_history(partner, staff):
    def fail_half_way():
        with recording(by=staff, act="amended", records=[partner]):
            Partner.objects.filter(pk=partner.pk).update(name_en="Half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()

    partner.refresh_from_db()
    assert partner.name_en == "Office on Drugs"
    assert len(revisions(partner, "partner")) == 1


def test_what_was_there_before_its_history_is_told_as_found(staff):
    partner = make_partner(name_en="Old")

    rename(partner, "New", by=staff)

    found, amended = revisions(partner, "partner")
    assert (found.act, found.by, found.state["name_en"]) == ("found", None, "Old")
    assert (amended.act, amended.before["name_en"], amended.state["name_en"]) == (
        "amended",
        "Old",
        "New",
    )


def test_a_change_made_past_the_portal_is_put_on_record_at_the_next_one(partner, staff):
    Partner.objects.filter(pk=partner.pk).update(name_en="Changed by hand")
    partner.refresh_from_db()

    rename(partner, "Office", by=staff)

    acts = [(each.act, each.by, each.state["name_en"]) for each in revisions(partner, "partner")]
    assert acts[1:] == [("outside", None, "Changed by hand"), ("amended", staff, "Office")]


def test_what_is_deleted_leaves_its_history(partner, staff):
    pk = partner.pk
    with recording(by=staff, act="amended", records=[partner]):
        partner.delete()

    last = Revision.objects.of("partner", [pk]).last_of_each().get()
    assert (last.act, last.state, last.before["name_en"]) == ("deleted", {}, "Office on Drugs")


def test_a_revision_is_as_sensitive_as_the_record_ever_was_in_it(staff):
    engagement = make_engagement(logged_by=staff, sensitivity=Sensitivity.PROTECTED_B)
    with recording(by=staff, act="amended", records=[engagement]):
        engagement.sensitivity = Sensitivity.UNCLASSIFIED
        engagement.save()
    with recording(by=staff, act="amended", records=[engagement]):
        engagement.place = "Oslo"
        engagement.save()

    marked = [each.sensitivity for each in revisions(engagement, "engagement")]
    assert marked == [Sensitivity.PROTECTED_B, Sensitivity.PROTECTED_B, Sensitivity.UNCLASSIFIED]


def test_many_records_take_as_many_queries_as_one(staff, django_assert_num_queries):
    def change(count):
        engagements = [make_engagement(logged_by=staff) for _number in range(count)]
        pks = [engagement.pk for engagement in engagements]
        with (
            django_assert_num_queries(9),
            recording(by=staff, act="amended", records=engagements),
        ):
            Engagement.objects.filter(pk__in=pks).update(place="Oslo")

    change(1)
    change(3)
    assert Revision.objects.filter(act="amended").count() == 4


def test_a_chain_cannot_fork(partner):
    [first] = revisions(partner, "partner")
    twice = {"kind": "partner", "record_id": partner.pk, "number": 2, "previous": first}
    Revision.objects.create(act="amended", **twice)

    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.create(act="amended", **twice | {"number": 3})


def test_what_is_on_record_stays_as_it_was_written(partner):
    [first] = revisions(partner, "partner")
    records = Revision.objects.all()

    for change in (
        first.save,
        first.delete,
        records.delete,
        lambda: records.update(act="other"),
        lambda: records.bulk_update([first], ["act"]),
    ):
        with pytest.raises(Unchangeable):
            change()


def test_states_read_alike_on_every_database(staff):
    engagement = make_engagement(
        logged_by=staff,
        planned_cost="2000",
        approved_on=dt.date(2026, 5, 1),
        logged_at=dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC),
    )

    state = kinds()["engagement"].snapshots([engagement.pk])[engagement.pk].state

    assert state["planned_cost"] == "2000.00"
    assert state["approved_on"] == "2026-05-01"
    assert state["logged_at"] == "2026-05-01T12:00:00+00:00"
    assert state["lead_office"] == "IR"


# The guard in tests/on_record.py, which watches every test


@pytest.mark.parametrize(
    ("sql", "table"),
    [
        ('INSERT INTO "partners_partner" ("code") VALUES (%s)', "partners_partner"),
        ('UPDATE "partners_partner" SET "name_en" = %s WHERE 1', "partners_partner"),
        ('DELETE FROM "engagements_alignment" WHERE 1', "engagements_alignment"),
        ('UPDATE "partners_partner" SET "version" = %s WHERE 1', ""),
        ('UPDATE "accounts_user" SET "last_login" = %s WHERE 1', ""),
        ('INSERT INTO "django_session" ("x") VALUES (%s)', ""),
        ('SELECT * FROM "partners_partner"', ""),
    ],
)
def test_the_guard_knows_what_is_kept(sql, table):
    assert changes_what_is_kept(sql) == table


def test_the_guard_stops_a_portal_that_writes_past_its_history(partner, monkeypatch):
    monkeypatch.setattr("tests.on_record.is_the_portals", lambda: True)

    with pytest.raises(PastHistory, match="partners_partner"), transaction.atomic():
        Partner.objects.filter(pk=partner.pk).update(name_en="Past it")
    with unrecorded():
        Partner.objects.filter(pk=partner.pk).update(name_en="Left out on purpose")
    with recording(by=None, act="amended", records=[partner]), connection.cursor() as cursor:
        cursor.execute('UPDATE "partners_partner" SET "name_en" = %s', ["On record"])


def test_the_reason_of_an_act_stands_with_it_alone(partner, staff):
    with recording(by=staff, act="amended", reason="A slip.", records=[partner]):
        partner.name_en = "Office"
        partner.save()

    assert [revision.reason for revision in revisions(partner, "partner")] == ["", "A slip."]


def test_an_act_within_another_one_follows_it_in_the_history(staff):
    engagement = make_engagement(logged_by=staff, place="Oslo")
    with recording(by=staff, act="amended", records=[engagement]):
        with recording(by=staff, act="aligned", records=[engagement]):
            Engagement.objects.filter(pk=engagement.pk).update(place="Bergen")
        Engagement.objects.filter(pk=engagement.pk).update(place="Tromsø")

    told = [
        (each.number, each.act, each.state["place"]) for each in revisions(engagement, "engagement")
    ]
    assert told == [(1, "found", "Oslo"), (2, "aligned", "Bergen"), (3, "amended", "Tromsø")]
