"""What every administration page of reference data does."""

from django.core.management import call_command
from django.urls import reverse

from accounts.models import Office
from common.opened import OPENED


def test_what_an_administrator_saves_is_left_alone_by_loading(client, administrator):
    call_command("load_reference", verbosity=0)
    office = Office.objects.get(code="PAC")
    page = reverse("admin:accounts_office_change", args=[office.pk])
    client.force_login(administrator)

    sent = {"name_en": "Our name", "name_fr": office.name_fr, "position": office.position}
    sent |= {OPENED: client.get(page).context["opened_as"]}
    assert client.post(page, sent).status_code == 302
    call_command("load_reference", verbosity=0)

    office.refresh_from_db()
    assert (office.name_en, office.edited_by) == ("Our name", administrator)
