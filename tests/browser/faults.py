"""What may be wrong with a page as it stands, in words; nothing where nothing is."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 800}
AXE_OPTIONS = {
    # Off by default, but WCAG 2.2 AA asks for it.
    "rules": {"target-size": {"enabled": True}},
    # Only an experimental rule needs the style sheets again, and the policy forbids how axe loads them.
    "preload": False,
    "resultTypes": ["violations"],
}
# The slowest rule by far, and a page has the same colours on a phone and in another language.
WITHOUT_CONTRAST = AXE_OPTIONS | {
    "rules": {"target-size": {"enabled": True}, "color-contrast": {"enabled": False}}
}
RUN_AXE = """(options) => axe.run(options).then((found) => found.violations.map(
  ({id, impact, help, nodes}) =>
    ({id, impact, help, nodes: nodes.map(({target, html}) => ({target, html}))})))"""

BEYOND_THE_EDGE = """() => {
  const edge = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= edge) return [];
  const beyond = [...document.body.querySelectorAll("*")].filter(
    (each) => each.checkVisibility() && each.getBoundingClientRect().right > edge + 0.5);
  const names = beyond.slice(0, 3).map((each) => each.outerHTML.slice(0, 120));
  return [`${document.documentElement.scrollWidth} px on ${edge}: ${names.join(" … ")}`];
}"""
# Addresses alone, which the browser's history keeps as well; and which filters are folded.
HARMLESS = ["htmx-current-path-for-history", "django.admin.filtersState"]
KEPT = """(harmless) => [localStorage, sessionStorage].flatMap((storage) => Object.keys(storage))
  .filter((key) => !harmless.includes(key))"""


def rules_broken(page: Page, options: dict = AXE_OPTIONS) -> list[str]:
    """Of accessibility, as far as axe knows them; of a page that is there whole."""
    page.wait_for_load_state()
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(RUN_AXE, options)
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']}\n    {node['target']} {node['html']}"
        for rule in found
        for node in rule["nodes"]
        if not is_a_place_on_the_map(rule["id"], node["html"])
    ]


def is_a_place_on_the_map(rule: str, html: str) -> bool:
    """A country is as large as it is, and where it is: WCAG 2.5.8 excepts it, and the table has its link."""
    return rule == "target-size" and html.startswith('<a class="map-')


def rules_broken_on_a_phone(page: Page) -> list[str]:
    page.set_viewport_size(PHONE)
    found = rules_broken(page, WITHOUT_CONTRAST)
    page.set_viewport_size(WIDE)
    return [f"on a phone, {fault}" for fault in found]


def scrolls_sideways(page: Page) -> list[str]:
    """On the narrowest phone, on a desk at 200 %, and in between."""
    page.wait_for_load_state()
    found = []
    for width in (320, 640, 800, 1000):
        page.set_viewport_size({"width": width, "height": 800})
        found += page.evaluate(BEYOND_THE_EDGE)
    page.set_viewport_size(WIDE)
    return [f"scrolls sideways: {fault}" for fault in found]


def kept_in_the_browser(page: Page) -> list[str]:
    return [f"kept in the browser: {key}" for key in page.evaluate(KEPT, HARMLESS)]
