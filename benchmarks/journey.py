"""A day at the portal in a real browser: how long each step of it lets somebody wait.

    python -m benchmarks.journey [ROUNDS]

Started by running.py, on a database that is filled. Prints one object: step → seconds by the clock, one a
round, from the press to what it was pressed for standing on the page. What a step leads to is looked at, and
ends the run where it is not there. The last step saves.
"""

from __future__ import annotations

import itertools
import json
import re
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

# Both are common.
WORDS = "women training"
FOUND = "section[aria-labelledby=found-engagements] .results"
PARTNER = "drugs and crime"
# What a step is set beside: head and foot for somebody who is signed in.
NOTHING = "an empty page"
ROUNDS = 5
LONGEST = 30_000  # milliseconds that a step may take


class Watch:
    """Holds how long each step took."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.waits: dict[str, list[float]] = defaultdict(list)

    def step(self, name: str, act: Callable[[], Any], seen: Locator) -> None:
        began = time.perf_counter()
        act()
        seen.wait_for()
        self.waits[name].append(time.perf_counter() - began)


def walk(page: Page) -> dict[str, list[float]]:
    """Once from the front door to a record that is saved; the page is signed in, in English."""
    watch = Watch(page)
    watch.step(NOTHING, lambda: page.goto("/en/empty/"), page.locator("#site-search"))
    search(watch)
    refine(watch)
    look_from_above(watch)
    change(watch)
    return watch.waits


def search(watch: Watch) -> None:
    """Press /, type, see, open, back."""
    page = watch.page
    page.keyboard.press("/")
    page.keyboard.type(WORDS)
    marked = page.locator(FOUND + " mark").first
    watch.step("search two words", lambda: page.keyboard.press("Enter"), marked)
    first = page.locator(FOUND + " .result-title a").first
    title = first.inner_text()
    watch.step("open one that was found", first.click, headed(page, title))
    watch.step("back to what was found", page.go_back, marked)
    assert page.get_by_role("searchbox").input_value() == WORDS


def refine(watch: Watch) -> None:
    """The list, with one filter more each time; open, back: all is as it was."""
    page = watch.page
    rows = page.locator("main tbody tr")
    watch.step("the list", lambda: page.goto("/en/engagements/"), rows.last)
    for name, value in (("kind", "incoming-visit"), ("objective", "S1"), ("region", "150")):
        choice = page.locator(f"#filter-form input[name={name}][value='{value}']")
        choice.locator("xpath=ancestor::details[1]").evaluate("details => { details.open = true }")
        with page.expect_response(re.compile(f"{name}={value}")):
            began = time.perf_counter()
            choice.check()
        page.wait_for_url(re.compile(f"{name}={value}"))
        rows.last.wait_for()
        watch.waits["one filter more"].append(time.perf_counter() - began)
    found = page.locator("#results").inner_text()
    first = rows.first.locator("th a")
    watch.step("open one of the list", first.click, headed(page, first.inner_text()))
    watch.step("back to the list", page.go_back, rows.last)
    assert page.locator("#results").inner_text() == found
    watch.step("page 5 of all", lambda: page.goto("/en/engagements/?page=5"), rows.last)


def look_from_above(watch: Watch) -> None:
    """The dashboard, a figure of it, and the list that the figure counts."""
    page = watch.page
    figure = page.locator(".matrix td a").first
    watch.step("the dashboard", lambda: page.goto("/en/dashboard/"), figure)
    counted = figure.locator("b").inner_text()
    listed = page.locator("#results", has_text=re.compile(rf"^{counted} "))
    watch.step("the list behind a figure", figure.click, listed)


def change(watch: Watch) -> None:
    """A form, a partner that is looked up in it, and save."""
    page = watch.page
    page.goto("/en/engagements/?stage=completed")
    page.locator("main tbody tr th a").first.click()
    edit = page.locator("main a[href$='/edit/']").first
    watch.step("the form", edit.click, page.locator("#id_add_partner"))
    box = page.locator("#id_add_partner")
    box.focus()
    page.keyboard.type(PARTNER[:-1])
    offered = page.locator("#partner-list [role=option]", has_text=re.compile(PARTNER, re.I)).first
    watch.step("a letter more of a partner", lambda: page.keyboard.type(PARTNER[-1]), offered)
    page.keyboard.press("Escape")
    box.fill("")
    agreed = f"Agreed at {time.time()}"
    page.locator("#id_outcome").fill(agreed)
    save = page.locator(".form-actions button[type=submit]").first
    watch.step("save", save.click, page.locator("main dd, main p", has_text=agreed).first)


def headed(page: Page, title: str) -> Locator:
    return page.locator("h1", has_text=title)


@contextmanager
def served() -> Iterator[str]:
    """Its address: the portal as a server with threads has it, in this process."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.handlers.wsgi import WSGIHandler
    from django.core.servers.basehttp import ThreadedWSGIServer
    from django.test.testcases import QuietWSGIRequestHandler

    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler)
    server.set_app(StaticFilesHandler(WSGIHandler()))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def main(rounds: int = ROUNDS) -> None:
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from playwright.sync_api import sync_playwright

    from benchmarks.browser import Browser
    from tests.chromium import find_chromium

    program = find_chromium()
    if program is None:
        sys.exit("no Chromium here; install it, or name one in CHROMIUM")
    visitor = Browser(get_user_model().objects.get(username="manager"))
    visitor.warm_up()
    waits: dict[str, list[float]] = defaultdict(list)
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program)
        context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
        context.set_default_timeout(LONGEST)
        cookies = visitor.cookies.items()
        context.add_cookies([{"name": n, "value": v, "url": address} for n, v in cookies])
        page = context.new_page()
        # The first time fills the browser's cache.
        for done in itertools.chain([walk(page)], (walk(page) for _round in range(rounds))):
            for name, took in done.items():
                waits[name] += took
        browser.close()
    sys.stdout.write(json.dumps(waits))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
