"""What a browser keeps of the portal, and whom it asks: nothing, and nobody else."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in_path
from tests.browser.watch import Watch
from tests.chromium import find_chromium


def sign_out(page: Page) -> None:
    page.locator("button[form=sign-out]").click()
    expect(page.locator("[name=password]")).to_be_visible()


@pytest.mark.parametrize("path", ["/en/", "/en/engagements/IE-2007-0004/", "/en/engagements/new/"])
def test_after_signing_out_back_shows_nothing(page, sign_in, path):
    sign_in(page, "staff")
    kept = page.goto(path).header_value("cache-control")
    sign_out(page)
    page.go_back()

    assert "no-store" in kept
    expect(page.locator("[name=password]")).to_be_visible()
    expect(page.locator("h1")).to_have_count(1)
    assert sign_in_path("en") in page.url


def test_back_after_a_refined_list_and_signing_out_shows_nothing(page, sign_in):
    sign_in(page, "staff")
    page.goto("/en/engagements/?objective=S4")
    page.locator(".chips a.chip").first.click()
    expect(page).not_to_have_url(re.compile("objective"))
    sign_out(page)
    page.go_back()
    page.go_back()

    expect(page.locator("[name=password]")).to_be_visible()
    expect(page.locator("#results")).to_have_count(0)


def test_signing_out_clears_what_the_browser_kept_but_the_language(page, sign_in):
    sign_in(page, "staff")
    page.goto("/en/engagements/IE-2007-0004/")
    page.evaluate(
        """async () => {
            localStorage.setItem("kept", "a text");
            sessionStorage.setItem("kept", "a text");
            await (await caches.open("kept")).put("/kept", new Response("a text"));
        }"""
    )
    sign_out(page)

    kept = page.evaluate(
        "async () => [localStorage.length, sessionStorage.length, (await caches.keys()).length]"
    )
    assert kept == [0, 0, 0]
    assert "django_language" in {cookie["name"] for cookie in page.context.cookies()}


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_back_and_forward_show_nothing_even_to_a_browser_that_keeps_whole_pages(
    chromium, live_server, door, sign_in, java_script_enabled
):
    keeping = chromium.browser_type.launch(
        executable_path=find_chromium(), ignore_default_args=["--disable-back-forward-cache"]
    )
    context = keeping.new_context(base_url=live_server.url, java_script_enabled=java_script_enabled)
    page = context.new_page()
    sign_in(page, "staff")
    page.goto("/en/engagements/IE-2007-0004/")
    title = page.locator("h1").inner_text()
    page.goto("/en/engagements/IE-2007-0004/edit/")
    sign_out(page)

    seen = []
    for step in [page.go_back] * 3 + [page.go_forward] * 3:
        step()
        seen.append(page.locator("body").inner_text())
    keeping.close()

    assert len(seen) == 6
    assert not [text for text in seen if title in text or "IE-2007-0004" in text]


def test_what_is_written_on_one_line_is_not_offered_the_next_time(page, sign_in):
    sign_in(page, "staff")
    page.goto("/en/engagements/new/")
    offered = page.locator("#engagement-form input.input:not([autocomplete=off])")

    names = offered.evaluate_all("inputs => inputs.map((input) => input.name)")
    assert set(names) <= {
        "source_url",
        "csc_participants",
        "planned_cost",
        "actual_cost",
        "approved_on",
    }


def test_htmx_keeps_no_page_and_evaluates_no_text(page):
    page.goto(sign_in_path("en"))
    config = page.evaluate("htmx.config")

    assert (config["historyCacheSize"], config["allowEval"]) == (0, False)
    assert json.loads(page.locator("meta[name=htmx-config]").get_attribute("content")).items() <= (
        config.items()
    )


@pytest.mark.parametrize(
    ("deed", "problem"),
    [
        ("new Image().src = 'http://elsewhere.invalid/pixel.gif'", "Content Security Policy"),
        ("document.body.setAttribute('style', 'color: red')", "Content Security Policy"),
        ("fetch('http://elsewhere.invalid/').catch(() => {})", "Content Security Policy"),
        ("console.error('broken')", "broken"),
        ("setTimeout(() => { throw new Error('thrown') })", "thrown"),
        ("document.head.append(Object.assign(document.createElement('script'), {src: '/no.js'}))", "404"),
    ],
)  # fmt: skip
def test_what_no_page_may_do_is_noticed(chromium, live_server, door, deed, problem):
    context = chromium.new_context(base_url=live_server.url)
    watch = Watch(context, live_server.url)
    page = context.new_page()
    page.goto(sign_in_path("en"))
    assert watch.problems == []

    with context.expect_event("console" if problem != "thrown" else "weberror"):
        page.evaluate(f"{{ {deed} }}")
    context.close()

    assert problem in " ".join(watch.problems)
