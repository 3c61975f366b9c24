"""Two browsers, one record: nobody's text is overwritten, and nobody's is dropped."""

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import expect

from accounts.models import Office
from engagements.models import Engagement
from partners.models import Partner

RECORD = "IE-2007-0004"


@pytest.fixture
def both(open_page, let_in):
    """One page open in two browsers: (mine, theirs), each signed in as somebody else."""

    def both(people, name, *args, language="en", width=1280, **options):
        pages = open_page(width, 900, **options), open_page(1280, 900)
        with override(language):
            path = reverse(name, args=args)
        for page, person in zip(pages, people, strict=True):
            let_in(page, person)
            page.goto(path)
        return pages

    return both


def fits(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    ("language", "width", "scripts"),
    [("en", 1280, True), ("fr", 1280, True), ("fr", 360, True), ("en", 360, False)],
)
def test_two_edit_an_engagement_and_what_both_wrote_is_kept(both, axe, language, width, scripts):
    mine, theirs = both(
        ("staff", "manager"),
        "engagements:edit",
        RECORD,
        language=language,
        width=width,
        java_script_enabled=scripts,
    )
    theirs.locator("[name=lessons]").fill("Send two, not one.")
    theirs.locator("[name=outcome]").fill("They agreed.\nA second line of theirs.")
    theirs.locator("[name=place]").fill("Ottawa")
    theirs.locator(".form-actions button[value=save]").click()
    theirs.wait_for_url(f"**/{RECORD}/")
    mine.locator("[name=outcome]").fill("We agreed on a charter.\nIn two lines.")
    mine.locator("[name=place]").fill("Laval")
    mine.locator("[name=paid_by]").fill("Global Affairs")

    mine.locator(".form-actions button[value=save]").click()
    expect(mine.locator(".side-by-side").first).to_contain_text("Ottawa")
    if scripts:
        expect(mine.locator("#error-summary")).to_be_focused()
        axe(mine)
        assert fits(mine)
    mine.locator("[name=choice-place][value=theirs]").check()
    mine.locator("button[value=merge-save]").click()

    mine.wait_for_url(f"**/{RECORD}/")
    record = Engagement.objects.get(reference=RECORD)
    assert record.outcome == (
        "They agreed.\nA second line of theirs.\n\nWe agreed on a charter.\nIn two lines."
    )
    assert (record.place, record.lessons, record.paid_by) == (
        "Ottawa",
        "Send two, not one.",
        "Global Affairs",
    )


def test_going_on_editing_keeps_all_and_a_third_save_is_refused_as_well(both, axe):
    mine, theirs = both(("staff", "manager"), "engagements:edit", RECORD)
    theirs.locator("[name=place]").fill("Ottawa")
    theirs.locator(".form-actions button[value=save]").click()
    theirs.wait_for_url(f"**/{RECORD}/")
    mine.locator("[name=outcome]").fill("We agreed on a charter.")
    mine.locator(".form-actions button[value=save]").click()

    mine.locator("button[value=merge-go-on]").click()
    expect(mine.locator("[name=place]")).to_have_value("Ottawa")
    expect(mine.locator("[name=outcome]")).to_have_value("We agreed on a charter.")
    theirs.goto(theirs.url + "edit/")
    theirs.locator("[name=outcome]").fill("They agreed.")
    theirs.locator(".form-actions button[value=save]").click()
    theirs.wait_for_url(f"**/{RECORD}/")
    mine.locator(".form-actions button[value=save]").click()

    expect(mine.locator(".side-by-side").first).to_contain_text("They agreed.")
    mine.keyboard.press("Tab")  # from the alert to its link
    mine.keyboard.press("Tab")
    mine.keyboard.press("ArrowUp")  # the proposed "both" gives way to the one before it
    expect(mine.locator("[name=choice-outcome][value=mine]")).to_be_checked()
    mine.locator("button[value=merge-save]").click()
    mine.wait_for_url(f"**/{RECORD}/")
    record = Engagement.objects.get(reference=RECORD)
    assert (record.place, record.outcome) == ("Ottawa", "We agreed on a charter.")


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("fr", 360)])
def test_two_tag_an_engagement(both, axe, language, width):
    mine, theirs = both(
        ("staff", "manager"), "engagements:align", RECORD, language=language, width=width
    )
    for page, reason in ((theirs, "Their reason"), (mine, "My reason")):
        page.locator("#pick-P1").check()
        page.locator("#reason-P1").fill(reason)
        page.locator(".form-actions button").first.click()
        if page is theirs:
            page.wait_for_url(f"**/{RECORD}/")

    expect(mine.locator(".side-by-side").first).to_contain_text("Their reason")
    axe(mine)
    assert fits(mine)
    mine.locator("button[value=merge-save]").click()
    mine.wait_for_url(f"**/{RECORD}/")
    record = Engagement.objects.get(reference=RECORD)
    assert record.alignments.get(objective__code="P1").reason == "My reason"


def test_a_press_counts_though_what_changes_pushes_the_button_away(page, let_in):
    let_in(page, "staff")
    page.goto(f"/en/engagements/{RECORD}/align/")
    held = []
    page.route("**/align/", lambda route: held.append(route) if told(route) else route.continue_())
    page.locator("#pick-P1").check()
    button = page.get_by_role("button", name="Save alignments")
    button.hover()
    before = button.bounding_box()
    page.mouse.down()
    for route in held:
        route.continue_()
    expect(page.locator("#changes")).to_contain_text("P1")
    assert button.bounding_box() != before
    page.mouse.up()

    page.wait_for_url(f"**/{RECORD}/")
    record = Engagement.objects.get(reference=RECORD)
    assert record.alignments.filter(objective__code="P1").exists()


def told(route) -> bool:
    return "hx-request" in route.request.headers


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("fr", 360)])
def test_two_edit_a_partner(both, axe, language, width):
    mine, theirs = both(
        ("administrator", "administrator"), "partners:edit", "UNODC", language=language, width=width
    )
    for page, seat in ((theirs, "Geneva"), (mine, "Vienna by the Danube")):
        page.locator("[name=seat_en]").fill(seat)
        page.locator(".form-actions button").first.click()
        if page is theirs:
            page.wait_for_url("**/UNODC/")

    expect(mine.locator(".side-by-side").first).to_contain_text("Geneva")
    axe(mine)
    assert fits(mine)
    mine.locator("button[value=merge-save]").click()
    mine.wait_for_url("**/UNODC/")
    assert Partner.objects.get(code="UNODC").seat_en == "Vienna by the Danube"


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("fr", 360)])
def test_two_edit_an_office_in_the_administration(both, axe, language, width):
    office = Office.objects.get(code="PAC")
    mine, theirs = both(
        ("administrator", "administrator"),
        "admin:accounts_office_change",
        office.pk,
        language=language,
        width=width,
    )
    for page, name in ((theirs, "name_fr"), (mine, "name_en")):
        page.locator(f"[name={name}]").fill(f"Other {name}")
        page.locator("[name=_save]").click()
        if page is theirs:
            expect(page.locator(".messagelist .success")).to_be_visible()

    expect(mine.locator("#differences")).to_contain_text("Other name_fr")
    axe(mine)
    mine.locator("[name=_save]").click()
    expect(mine.locator(".messagelist .success")).to_be_visible()
    office.refresh_from_db()
    assert (office.name_en, office.name_fr) == ("Other name_en", "Other name_fr")
