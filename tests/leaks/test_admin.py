"""An administrator keeps reference data, and learns there of no engagement they may not read."""

from urllib.parse import urlencode

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from engagements.models import Alignment, Engagement, Note
from tests.factories import make_objective
from tests.leaks.asking import Asker, without
from tests.leaks.world import ABSENT

KEPT = sorted(admin.site._registry, key=lambda model: model._meta.label)


@pytest.fixture
def ask(world):
    return Asker(world.people["administrator, not cleared"])


LOOKUPS = ("", "__id", "__pk__gte", "__in", "__reference", "__title_en__contains", "__isnull")


def relations_of(model):
    """What a lookup in the address can begin with to get from a record to another table."""
    fields = model._meta.get_fields(include_hidden=True)
    return {field.name for field in fields if field.is_relation and not field.concrete}


@pytest.mark.parametrize("model", KEPT)
def test_no_lookup_in_the_address_of_a_list_reaches_an_engagement(ask, world, model):
    hidden = world.records["Protected B"]
    changelist = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    names = relations_of(model)
    assert names

    for name in names:
        for lookup in LOOKUPS:
            asked = [urlencode({name + lookup: record.pk}) for record in (hidden, ABSENT)]
            found = [ask(f"{changelist}?{query}") for query in asked]
            assert [each.status_code for each in found] == [400, 400], name + lookup
            assert without(found[0].whole, hidden.names) == without(found[1].whole, ABSENT.names)


@pytest.mark.parametrize("model", [Engagement, Note])
def test_no_address_leads_to_the_page_of_whatever_has_that_key(ask, world, model):
    content_type = ContentType.objects.get_for_model(model).pk
    record = world.records["Protected B"]

    assert ask(f"/en/admin/r/{content_type}/{record.pk}/").status_code == 404


def test_whether_anything_is_tagged_against_a_framework_shows_nowhere(ask, world):
    tagged, free = world.waiting.objectives.first(), make_objective("SIX-2", world.waiting)
    author = world.records["Protected B"].engagement.logged_by
    pages = [("framework", world.waiting), ("objective", tagged), ("objective", free)]
    addresses = [reverse(f"admin:objectives_{name}_change", args=[one.pk]) for name, one in pages]
    before = [ask(address).whole for address in addresses]

    Alignment.objects.create(
        engagement=world.records["Protected B"].engagement,
        objective=tagged,
        framework=world.waiting,
        made_by=author,
    )

    assert [ask(address).whole for address in addresses] == before
