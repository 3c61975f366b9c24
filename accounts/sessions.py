"""Sessions in the database, read together with whose they are: one question where there were three.

Nothing of a person or a session is kept between requests but whose session it was, which never changes: what
is read is always what the database holds at this moment. So signing out, a new password and a change of
clearance act on the next request, whichever process answers it.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from threading import Lock
from typing import Any

from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db.models import QuerySet, Subquery
from django.utils import timezone

from common.prepared import ask

# Sessions whose person is remembered, in each process.
MOST = 10_000


class Whose:
    """The person (primary key) whose session it was when it was read last. Asked again, never believed."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, str] = OrderedDict()
        self._lock = Lock()

    def get(self, session: str) -> str | None:
        return self._known.get(session)

    def remember(self, session: str, person: str | None) -> None:
        with self._lock:
            self._known.pop(session, None)
            if person is not None:
                self._known[session] = person
            if len(self._known) > MOST:
                self._known.popitem(last=False)


whose = Whose()


class SessionStore(DatabaseSessions):
    # Whose it is, as read with it; None where they were not read together.
    person: Any = None

    def _validate_session_key(self, key: str) -> bool:
        """PostgreSQL breaks on a NUL in a cookie where SQLite finds nothing."""
        return super()._validate_session_key(key) and key.isascii() and key.isalnum()  # type: ignore[misc]

    def load(self) -> dict[str, Any]:
        data = self._with_person()
        if data is None:
            data = super().load()
            self._remember(data)
        return data

    def save(self, must_create: bool = False) -> None:
        super().save(must_create)
        self._remember(self._get_session(no_load=must_create))  # type: ignore[attr-defined]

    def delete(self, session_key: str | None = None) -> None:
        whose.remember(session_key or self.session_key or "", None)
        super().delete(session_key)

    def _remember(self, data: dict[str, Any]) -> None:
        if self.session_key:
            whose.remember(self.session_key, data.get(SESSION_KEY))

    def _with_person(self) -> dict[str, Any] | None:
        """What the session holds, its person read with it; None where that cannot be told together."""
        known = whose.get(self.session_key) if self.session_key else None
        if known is None:
            return None
        found = ask(
            ("whose session", self.model),
            self._people_in_session,
            person=int(known),
            session=str(self.session_key),
            now=timezone.now(),
        )
        person = found[0] if found else None
        if person is None or person.in_session is None:
            return None
        data = self.decode(person.in_session)
        if data.get(SESSION_KEY) != known:
            return None
        self.person = person
        return data

    def _people_in_session(self, person: int, session: str, now: dt.datetime) -> QuerySet:
        alive = self.model.objects.filter(session_key=session, expire_date__gt=now)
        people = get_user_model()._default_manager.select_related("office").filter(pk=person)
        return people.annotate(in_session=Subquery(alive.values("session_data")))
