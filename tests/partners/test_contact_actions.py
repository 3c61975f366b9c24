"""Contacts logged, amended, marked as no longer there, brought back, moved: one and many."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from common.history.models import Revision
from partners.contacts.actions import (
    AlreadyThere,
    Amendment,
    MovedOn,
    amend_contact,
    amend_contacts,
    bring_back_contacts,
    log_contact,
    log_contacts,
    move_contacts,
    retire_contacts,
)
from partners.models import Contact
from tests.factories import make_contact, make_partner


@pytest.fixture
def partner():
    return make_partner("UNODC")


@pytest.fixture
def contact(staff, partner):
    return log_contact(by=staff, partner=partner, name="Élise Œuvrard", post_en="Desk officer")


def revisions(contact):
    own = Revision.objects.of("contact", [contact.pk]).order_by("number")
    return [(each.act, each.by.username, each.version) for each in own]


# What the database holds to


@pytest.mark.parametrize(
    ("columns", "rule"),
    [
        ({"name": "", "email": "a@example.org"}, "contact_has_a_name_or_a_post"),
        ({"write_in": "de"}, "contact_write_in_is_known"),
        ({"text_language": "es"}, "contact_text_language_is_known"),
        ({"retired_at": timezone.now()}, "contact_retired_by_somebody"),
    ],
)
def test_the_database_refuses(columns, rule):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        make_contact(**{"name": "Somebody"} | columns)


def test_the_database_refuses_two_alike_at_one_partner(partner):
    make_contact(partner, name="Élise Œuvrard", post_en="Desk officer")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_contact(partner, name="ELISE OEUVRARD", post_en="desk  officer")


def test_of_one_name_there_may_be_two_in_other_posts_at_other_partners_or_one_gone(partner, staff):
    gone = make_contact(partner, name="Same", post_en="Warden")
    retire_contacts(by=staff, contacts=[gone])
    make_contact(partner, name="Same", post_en="Warden")
    make_contact(partner, name="Same", post_fr="Warden")
    make_contact(partner, name="Same Warden")
    make_contact(make_partner("OAS"), name="Same", post_en="Warden")

    assert Contact.objects.count() == 5


def test_the_longest_name_that_folds_longest_is_kept(staff, partner):
    # One sign that folds to eighteen, in all three columns that likeness reads.
    long = "\ufdfa" * 200

    contact = log_contact(by=staff, partner=partner, name=long, post_en=long, post_fr=long)

    assert Contact.objects.get().name == contact.name == long


# One


def test_a_logged_contact_is_on_record_with_who_logged_it(contact, staff):
    assert (contact.logged_by, contact.changed_by, contact.version) == (staff, staff, 1)
    assert revisions(contact) == [("added", "staff", 1)]


def test_one_of_that_name_in_that_post_is_there_already(contact, manager, partner):
    with pytest.raises(AlreadyThere) as there:
        log_contact(by=manager, partner=partner, name="elise oeuvrard", post_en="DESK OFFICER")

    assert there.value.contact == contact
    assert Contact.objects.count() == 1


def test_the_same_form_sent_twice_adds_one(staff, partner):
    key = uuid.uuid4()

    first = log_contact(by=staff, partner=partner, key=key, name="Somebody")
    second = log_contact(by=staff, partner=partner, key=key, name="Somebody")

    assert first == second
    assert Contact.objects.get().key == key


def test_the_key_of_another_persons_form_is_no_key_of_this_contact(staff, manager, partner):
    first = log_contact(by=staff, partner=partner, key=uuid.uuid4(), name="Somebody")

    other = log_contact(by=manager, partner=partner, key=first.key, name="Somebody else")

    assert other.key != first.key
    assert {each.name for each in Contact.objects.all()} == {"Somebody", "Somebody else"}


def test_amending_changes_what_is_named_and_moves_the_version_on(contact, manager):
    amended = amend_contact(by=manager, contact=contact, version=1, phone="+43 1 000")

    amended.refresh_from_db()
    assert (amended.name, amended.phone, amended.version) == ("Élise Œuvrard", "+43 1 000", 2)
    assert (amended.logged_by, amended.changed_by) == (contact.logged_by, manager)
    assert revisions(contact) == [("added", "staff", 1), ("amended", "manager", 2)]


def test_a_version_that_has_moved_on_is_refused(contact, manager, staff):
    amend_contact(by=manager, contact=contact, version=1, phone="1")

    with pytest.raises(MovedOn) as moved:
        amend_contact(by=staff, contact=contact, version=1, phone="2")

    assert moved.value.current.phone == "1"
    contact.refresh_from_db()
    assert contact.phone == "1"


def test_amending_one_into_another_is_refused(contact, staff, partner):
    other = log_contact(by=staff, partner=partner, name="Somebody", post_en="Desk officer")

    with pytest.raises(AlreadyThere) as there:
        amend_contact(by=staff, contact=other, version=1, name="Élise Œuvrard")

    assert there.value.contact == contact


def test_who_is_no_longer_there_stays_on_record_and_comes_back(contact, manager, staff):
    [gone] = retire_contacts(by=manager, contacts=[contact])
    assert (gone.is_gone, gone.retired_by, gone.version) == (True, manager, 2)

    [back] = bring_back_contacts(by=staff, contacts=[gone])

    assert (back.is_gone, back.retired_by, back.version) == (False, None, 3)
    assert [act for act, _by, _version in revisions(contact)] == ["added", "left", "brought-back"]


def test_marked_twice_is_marked_once(contact, manager, staff):
    retire_contacts(by=manager, contacts=[contact])

    [gone] = retire_contacts(by=staff, contacts=[contact])

    assert (gone.retired_by, gone.version) == (manager, 2)


def test_who_has_a_successor_of_that_name_and_post_does_not_come_back(contact, staff, partner):
    retire_contacts(by=staff, contacts=[contact])
    twin = log_contact(by=staff, partner=partner, name="Élise Œuvrard", post_en="Desk officer")

    with pytest.raises(AlreadyThere) as there:
        bring_back_contacts(by=staff, contacts=[contact])

    assert there.value.contact == twin


# Many


def told(partner, *names):
    return [{"partner": partner, "name": name} for name in names]


def test_many_are_logged_in_as_many_statements_as_three(staff, partner, django_assert_num_queries):
    with django_assert_num_queries(7) as few:
        log_contacts(by=staff, told=told(partner, "One"))
    with django_assert_num_queries(len(few)):
        log_contacts(by=staff, told=told(partner, "Two", "Three", "Four"))

    assert [act for one in Contact.objects.all() for act, *_rest in revisions(one)] == ["added"] * 4


def test_of_many_all_are_logged_or_none(contact, staff, partner):
    with pytest.raises(AlreadyThere) as there:
        log_contacts(
            by=staff,
            told=[
                *told(partner, "New"),
                {"partner": partner, "name": "Élise Œuvrard", "post_en": "Desk officer"},
            ],
        )

    assert there.value.contact == contact
    assert Contact.objects.count() == 1


def test_two_alike_among_many_are_refused(staff, partner):
    with pytest.raises(AlreadyThere):
        log_contacts(by=staff, told=told(partner, "Élise", "ELISE"))

    assert not Contact.objects.exists()


def test_many_are_amended_each_with_its_own_columns(staff, manager, partner):
    one, two = log_contacts(by=staff, told=told(partner, "One", "Two"))

    amend_contacts(
        by=manager,
        amendments=[
            Amendment(contact=one, version=1, fields={"name": "Two"}),
            Amendment(contact=two, version=1, fields={"name": "One", "phone": "2"}),
        ],
    )

    known = Contact.objects.order_by("pk").values_list("name", "phone", "version")
    assert list(known) == [("Two", "", 2), ("One", "2", 2)]


def test_of_many_amended_one_that_moved_on_stops_all(staff, manager, partner):
    one, two = log_contacts(by=staff, told=told(partner, "One", "Two"))
    amend_contact(by=manager, contact=two, version=1, phone="2")

    with pytest.raises(MovedOn):
        amend_contacts(
            by=staff,
            amendments=[
                Amendment(contact=each, version=1, fields={"phone": "3"}) for each in (one, two)
            ],
        )

    assert set(Contact.objects.values_list("phone", flat=True)) == {"", "2"}


def test_nothing_to_do_is_done_in_no_statement(staff, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert amend_contacts(by=staff, amendments=[]) == []


# Two partners become one


def test_contacts_move_with_their_history_and_whoever_is_there_twice_is_there_once(
    contact, staff, administrator, partner
):
    old = make_partner("ODCCP")
    one, twin, gone = log_contacts(
        by=staff,
        told=[
            {"partner": old, "name": "Somebody"},
            {"partner": old, "name": "Elise Oeuvrard", "post_en": "Desk officer", "phone": "9"},
            {"partner": old, "name": "Gone"},
        ],
    )
    retire_contacts(by=staff, contacts=[gone])

    move_contacts(by=administrator, contacts=old.contacts.all(), partner=partner)

    assert not old.contacts.exists()
    there = partner.contacts.there().by_name("en")
    assert [each.name for each in there] == ["Élise Œuvrard", "Somebody"]
    assert set(partner.contacts.gone()) == {twin, gone}
    assert [act for act, *_rest in revisions(one)] == ["added", "moved"]
