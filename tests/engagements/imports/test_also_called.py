"""A wording becomes a name of its partner, for everybody: once, by those who keep partners."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from common.history.models import Revision
from engagements.imports.answer_checks import checked as checked_answers
from engagements.imports.answers_told import BadAnswers, answers_from
from engagements.imports.matching.matchers import Matchers
from engagements.imports.undoing import undo
from engagements.models import Load
from partners.models import FormerName, Partner
from tests.engagements.imports.loading import a_load, a_row, checked, known_world, loaded
from tests.factories import make_partner

TEXT = "Ofice on Drugs"
TOLD = {"partners": {TEXT: "UNODC"}, "also_called": [TEXT]}


@pytest.fixture(autouse=True)
def world():
    return known_world()


def page(load: Load, name="questions") -> str:
    return reverse(f"imports:{name}", args=[load.key])


def word(answer="UNODC", **told) -> dict:
    return {"kind-0": "partners", "text-0": TEXT, "answer-0": answer} | told


def test_from_then_on_everybody_is_understood(administrator, staff):
    loaded(a_load(administrator, [a_row(partners=TEXT)], answers=TOLD))

    plan = checked(a_load(staff, [a_row("Another", partners=TEXT.upper())]))

    assert ([row.partners for row in plan.rows], plan.questions) == ([("UNODC",)], ())


def test_it_stands_on_the_partner_and_in_its_history(client, administrator, world):
    loaded(a_load(administrator, [a_row(partners=TEXT)], answers=TOLD))
    client.force_login(administrator)

    name = FormerName.objects.get()
    assert (name.partner, name.name_en, name.used_until) == (world, TEXT, "")
    assert Revision.objects.of("partner", [world.pk]).last_of_each().get().by == administrator
    history = client.get(reverse("partners:history", args=["UNODC"]))
    assertContains(history, f"Other name <b>{TEXT}</b> added")
    assertContains(client.get(world.get_absolute_url()), "Former and other names")


@pytest.mark.parametrize(
    ("text", "column"),
    [("O.N.D.U.C.", "acronym_en"), ("ODCD", "acronym_en"), ("Drugs", "name_en")],
)
def test_capitals_without_a_space_are_an_acronym(administrator, text, column):
    told = {"partners": {text: "UNODC"}, "also_called": [text]}

    loaded(a_load(administrator, [a_row(partners=text)], answers=told))

    assert getattr(FormerName.objects.get(), column) == text


def test_the_page_offers_it_to_those_who_keep_partners_and_to_nobody_else(
    client, administrator, staff
):
    for person, asserted in ((administrator, assertContains), (staff, assertNotContains)):
        client.force_login(person)
        load = a_load(person, [a_row(partners=TEXT)])
        asserted(client.get(page(load)), 'name="known-0"')


def test_it_is_told_before_it_is_done_and_can_be_taken_back(client, administrator):
    client.force_login(administrator)
    load = a_load(administrator, [a_row(partners=TEXT)])

    client.post(page(load), word(**{"known-0": "1"}))
    assertContains(client.get(page(load, "preview")), "1 wording becomes a name of its partner")
    assertContains(client.get(page(load)), "which is also called so from now on")
    assert not FormerName.objects.exists()

    client.post(page(load), {"again": f"partners:{TEXT}"})

    load.refresh_from_db()
    assert load.answers == {}


def test_what_staff_send_names_no_partner(client, staff):
    client.force_login(staff)
    load = a_load(staff, [a_row(partners=TEXT)])

    client.post(page(load), word(**{"known-0": "1"}))

    load.refresh_from_db()
    assert load.answers == {"partners": {TEXT: "UNODC"}}
    loaded(a_load(staff, [a_row(partners=TEXT)], answers=TOLD))
    assert not FormerName.objects.exists()


def test_the_command_says_who_may(staff, administrator):
    with pytest.raises(BadAnswers, match="Only administrators give a partner another name"):
        checked_answers(answers_from(TOLD), Matchers.load(), staff)

    assert checked_answers(answers_from(TOLD), Matchers.load(), administrator).also_called == [TEXT]


def test_a_name_that_some_partner_has_is_given_to_no_other(administrator):
    make_partner("ICPA", name_en="Association")
    told = {"partners": {"Association": "UNODC"}, "also_called": ["Association"]}

    loaded(a_load(administrator, [a_row(partners="Association")], answers=told))

    assert not FormerName.objects.exists()


@pytest.mark.parametrize("text", ["Member 046 454 286", "x" * 301])
def test_what_is_no_name_becomes_none(administrator, text):
    told = {"partners": {text: "UNODC"}, "also_called": [text]}

    plan = checked(a_load(administrator, [a_row(partners=text)], answers=told))

    assert plan.new_names == ()


def test_a_new_partner_needs_no_other_name(administrator):
    told = {"partners": {TEXT: "create"}, "also_called": [TEXT]}

    loaded(a_load(administrator, [a_row(partners=TEXT)], answers=told))

    assert Partner.objects.get(name_en=TEXT).former_names.count() == 0


def test_the_name_is_part_of_what_is_confirmed(administrator):
    without = checked(
        a_load(administrator, [a_row(partners=TEXT)], answers={"partners": {TEXT: "UNODC"}})
    )
    with_it = checked(a_load(administrator, [a_row(partners=TEXT)], answers=TOLD))

    assert without.digest != with_it.digest


def test_the_name_stays_when_the_load_is_undone(administrator):
    load = loaded(a_load(administrator, [a_row(partners=TEXT)], answers=TOLD))

    undo(by=administrator, load=load)

    assert FormerName.objects.get().name_en == TEXT
