"""A contact in a browser: refused, added, marked as no longer there and brought back, in both languages."""

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import expect

from partners.models import Contact


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_contact_is_added_leaves_and_comes_back(page, let_in, axe, language):
    with override(language):
        partner, new = (
            reverse(f"partners:{name}", args=["ICPA"]) for name in ("detail", "contact_create")
        )
    let_in(page, "staff")
    page.goto(partner)
    page.locator(f"#contacts ~ a[href='{new}']").click()
    page.locator("#id_email").fill("desk at example")
    page.locator("#id_email").press("Enter")

    summary = page.locator("#error-summary")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_count(2)
    axe(page)
    page.locator("#id_name").fill("Registrar (role)")
    page.locator("#id_email").fill("registrar@example.org")
    page.locator("#id_name").press("Enter")

    card = page.locator(".contact").filter(has_text="Registrar (role)")
    expect(card.locator("a[href^=mailto]")).to_have_text("registrar@example.org")
    contact = Contact.objects.get(name="Registrar (role)")
    expect(page.locator(f"#contact-{contact.key}:target")).to_be_visible()
    axe(page)
    card.locator("form button").click()

    # The address names the card, so the browser opens what it is folded away in.
    gone = page.locator(f"#contact-{contact.key}.contact-gone")
    expect(gone).to_be_visible()
    gone.locator("form button").click()
    expect(card).to_be_visible()
    expect(gone).to_have_count(0)
    assert not Contact.objects.get(pk=contact.pk).is_gone
