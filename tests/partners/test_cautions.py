"""A number of a person in a partner's form is asked about once more before it is saved."""

from django.urls import reverse
from pytest_django.asserts import assertContains

from partners.models import Partner
from tests.factories import make_partner

TOLD = {
    "kind": "ngo",
    "former-TOTAL_FORMS": "1",
    "former-INITIAL_FORMS": "0",
    "former-0-name_en": "Once 123456A",
    "name_en": "Firm 130 692 544",
}


def test_partner_and_former_names_are_asked_about_together(client, administrator):
    client.force_login(administrator)
    url = reverse("partners:create")

    response = client.post(url, TOLD)

    assertContains(response, 'href="#id_name_en"', status_code=422)
    assertContains(response, 'href="#id_former-0-name_en"', status_code=422)
    assertContains(response, "Save all the same", status_code=422)
    confirmed = response.context["entry"].confirmation.value
    assert client.post(url, TOLD | {"confirmed": confirmed}).status_code == 302
    assert Partner.objects.get().former_names.get().name_en == "Once 123456A"


def test_why_a_partner_is_archived_is_asked_about(client, administrator):
    partner = make_partner("UNODC")
    client.force_login(administrator)
    url = reverse("partners:archive", args=["UNODC"])
    told = {"reason": "Its owner is 130 692 544."}

    response = client.post(url, told)

    assertContains(response, "Save all the same", status_code=422)
    partner.refresh_from_db()
    assert not partner.is_archived
    confirmed = response.context["form"].confirmation.value
    assert client.post(url, told | {"confirmed": confirmed}).status_code == 302
