"""What every administration page of reference data does."""

from django.contrib import admin
from django.core.management import call_command
from django.test import RequestFactory

from accounts.models import Office
from common.admin import ReferenceAdmin


def test_what_an_administrator_saves_is_left_alone_by_loading(administrator):
    call_command("load_reference", verbosity=0)
    request = RequestFactory().post("/")
    request.user = administrator
    office = Office.objects.get(code="PAC")
    office.name_en = "Our name"

    ReferenceAdmin(Office, admin.site).save_model(request, office, form=None, change=True)
    call_command("load_reference", verbosity=0)

    office.refresh_from_db()
    assert (office.name_en, office.edited_by) == ("Our name", administrator)
