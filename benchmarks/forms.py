"""What a browser would send of a form that was opened."""

from html.parser import HTMLParser

SENT = {"checkbox", "radio"}
NOT_SENT = {"submit", "button", "image", "reset", "file"}


class Form(HTMLParser):
    """The fields of the form that holds the one named `holding`, in their order, as they stand."""

    def __init__(self, html: str, holding: str) -> None:
        super().__init__()
        self.holding, self.fields = holding, list[tuple[str, str]]()
        self._here: list[tuple[str, str]] = []
        self._text: list[str] | None = None
        self._select, self._options = "", list[tuple[str, bool]]()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "form":
            self._here = []
        elif tag == "input" and name and "disabled" not in given:
            kind = given.get("type") or "text"
            is_sent = "checked" in given if kind in SENT else kind not in NOT_SENT
            if is_sent:
                self._here.append((name, given.get("value") or ("on" if kind in SENT else "")))
        elif tag == "textarea" and name:
            self._text = []
            self._here.append((name, ""))
        elif tag == "select" and name:
            self._select, self._options = name, []
            self._many = "multiple" in given
        elif tag == "option" and self._select:
            self._options.append((given.get("value") or "", "selected" in given))

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._text is not None:
            name, _ = self._here[-1]
            # A line break right after the tag is none of the text.
            self._here[-1] = (name, "".join(self._text).removeprefix("\n"))
            self._text = None
        elif tag == "select" and self._select:
            chosen = [value for value, is_chosen in self._options if is_chosen]
            if not chosen and self._options and not self._many:
                chosen = [self._options[0][0]]
            self._here += [(self._select, value) for value in chosen]
            self._select = ""
        elif tag == "form" and any(name == self.holding for name, _value in self._here):
            self.fields = self._here


def opened(html: str, holding: str, **typed: str) -> list[tuple[str, str]]:
    """The form's fields, with what is typed in their place; AssertionError where it has no such field."""
    fields = Form(html, holding).fields
    missing = typed.keys() - {name for name, _value in fields}
    if missing:
        raise AssertionError(f"The form has no field {', '.join(sorted(missing))}")
    return [(name, typed.get(name, value)) for name, value in fields]
