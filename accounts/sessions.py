"""Sessions in the database, asked only for keys that a session can have."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions


class SessionStore(DatabaseSessions):
    def _validate_session_key(self, key: str) -> bool:
        """PostgreSQL breaks on a NUL in a cookie where SQLite finds nothing."""
        return super()._validate_session_key(key) and key.isascii() and key.isalnum()  # type: ignore[misc]
