"""The notes of what changed, read on: each process knows how far it has come."""

from dataclasses import dataclass, field

from django.db import connection

from engagements.models.change import Change

NOTES = Change._meta.db_table
# Of more notes than this, reading all again is the shorter way.
AT_MOST = 20_000


@dataclass(frozen=True, kw_only=True)
class Place:
    """How far a process has read. last, token: the last note, 0 and "" where there was none.

    horizon: the oldest transaction that had not ended then (PostgreSQL): notes of it and of younger ones
    may still appear, under whatever number. `recent`: the notes of such that were read already.
    """

    last: int = 0
    token: str = ""
    horizon: int = 0
    recent: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class News:
    """What changed since a place. `is_lost`: nobody can say; everything is to be read again.

    engagements: their keys. around: what they are told by changed, too.
    """

    place: Place
    engagements: frozenset[int] = frozenset()
    around: bool = False
    is_lost: bool = False


@dataclass(frozen=True)
class _Note:
    number: int
    engagement: int | None
    scope: int
    token: str
    transaction: int = field(default=0)


def place_now() -> Place:
    """Where a process stands that reads everything in this very transaction."""
    horizon, notes = _read_last()
    last = notes[-1] if notes else None
    return Place(
        last=last.number if last else 0,
        token=last.token if last else "",
        horizon=horizon,
        recent=_recent(notes, horizon),
    )


def news_since(place: Place) -> News:
    """One query."""
    horizon, notes = _read_since(place)
    if horizon < place.horizon or len(notes) > AT_MOST or not _goes_on(place, notes):
        return News(place=place, is_lost=True)
    new = [note for note in notes if _is_new(note, place)]
    last = notes[-1] if notes else None
    now = Place(
        last=last.number if last else place.last,
        token=last.token if last else place.token,
        horizon=horizon,
        recent=_recent(notes, horizon),
    )
    return News(
        place=now,
        engagements=frozenset(note.engagement for note in new if note.engagement is not None),
        around=any(note.scope == Change.Scope.AROUND for note in new),
        is_lost=any(note.scope == Change.Scope.EVERYTHING for note in new),
    )


def _recent(notes: list[_Note], horizon: int) -> frozenset[int]:
    """Those that will be read again, beside what is new. On SQLite none: its notes come in order."""
    return frozenset(note.number for note in notes if horizon and note.transaction >= horizon)


def _goes_on(place: Place, notes: list[_Note]) -> bool:
    """Whether the last note that was read still stands: else this is another database's."""
    if not place.last:
        return True
    return any(note.number == place.last and note.token == place.token for note in notes)


def _is_new(note: _Note, place: Place) -> bool:
    if connection.vendor == "sqlite":
        return note.number > place.last
    return note.number not in place.recent and note.number != place.last


def _read_since(place: Place) -> tuple[int, list[_Note]]:
    if connection.vendor == "sqlite":
        return 0, _notes(f"{_COLUMNS} WHERE id >= %s ORDER BY id LIMIT {AT_MOST + 1}", place.last)
    return _with_horizon("note.transaction_number >= %s OR note.id = %s", place.horizon, place.last)


def _read_last() -> tuple[int, list[_Note]]:
    if connection.vendor == "sqlite":
        return 0, _notes(f"{_COLUMNS} ORDER BY id DESC LIMIT 1")
    return _with_horizon(
        "note.transaction_number >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint "
        f"OR note.id = (SELECT max(id) FROM {NOTES})"
    )


_COLUMNS = f"SELECT id, engagement_key, scope, token FROM {NOTES}"


def _notes(statement: str, *values: int) -> list[_Note]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [_Note(*row) for row in cursor.fetchall()]


def _with_horizon(condition: str, *values: int) -> tuple[int, list[_Note]]:
    """The notes, and the oldest transaction that has not ended as the same statement sees it."""
    statement = (
        "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint, "
        "note.id, note.engagement_key, note.scope, note.token, note.transaction_number "
        f"FROM (SELECT 1) AS one LEFT JOIN {NOTES} AS note ON {condition} "
        f"ORDER BY note.id LIMIT {AT_MOST + 1}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    return rows[0][0], [_Note(*row[1:]) for row in rows if row[1] is not None]
