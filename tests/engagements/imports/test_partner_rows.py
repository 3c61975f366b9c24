"""Lists of partners, loaded by administrators: matched, added, laid over what is here, taken back."""

import pytest
from django.core.exceptions import PermissionDenied

from common.history.models import Revision
from common.sheets.book import Book, Sheet
from engagements.imports.saving import check_load
from engagements.imports.undoing import undo
from engagements.models import Load
from partners.actions import amend_partner
from partners.models import FormerName, Partner
from tests.engagements.imports.loading import checked, loaded, outcomes
from tests.factories import make_country, make_load, make_partner

HEADINGS = [
    *("Name (English)", "Nom français", "Acronym (EN)", "Type", "Pays / Country", "Part of"),
    *("Sectors", "Web site", "CRS code", "Former names"),
]


@pytest.fixture(autouse=True)
def world():
    make_country("KE", name_en="Kenya", name_fr="Kenya")
    make_country("GH", name_en="Ghana", name_fr="Ghana")


def a_row(name="Kenya Prisons Service", **other):
    told = {"fr": None, "acronym": None, "kind": "Foreign government", "country": "Kenya"}
    told |= {"parent": None, "sectors": None, "site": None, "crs": None, "former": None} | other
    return [name, *told.values()]


def a_load(by, rows, *, headings=HEADINGS, answers=None):
    book = Book("xlsx", [Sheet("Partners", [headings, *rows])]).packed()
    return make_load(by, rows=[], answers=answers or {}, book=book, subject=Load.Subject.PARTNERS)


def test_only_administrators_load_partners(manager):
    with pytest.raises(PermissionDenied):
        check_load(a_load(manager, [a_row()]))


def test_a_row_becomes_a_partner_with_all_that_it_says(administrator):
    row = a_row(
        fr="Service des prisons du Kenya",
        acronym="KPS",
        sectors="Corrections; police",
        site="kps.example.org",
        crs="11000",
        former="Prisons Department; Colonial Prisons",
    )
    load = loaded(a_load(administrator, [row]))

    partner = Partner.objects.get()
    assert (partner.name_en, partner.name_fr, partner.acronym_en) == (
        *("Kenya Prisons Service", "Service des prisons du Kenya", "KPS"),
    )
    assert (partner.code, partner.kind, partner.country.iso2) == (
        *("KE-KPS", "foreign_government", "KE"),
    )
    assert (partner.in_corrections, partner.in_police, partner.in_courts) == (True, True, False)
    assert (partner.website, partner.crs_code) == ("https://kps.example.org", "11000")
    assert {name.name_en for name in partner.former_names.all()} == {
        *("Prisons Department", "Colonial Prisons"),
    }
    assert partner.created_by == administrator
    assert [(r.row, r.outcome, r.reference, r.partner) for r in load.rows.all()] == [
        (2, "created", "KE-KPS", partner)
    ]
    assert [revision.act for revision in Revision.objects.of("partner", [partner.pk])] == ["added"]


def test_the_same_file_again_changes_nothing(administrator):
    rows = [
        a_row(former="Prisons Department"),
        a_row("Ghana Police", country="GH", sectors="police"),
    ]
    loaded(a_load(administrator, rows))
    before = list(Partner.objects.order_by("pk").values())

    again = loaded(a_load(administrator, rows))

    assert list(Partner.objects.order_by("pk").values()) == before
    assert (again.counts["unchanged"], again.rows.count()) == (2, 0)


def test_one_that_is_here_is_left_alone_until_somebody_says_otherwise(administrator):
    here = make_partner(
        "KPS",
        name_en="Kenya Prisons Service",
        kind="foreign_government",
        country=make_country("KE"),
    )
    row = a_row(site="https://kps.example.org", former="Prisons Department")

    plan = checked(a_load(administrator, [row]))
    assert outcomes(plan) == [(2, "duplicate", "like")]
    assert (plan.rows[0].record, plan.verdict) == ("KPS", "accepted")
    assert [(d.field, d.before, d.after) for d in plan.rows[0].differences] == [
        ("website", "", "https://kps.example.org"),
        ("former_names", "", "Prisons Department"),
    ]

    loaded(a_load(administrator, [row], answers={"rows": {"2": "update"}}))
    here.refresh_from_db()
    assert (here.website, here.code) == ("https://kps.example.org", "KPS")
    assert [name.name_en for name in here.former_names.all()] == ["Prisons Department"]
    assert Partner.objects.count() == 1

    loaded(a_load(administrator, [row], answers={"rows": {"2": "create"}}))
    assert Partner.objects.count() == 2


def test_a_name_nearly_the_same_is_taken_for_one_that_is_here(administrator):
    make_partner("KPS", name_en="Kenya Prisons Service", country=make_country("KE"))

    plan = checked(a_load(administrator, [a_row("The Kenya Prison Service")]))

    assert outcomes(plan) == [(2, "duplicate", "like")]
    assert "Kenya Prisons Service" in plan.rows[0].reason


def test_the_same_name_in_another_country_is_another(administrator):
    make_partner("KE-MOJ", name_en="Ministry of Justice", country=make_country("KE"))

    plan = checked(a_load(administrator, [a_row("Ministry of Justice", country="Ghana")]))

    assert outcomes(plan) == [(2, "create", "")]


def test_a_code_says_who_it_is_and_what_is_empty_stays(administrator):
    here = make_partner(
        "KPS",
        name_en="Prisons",
        kind="foreign_government",
        country=make_country("KE"),
        website="https://a.example",
    )
    headings = ["Code", "Name in English", "Website"]

    loaded(a_load(administrator, [["kps", "Kenya Prisons Service", None]], headings=headings))

    here.refresh_from_db()
    assert (here.name_en, here.website, here.country.iso2) == (
        *("Kenya Prisons Service", "https://a.example", "KE"),
    )


def test_a_row_that_was_loaded_changes_nothing_again_whatever_was_done_to_it_since(administrator):
    make_partner("KPS", name_en="Prisons", kind="foreign_government")
    headings, rows = ["Code", "Name in English"], [["KPS", "Kenya Prisons Service"]]
    loaded(a_load(administrator, rows, headings=headings))
    here = Partner.objects.get()
    amend_partner(by=administrator, partner=here, version=here.version, name_en="Prisons of Kenya")

    plan = checked(a_load(administrator, rows, headings=headings))

    assert outcomes(plan) == [(2, "unchanged", "loaded")]


def test_rows_of_a_file_stand_under_each_other_in_any_order(administrator):
    rows = [
        a_row("Training Academy", parent="KPS"),
        a_row(acronym="KPS", parent="Ministry of Interior"),
        a_row("Ministry of Interior"),
    ]
    loaded(a_load(administrator, rows))

    academy = Partner.objects.get(name_en="Training Academy")
    assert academy.parent.name_en == "Kenya Prisons Service"
    assert academy.parent.parent.name_en == "Ministry of Interior"


def test_rows_that_stand_under_each_other_in_a_ring_stay_out(administrator):
    rows = [a_row("One", parent="Two"), a_row("Two", parent="One"), a_row("Three")]

    plan = checked(a_load(administrator, rows))

    assert [row.outcome.value for row in plan.rows] == ["left_out", "left_out", "create"]


def test_one_that_is_here_is_not_put_beneath_itself(administrator):
    above = make_partner("MOI", name_en="Ministry of Interior", kind="foreign_government")
    make_partner("KPS", name_en="Kenya Prisons Service", parent=above)
    headings = ["Code", "Name in English", "Part of"]

    plan = checked(a_load(administrator, [["MOI", None, "KPS"]], headings=headings))

    assert outcomes(plan) == [(2, "left_out", "problem")]
    assert [(p.letter, p.field) for p in plan.problems] == [("C", "parent")]


def test_what_is_not_known_is_asked_once_for_the_file(administrator):
    rows = [
        a_row("A", kind="Charity", parent="Nobody knows whom"),
        a_row("B", kind="charity"),
        a_row("C", kind=None),
    ]
    load = a_load(administrator, rows)

    plan = checked(load)
    assert [(q.kind, q.value, q.rows) for q in plan.questions] == [
        ("kinds", "Charity", (2, 3)),
        ("partners", "Nobody knows whom", (2,)),
        ("defaults", "kind", (4,)),
    ]
    assert {p.code for p in plan.questions[0].proposals} == set(Partner.Kind.values)

    make_partner("WHO", name_en="World Health Organization")
    load.answers = {
        "kinds": {"CHARITY": "ngo"},
        "partners": {"Nobody knows whom": "WHO"},
        "defaults": {"kind": "un"},
    }
    load.save()
    assert {row.kind for row in checked(load).rows} == {"ngo", "un"}
    assert checked(load).verdict == "accepted"


def test_each_problem_names_its_cell(administrator):
    rows = [
        a_row("Kenya\x07 Police"),
        a_row("B", site="not a site at all", sectors="fishing"),
        a_row(None, fr=None, acronym="X"),
    ]

    plan = checked(a_load(administrator, rows))

    assert {(p.row, p.letter, p.field) for p in plan.problems} == {
        *((2, "A", "name_en"), (3, "H", "website"), (3, "G", "sectors"), (4, "A", "name_en")),
    }
    assert plan.verdict == "refused"


def test_a_row_that_says_who_another_is_stays_out(administrator):
    rows = [a_row(), a_row(), a_row("KENYA PRISONS SERVICE", site="https://b.example")]

    plan = checked(a_load(administrator, rows))

    assert [(r.outcome.value, str(r.why), r.repeats) for r in plan.rows[1:]] == [
        *(("left_out", "repeats", 2), ("left_out", "like-row", 2)),
    ]


def test_a_load_is_undone_but_for_what_was_changed_since(administrator):
    here = make_partner(
        "KPS",
        name_en="Kenya Prisons Service",
        kind="foreign_government",
        country=make_country("KE"),
    )
    FormerName.objects.create(partner=here, name_en="Prisons Department")
    rows = [
        a_row(site="https://kps.example.org", former="Colonial Prisons"),
        a_row("Academy", parent="College of Staff"),
        a_row("College of Staff"),
        a_row("Bureau of Records"),
    ]
    load = loaded(a_load(administrator, rows, answers={"rows": {"2": "update"}}))
    changed = Partner.objects.get(name_en="Bureau of Records")
    amend_partner(by=administrator, partner=changed, version=changed.version, crs_code="1")

    undone = undo(by=administrator, load=load)

    assert [row.reference for row in undone.kept] == [changed.code]
    assert set(Partner.objects.all()) == {here, changed}
    here.refresh_from_db()
    assert here.website == ""
    assert [name.name_en for name in here.former_names.all()] == ["Prisons Department"]


def test_as_many_queries_for_ten_rows_as_for_two(administrator, django_assert_num_queries):
    above = make_partner("MOI", name_en="Ministry of Interior", country=make_country("KE"))
    for number in range(10):
        make_partner(
            f"P{number}",
            name_en=f"Prison number {number}",
            country=make_country("KE"),
            parent=above,
        )
    for rows in (2, 10):
        load = a_load(
            administrator,
            [
                a_row(f"Prison number {n}", site="https://a.example", former="x")
                for n in range(rows)
            ],
        )
        with django_assert_num_queries(12):
            assert check_load(load).plan.counts["duplicate"] == rows
