"""Partners are added, amended, archived, restored and verified."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from partners import actions
from partners.actions import (
    add_partner,
    amend_partner,
    archive_partner,
    restore_partner,
    verify_partner,
)
from partners.models import Partner
from tests.factories import make_country, make_partner, make_user

Kind = Partner.Kind


def test_an_added_partner_knows_who_added_it(administrator):
    partner = add_partner(
        by=administrator,
        kind=Kind.NGO,
        name_en="Penal Reform International",
        name_fr="Réforme pénale internationale",
        acronym_en="PRI",
        former_names=[{"name_en": "Prison Reform", "used_until": "1989"}],
        in_corrections=True,
    )

    partner.refresh_from_db()
    assert (partner.code, partner.created_by, partner.edited_by) == (
        "PRI",
        administrator,
        administrator,
    )
    assert partner.edited_at is not None
    assert partner.in_corrections
    assert [former.name_en for former in partner.former_names.all()] == ["Prison Reform"]
    assert Partner.objects.matching("prison reform").get() == partner


@pytest.mark.parametrize(
    ("names", "code"),
    [
        ({"name_en": "Penal Reform", "acronym_en": "PRI"}, "PRI"),
        ({"name_fr": "Conseil de l’Europe", "acronym_fr": "CdE"}, "CDE"),
        ({"name_fr": "Œuvre pénitentiaire d’Orléans"}, "OEUVRE-PENITENTIAIRE-D-ORLEANS"),
        (
            {"name_en": "International Corrections and Prisons Association of Somewhere"},
            "INTERNATIONAL-CORRECTIONS-AND-PRISONS",
        ),
        ({"name_en": "国际监狱"}, "PARTNER"),
    ],
)
def test_a_code_is_made_of_the_acronym_or_the_name(administrator, names, code):
    assert add_partner(by=administrator, kind=Kind.NGO, **names).code == code


def test_however_many_share_an_acronym_each_gets_a_code(administrator):
    made = [
        add_partner(by=administrator, kind=Kind.NGO, name_en=f"Ministry {n}", acronym_en="MOJ")
        for n in range(1, 26)
    ]

    assert [partner.code for partner in made] == ["MOJ", *(f"MOJ-{n}" for n in range(2, 26))]


def test_a_government_s_code_begins_with_its_country(administrator):
    norway = make_country("NO")

    partner = add_partner(
        by=administrator,
        kind=Kind.FOREIGN_GOVERNMENT,
        name_en="Norwegian Correctional Service",
        acronym_en="KDI",
        country=norway,
    )

    assert partner.code == "NO-KDI"


def test_a_code_that_is_taken_gets_a_number(administrator):
    make_partner("pri")

    codes = [
        add_partner(by=administrator, kind=Kind.NGO, name_en=f"Partner {n}", acronym_en="PRI").code
        for n in range(2)
    ]

    assert codes == ["PRI-2", "PRI-3"]


def test_a_code_taken_at_the_same_moment_gets_a_number(administrator, monkeypatch):
    """Two people add at once: both saw the code free, and the database refuses the second."""
    looks = iter([False, True, False])
    make_partner("PRI")
    monkeypatch.setattr(actions, "_is_taken", lambda code: next(looks))

    partner = add_partner(by=administrator, kind=Kind.NGO, name_en="Another", acronym_en="PRI")

    assert partner.code == "PRI-2"


def test_a_code_asked_for_is_given_or_refused(administrator):
    asked = {"by": administrator, "kind": Kind.NGO, "name_en": "Penal Reform", "code": "PENAL"}

    assert add_partner(**asked).code == "PENAL"
    with pytest.raises(actions.CodeTaken):
        add_partner(**asked)


def test_a_partner_without_a_name_is_refused(administrator):
    with pytest.raises(IntegrityError):
        add_partner(by=administrator, kind=Kind.NGO, name_own="Полиция")


def test_an_amended_partner_keeps_its_code_and_moves_on_by_a_version(administrator):
    partner = make_partner("PRI", name_en="Penal Reform")

    amended = amend_partner(
        by=administrator,
        partner=partner,
        version=1,
        name_en="Penal Reform International",
        former_names=[{"name_en": "Penal Reform", "used_until": "2001"}],
    )

    amended.refresh_from_db()
    assert (amended.code, amended.version) == ("PRI", 2)
    assert amended.edited_by == administrator
    assert Partner.objects.matching("international").get() == amended
    assert [former.name_en for former in amended.former_names.all()] == ["Penal Reform"]


def test_former_names_stay_where_none_are_given(administrator):
    partner = make_partner("PRI")
    partner.former_names.create(name_en="Before")

    amend_partner(by=administrator, partner=partner, version=1, website="https://pri.example/")

    assert partner.former_names.count() == 1


def test_amending_what_has_moved_on_is_refused(administrator):
    partner = make_partner("PRI")
    amend_partner(by=administrator, partner=partner, version=1, name_en="First")

    with pytest.raises(actions.MovedOn) as caught:
        amend_partner(by=administrator, partner=partner, version=1, name_en="Second")

    assert caught.value.current.name_en == "First"
    assert Partner.objects.get().name_en == "First"


def test_a_partner_cannot_come_to_stand_under_itself(administrator):
    top = make_partner("TOP")
    middle = make_partner("MIDDLE", parent=top)
    bottom = make_partner("BOTTOM", parent=middle)

    for partner, parent in [(top, bottom), (top, top), (middle, bottom)]:
        with pytest.raises(actions.ParentCycle):
            amend_partner(by=administrator, partner=partner, version=1, parent=parent)

    amend_partner(by=administrator, partner=bottom, version=1, parent=top)
    assert set(top.bodies.all()) == {middle, bottom}


def test_an_archived_partner_says_why_and_can_be_brought_back(administrator):
    partner = make_partner("PRI")

    archived = archive_partner(by=administrator, partner=partner, reason="Dissolved in 2025.")
    assert (archived.archive_reason, archived.archived_by) == ("Dissolved in 2025.", administrator)
    assert list(Partner.objects.active()) == []

    restored = restore_partner(by=administrator, partner=partner)
    assert (restored.archive_reason, restored.archived_by, restored.version) == ("", None, 3)
    assert list(Partner.objects.active()) == [partner]


def test_an_edit_of_a_partner_archived_meanwhile_is_refused(administrator):
    partner = make_partner("PRI")
    archive_partner(by=administrator, partner=partner, reason="Dissolved")

    with pytest.raises(actions.MovedOn) as caught:
        amend_partner(by=administrator, partner=partner, version=1, name_en="Too late")

    assert caught.value.current.is_archived


def test_verifying_records_today_and_moves_no_version(administrator, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: dt.date(2026, 11, 22))
    partner = make_partner("PRI")

    verify_partner(by=administrator, partner=partner)

    partner.refresh_from_db()
    assert (partner.verified_on, partner.version) == (dt.date(2026, 11, 22), 1)


def test_a_name_that_is_longer_when_folded_can_be_sorted_by(administrator):
    partner = add_partner(by=administrator, kind=Kind.NGO, name_en="ß" * 300)

    partner.refresh_from_db()
    assert partner.sort_en == "s" * 300


SAME = {"kind": Kind.NGO, "name_en": "Prison Union", "acronym_en": "PU"}


def test_the_very_same_told_twice_in_a_moment_is_one(administrator):
    assert add_partner(by=administrator, **SAME) == add_partner(by=administrator, **SAME)


def test_later_on_it_is_another_one(administrator):
    first = add_partner(by=administrator, **SAME)
    Partner.objects.update(created_at=timezone.now() - dt.timedelta(minutes=1))

    assert add_partner(by=administrator, **SAME) != first


@pytest.mark.django_db(transaction=True)
def test_people_who_add_the_very_same_at_the_same_moment_add_one():
    person = make_user(role="administrator")

    def add(_):
        try:
            return add_partner(by=person, **SAME).code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(add, range(4))) == {"PU"}
