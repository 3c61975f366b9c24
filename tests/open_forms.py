"""What a browser sends for a form that was opened, besides what is typed in it."""

import re

HIDDEN = re.compile(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"')
MARKS = {"opened_by", "page", "turn", "continues"}


def opened(client, address: str) -> dict[str, str]:
    """The hidden inputs that go with whatever is typed in the form at this address."""
    page = client.get(address).content.decode()
    found = {name: value for name, value in HIDDEN.findall(page) if name in MARKS | {"version"}}
    assert found.keys() >= MARKS, f"the form at {address} keeps nothing typed"
    return found
