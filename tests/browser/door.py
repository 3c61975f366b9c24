"""A door before the live server: who is still inside is known, and nobody enters once it is shut.

A browser that is closed breaks off what it asked for, and the live server works on it nonetheless: into the
flush that ends the test, whose TRUNCATE then waits for the request and the request for it.
"""

import threading
from http.client import HTTPConnection
from typing import Any

from django.core.servers.basehttp import WSGIServer
from django.test.testcases import QuietWSGIRequestHandler

from common.room import with_room

LONGEST = 20  # seconds; no request of a journey is at work for as long


class Door:
    """Of one server, from now on. It is shut at first."""

    def __init__(self, server: WSGIServer) -> None:
        self.address = server.server_address
        self.shut = threading.Event()
        self.shut.set()
        self._inside: set[object] = set()
        self._changed = threading.Condition()
        handler: Any = handler_behind(self)
        server.RequestHandlerClass = handler
        server.set_app(with_room(server.get_app()))

    def open(self) -> None:
        self.shut.clear()

    def enter(self, request: object) -> bool:
        """Whether it may."""
        with self._changed:
            if not self.shut.is_set():
                self._inside.add(request)
            return request in self._inside

    def leave(self, request: object) -> None:
        with self._changed:
            self._inside.discard(request)
            self._changed.notify_all()

    def close(self) -> None:
        """Return once nobody is inside, nor queues before it; the browsers have been closed before."""
        self.shut.set()
        # Whoever connected earlier than this one is in its thread by then, or refused as well.
        assert self.knock() == 503
        with self._changed:
            if not self._changed.wait_for(lambda: not self._inside, timeout=LONGEST):
                asked = ", ".join(str(request) for request in self._inside)
                raise TimeoutError(f"Still at work {LONGEST} s after its browser closed: {asked}")

    def knock(self) -> int:
        """The status that a request gets now."""
        connection = HTTPConnection(*self.address[:2], timeout=LONGEST)
        connection.request("HEAD", "/")
        status = connection.getresponse().status
        connection.close()
        return status


def handler_behind(door: Door) -> type[QuietWSGIRequestHandler]:
    class BehindTheDoor(QuietWSGIRequestHandler):
        def __str__(self) -> str:
            return str(self.requestline)

        def parse_request(self) -> bool:
            if not super().parse_request():
                return False
            if door.enter(self):
                return True
            self.close_connection = True
            self.send_error(503)
            return False

        def handle_one_request(self) -> None:
            try:
                super().handle_one_request()
            finally:
                door.leave(self)

    return BehindTheDoor
