"""Journeys: a real Chromium, the whole portal behind it, the demonstration in its database.

Whatever a page does that no page may do (an error in the console, a failed or foreign request)
fails the journey it happens in.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from accounts.models import User
from tests.browser.door import Door
from tests.browser.faults import rules_broken
from tests.browser.sheet import with_one_sheet
from tests.browser.snapshot import Snapshot
from tests.browser.watch import Watch
from tests.chromium import find_chromium

PASSWORD = "a password for journeys alone"
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    # Chromium heeds the last such list alone, so what Playwright switches off stands here again. Besides:
    # what the address bar would suggest, two pages that every context loads and nobody sees.
    "--disable-features="
    "AvoidCorsURLLoaderRestartOnRedirect,AvoidUnnecessaryBeforeUnloadCheckSync,AimEnabled,"
    "DestroyProfileOnBrowserClose,HttpsFirstBalancedModeAutoEnable,HttpsUpgrades,LensOverlay,MediaRouter,"
    "NetworkTimeServiceQuerying,OptimizationHints,PaintHolding,PreconnectToSearch,"
    "ThirdPartyStoragePartitioning,"
    "WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,WebUIOmniboxPopup",
]
# The page itself for as long as a script of its may not have run; nothing from then on.
AT_WORK = """{
  queryAll: (root) => {
    const [opened] = performance.getEntriesByType("navigation");
    // In its first moment a document is empty.
    const shown = document.documentElement;
    return shown && opened && !opened.domContentLoadedEventEnd ? [shown] : [];
  },
  query(root) { return this.queryAll(root)[0]; },
}"""


def pytest_collection_modifyitems(config, items):
    here = Path(__file__).parent
    journeys = [item for item in items if here in item.path.parents]
    for item in journeys:
        item.add_marker(pytest.mark.browser)
    # Of what PostgreSQL keeps, French pages are proof without a browser, and of what a browser shows, SQLite.
    again = [item for item in journeys if is_in_french(item) and connection.vendor != "sqlite"]
    config.hook.pytest_deselected(items=again)
    items[:] = [item for item in items if item not in again]


def is_in_french(item) -> bool:
    return hasattr(item, "callspec") and item.callspec.params.get("language") == "fr"


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    program = find_chromium()
    if program is None:
        pytest.skip("no Chromium here; install it, or name one in CHROMIUM")
    expect.set_options(timeout=10_000)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop running in this thread, which Django takes for async code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        playwright.selectors.register("at_work", AT_WORK, content_script=True)
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def snapshot(django_db_setup, django_db_blocker) -> Snapshot:
    with django_db_blocker.unblock():
        call_command("load_reference", verbosity=0)
        with override_settings(DEMONSTRATION=True):
            call_command("load_demo", password=PASSWORD, verbosity=0)
        snapshot = Snapshot()
        call_command("flush", interactive=False, verbosity=0)
    return snapshot


@pytest.fixture
def demonstration(snapshot, transactional_db, settings) -> None:
    """What `make run` shows."""
    settings.DEMONSTRATION = True
    snapshot.restore()


@pytest.fixture(scope="package")
def front_door(live_server) -> Door:
    server = live_server.thread.httpd
    server.set_app(with_one_sheet(server.get_app()))
    return Door(server)


@pytest.fixture
def door(front_door, demonstration) -> Iterator[Door]:
    """Open while the journey takes; the flush that follows finds nobody at work any more."""
    front_door.open()
    yield front_door
    front_door.close()


@pytest.fixture
def open_page(chromium, live_server, door) -> Iterator[Callable[..., Page]]:
    """Open a page in a browser of its own, of any size: open_page(320, 800, java_script_enabled=False)."""
    opened: list[tuple[BrowserContext, Watch]] = []

    def open_page(width: int, height: int, **options) -> Page:
        viewport = {"width": width, "height": height}
        context = chromium.new_context(base_url=live_server.url, viewport=viewport, **options)
        context.set_default_timeout(10_000)
        opened.append((context, Watch(context, live_server.url)))
        page = context.new_page()
        in_no_hurry(page)
        return page

    yield open_page
    for context, _ in opened:
        context.close()
    problems = [problem for _, watch in opened for problem in watch.problems]
    if problems:
        pytest.fail("What no page may do:\n" + "\n".join(problems), pytrace=False)


def in_no_hurry(page: Page) -> None:
    """Act as people do, who see a page before they act: not within the moment before its scripts have run.

    Whoever is quicker is a journey of its own: `page.remove_locator_handler(page.locator("at_work=page"))`.
    """
    page.add_locator_handler(
        page.locator("at_work=page"),
        lambda: page.wait_for_load_state("domcontentloaded"),
        no_wait_after=True,
    )


@pytest.fixture
def page(open_page) -> Page:
    return open_page(1280, 900)


@pytest.fixture
def phone(open_page) -> Page:
    return open_page(360, 800, has_touch=True)


def sign_in_path(language: str) -> str:
    with override(language):
        return reverse("accounts:sign_in")


@pytest.fixture
def let_in(live_server) -> Callable[[Page, str], None]:
    """With the cookie that signing in leaves in a browser, two pages sooner: what comes next is looked at.

    What signing in itself does is gone through by `sign_in`.
    """

    def let_in(page: Page, username: str) -> None:
        client = Client()
        client.force_login(User.objects.get(username=username))
        session = client.cookies[settings.SESSION_COOKIE_NAME]
        told = {"name": session.key, "value": session.value, "url": live_server.url}
        page.context.add_cookies([{**told, "httpOnly": True, "sameSite": "Lax"}])

    return let_in


@pytest.fixture
def sign_in() -> Callable[..., None]:
    def sign_in(page: Page, username: str, language: str = "en") -> None:
        path = sign_in_path(language)
        page.goto(path)
        page.locator("[name=username]").fill(username)
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("[name=password]").press("Enter")
        page.wait_for_url(lambda url: path not in url)

    return sign_in


@pytest.fixture(scope="package")
def axe() -> Callable[[Page], None]:
    """Assert that a page, as it stands now, breaks no rule of accessibility that axe knows."""

    def axe(page: Page) -> None:
        if report := rules_broken(page):
            pytest.fail(f"axe on {page.url}:\n" + "\n".join(report), pytrace=False)

    return axe
