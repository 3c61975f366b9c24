"""Archiving with a reason, bringing back, verifying."""

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertRedirects

from partners.models import Partner
from tests.factories import make_partner


def url(verb):
    return reverse(f"partners:{verb}", args=["PRI"])


@pytest.fixture
def signed_in(client, administrator):
    client.force_login(administrator)
    return client


@pytest.fixture
def pri():
    return make_partner("PRI")


def test_it_is_archived_with_a_reason(signed_in, pri):
    response = signed_in.post(url("archive"), {"reason": "Dissolved in 2025"})

    assertRedirects(response, pri.get_absolute_url())
    assert Partner.objects.get().archive_reason == "Dissolved in 2025"


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301, "a\x00b"])
def test_without_a_reason_that_can_be_read_it_is_not(signed_in, pri, reason):
    response = signed_in.post(url("archive"), {"reason": reason})

    assert response.status_code == 422
    assert not Partner.objects.get().is_archived


def test_bodies_that_stay_are_named_before(signed_in, pri):
    make_partner("BODY", parent=pri)

    assertContains(signed_in.get(url("archive")), "1 body beneath it stays in use.")


def test_what_another_archived_keeps_their_reason(signed_in, pri):
    signed_in.post(url("archive"), {"reason": "First"})

    response = signed_in.post(url("archive"), {"reason": "Second"}, follow=True)

    assertContains(response, "It is archived already. Nothing was changed.")
    assert Partner.objects.get().archive_reason == "First"


def test_it_is_brought_back(signed_in, pri):
    signed_in.post(url("archive"), {"reason": "First"})

    signed_in.post(url("restore"))

    assert not Partner.objects.get().is_archived


def test_it_is_verified_today(signed_in, pri):
    signed_in.post(url("verify"))

    assert Partner.objects.get().verified_on == timezone.localdate()


@pytest.mark.parametrize("verb", ["archive", "restore", "verify"])
@pytest.mark.parametrize("person", ["staff", "manager", "approver", "reader"])
def test_nobody_else_may(client, pri, request, verb, person):
    client.force_login(request.getfixturevalue(person))

    assert client.post(url(verb), {"reason": "Mine"}).status_code == 403
    assert not Partner.objects.get().is_archived
