"""Asking for a page, and everything that is answered, as one text that can be compared."""

import gzip
import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.handlers.base import BaseHandler
from django.db import transaction
from django.http import HttpResponse
from django.http.request import HttpHeaders
from django.test import Client, RequestFactory

from accounts.models import User

# What honestly differs from one request to the next: (what it looks like, what stands for it, why).
PER_REQUEST = [
    (
        re.compile(rb'(name="csrfmiddlewaretoken" value=")\w+'),
        rb"\1CSRF",
        "masked anew in every answer, so that compression does not give it away",
    ),
    (
        re.compile(rb"(Set-Cookie: csrftoken=)\w+"),
        rb"\1CSRF",
        "a new one for whoever has none",
    ),
    (
        re.compile(rb"(Set-Cookie: messages=[^:;]+):[^;]+"),
        rb"\1:SIGNATURE",
        "of what the next page will say, signed with the time",
    ),
    (
        re.compile(rb"((?:^Expires: |; expires=))[^;\n]+", re.M),
        rb"\1MOMENT",
        "the second of the answer, or the last one of a cookie, told from it",
    ),
    (
        re.compile(rb'(name="(?:form_key|key|page)" value=")[0-9a-f-]{36}'),
        rb"\1KEY",
        "drawn for every form that is opened, so that one sent twice makes one record",
    ),
    (
        re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]+"),
        rb"\1MOMENT",
        "the second in which a document or workbook was made",
    ),
    (
        re.compile(rb'(<c r="B\d+" s="\d+"><v>4\d{4})\.\d+(</v>)'),
        rb"\1.MOMENT\2",
        "the minute in which a workbook was made, on its first sheet: days since 1900",
    ),
]


class Headers(HttpHeaders):
    """A request's; they know whether anything asked for one that HTMX sends."""

    asked_for_htmx = False

    def __getitem__(self, name: str) -> str:
        if name.lower().replace("_", "-").startswith("hx-"):
            self.asked_for_htmx = True
        return super().__getitem__(name)


class Asker(RequestFactory):
    """A person, or nobody, who asks. What asking changes is undone, so that order does not matter."""

    def __init__(self, person: User | None = None) -> None:
        super().__init__()
        self.person = person
        self.answer = BaseHandler()
        self.answer.load_middleware()
        client = Client()
        if person:
            since = User.objects.values_list("last_login", flat=True).get(pk=person.pk)
            client.force_login(person)
            # Told in the admin to the minute: how often somebody asks is not what is compared.
            User.objects.filter(pk=person.pk).update(last_login=since)
        self.cookies = client.cookies

    def __call__(
        self,
        address: str,
        *,
        sent: Mapping[str, Any] | None = None,
        method: str = "",
        htmx: bool = False,
        **headers: str,
    ) -> HttpResponse:
        """GET, or POST where anything (even nothing, `{}`) is `sent`, or any other `method`.

        The test client would copy the context of every template.
        """
        ask = getattr(self, method or ("get" if sent is None else "post"))
        arguments = () if sent is None else (sent,)
        request = ask(
            address, *arguments, headers=({"HX-Request": "true"} if htmx else {}) | headers
        )
        request._dont_enforce_csrf_checks = True
        request.headers = Headers(request.META)
        with transaction.atomic():
            response = self.answer.get_response(request)
            response.whole = whole(response)
            # What never asks is answered the same as a part of a page.
            response.asked_whether_a_part = request.headers.asked_for_htmx
            transaction.set_rollback(True)
        return response


def whole(response: Any) -> bytes:
    """Status, headers, cookies and body, but for what is new in every answer."""
    head = [f"{response.status_code} {response.reason_phrase}"]
    head += sorted(f"{name}: {value}" for name, value in response.items())
    head += sorted(cookie.output() for cookie in response.cookies.values())
    body = b"".join(response.streaming_content) if response.streaming else response.content
    text = "\n".join(head).encode() + b"\n\n" + unpacked(body)
    if is_packed(body):
        # How far a moment can be packed differs from one second to the next; what is in it is compared.
        text = text.replace(
            f"Content-Length: {len(body)}\n".encode(), b"Content-Length: ITS OWN\n", 1
        )
    for pattern, stand_in, _why in PER_REQUEST:
        text = pattern.sub(stand_in, text)
    return text


def is_packed(body: bytes) -> bool:
    """Whether it is a document or workbook, or a page gzipped on its way, whose length is blurred."""
    return body.startswith((b"PK\x03\x04", b"\x1f\x8b"))


def unpacked(body: bytes) -> bytes:
    """Of a document or workbook the names and texts of its parts, in order; else the body as it was."""
    if not is_packed(body):
        return body
    if body.startswith(b"\x1f\x8b"):
        return gzip.decompress(body)
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        return b"\n".join(name.encode() + b"\n" + parts.read(name) for name in parts.namelist())


def without(text: bytes, names: Iterable[str]) -> bytes:
    """The text, `…` for each of the names: those the person put into the address themselves."""
    for name in names:
        text = text.replace(name.encode(), "…".encode())
    return text
