"""What stands on a list, read off the page itself: alike of the portal's, the ordinary one and the floor."""

import re
from typing import Any

Numbers = dict[tuple, Any]

TOTAL = re.compile(r'<h2 id="results"[^>]*>\s*([\d,]+)')
ROW = re.compile(r'<th[^>]*>.*?href="/en/\w+/(IE-\d+-\d+)/', re.S)
OPTION = re.compile(
    r'<input type="checkbox" id="f-[^"]*" name="(\w+)" value="([^"]*)"[^>]*>'
    r'(?:(?!<input).)*?<span class="n">([\d,]+)</span>',
    re.S,
)
SUMS = re.compile(r'<ul[^>]*id="totals">(.*?)</ul>', re.S)
TAG = re.compile(r"<[^>]+>")
NUMBER = re.compile(r"\d[\d,]*")
ADMIN_TOTAL = re.compile(r'class="paginator">.*?([\d,]+) engagements?', re.S)
ADMIN_ROW = re.compile(r'class="field-reference[^"]*">(?:<a[^>]*>)?(IE-\d+-\d+)')


def numbers_of(html: str) -> Numbers:
    """How many there are, the rows in their order, each choice's count (none is 0), and the sums."""
    total = TOTAL.search(html)
    if total is None:
        raise AssertionError("This page tells of no number of engagements.")
    rows = ROW.findall(html[html.index("<table") :]) if "<table" in html else []
    found: Numbers = {("total",): number(total[1]), ("rows",): tuple(rows)}
    for parameter, value, count in OPTION.findall(html):
        if number(count):
            found[parameter, value] = number(count)
    if sums := SUMS.search(html):
        found["sums",] = tuple(number(each) for each in NUMBER.findall(TAG.sub(" ", sums[1])))
    return found


def numbers_of_admin(html: str) -> Numbers:
    total = ADMIN_TOTAL.search(html)
    return {
        ("total",): number(total[1]) if total else 0,
        ("rows",): tuple(dict.fromkeys(ADMIN_ROW.findall(html))),
    }


def number(text: str) -> int:
    return int(text.replace(",", ""))


def differences(page: Numbers, beside: Numbers) -> list[str]:
    """Every number that one has and the other has not; nothing and 0 are the same."""
    return [
        f"{key}: {page.get(key, 0)} on the page, {beside.get(key, 0)} beside it"
        for key in sorted(page.keys() | beside.keys(), key=str)
        if page.get(key, 0) != beside.get(key, 0)
    ]
