"""Lists of contacts: who a row is about, added, laid over who is here, left out, taken back."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from common.history.models import Revision
from common.sheets.book import Book, Sheet
from engagements.imports.saving import check_load
from engagements.imports.undoing import undo
from engagements.models import Load
from partners.contacts.actions import amend_contact, retire_contacts
from partners.models import Contact, Partner
from tests.engagements.imports.loading import checked, loaded, outcomes
from tests.factories import make_contact, make_country, make_load, make_partner

HEADINGS = ["Name", "Title", "Organization", "E-mail", "Phone", "Language", "Notes"]
ROW = [
    "A. Somebody",
    "Director of Prisons",
    "KPS",
    "a@kps.example",
    "+254 20 000 0000",
    "French",
    "Met.",
]


@pytest.fixture(autouse=True)
def kps():
    kenya = make_country("KE", name_en="Kenya", name_fr="Kenya")
    make_country("GH", name_en="Ghana", name_fr="Ghana")
    return make_partner(
        "KPS",
        name_en="Kenya Prisons Service",
        name_fr="Service des prisons du Kenya",
        acronym_en="KPS",
        kind="foreign_government",
        country=kenya,
    )


def a_row(name="A. Somebody", post=None, partner="KPS", **other):
    told = {"email": None, "phone": None, "language": None, "note": None} | other
    return [name, post, partner, *told.values()]


def a_load(by, rows, *, headings=HEADINGS, answers=None):
    book = Book("xlsx", [Sheet("People", [headings, *rows])]).packed()
    return make_load(by, rows=[], answers=answers or {}, book=book, subject=Load.Subject.CONTACTS)


def test_a_row_becomes_a_contact_with_all_that_it_says(staff, kps):
    load = loaded(a_load(staff, [ROW]))

    contact = Contact.objects.get()
    assert (contact.name, contact.post_en, contact.post_fr) == ("A. Somebody", ROW[1], "")
    assert (contact.partner, contact.email, contact.phone) == (kps, ROW[3], ROW[4])
    assert (contact.write_in, contact.note, contact.text_language) == ("fr", "Met.", "en")
    assert contact.logged_by == staff
    assert [(r.row, r.outcome, r.reference, r.contact) for r in load.rows.all()] == [
        (2, "created", "KPS", contact)
    ]
    [revision] = Revision.objects.of("contact", [contact.pk])
    assert (revision.act, revision.by) == ("added", staff)


def test_somebody_who_logs_no_engagements_loads_no_contacts(reader):
    with pytest.raises(PermissionDenied):
        check_load(a_load(reader, [ROW]))


def test_headings_of_either_language_say_what_a_column_holds(staff):
    headings = ["Nom", "Prénom", "Fonction", "Organisme", "Pays", "Courriel", "Tél.", "Cellulaire"]
    headings += ["Langue de correspondance", "En poste depuis", "Remarques"]
    row = ["Tel", "Un", "Directrice de la formation", "Service des prisons du Kenya", "Kenya"]
    row += ["tel@kps.example", "1", "2", "Anglais", dt.date(2019, 5, 6), "Une note de la réunion"]

    loaded(a_load(staff, [row], headings=headings))

    contact = Contact.objects.get()
    assert (contact.name, contact.post_fr, contact.post_en) == ("Un Tel", row[2], "")
    assert (contact.phone, contact.email, contact.write_in) == ("1; 2", "tel@kps.example", "en")
    assert (contact.in_post_from, contact.note, contact.text_language) == (
        *("2019-05-06", "Une note de la réunion", "fr"),
    )


def test_a_post_without_a_name_is_a_contact_as_well(staff):
    headings = ["Position EN", "Position FR", "Organization", "Since"]

    loaded(a_load(staff, [["Warden", "Directeur", "KPS", 2019.0]], headings=headings))

    contact = Contact.objects.get()
    assert (contact.name, contact.post_en, contact.post_fr) == ("", "Warden", "Directeur")
    assert contact.in_post_from == "2019"


def test_an_address_is_read_out_of_what_stands_about_it(staff):
    loaded(a_load(staff, [a_row(email="A. Somebody <a@kps.example>")]))

    assert Contact.objects.get().email == "a@kps.example"


def test_the_same_file_again_changes_nothing_even_where_a_contact_was_changed(staff):
    rows = [ROW, a_row("B. Somebody", note="Une réunion avec les pénitenciers du pays")]
    loaded(a_load(staff, rows))
    contact = Contact.objects.get(name="B. Somebody")
    amend_contact(by=staff, contact=contact, version=1, name="B. Other")
    before = list(Contact.objects.order_by("pk").values())

    again = loaded(a_load(staff, rows))

    assert list(Contact.objects.order_by("pk").values()) == before
    assert (again.counts["unchanged"], again.rows.count()) == (2, 0)


def test_somebody_known_at_the_partner_is_left_alone_until_somebody_says_otherwise(staff, kps):
    here = make_contact(kps, name="SOMEBODY, Á.", post_en="Director", post_fr="Directrice")
    row = a_row("A. Somebody", "Directrice", email="a@kps.example")

    plan = checked(a_load(staff, [row]))
    assert outcomes(plan) == [(2, "duplicate", "like")]
    assert [(d.field, d.before, d.after) for d in plan.rows[0].differences] == [
        ("name", "SOMEBODY, Á.", "A. Somebody"),
        ("email", "", "a@kps.example"),
    ]
    assert plan.rows[0].reason == (
        "SOMEBODY, Á., Director is known at Kenya Prisons Service (KPS)."
    )

    answers = {"rows": {"2": "update"}, "keep": {"2": ["name"]}}
    loaded(a_load(staff, [row], answers=answers))
    here.refresh_from_db()
    assert (here.name, here.email, here.post_en, here.version) == (
        *("SOMEBODY, Á.", "a@kps.example", "Director", 2),
    )
    assert Contact.objects.count() == 1


def test_what_says_nothing_new_changes_nothing(staff, kps):
    make_contact(kps, name="A. Somebody", post_fr="Warden", note="Met.", text_language="fr")

    plan = checked(a_load(staff, [a_row(post="warden", note="Met.")]))

    assert outcomes(plan) == [(2, "unchanged", "same-record")]


def test_the_same_name_at_another_partner_is_somebody_else(staff):
    make_contact(make_partner("GPS"), name="A. Somebody")

    assert outcomes(checked(a_load(staff, [ROW]))) == [(2, "create", "")]


def test_one_who_is_marked_as_no_longer_there_is_said_to_be(staff, kps):
    gone = make_contact(kps, name="A. Somebody", post_en="Warden")
    retire_contacts(by=staff, contacts=[gone])

    [row] = checked(a_load(staff, [ROW])).rows
    assert (row.outcome, row.record) == ("duplicate", str(gone.key))
    assert "marked as no longer there" in row.reason

    loaded(a_load(staff, [ROW], answers={"rows": {"2": "create"}}))
    assert Contact.objects.there().get().post_en == "Director of Prisons"


def test_of_two_of_one_name_the_post_tells_which(staff, kps):
    make_contact(kps, name="A. Somebody", post_en="Warden")
    director = make_contact(kps, name="A. Somebody", post_en="Director of Prisons")

    told, untold = checked(a_load(staff, [ROW, a_row(note="Which?")])).rows

    assert (told.record, told.outcome) == (str(director.key), "duplicate")
    assert (untold.outcome, untold.why) == ("left_out", "problem")
    assert "Give the post" in untold.reason


def test_a_row_that_says_who_another_is_stays_out(staff):
    rows = [
        ROW,
        ROW,
        a_row(post="Warden"),
        a_row("B. Somebody"),
        a_row("B. Somebody", partner="GPS"),
    ]
    make_partner("GPS", name_en="Ghana Prisons Service")

    plan = checked(a_load(staff, rows))

    assert [(r.outcome.value, str(r.why), r.repeats) for r in plan.rows] == [
        ("create", "", 0), ("left_out", "repeats", 2), ("left_out", "like-row", 2),
        ("create", "", 0), ("create", "", 0),
    ]  # fmt: skip
    assert plan.rows[2].reason == "Row 2 names the same person at the same partner."


def test_nobody_is_added_twice_in_one_post_whatever_is_chosen(staff, kps):
    make_contact(kps, name="A. Somebody", post_en="Warden")
    rows = [a_row(post="warden"), a_row("B. Somebody"), a_row("B. Somebody", note="Again")]

    plan = checked(a_load(staff, rows, answers={"rows": {"2": "create", "4": "create"}}))

    assert [(p.row, p.message) for p in plan.problems] == [
        (2, "This partner has that contact already."),
        (4, "Row 3 names the same person in the same post."),
    ]


def test_each_problem_names_its_cell(staff):
    rows = [a_row(email="at the desk"), a_row("B\x07"), a_row(None, "", note="Who?")]

    plan = checked(a_load(staff, rows))

    assert [(p.row, p.letter, p.field) for p in plan.problems] == [
        (2, "D", "email"), (3, "A", "name"), (4, "A", "name"),
    ]  # fmt: skip
    assert plan.verdict == "refused"


def test_a_partner_that_nobody_knows_is_asked_once_and_created_once(staff):
    rows = [a_row(partner="Hill Society"), a_row("B", partner="HILL SOCIETY"), a_row("C")]
    load = a_load(staff, rows)

    [asked] = checked(load).questions
    assert (asked.kind, asked.value, asked.rows) == ("partners", "Hill Society", (2, 3))

    load.answers = {"partners": {"hill society": "create"}}
    load.save()
    assert checked(load).new_partners == ("Hill Society",)
    loaded(load)
    hill = Partner.objects.get(name_en="Hill Society")
    assert hill.contacts.count() == 2
    assert [row.partner for row in load.rows.exclude(partner=None)] == [hill]


def test_the_country_beside_it_tells_which_ministry_it_is(staff):
    for code in ("KE", "GH"):
        country = make_country(code)
        kind = "foreign_government"
        make_partner(f"{code}-MOI", name_en="Ministry of Interior", kind=kind, country=country)
    headings = ["Name", "Organization", "Country"]
    rows = [["A", "Ministry of Interior", "Ghana"], ["B", "Kenya Prisons Service", "Ghana"]]
    rows += [["C", "KPS", "Kenya"], ["D", "KPS", "Nowhere at all"]]

    plan = checked(a_load(staff, rows, headings=headings))

    assert [row.partners for row in plan.rows] == [
        ("GH-MOI",), ("Kenya Prisons Service, Ghana",), ("KPS",), ("KPS",),
    ]  # fmt: skip
    assert [q.value for q in plan.questions] == ["Kenya Prisons Service, Ghana"]


def test_rows_without_a_partner_wait_for_one_said_for_the_file(staff, kps):
    load = a_load(staff, [a_row(partner=None), a_row("B")])

    [asked] = checked(load).questions
    assert (asked.kind, asked.value, asked.rows) == ("defaults", "partners", (2,))
    assert asked.message == "Rows that name no partner: where are these people?"

    load.answers = {"defaults": {"partners": ["KPS"]}}
    load.save()
    loaded(load)
    assert kps.contacts.count() == 2


def test_a_number_that_looks_like_a_persons_is_confirmed_once(staff):
    load = a_load(staff, [a_row(note="His number is 130 692 544"), a_row("B")])

    plan = checked(load)
    [asked] = plan.questions
    assert (asked.kind, asked.rows) == ("confirmed", (2,))

    load.answers = {"confirmed": [asked.value]}
    load.save()
    assert checked(load).counts["create"] == 2


def test_a_load_is_undone_but_for_what_was_changed_or_used_since(staff, colleague, kps):
    here = make_contact(kps, name="A. Somebody", note="Before")
    rows = [ROW, a_row("B", partner="Hill Society"), a_row("C", partner="Dale Society"), a_row("D")]
    answers = {"rows": {"2": "update"}, "create_missing_partners": True}
    load = loaded(a_load(staff, rows, answers=answers))
    changed = Contact.objects.get(name="D")
    amend_contact(by=colleague, contact=changed, version=1, phone="1")
    make_contact(Partner.objects.get(name_en="Dale Society"), name="Whoever came later")

    undone = undo(by=staff, load=load)

    assert [row.contact for row in undone.kept] == [changed]
    here.refresh_from_db()
    assert (here.note, here.email, here.version) == ("Before", "", 3)
    assert set(Contact.objects.values_list("name", flat=True)) == {
        *("A. Somebody", "D", "Whoever came later"),
    }
    assert set(Partner.objects.values_list("name_en", flat=True)) == {
        *("Kenya Prisons Service", "Dale Society"),
    }
    load.refresh_from_db()
    assert load.stage == Load.Stage.UNDONE


def test_a_partner_somebody_is_known_at_by_now_is_not_taken_back(administrator):
    book = Book("xlsx", [Sheet("P", [["Name", "Kind"], ["Hill Society", "NGO"]])]).packed()
    load = loaded(make_load(administrator, rows=[], book=book, subject=Load.Subject.PARTNERS))
    make_contact(Partner.objects.get(name_en="Hill Society"), name="A")

    undone = undo(by=administrator, load=load)

    assert [row.reference for row in undone.kept] == ["HILL-SOCIETY"]
    assert Partner.objects.filter(name_en="Hill Society").exists()


def test_as_many_queries_for_ten_rows_as_for_two(staff, kps, django_assert_num_queries):
    for number in range(10):
        make_contact(kps, name=f"Number {number}")
    for rows in (2, 10):
        load = a_load(staff, [a_row(f"Number {n}", note="New") for n in range(rows)])
        with django_assert_num_queries(12):
            assert check_load(load).plan.counts["duplicate"] == rows
