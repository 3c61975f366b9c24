"""A browser without a window: sessions, proofs against forgery, and forms as they stand on the page.

Needs nothing but Python's own library, so that a process full of visitors starts at once.
"""

from __future__ import annotations

import http.client
from dataclasses import dataclass
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode

Told = dict[str, list[str]]


class Gone(Exception):
    """The server went away before it had answered: nobody knows whether it did what it was asked."""


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    text: str

    def form(self, having: str) -> Told:
        """What the form that has a control of this name would send, its buttons left alone."""
        reader = FormReader()
        reader.feed(self.text)
        (found,) = [form for form in reader.forms if having in form]
        return found


class Visitor:
    """One person's browser. It speaks as the proxy in front of the portal does: https, one host."""

    def __init__(self, port: int, cookies: dict[str, str] | None = None) -> None:
        self.port, self.cookies = port, dict(cookies or {})

    def sign_in(self, username: str, password: str) -> Visitor:
        self.get("/en/sign-in/")
        answer = self.post("/en/sign-in/", {"username": [username], "password": [password]})
        assert answer.status == 302, f"{username} cannot sign in: {answer.status}"
        return self

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, told: Told) -> Answer:
        proof = {"csrfmiddlewaretoken": self.cookies["csrftoken"]}
        return self.ask("POST", path, urlencode(proof | told, doseq=True).encode())

    def ask(self, method: str, path: str, body: bytes | None = None) -> Answer:
        """Gone where no whole answer came."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = {
            "X-Forwarded-Proto": "https",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Connection": "close",
        }
        if body is not None:
            headers["Origin"] = f"https://127.0.0.1:{self.port}"
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode()
        except (OSError, http.client.HTTPException) as error:
            raise Gone(str(error)) from error
        finally:
            connection.close()
        for line in response.headers.get_all("Set-Cookie", []):
            for name, cookie in SimpleCookie(line).items():
                self.cookies[name] = cookie.value
        return Answer(response.status, response.headers.get("Location", ""), text)


class FormReader(HTMLParser):
    """Collects what each form of a page would send."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Told] = []
        self.writing = ""  # the textarea that is open
        self.choosing = ""  # the select that is open

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        name, value = told.get("name") or "", told.get("value") or ""
        if tag == "form":
            self.forms.append({})
        elif not self.forms:
            return
        elif tag == "textarea":
            self.writing = name
            self.add(name, "")
        elif tag == "select":
            self.choosing = name
        elif tag == "option" and self.choosing and "selected" in told:
            self.add(self.choosing, value)
        elif tag == "input" and name and is_sent(told):
            self.add(name, value)

    def handle_endtag(self, tag):
        if tag == "textarea" and self.writing:
            # The line end right behind the tag belongs to the page, not to the text.
            self.forms[-1][self.writing][-1] = self.forms[-1][self.writing][-1].removeprefix("\n")
            self.writing = ""
        elif tag == "select":
            self.choosing = ""

    def handle_data(self, data):
        if self.writing:
            self.forms[-1][self.writing][-1] += data

    def add(self, name: str, value: str) -> None:
        self.forms[-1].setdefault(name, []).append(value)


def is_sent(told: dict[str, str | None]) -> bool:
    kind = told.get("type") or "text"
    if kind in {"checkbox", "radio"}:
        return "checked" in told
    return kind not in {"submit", "button", "reset"}
