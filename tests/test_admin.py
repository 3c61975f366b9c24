"""The portal's admin: who may open it, what is kept there, and that nothing is deleted."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import override
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import Office, Role, User
from common.opened import OPENED
from objectives.models import Framework, Objective
from partners.models import Contact, Country, Partner, Region
from tests.factories import (
    make_contact,
    make_country,
    make_framework,
    make_objective,
    make_office,
    make_partner,
    make_region,
    make_user,
)

INDEX = reverse("admin:index")
KEPT = [Region, Country, Office, Framework, Objective, Partner, Contact, User]


def page(model, name, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def make(model):
    return {
        Region: make_region,
        Country: make_country,
        Office: make_office,
        Framework: make_framework,
        Objective: make_objective,
        Partner: make_partner,
        Contact: make_contact,
        User: make_user,
    }[model]()


def as_typed(response, **changes):
    """What the browser would send back of the form on a change page, with some of it changed."""
    context = response.context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    sent = {OPENED: context["opened_as"]} if "opened_as" in context else {}
    for form in forms:
        for field in form:
            value = field.value()
            if isinstance(value, bool):
                value = "on" if value else None
            if value is not None:
                sent[field.html_name] = value
    return sent | changes


@pytest.fixture
def signed_in(client, administrator):
    client.force_login(administrator)
    return client


@pytest.mark.parametrize("person", ["staff", "manager", "approver", "reader"])
def test_who_is_no_administrator_is_refused_everywhere(client, request, person):
    client.force_login(request.getfixturevalue(person))
    partner = make_partner()

    for url in [
        INDEX,
        reverse("admin:login"),
        page(Partner, "changelist"),
        page(Partner, "change", partner.pk),
        page(User, "add"),
        f"{INDEX}no/such/page/",
    ]:
        response = client.get(url)
        assert response.status_code == 403, url
        assertNotContains(response, "Liaison administration", status_code=403)


def test_whoever_is_not_signed_in_comes_to_the_portals_own_sign_in(client):
    for url in [INDEX, page(Partner, "changelist")]:
        response = client.get(url, follow=True)
        assertRedirects(response, f"{reverse('accounts:sign_in')}?next={url}")
    assert client.get(reverse("admin:login")).url.startswith(reverse("accounts:sign_in"))


def test_what_administrators_keep_is_all_there_and_no_groups(signed_in):
    assert set(admin.site._registry) == set(KEPT)
    assert Group not in admin.site._registry
    assertContains(signed_in.get(INDEX), "Reference data and people")


@pytest.mark.parametrize("model", KEPT)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_opens_in_both_languages(signed_in, model, language):
    row = make(model)
    with override(language):
        for url in [page(model, "changelist"), page(model, "add"), page(model, "change", row.pk)]:
            assert signed_in.get(url).status_code == 200


@pytest.mark.parametrize("model", KEPT)
def test_nothing_can_be_deleted(signed_in, model):
    row = make(model)

    assert signed_in.get(page(model, "delete", row.pk)).status_code == 403
    assert signed_in.post(page(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    action = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    signed_in.post(page(model, "changelist"), action)
    assert model.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("model", [Region, Country, Office, Framework, Objective])
def test_rows_are_retired_and_brought_back(signed_in, administrator, model):
    row = make(model)

    for action, day in [("retire", timezone.localdate()), ("bring_back", None)]:
        signed_in.post(page(model, "changelist"), {"action": action, "_selected_action": [row.pk]})
        row.refresh_from_db()
        assert (row.retired_on, row.edited_by) == (day, administrator)


def test_a_country_is_edited_in_both_languages_and_marked_as_edited_here(signed_in, administrator):
    country = make_country("NO")
    url = page(Country, "change", country.pk)

    response = signed_in.post(
        url, as_typed(signed_in.get(url), name_en="Kingdom of Norway", name_fr="Royaume de Norvège")
    )

    assert response.status_code == 302
    country.refresh_from_db()
    assert (country.name_fr, country.sort_fr) == ("Royaume de Norvège", "royaume de norvege")
    assert (country.edited_by, country.iso2) == (administrator, "NO")
    assert country.edited_at is not None


@pytest.mark.parametrize("text", ["a\x00b", "a\x07b", "a\u202eb"])
def test_characters_that_cannot_be_shown_are_refused(signed_in, text):
    country = make_country("NO")
    url = page(Country, "change", country.pk)

    response = signed_in.post(url, as_typed(signed_in.get(url), name_en=text))

    assert response.status_code == 200
    assert response.context["errors"]


def test_an_adopted_framework_keeps_its_code_and_kind_and_another_may_change(signed_in):
    used, free = make_framework("USED", adopted=True), make_framework("FREE", adopted=False)

    for framework, code in [(used, "USED"), (free, "CHANGED")]:
        url = page(Framework, "change", framework.pk)
        signed_in.post(url, as_typed(signed_in.get(url), code="CHANGED", title_en="New title"))
        framework.refresh_from_db()
        assert (framework.code, framework.title_en) == (code, "New title")


def test_a_framework_is_adopted_on_its_own_page_alone(signed_in):
    framework = make_framework("NEXT", adopted=False)
    url = page(Framework, "change", framework.pk)

    response = signed_in.get(url)
    signed_in.post(url, as_typed(response, adopted="on", in_force_from="2026-04-01"))

    assertContains(response, reverse("objectives:adopt", args=["NEXT"]))
    framework.refresh_from_db()
    assert (framework.adopted, framework.in_force_from) == (False, None)


def test_an_objectives_wording_is_edited_and_its_code_stays_once_in_force(signed_in):
    objective = make_objective("S1", make_framework(adopted=True))
    url = page(Objective, "change", objective.pk)

    signed_in.post(url, as_typed(signed_in.get(url), code="S9", wording_fr="Nouveau libellé"))

    objective.refresh_from_db()
    assert (objective.code, objective.wording_fr) == ("S1", "Nouveau libellé")


def test_a_partner_is_edited_with_its_former_names(signed_in, administrator):
    partner = make_partner("PRI")
    url = page(Partner, "change", partner.pk)
    rows = {"former_names-TOTAL_FORMS": "1", "former_names-0-name_en": "Before"}

    response = signed_in.post(url, as_typed(signed_in.get(url), name_en="After") | rows)

    assert response.status_code == 302
    partner.refresh_from_db()
    assert (partner.name_en, partner.version, partner.edited_by) == ("After", 2, administrator)
    assert partner.former_names.get().name_en == "Before"


def test_a_partner_is_not_put_under_its_own_body(signed_in, settings):
    partner = make_partner("PRI")
    body = make_partner("BODY", parent=partner)
    url = page(Partner, "change", partner.pk)

    sent = as_typed(signed_in.get(url), parent=body.pk)
    # Two partners are got, of which the admin's own frames are all that stands between.
    settings.ZEAL_ALLOWLIST = [{"model": "partners.Partner", "field": None}]
    response = signed_in.post(url, sent)

    assertContains(response, "That stands under this partner itself")


def test_a_partner_is_archived_on_its_own_page_with_a_reason(signed_in):
    partner = make_partner("PRI")

    response = signed_in.get(page(Partner, "change", partner.pk))
    signed_in.post(
        page(Partner, "changelist"), {"action": "retire", "_selected_action": [partner.pk]}
    )

    assertContains(response, partner.get_absolute_url())
    assert not Partner.objects.get().is_archived


def test_a_person_is_added_who_can_sign_in(signed_in, client):
    office = make_office("PAC")
    response = signed_in.post(
        page(User, "add"),
        {
            "username": "newcomer",
            "usable_password": "true",
            "password1": "a-Long-passphrase-7",
            "password2": "a-Long-passphrase-7",
            "language": "fr",
            "role": Role.STAFF,
            "office": office.pk,
            "clearance": 1,
        },
    )

    assert response.status_code == 302
    person = User.objects.get(username="newcomer")
    assert (person.role, person.office, person.clearance, person.language) == (
        Role.STAFF,
        office,
        1,
        "fr",
    )
    assert person.check_password("a-Long-passphrase-7")


def test_a_persons_role_clearance_and_activity_change(signed_in, staff):
    url = page(User, "change", staff.pk)
    sent = as_typed(signed_in.get(url), role=Role.MANAGER, clearance=2)
    del sent["is_active"]

    response = signed_in.post(url, sent)

    assert response.status_code == 302
    staff.refresh_from_db()
    assert (staff.role, staff.clearance, staff.is_active) == (Role.MANAGER, 2, False)
    assertNotContains(signed_in.get(url), "user_permissions")


def test_administrators_set_no_rights_of_their_own(signed_in, administrator):
    administrator.clearance = 0
    administrator.save()
    url = page(User, "change", administrator.pk)
    sent = as_typed(
        signed_in.get(url), role=Role.APPROVER, clearance=2, office=make_office("PAC").pk
    )

    assertNotContains(signed_in.get(url), 'name="clearance"')
    assertNotContains(signed_in.get(url), 'name="office"')
    signed_in.post(url, {name: value for name, value in sent.items() if name != "is_active"})

    administrator.refresh_from_db()
    rights = (administrator.role, administrator.clearance, administrator.office.code)
    assert rights == (Role.ADMINISTRATOR, 0, "IR")
    assert administrator.is_active


@pytest.mark.parametrize("clearance", ["3", "-1", "99999999999999999999", "B"])
def test_no_clearance_is_above_protected_b_and_the_form_says_why(signed_in, staff, clearance):
    url = page(User, "change", staff.pk)

    response = signed_in.post(url, as_typed(signed_in.get(url), clearance=clearance))

    assertContains(response, "Above Protected B has no place here")
    staff.refresh_from_db()
    assert staff.clearance == 1


def test_a_password_is_set_for_a_person(signed_in, staff):
    url = reverse("admin:auth_user_password_change", args=[staff.pk])

    signed_in.post(
        url,
        {
            "usable_password": "true",
            "password1": "another-Long-phrase-8",
            "password2": "another-Long-phrase-8",
        },
    )

    staff.refresh_from_db()
    assert staff.check_password("another-Long-phrase-8")


def test_the_toggle_keeps_the_page_and_the_portal_is_one_click_away(signed_in):
    partner = make_partner("PRI")
    response = signed_in.get(page(Partner, "change", partner.pk))

    with override("fr"):
        assertContains(response, f'href="{page(Partner, "change", partner.pk)}"')
    assertContains(response, f'href="{reverse("dashboards:home")}"')


def test_no_group_or_permission_has_a_page():
    with pytest.raises(NoReverseMatch):
        reverse("admin:auth_group_changelist")


@pytest.mark.parametrize("number", ["130 692 544", "123456A"])
def test_a_number_of_a_person_is_asked_about_here_too(signed_in, number):
    office = make_office("PAC")
    url = page(Office, "change", office.pk)
    sent = as_typed(signed_in.get(url), name_en=f"Office of {number}")

    response = signed_in.post(url, sent)

    assertContains(response, "Save all the same")
    assertNotContains(response, f"one that ends in {number}")
    office.refresh_from_db()
    assert office.name_en == "Office PAC"
    confirmed = response.context["adminform"].form.confirmation.value
    assert signed_in.post(url, sent | {"confirmed": confirmed}).status_code == 302
    office.refresh_from_db()
    assert office.name_en == f"Office of {number}"


def test_a_former_name_with_a_number_of_a_person_is_asked_about(signed_in):
    partner = make_partner("UNODC")
    partner.former_names.create(name_en="Old name")
    url = page(Partner, "change", partner.pk)
    sent = as_typed(signed_in.get(url)) | {"former_names-0-name_en": "Old 130 692 544"}

    response = signed_in.post(url, sent)

    assertContains(response, "Save all the same")
    assert partner.former_names.get().name_en == "Old name"
