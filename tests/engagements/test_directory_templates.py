"""The workbooks in which partners and contacts are written: filled in, they load without a question."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from common.sheets.book import Book, Sheet
from common.sheets.tables import find_table
from engagements.exports.template_directory import CONTACT_COLUMNS, PARTNER_COLUMNS
from engagements.imports.contacts import fields as contact_fields
from engagements.imports.partners import fields as partner_fields
from engagements.imports.subjects import SUBJECTS
from partners.models import Contact, Partner
from tests.engagements.imports.loading import checked, loaded
from tests.factories import make_country, make_load, make_partner
from tests.workbooks import sheets_of

URL = reverse("engagements:export_template")


def filled_in(content, asked, told):
    """The book with a row of what is told, under the headings that it has."""
    sheets = sheets_of(content)
    name = next(iter(sheets))
    [headings] = sheets[name]
    assert len(headings) == len(asked)
    row = [told.get(each.code) for each in asked]
    return headings, row


def a_load(by, subject, headings, row):
    book = Book("xlsx", [Sheet("List", [headings, row])]).packed()
    return make_load(by, rows=[], book=book, subject=subject)


def test_a_filled_in_template_of_contacts_loads_without_a_question(client, staff):
    hill = make_partner("HILL", name_en="Hill Society", acronym_en="HS")
    client.force_login(staff)
    content = client.get(URL, {"of": "contacts"}).content
    assert "Hill Society (HS)" in str(sheets_of(content)["Lists"])
    told = {"name": "A. Somebody", "post_fr": "Directrice", "partners": "Hill Society (HS)"}
    told |= {"email": "a@hill.example", "write_in": "French", "in_post_from": "2024-09"}

    load = a_load(staff, "contacts", *filled_in(content, CONTACT_COLUMNS, told))

    assert checked(load).questions == ()
    loaded(load)
    contact = Contact.objects.get()
    assert (contact.partner, contact.post_fr, contact.post_en) == (hill, "Directrice", "")
    assert (contact.write_in, contact.in_post_from, contact.email) == (
        *("fr", "2024-09", "a@hill.example"),
    )


def test_a_filled_in_template_of_partners_loads_without_a_question(client, administrator):
    make_country("NO")
    above = make_partner("UP", name_en="Ministry of Order", acronym_en="MO")
    client.force_login(administrator)
    content = client.get(URL, {"of": "partners"}).content
    told = {each.code: each.example for each in PARTNER_COLUMNS}
    told |= {"kind": "Foreign government", "country": "Norway", "parent": "Ministry of Order (MO)"}
    told |= {"sectors": "Corrections; Courts"}

    load = a_load(administrator, "partners", *filled_in(content, PARTNER_COLUMNS, told))

    assert checked(load).questions == ()
    loaded(load)
    partner = Partner.objects.get(code="NO-PSN")
    assert (partner.parent, partner.country.iso2, partner.kind) == (
        *(above, "NO", "foreign_government"),
    )
    assert (partner.in_corrections, partner.in_courts, partner.in_police) == (True, True, False)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_their_headings_are_known_when_they_come_back(language):
    told = [(CONTACT_COLUMNS, contact_fields.guess)]
    told += [(PARTNER_COLUMNS, partner_fields.HEADINGS.guess)]
    for asked, guess in told:
        with override(language):
            headings = [str(each.heading) for each in asked]
        book = Book("xlsx", [Sheet("List", [headings, ["x"] * len(headings)])])
        table = find_table(book, lambda heading: 1.0, header_row=1)

        assert list(guess(table).values()) == [each.code for each in asked]


@pytest.mark.parametrize("of", ["partners", "nobody"])
def test_what_a_person_may_not_load_has_no_template(client, staff, of):
    client.force_login(staff)

    assert client.get(URL, {"of": of}).status_code == 404
    assert set(SUBJECTS) == {"engagements", "partners", "contacts"}
