"""What a browser that was never here has to fetch before a page stands, in bytes as production sends them."""

import brotli
import pytest

from common.middleware import squeezed
from config.static import SHEET, joined
from tests.browser.sheet import read

ALL_TOLD, SCRIPT = 150_000, 25_000
PAGES = ["/en/", "/en/engagements/", "/en/engagements/new/", "/en/dashboard/"]


def sent(url, kind, body):
    """Its bytes on the wire. What a sheet imports is in it."""
    if kind == "document":
        return len(squeezed(body, blur=100))
    if kind == "stylesheet":
        return len(brotli.compress(joined(SHEET, read).encode())) if url.endswith(SHEET) else 0
    return min(len(body), len(brotli.compress(body)))


@pytest.mark.parametrize("address", [*PAGES, "a record"])
def test_a_page_is_light(page, let_in, address):
    let_in(page, "staff")
    if address == "a record":
        page.goto("/en/engagements/")
        address = page.locator("main .row-title a, main td a, main th a").first.get_attribute(
            "href"
        )
    weights = []

    def weigh(route):
        """On its way to the browser; which takes nothing from its cache while somebody stands between."""
        answer, asked = route.fetch(max_redirects=0), route.request
        weights.append((asked.resource_type, sent(asked.url, asked.resource_type, answer.body())))
        route.fulfill(response=answer)

    page.route("**/*", weigh)

    page.goto(address)
    page.wait_for_load_state("networkidle")

    assert {"document", "stylesheet", "script"} <= {kind for kind, _weight in weights}
    assert sum(weight for _kind, weight in weights) <= ALL_TOLD
    assert sum(weight for kind, weight in weights if kind == "script") <= SCRIPT
