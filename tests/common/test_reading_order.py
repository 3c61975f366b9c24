"""Lists stand as a reader of the language looks for a name in them, whatever the database."""

import random

import pytest
from django.http import QueryDict
from django.utils.translation import override

from accounts.models import User
from accounts.people import PersonField
from engagements.listing import in_order
from engagements.models import Engagement
from partners.filters import PartnerFilter
from partners.forms import PartnerForm
from partners.models import Partner
from tests.factories import make_country, make_engagement, make_partner, make_region, make_user

# Accents and case do not matter, œ is oe; a space, an apostrophe and a hyphen come before any letter, in
# this order; figures before letters, and by what they come to: 2e before 10e, within a name too.
IN_ORDER = [
    "2e réunion", "10e réunion", "Àbaco", "Çelik", "Côte d'Ivoire", "cote d’Or", "CÔTÉ est", "Coté-Nord",
    "cotée", "États", "Etats-Unis", "Éthiopie", "étude", "Île", "Nord Est", "nord-ouest", "Nordeste",
    "Ødegaard", "œil", "Œuvre", "Oeuvres", "OF", "Round 2", "« Round 9 »", "Round 010", "ROUND 100", "Zoé",
]  # fmt: skip


@pytest.fixture
def shuffled():
    return random.Random(7).sample(IN_ORDER, len(IN_ORDER))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_partners(shuffled, language):
    for name in shuffled:
        make_partner(name_en=name, name_fr=name)

    found = Partner.objects.by_name(language)

    assert [partner.name_fr for partner in found] == IN_ORDER


@pytest.mark.parametrize("language", ["en", "fr"])
def test_engagements_by_title(shuffled, language):
    for title in shuffled:
        make_engagement(title_en=title, title_fr=title)

    with override(language):
        found = in_order(Engagement.objects.all(), "title")

    assert [engagement.title_fr for engagement in found] == IN_ORDER


def test_countries_and_regions_where_one_is_chosen(shuffled):
    for number, name in enumerate(shuffled):
        code = chr(65 + number) * 2
        make_country(code, name_en=name, name_fr=name, region=make_region(f"9{number:02}"))
    for region, name in zip(
        make_country("AA").region.__class__.objects.all(), shuffled, strict=False
    ):
        region.name_en = region.name_fr = name
        region.save()

    with override("fr"):
        chosen = [str(country) for country in PartnerForm().fields["country"].queryset]
        filters = PartnerFilter(QueryDict())

    assert chosen == IN_ORDER
    assert [country.name_fr for country in filters.every_country] == IN_ORDER
    names = [region.name_fr for region in filters.every_region]
    assert [name for name in names if name in IN_ORDER] == [n for n in IN_ORDER if n in names]


def test_people_by_the_name_that_is_shown(shuffled):
    for number, name in enumerate(shuffled):
        make_user(f"z{number}", first_name=name, last_name="")

    offered = PersonField(User.objects.all(), called="all people", empty_label=None).choices

    assert [label for _key, label in offered] == IN_ORDER
