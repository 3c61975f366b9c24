"""Administrators add and edit partners; nothing typed is lost."""

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from partners.actions import archive_partner
from partners.models import FormerName, Partner
from tests.factories import make_country, make_partner

CREATE = reverse("partners:create")
ROWS = {"former-TOTAL_FORMS": "1", "former-INITIAL_FORMS": "0"}


def edit(code="PRI"):
    return reverse("partners:edit", args=[code])


def typed(**fields):
    return {"kind": "ngo", "name_en": "Penal Reform International", **ROWS} | fields


@pytest.fixture
def signed_in(client, administrator):
    client.force_login(administrator)
    return client


def test_a_partner_is_added_with_all_it_has(signed_in, administrator):
    top, norway = make_partner("TOP", name_en="Top Organization"), make_country("NO")
    response = signed_in.post(
        CREATE,
        typed(
            name_fr="Réforme pénale",
            acronym_en="PRI",
            name_own="Reforma penal",
            own_language="es",
            parent="top organization",
            country="NO",
            in_courts="on",
            website="https://pri.example/",
            existed_from="1989-11",
            **{"former-0-name_en": "Prison Reform", "former-0-used_until": "1995"},
        ),
    )

    partner = Partner.objects.get(code="PRI")
    assertRedirects(response, partner.get_absolute_url())
    assert (partner.parent, partner.country, partner.in_courts) == (top, norway, True)
    assert (partner.existed_from, partner.created_by) == ("1989-11", administrator)
    former = partner.former_names.get()
    assert (former.name_en, former.used_until) == ("Prison Reform", "1995")


def test_a_partner_here_already_is_pointed_out_before_saving(signed_in):
    known = make_partner("KNOWN", name_en="Penal Reform International", acronym_en="PRI")

    response = signed_in.post(CREATE, typed(name_en="Penal Reform Internationl"))

    assertContains(response, "It may be here already", status_code=422)
    assertContains(response, known.get_absolute_url(), status_code=422)
    assertContains(response, "Penal Reform Internationl", status_code=422)
    assert Partner.objects.count() == 1


def test_it_is_added_all_the_same_where_a_person_says_so(signed_in):
    make_partner("KNOWN", name_en="Penal Reform International")
    fields = typed(name_en="Penal Reform Internationl")
    anyway = signed_in.post(CREATE, fields).context["form"].names_typed

    response = signed_in.post(CREATE, fields | {"anyway": anyway})

    assert response.status_code == 302
    assert Partner.objects.count() == 2


def test_all_the_same_holds_for_the_names_it_was_said_of(signed_in):
    make_partner("KNOWN", name_en="Penal Reform International")
    make_partner("OTHER", name_en="Association of Wardens")
    anyway = signed_in.post(CREATE, typed()).context["form"].names_typed

    response = signed_in.post(CREATE, typed(name_en="Association of Wardens", anyway=anyway))

    assertContains(response, "It may be here already", status_code=422)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name_en": ""}, "Give the partner a name in English or in French."),
        ({"kind": "enemy"}, "Select a valid choice"),
        ({"name_en": "x" * 10_000}, "characters. Shorten it to 300 or fewer."),
        ({"name_en": "a\x00b"}, "control character"),
        ({"name_fr": "a\u202eb"}, "invisible mark"),
        ({"acronym_en": "x" * 41}, "Shorten it to 40"),
        ({"parent": "Nobody at all"}, "There is no partner called that"),
        ({"country": "ZZ"}, "Select a valid choice"),
        ({"website": "javascript:alert(1)"}, "Enter a valid URL"),
        ({"existed_from": "31 February"}, "Give a year, a month or a day"),
        ({"existed_from": "2004", "existed_until": "2003-05"}, "It ends before it begins."),
        ({"name_own": "Reforma"}, "Say which language its own name is in."),
        ({"name_own": "Reforma", "own_language": "Spanish!"}, "Write the code of a language"),
        ({"former-0-used_from": "2004"}, "Give the former name in English or in French."),
        ({"former-0-name_en": "B", "former-0-used_from": "0203"}, "Give a year, a month or a day"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_lost(signed_in, fields, message):
    response = signed_in.post(CREATE, typed(acronym_fr="KEPT") | fields)

    assertContains(response, message, status_code=422)
    assertContains(response, 'value="KEPT"', status_code=422)
    assert not Partner.objects.exists()


def test_what_is_nearly_called_so_is_named_to_choose_from(signed_in):
    make_partner("TOP", name_en="Top Organization")
    archived = make_partner("OLD", name_en="Old Top Organization")
    Partner.objects.filter(pk=archived.pk).update(archived_at=timezone.now(), archive_reason="Gone")

    response = signed_in.post(CREATE, typed(parent="organizaton top"))

    assertContains(
        response, "Do you mean one of these? Top Organization (TOP)</p>", status_code=422
    )


def test_the_form_holds_no_list_of_every_partner(signed_in):
    make_partner("TOP", name_en="Top Organization")

    page = signed_in.get(CREATE)

    assertNotContains(page, "Top Organization")
    assertContains(page, 'hx-get="/en/engagements/new/partners/?only=known"')


def test_an_emoji_is_a_letter_like_any_other(signed_in):
    signed_in.post(CREATE, typed(name_en="Reform 🕊"))

    assert Partner.objects.get().name_en == "Reform 🕊"


def test_another_row_for_a_former_name_keeps_what_is_typed_and_saves_nothing(signed_in):
    fields = typed(add_row="1", website="not an address", **{"former-0-name_en": "Before"})

    response = signed_in.post(CREATE, fields)

    assert response.status_code == 200
    assert len(response.context["entry"].former.forms) == 2
    assertContains(response, 'value="Before"')
    assertNotContains(response, 'class="error"')
    assert not Partner.objects.exists()


def test_the_form_opens_with_what_is_saved(signed_in):
    partner = make_partner("PRI", name_en="Penal Reform", country=make_country("NO"))
    FormerName.objects.create(partner=partner, name_en="Before", used_until="1999")

    response = signed_in.get(edit())

    assertContains(response, 'value="Penal Reform"')
    assertContains(response, '<option value="NO" selected>')
    assertContains(response, 'value="Before"')


def test_an_edit_is_saved_and_an_emptied_row_takes_its_former_name_away(signed_in, administrator):
    partner = make_partner("PRI", name_en="Penal Reform")
    FormerName.objects.create(partner=partner, name_en="Before")

    response = signed_in.post(edit(), typed(version="1", name_en="Penal Reform Global"))

    assertRedirects(response, partner.get_absolute_url())
    partner.refresh_from_db()
    assert (partner.name_en, partner.version, partner.edited_by) == (
        "Penal Reform Global",
        2,
        administrator,
    )
    assert not partner.former_names.exists()


def test_an_edit_that_leaves_the_names_is_not_held_up_by_a_namesake(signed_in):
    make_partner("OTHER", name_en="Penal Reform International", name_fr="")
    make_partner("PRI", name_en="Penal Reform International", name_fr="")

    response = signed_in.post(edit(), typed(version="1", website="https://pri.example/"))

    assert response.status_code == 302


def test_an_edit_of_a_partner_archived_meanwhile_says_so_and_keeps_what_was_typed(
    signed_in, administrator
):
    partner = make_partner("PRI", name_en="Penal Reform")
    archive_partner(by=administrator, partner=partner, reason="Dissolved in 2025")

    response = signed_in.post(edit(), typed(version="1", name_en="Typed"))

    assertContains(response, "This partner was archived meanwhile", status_code=409)
    assertContains(response, "Dissolved in 2025", status_code=409)
    assertContains(response, 'value="Typed"', status_code=409)
    assert Partner.objects.get().name_en == "Penal Reform"


def test_an_archived_partner_is_not_opened_for_editing(signed_in):
    make_partner("PRI", archived_at="2026-01-01T12:00Z", archive_reason="Gone")

    response = signed_in.get(edit(), follow=True)

    assertContains(response, "Bring it back first.")


def test_a_partner_cannot_be_put_under_its_own_body(signed_in):
    partner = make_partner("PRI")
    make_partner("BODY", name_en="Its body", parent=partner)

    response = signed_in.post(edit(), typed(version="1", parent="BODY"))

    assertContains(response, "That stands under this partner itself", status_code=422)
    assert Partner.objects.get(code="PRI").parent is None


def test_a_broken_form_is_refused_not_a_crash(signed_in):
    response = signed_in.post(CREATE, {"kind": "ngo", "name_en": "Name", "version": "x"})

    assert response.status_code == 422
    assert not Partner.objects.exists()
