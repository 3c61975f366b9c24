"""What a person answers about the words of a file is taken for their next file that says the same."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import Sensitivity
from engagements.imports.memory import remember
from engagements.models import Load, WordMemory
from tests.engagements.imports.loading import a_load, a_row, checked, known_world, loaded
from tests.factories import make_country, make_office, make_partner

ENGAGEMENTS, PARTNERS = Load.Subject.ENGAGEMENTS, Load.Subject.PARTNERS
URL = "/en/import/remembered/"


@pytest.fixture
def signed_in(client, staff):
    client.force_login(staff)
    known_world()
    return client


def page(load: Load, name="questions") -> str:
    return reverse(f"imports:{name}", args=[load.key])


def word(text="Ofice on Drugs", kind="partners", answer="UNODC") -> dict:
    return {"kind-0": kind, "text-0": text, "answer-0": answer}


def recalled(plan):
    return [(one.kind, one.value, one.code) for one in plan.recalled]


def test_the_next_file_that_says_the_same_is_not_asked_about(signed_in, staff):
    first = a_load(staff, [a_row(partners="Ofice on Drugs")])
    signed_in.post(page(first), word())

    plan = checked(a_load(staff, [a_row("Another", partners="OFICE ON DRUGS")]))

    assert not plan.questions
    assert plan.rows[0].partners == ("UNODC",)
    assert recalled(plan) == [("partners", "Ofice on Drugs", "UNODC")]


def test_the_page_says_when_it_was_answered(signed_in, staff):
    remember(staff, {"partners": {"Ofice on Drugs": "UNODC"}}, subject=ENGAGEMENTS)
    WordMemory.objects.update(answered_at=dt.datetime(2026, 3, 4, 17, tzinfo=dt.UTC))

    response = signed_in.get(page(a_load(staff, [a_row(partners="Ofice on Drugs")])))

    assertContains(response, "1 wording taken as before")
    assertContains(response, "Office on Drugs and Crime (UNODC), as you answered on ")
    assertContains(response, "2026-03-04")


def test_asked_again_it_is_forgotten_and_asked(signed_in, staff):
    remember(staff, {"partners": {"Ofice on Drugs": "UNODC"}}, subject=ENGAGEMENTS)
    load = a_load(staff, [a_row(partners="Ofice on Drugs")])
    assertContains(signed_in.get(page(load)), 'value="partners:Ofice on Drugs"')

    signed_in.post(page(load), {"again": "partners:Ofice on Drugs"})

    assertContains(signed_in.get(page(load)), 'name="text-0" value="Ofice on Drugs"')
    assert not WordMemory.objects.exists()


def test_an_answer_in_the_file_wins_over_the_one_before_and_takes_its_place(signed_in, staff):
    make_partner("ICPA", name_en="Prisons Association")
    remember(staff, {"partners": {"Ofice on Drugs": "UNODC"}}, subject=ENGAGEMENTS)
    load = a_load(staff, [a_row(partners="Ofice on Drugs")])

    signed_in.post(page(load), word(answer="ICPA"))

    assert checked(Load.objects.get(pk=load.pk)).rows[0].partners == ("ICPA",)
    assert WordMemory.objects.get().code == "ICPA"


def test_what_stands_for_nothing_is_remembered_as_well(signed_in, staff):
    first = a_load(staff, [a_row(countries="Freedonia", partners="UNODC")])
    signed_in.post(page(first), word("Freedonia", "countries", "-"))

    plan = checked(a_load(staff, [a_row(countries="Freedonia")]))

    assert (plan.questions, plan.rows[0].countries) == ((), ())


def test_a_partner_to_be_created_is_not_remembered(signed_in, staff):
    load = a_load(staff, [a_row(partners="Hill Society")])

    signed_in.post(page(load), word("Hill Society", answer="create"))

    assert not WordMemory.objects.exists()


def test_a_name_that_is_known_by_now_wins_over_what_was_answered_before(signed_in, staff):
    remember(staff, {"partners": {"Hill Society": "UNODC"}}, subject=ENGAGEMENTS)
    make_partner("HILL", name_en="Hill Society")

    plan = checked(a_load(staff, [a_row(partners="Hill Society")]))

    assert (plan.rows[0].partners, plan.recalled) == (("HILL",), ())


@pytest.mark.parametrize(
    ("section", "code", "row"),
    [
        ("partners", "GONE", {"partners": "Some body"}),
        ("partners", "OLD", {"partners": "Some body"}),
        ("countries", "ZZ", {"countries": "Some body"}),
        ("countries", "SU", {"countries": "Some body"}),
        ("kinds", "no-such-kind", {"kind": "Some body"}),
    ],
)
def test_what_can_no_longer_be_chosen_is_asked_again(staff, section, code, row):
    known_world()
    make_partner("OLD", name_en="Club", archived_at=timezone.now(), archive_reason="Closed.")
    make_country("SU", retired_on=dt.date(1991, 12, 26))
    remember(staff, {section: {"Some body": code}}, subject=ENGAGEMENTS)

    plan = checked(a_load(staff, [a_row(**row)]))

    assert ([one.kind for one in plan.questions], plan.recalled) == ([section], ())


def test_it_is_taken_for_whoever_answered_and_for_nobody_else(staff, colleague):
    known_world()
    remember(colleague, {"partners": {"Ofice on Drugs": "UNODC"}}, subject=ENGAGEMENTS)

    plan = checked(a_load(staff, [a_row(partners="Ofice on Drugs")]))

    assert ([one.value for one in plan.questions], plan.recalled) == (["Ofice on Drugs"], ())


def test_a_text_of_a_file_they_are_no_longer_cleared_for_is_as_if_it_were_not_there(
    signed_in, staff
):
    told = {"partners": {"Ofice on Drugs": "UNODC"}}
    remember(staff, told, subject=ENGAGEMENTS, sensitivity=Sensitivity.PROTECTED_B)
    staff.clearance = Sensitivity.UNCLASSIFIED
    staff.save()

    plan = checked(a_load(staff, [a_row(partners="Ofice on Drugs")]))

    assert plan.recalled == ()
    assertNotContains(signed_in.get(URL), "Ofice on Drugs")


def test_the_page_of_what_is_remembered_carries_the_marking_of_the_files(signed_in, staff):
    told = {"partners": {"Ofice on Drugs": "UNODC"}}
    remember(staff, told, subject=ENGAGEMENTS, sensitivity=Sensitivity.PROTECTED_A)
    assertContains(signed_in.get(URL), "Protected A")

    remember(staff, told, subject=ENGAGEMENTS, sensitivity=Sensitivity.UNCLASSIFIED)
    assertNotContains(signed_in.get(URL), "Protected A")


def test_a_kind_of_partner_is_no_kind_of_engagement(staff):
    known_world()
    remember(staff, {"kinds": {"Body": "ngo"}}, subject=PARTNERS)

    plan = checked(a_load(staff, [a_row(kind="Body")]))

    assert [one.kind for one in plan.questions] == ["kinds"]


def test_a_list_of_partners_takes_what_was_answered_for_one_before(administrator):
    remember(administrator, {"kinds": {"Body": "ngo"}}, subject=PARTNERS)

    headings, row = ["Name", "Kind"], ["Hill Society", "Body"]
    plan = checked(a_load(administrator, [row], headings=headings, subject=PARTNERS))

    assert ([row.kind for row in plan.rows], recalled(plan)) == (
        ["ngo"],
        [("kinds", "Body", "ngo")],
    )


def test_what_is_ticked_is_forgotten_and_the_rest_stays(signed_in, staff):
    told = {"partners": {"Ofice on Drugs": "UNODC", "Drugs Ofice": "UNODC"}}
    remember(staff, told, subject=ENGAGEMENTS)
    one = WordMemory.objects.get(text="Drugs Ofice")

    assertRedirects(signed_in.post(URL, {"forget": [one.pk, "x"], "do": "ticked"}), URL)

    assert [one.text for one in WordMemory.objects.all()] == ["Ofice on Drugs"]


def test_everything_is_forgotten_at_once_but_nothing_of_anybody_else(signed_in, staff, colleague):
    told = {"partners": {"Ofice on Drugs": "UNODC"}}
    remember(staff, told, subject=ENGAGEMENTS)
    remember(colleague, told, subject=ENGAGEMENTS)
    theirs = WordMemory.objects.get(person=colleague)

    signed_in.post(URL, {"forget": [theirs.pk], "do": "ticked"})
    signed_in.post(URL, {"do": "all"})

    assert WordMemory.objects.get() == theirs


def test_the_page_asks_the_database_the_same_for_one_answer_and_for_three(
    signed_in, staff, django_assert_num_queries
):
    make_office("NORTH")
    remember(staff, {"partners": {"One": "UNODC"}}, subject=ENGAGEMENTS)
    signed_in.get(URL)
    with django_assert_num_queries(4):
        signed_in.get(URL)

    remember(staff, {"partners": {"Two": "UNODC", "Three": "UNODC"}}, subject=ENGAGEMENTS)
    with django_assert_num_queries(4):
        assertContains(signed_in.get(URL), "Forget all 3 answers")


def test_what_was_loaded_by_answers_told_to_the_command_is_remembered(staff, tmp_path):
    from django.core.management import call_command

    known_world()
    file, answers = tmp_path / "list.csv", tmp_path / "answers.json"
    file.write_text("Title,Kind,Start,Partners,Pillars\nVisit,Meeting,2020-01-02,Ofice,P1\n")
    answers.write_text(
        '{"partners": {"Ofice": "UNODC"}, "kinds": {"Meeting": "bilateral-meeting"}}'
    )

    with pytest.raises(SystemExit):
        call_command("import_engagements", file, user=staff.username, answers=answers, json=True)

    assert WordMemory.objects.get(person=staff, about="partners").code == "UNODC"
    assert not checked(a_load(staff, [a_row("Second", partners="ofice")])).questions


def test_what_was_loaded_stays_when_its_answer_is_forgotten(signed_in, staff):
    remember(staff, {"partners": {"Ofice on Drugs": "UNODC"}}, subject=ENGAGEMENTS)
    load = loaded(a_load(staff, [a_row(partners="Ofice on Drugs")]))

    signed_in.post(URL, {"do": "all"})

    assert load.rows.get().engagement.partners.get().code == "UNODC"
