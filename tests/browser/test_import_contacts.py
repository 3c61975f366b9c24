"""A list of contacts goes in by the French pages: asked about, shown, saved, found at its partner, undone."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from partners.models import Contact, Partner
from tests.browser.faults import scrolls_sideways
from tests.browser.loads import workbook

HEADINGS = ["Nom", "Prénom", "Fonction", "Organisme", "Courriel"]
ROWS = [
    ["Essai", "Alpha", "Directrice de la formation", "UNODC", "alpha@example.org"],
    ["Essai", "Bêta", "Agent de liaison", "Société de la Colline", "beta@example.org"],
    ["Essai", "Gamma", "Commis", "UNODC", "au comptoir"],
]


@pytest.fixture
def file(tmp_path) -> Path:
    path = tmp_path / "personnes-ressources.xlsx"
    path.write_bytes(workbook(ROWS, HEADINGS))
    return path


def test_a_list_of_contacts_goes_in_and_out_again_in_french(page: Page, let_in, axe, file):
    let_in(page, "staff")
    before = Contact.objects.count()
    page.goto("/fr/importation/")
    page.locator("[name=subject][value=contacts]").check()
    page.locator("[type=file]").set_input_files(file)
    page.locator("main [enctype] button").click()
    page.locator("button[value=next]").click()

    columns = ["family_name", "given_name", "post", "partners", "email"]
    for letter, field in zip("ABCDE", columns, strict=True):
        expect(page.locator(f"[name=column-{letter}]")).to_have_value(field)
    axe(page)
    page.locator("button[value=next]").click()

    hill = page.locator("tr", has_text="Société de la Colline")
    hill.locator("[type=radio][value=create]").check()
    axe(page)
    page.locator("button[value=next]").click()

    expect(page.locator("#new")).to_contain_text("2")
    expect(page.locator("#problems")).to_contain_text("1")
    expect(page.locator("main")).to_contain_text("au comptoir")
    assert Contact.objects.count() == before
    assert scrolls_sideways(page) == []
    axe(page)
    page.locator("button[value=load]").click()

    expect(page.locator(".key-figures")).to_contain_text("2")
    beta = Contact.objects.get(name="Bêta Essai")
    assert (beta.partner.name_fr, beta.post_fr) == ("Société de la Colline", "Agent de liaison")
    axe(page)
    loaded = page.url
    page.goto(f"/fr/partenaires/{beta.partner.code}/")
    expect(page.locator(f"#contact-{beta.key}")).to_contain_text("beta@example.org")
    expect(page.locator(".facts")).to_contain_text("personnes-ressources.xlsx")

    page.goto(loaded)
    page.locator("main li a[href$='/annuler/']").click()
    axe(page)
    page.locator(".button-danger").click()
    expect(page.get_by_role("status").first).to_be_visible()
    assert Contact.objects.count() == before
    assert not Partner.objects.filter(name_fr="Société de la Colline").exists()
