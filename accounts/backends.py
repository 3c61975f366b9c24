"""Who is signed in: as Django finds out, without asking for a person who has just been read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends.base import SessionBase

# The session whose person is being asked for, while they are.
_session: ContextVar[SessionBase | None] = ContextVar("session", default=None)


@contextmanager
def reading(session: SessionBase) -> Iterator[None]:
    """Inside, the person that was read with this session is not read again."""
    token = _session.set(session)
    try:
        yield
    finally:
        _session.reset(token)


class PortalBackend(ModelBackend):
    def get_user(self, user_id: Any) -> Any:
        person = getattr(_session.get(), "person", None)
        if person is None or str(person.pk) != str(user_id):
            return super().get_user(user_id)
        return person if self.user_can_authenticate(person) else None
