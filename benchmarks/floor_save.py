"""A change saved by hand: the record and what follows from it, its rows, and a revision with all of it."""

import json
import uuid
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from common.history.recording import unrecorded
from common.text import sort_key
from engagements.history import PLAIN
from engagements.search.lines import search_text_of

MONEY = ("planned_cost", "actual_cost")
NOT_IN_ITS_TABLE = {"lead_office", "lead_officer", "decided_by", "logged_by"}


def save(key: int, outcome: str, *, by: int, clearance: int) -> None:
    """As one would write it who knows that only the outcome changed, and that rows stay as they are."""
    with transaction.atomic(), unrecorded(), connection.cursor() as cursor:
        record = held(cursor, key, clearance)
        record["outcome"], record["version"] = outcome, record["version"] + 1
        cursor.execute(
            "UPDATE engagements_engagement SET outcome = %s, search_text = %s, sort_en = %s, sort_fr = %s,"
            " changed_at = %s, changed_by_id = %s, version = version + 1 WHERE id = %s",
            [outcome, *folded(record), moment(), by, key],
        )
        cursor.execute(LAST, [key])
        last, number, sensitivity = cursor.fetchone()
        state = state_of(cursor, key, record)
        cursor.execute(
            REVISION,
            [key, hexed(uuid.uuid4()), number + 1, last, moment(), by,
             max(sensitivity, record["sensitivity"]), record["version"], json.dumps(state)],
        )  # fmt: skip


def held(cursor: Any, key: int, clearance: int) -> dict[str, Any]:
    lock = " FOR UPDATE OF e" if connection.vendor == "postgresql" else ""
    columns = [name for name in PLAIN if name not in NOT_IN_ITS_TABLE]
    own = ", ".join(f"e.{name}" for name in columns)
    cursor.execute(
        f"SELECT {own}, e.version, o.code, e.lead_officer_id, e.decided_by_id, e.logged_by_id"
        " FROM engagements_engagement e LEFT JOIN accounts_office o ON o.id = e.lead_office_id"
        f" WHERE e.id = %s AND e.stage <> 'draft' AND e.sensitivity <= %s{lock}",
        [key, clearance],
    )
    names = [*columns, "version", "lead_office", "lead_officer", "decided_by", "logged_by"]
    return dict(zip(names, cursor.fetchone(), strict=True))


def folded(record: dict[str, Any]) -> list[str]:
    titles = (record["title_en"] or record["title_fr"], record["title_fr"] or record["title_en"])
    read = search_text_of(SimpleNamespace(**record))
    return [read, *(sort_key(title) for title in titles)]


def state_of(cursor: Any, key: int, record: dict[str, Any]) -> dict[str, Any]:
    hanging = {}
    for name, (sql, columns) in ROWS.items():
        cursor.execute(sql, [key])
        rows = cursor.fetchall()
        hanging[name] = [
            dict(zip(columns, map(said, row), strict=True)) if columns else row[0] for row in rows
        ]
    for name in MONEY:
        record[name] = None if record[name] is None else Decimal(record[name])
    return {name: said(value) for name, value in record.items() if name != "version"} | hanging


def said(value: Any) -> Any:
    """As history writes it: money with its cents, which SQLite hands on as a number."""
    if isinstance(value, float | Decimal):
        return f"{value:.2f}"
    return value if isinstance(value, str | int | bool | type(None)) else str(value)


def moment() -> str:
    now = timezone.now()
    return f"{now:%Y-%m-%d %H:%M:%S.%f}" if connection.vendor == "sqlite" else now.isoformat()


def hexed(key: uuid.UUID) -> str:
    return key.hex if connection.vendor == "sqlite" else str(key)


LAST = (
    "SELECT id, number, sensitivity FROM common_revision"
    " WHERE kind = 'engagement' AND record_id = %s ORDER BY number DESC LIMIT 1"
)
REVISION = (
    "INSERT INTO common_revision (kind, record_id, key, number, previous_id, at, by_id, act, reason,"
    " sensitivity, version, state) VALUES ('engagement', %s, %s, %s, %s, %s, %s, 'amended', '', %s, %s, %s)"
)
ROWS: dict[str, tuple[str, tuple[str, ...]]] = {
    "partners": (
        "SELECT p.code, l.role FROM engagements_participation l"
        " JOIN partners_partner p ON p.id = l.partner_id WHERE l.engagement_id = %s"
        " ORDER BY l.position, l.id",
        ("partner", "role"),
    ),
    "countries": (
        "SELECT c.iso2 FROM engagements_engagement_countries l"
        " JOIN partners_country c ON c.id = l.country_id WHERE l.engagement_id = %s ORDER BY 1",
        (),
    ),
    "objectives": (
        'SELECT o.code, a.reason, a."primary", a.demonstration, a.made_at, a.made_by_id'
        " FROM engagements_alignment a JOIN objectives_objective o ON o.id = a.objective_id"
        " WHERE a.engagement_id = %s ORDER BY 1",
        ("objective", "reason", "primary", "demonstration", "made_at", "made_by"),
    ),
}
