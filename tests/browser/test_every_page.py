"""Every page, in every state, in both languages: accessible, never wider than its window, keeping nothing."""

import pytest
from playwright.sync_api import Error

from tests.browser.faults import (
    AXE_OPTIONS,
    WITHOUT_CONTRAST,
    kept_in_the_browser,
    rules_broken,
    rules_broken_on_a_phone,
    scrolls_sideways,
)
from tests.browser.looks import LOOKS, Look
from tests.test_conventions import our_pages

# No pages: files, parts that HTMX asks for, what only a POST opens, and what only leads elsewhere.
NO_PAGES = {
    "accounts:front_door",
    "accounts:sign_out",
    "dashboards:alignment_csv",
    "dashboards:coverage_csv",
    "dashboards:brief_docx",
    "dashboards:changes_csv",
    "dashboards:completeness_csv",
    "dashboards:dashboard_xlsx",
    "dashboards:partners_csv",
    "dashboards:places_csv",
    "dashboards:time_csv",
    "dashboards:view",
    "dashboards:view_start",
    "dashboards:views_lost",
    "dashboards:volume_csv",
    "engagements:bring_back_note",
    "engagements:export",
    "engagements:export_template",
    "engagements:export_xlsx",
    "engagements:likely_duplicates",
    "engagements:objectives_offered",
    "engagements:partner_suggestions",
    "imports:forget",
    "imports:left_out",
    "partners:contact_bring_back",
    "partners:contact_retire",
    "partners:restore",
    "partners:verify",
}


def faults(page, look: Look, language: str) -> list[str]:
    options = AXE_OPTIONS if language == "en" else WITHOUT_CONTRAST
    found = [*rules_broken(page, options), *scrolls_sideways(page), *kept_in_the_browser(page)]
    return found + rules_broken_on_a_phone(page) if look.main else found


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("person", LOOKS)
def test_no_page_has_a_fault(page, let_in, person, language):
    found = []
    if person != "nobody":
        let_in(page, person)
    for look in LOOKS[person]:
        try:
            look.open(page, language)
        except (AssertionError, Error) as error:
            found.append(f"{look} did not open: {str(error).partition('Aria snapshot')[0]}")
        else:
            found += [f"{look}: {fault}" for fault in faults(page, look, language)]

    assert not found, "\n".join(found)


def test_every_page_is_looked_at():
    named = {name for name, _entry in our_pages()}
    looked_at = {look.name for looks in LOOKS.values() for look in looks}

    assert named - NO_PAGES == looked_at - {name for name in looked_at if name.startswith("admin:")}
