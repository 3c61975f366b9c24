"""A browser that is signed in, without a network: it calls the application as a server would."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.core.handlers.wsgi import WSGIHandler
from django.test import Client

from accounts.models import User
from engagements.index.current import holder as index

BACKEND = "accounts.backends.PortalBackend"
# Seconds that what is made beside may take.
WARM = 300


@cache
def application() -> WSGIHandler:
    """One for all browsers, as a process has one."""
    return WSGIHandler()


@dataclass(frozen=True, kw_only=True)
class Answer:
    address: str
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def expect(self, status: int) -> Answer:
        """Itself; AssertionError where it is another answer than that."""
        if self.status != status:
            raise AssertionError(f"{self.address} answers {self.status}: {self.text[:500]}")
        return self


class Browser:
    def __init__(self, user: User) -> None:
        client = Client(headers={"host": "localhost"})
        client.force_login(user, backend=BACKEND)
        self.cookies = {name: morsel.value for name, morsel in client.cookies.items()}

    def get(self, address: str) -> Answer:
        return self._ask("GET", address)

    def post(self, address: str, fields: Iterable[tuple[str, str]]) -> Answer:
        return self._ask("POST", address, urlencode(list(fields)).encode())

    def warm_up(self) -> None:
        """What a process makes beside its first requests is there after it (see cold.py)."""
        until = time.monotonic() + WARM
        while index.snapshot is None and time.monotonic() < until:
            self.get("/en/engagements/").expect(200)
            time.sleep(0.5)
        if index.snapshot is None:
            raise AssertionError(f"After {WARM} s nothing is counted in the process yet.")

    def _ask(self, method: str, address: str, body: bytes = b"") -> Answer:
        said: dict[str, Any] = {}

        def start_response(status: str, headers: list[tuple[str, str]], *_rest: Any) -> Callable:
            said["status"] = int(status.split()[0])
            said["headers"] = headers
            return len

        chunks = application()(self._environ(method, address, body), start_response)
        try:
            answered = b"".join(chunks)
        finally:
            # The end of the request, at which connections are let go.
            chunks.close()
        self._keep_cookies(said["headers"])
        return Answer(
            address=address,
            status=said["status"],
            headers=dict(said["headers"]),
            body=answered,
        )

    def _environ(self, method: str, address: str, body: bytes) -> dict[str, Any]:
        parts = urlsplit(address)
        return {
            "REQUEST_METHOD": method,
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "SCRIPT_NAME": "",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost",
            "HTTP_ACCEPT_LANGUAGE": "en",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.url_scheme": "http",
            "wsgi.version": (1, 0),
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }

    def _keep_cookies(self, headers: list[tuple[str, str]]) -> None:
        for name, value in headers:
            if name == "Set-Cookie":
                for key, morsel in SimpleCookie(value).items():
                    self.cookies[key] = morsel.value
