"""The History button of the admin: the record's own history, for every model that is kept there."""

import pytest
from django.contrib import admin
from django.urls import reverse
from pytest_django.asserts import assertContains

from accounts.models import Role, Sensitivity
from common.admin import OnRecord
from common.history.recording import recording
from common.history.tracking import kinds
from tests.factories import make_country, make_user
from tests.test_admin import as_typed

MODELS = sorted(admin.site._registry.items(), key=lambda pair: pair[0]._meta.label)


@pytest.fixture
def signed_in(client, administrator):
    client.force_login(administrator)
    return client


@pytest.mark.parametrize(("model", "admin_of"), MODELS, ids=[m._meta.label for m, _ in MODELS])
def test_every_model_of_the_admin_shows_the_history_we_keep(model, admin_of):
    assert model in {tracked.model for tracked in kinds().values()}
    assert type(admin_of).history_view is OnRecord.history_view


def test_the_history_of_a_person_tells_who_gave_which_rights(signed_in, administrator):
    person = make_user("visitor", Role.READER)
    with recording(by=administrator, act="amended", records=[person]):
        person.role, person.clearance = Role.MANAGER, Sensitivity.PROTECTED_B
        person.save()

    response = signed_in.get(reverse("admin:accounts_user_history", args=[person.pk]))

    assertContains(response, "Edited")
    assertContains(response, "administrator")
    told = [str(told) for told in response.context["entries"][0].told]
    assert told == ["Role: Reader → Manager", "Clearance: Protected A → Protected B"]


def test_what_is_changed_in_the_admin_is_in_its_history(signed_in):
    country = make_country("NO")
    url = reverse("admin:partners_country_change", args=[country.pk])
    signed_in.post(url, as_typed(signed_in.get(url), name_en="Kingdom of Norway"))

    response = signed_in.get(reverse("admin:partners_country_history", args=[country.pk]))

    assertContains(response, "Kingdom of Norway")


def test_a_record_without_history_says_when_it_begins(signed_in):
    country = make_country("NO")

    response = signed_in.get(reverse("admin:partners_country_history", args=[country.pk]))

    assertContains(response, "its history begins with the next one")


def test_the_history_of_what_is_not_there_leads_back_to_the_admin(signed_in):
    response = signed_in.get(reverse("admin:partners_country_history", args=[0]))

    assert (response.status_code, response.url) == (302, reverse("admin:index"))
