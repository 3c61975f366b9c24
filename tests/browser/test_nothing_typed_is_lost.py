"""Typing in a real browser while tabs close, networks fail and sessions end: nothing typed is lost."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Page, expect

from accounts.models import Unsaved
from engagements.models import Engagement
from partners.models import Partner
from tests.browser.conftest import PASSWORD

HALF_A_MINUTE = 31_000
TITLE = "Lantern walk of the night kitchen"
STATUS = ".form [data-autosave-status]"


def path(name: str, *args, language: str = "en") -> str:
    with override(language):
        return reverse(name, args=args)


@pytest.fixture
def write(let_in):
    """Open a new engagement's form, its clock in our hands, and type a title."""

    def write(page: Page, language: str = "en") -> None:
        let_in(page, "staff")
        page.clock.install()
        page.goto(path("engagements:create", language=language))
        page.locator(f"#id_title_{language}").fill(TITLE)

    return write


def status(page: Page):
    return page.locator(STATUS)


def wait_half_a_minute(page: Page, *, said: str | re.Pattern = re.compile("^Saved ")) -> None:
    page.clock.fast_forward(HALF_A_MINUTE)
    expect(status(page)).to_have_text(said)


def end_every_session() -> None:
    Session.objects.all().delete()


def sign_in_here(page: Page, username: str = "staff") -> None:
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")


def tell_the_rest(page: Page) -> None:
    page.locator("#id_kind").select_option("outgoing-visit")
    page.locator("#id_start_year").fill("2025")
    page.locator("#id_start_month").select_option("2")
    page.locator("#id_start_day").fill("20")
    page.locator("#id_objectives_P1").check()
    page.locator("#id_add_partner").fill("UNODC")
    page.locator("#add-partner").click()
    expect(page.locator("#section-with [name=partner]")).to_have_count(1)


# A draft saves itself


@pytest.mark.parametrize(("language", "saved"), [("en", r"\d\d:\d\d$"), ("fr", r"\d\d\sh\s\d\d$")])
def test_it_saves_itself_every_half_minute_and_says_when(page, write, axe, language, saved):
    write(page, language)
    expect(status(page)).to_be_hidden()
    page.locator("#id_purpose").focus()

    wait_half_a_minute(page, said=re.compile(saved))

    expect(page.locator("#id_purpose")).to_be_focused()
    expect(page.locator("aside [data-autosave-status]")).to_have_text(re.compile(saved))
    draft = newest()
    assert TITLE in (draft.title_en, draft.title_fr)
    expect(page).to_have_url(
        re.compile(path("engagements:edit_draft", draft.pk, language=language) + "$")
    )
    expect(
        page.get_by_role("link", name=re.compile("Discard draft|brouillon|ébauche"))
    ).to_be_visible()
    axe(page)


def newest() -> Engagement:
    return Engagement.objects.order_by("-pk").first()


def test_nothing_is_saved_while_nothing_is_typed(page, let_in):
    let_in(page, "staff")
    page.clock.install()
    known = Engagement.objects.count()
    for name, *args in (("engagements:create",), ("engagements:edit", "IE-2007-0004")):
        page.goto(path(name, *args))

        page.clock.fast_forward(2 * HALF_A_MINUTE)
        page.clock.fast_forward(HALF_A_MINUTE)

        expect(status(page)).to_be_hidden()
    assert Engagement.objects.count() == known
    assert not Unsaved.objects.exists()


def test_it_is_logged_from_where_the_autosave_left_it(page, write):
    write(page)
    wait_half_a_minute(page)
    tell_the_rest(page)
    wait_half_a_minute(page)

    page.locator(".form-actions [value=log]").click()

    expect(page).to_have_url(re.compile(r"/IE-2025-\d{4}/$"))
    assert Engagement.objects.filter(title_en=TITLE).count() == 1
    assert not Unsaved.objects.exists()


def test_a_closed_tab_is_resumed_from_home(page, write, open_page):
    write(page)
    page.locator("#id_actual_cost").fill("a lot")
    wait_half_a_minute(page)
    page.locator("#id_purpose").fill("Typed a moment before")

    page.close(run_before_unload=False)
    again = page.context.new_page()
    again.goto("/en/")
    again.get_by_role("link", name=TITLE).click()

    expect(again.locator("#id_actual_cost")).to_have_value("a lot")


def test_what_was_typed_a_moment_before_leaving_the_page_is_saved(page, write):
    write(page)

    page.goto("about:blank")
    draft_on_home(page).click()

    expect(page.locator("#id_title_en")).to_have_value(TITLE)


def draft_on_home(page):
    """Its link, as soon as what was sent on leaving has arrived: the next page does not wait for it."""
    draft = page.get_by_role("link", name=TITLE)
    for _visit in range(20):
        page.goto("/en/")
        if draft.count():
            break
    return draft


def test_another_computer_goes_on_with_the_draft(page, write, open_page, let_in):
    write(page)
    wait_half_a_minute(page)

    elsewhere = open_page(1280, 900)
    let_in(elsewhere, "staff")
    elsewhere.goto("/en/")
    elsewhere.get_by_role("link", name=TITLE).click()
    elsewhere.locator("#id_purpose").fill("Typed at home")
    elsewhere.locator(".form-actions [value=draft]").click()
    expect(elsewhere.get_by_role("status")).to_contain_text(["Kept as your draft"])

    expect(elsewhere.locator("#id_purpose")).to_have_value("Typed at home")
    assert newest().purpose == "Typed at home"


# No connection


def test_a_network_that_is_cut_is_said_and_what_is_typed_is_saved_once_it_is_back(page, write, axe):
    write(page)
    page.context.set_offline(True)
    wait_half_a_minute(page, said="Not saved: no connection. Trying again…")
    expect(page.locator("#announcement")).to_have_text("Not saved: no connection. Trying again…")
    axe(page)
    page.locator("#id_purpose").fill("Typed without a network")

    page.context.set_offline(False)

    expect(status(page)).to_have_text(re.compile("^Saved "))
    assert newest().purpose == "Typed without a network"


def test_without_a_network_pressing_log_leaves_everything_where_it_is(page, write):
    write(page)
    page.context.set_offline(True)

    page.locator(".form-actions [value=log]").click()

    expect(status(page)).to_have_text(re.compile("^Not sent: no connection"))
    expect(page.locator("#id_title_en")).to_have_value(TITLE)
    page.context.set_offline(False)
    expect(status(page)).to_have_text(re.compile("^Saved "))
    page.locator(".form-actions [value=draft]").click()
    expect(page.get_by_role("status")).to_contain_text(["Kept as your draft"])


def test_an_answer_that_is_cut_off_is_no_other_tab(page, write):
    write(page)

    def save_but_lose_the_answer(route):
        route.fetch()
        route.abort()

    page.route("**/new/", save_but_lose_the_answer, times=1)
    wait_half_a_minute(page, said="Not saved: no connection. Trying again…")
    page.locator("#id_purpose").fill("Typed after")
    wait_half_a_minute(page)

    assert Engagement.objects.filter(title_en=TITLE).count() == 1
    assert newest().purpose == "Typed after"


def test_whoever_closes_the_tab_with_something_unsaved_is_asked(page, write):
    asked = []
    write(page)
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.route("**/new/", lambda route: route.abort())

    page.get_by_role("link", name="Partners", exact=True).click()

    expect(status(page)).to_have_text(re.compile("^Not saved: no connection"))
    expect(page.locator("#id_title_en")).to_have_value(TITLE)
    assert asked == ["beforeunload"]
    page.unroute_all()
    page.clock.fast_forward(HALF_A_MINUTE)
    expect(status(page)).to_have_text(re.compile("^Saved "))


# Two tabs


def test_a_second_tab_is_told_and_overwrites_nothing(page, write, axe):
    write(page)
    wait_half_a_minute(page)
    other = page.context.new_page()
    other.clock.install()
    other.goto(page.url)
    page.locator("#id_purpose").fill("From the first tab")
    wait_half_a_minute(page)
    expect(page.locator("#trouble")).to_be_empty()

    other.locator("#id_purpose").fill("From the second tab")
    other.locator("#id_purpose").focus()
    wait_half_a_minute(other, said=re.compile("^Not saved in the draft"))

    expect(other.locator("#trouble")).to_contain_text("You are writing this in another tab as well")
    expect(other.locator("#id_purpose")).to_be_focused()
    axe(other)
    other.locator(".form-actions [value=draft]").click()
    expect(other.locator("main")).to_contain_text("From the first tab")
    expect(other.locator("main")).to_contain_text("From the second tab")
    assert newest().purpose == "From the first tab"


# The other forms


def test_an_edit_that_was_not_saved_is_offered_again(page, let_in, axe):
    let_in(page, "staff")
    page.clock.install()
    page.goto(path("engagements:edit", "IE-2007-0004"))
    before = Engagement.objects.get(reference="IE-2007-0004").outcome
    page.locator("#id_outcome").fill("Half a sentence")
    wait_half_a_minute(
        page, said=re.compile("^Kept for you at .* Nothing is changed until you save")
    )

    page.goto("/en/")
    axe(page)
    page.locator("section:has(#unsaved) .task-title a").click()
    expect(page.locator("[data-unsaved]")).to_contain_text("You typed something here on")
    expect(page.locator("#id_outcome")).to_have_value(before)
    axe(page)
    page.get_by_role("link", name="Resume").click()
    expect(page.locator("#id_outcome")).to_have_value("Half a sentence")
    axe(page)
    page.locator("#id_outcome").fill("A whole sentence.")
    page.locator(".form-actions [value=save]").click()

    expect(page.locator("main")).to_contain_text("A whole sentence.")
    assert not Unsaved.objects.exists()


@pytest.mark.parametrize("has_script", [True, False])
def test_it_is_thrown_away_when_one_says_so(open_page, let_in, has_script):
    page = open_page(1280, 900, java_script_enabled=has_script)
    let_in(page, "administrator")
    partner = Partner.objects.active().first()
    keep(page, path("partners:archive", partner.code), reason="Half a reason")
    page.goto(path("partners:archive", partner.code))

    page.get_by_role("button", name="Throw it away").click()

    expect(page.locator("[data-unsaved]")).to_have_count(0)
    assert not Unsaved.objects.exists()


def keep(page: Page, address: str, **typed) -> None:
    """As an autosave of an earlier day."""
    page.goto(address)
    names = ("opened_by", "page", "continues", "csrfmiddlewaretoken")
    marks = {name: page.locator(f"main [name={name}]").first.input_value() for name in names}
    told = marks | {"turn": "1", "do": "autosave"} | typed
    page.request.post(address, form=told, headers={"Referer": page.url})


def test_leaving_without_saving_is_taken_at_its_word(page, let_in):
    let_in(page, "staff")
    page.clock.install()
    page.goto(path("engagements:edit", "IE-2007-0004"))
    page.locator("#id_outcome").fill("Never mind")
    wait_half_a_minute(page, said=re.compile("^Kept for you"))

    page.get_by_role("link", name="Leave without saving").click()

    expect(page).to_have_url(re.compile("/IE-2007-0004/$"))
    page.goto(path("engagements:edit", "IE-2007-0004"))
    expect(page.locator("[data-unsaved]")).to_have_count(0)


# A session that ends


def test_signed_in_again_in_another_tab_it_goes_on_saving(page, write, axe):
    write(page)
    wait_half_a_minute(page)
    page.locator("#id_purpose").fill("Typed signed out")
    with page.expect_response("**/duplicates/"):
        page.locator("#id_purpose").blur()
    page.locator("#id_purpose").focus()
    end_every_session()

    wait_half_a_minute(page, said="Not saved: you are signed out.")
    expect(page.locator("#trouble")).to_contain_text("You are signed out.")
    expect(page.locator("#id_purpose")).to_have_value("Typed signed out")
    axe(page)
    with page.context.expect_page() as opened:
        page.locator("#trouble a").click()
    sign_in_here(opened.value)
    expect(opened.value.locator("h1")).to_have_text("Your work")
    page.bring_to_front()
    wait_half_a_minute(page)

    expect(page.locator("#trouble")).to_be_empty()
    assert newest().purpose == "Typed signed out"
    page.locator(".form-actions [value=draft]").click()
    expect(page.locator("#id_purpose")).to_have_value("Typed signed out")


@pytest.mark.parametrize("has_script", [True, False])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_sent_signed_out_one_is_back_in_the_form_after_signing_in(
    open_page, let_in, axe, has_script, language
):
    page = open_page(1280, 900, java_script_enabled=has_script)
    let_in(page, "staff")
    page.goto(path("engagements:create", language=language))
    page.locator(f"#id_title_{language}").fill(TITLE)
    page.locator("#id_purpose").fill("Two\nlines")
    end_every_session()

    page.locator(".form-actions [value=log]").click()
    expect(page.locator("#sign-in [name=typed]")).to_have_count(1)
    if has_script:
        axe(page)
    page.locator("[name=username]").fill("staff")
    page.locator("[name=password]").fill("wrong")
    page.locator("[name=password]").press("Enter")
    expect(page.locator("#id_password_error")).to_be_visible()
    expect(page.locator("#sign-in [name=typed]")).to_have_count(1)
    sign_in_here(page)

    expect(page.locator(f"#id_title_{language}")).to_have_value(TITLE)
    expect(page.locator("#id_purpose")).to_have_value("Two\nlines")
    expect(page.locator("html")).to_have_attribute("lang", language)
    if has_script:
        axe(page)
    page.locator(".form-actions [value=draft]").click()
    expect(page).to_have_url(re.compile(r"/\d+/"))
    assert (
        Engagement.objects.filter(title_en=TITLE).count()
        + Engagement.objects.filter(title_fr=TITLE).count()
        == 1
    )
    assert not Unsaved.objects.exists()


def test_nothing_typed_is_kept_in_the_browser(page, write):
    write(page)
    wait_half_a_minute(page)

    kept = page.evaluate("JSON.stringify([localStorage, sessionStorage]) + document.cookie")

    assert TITLE not in kept
