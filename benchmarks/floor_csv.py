"""All engagements as CSV by one query: COPY on PostgreSQL, Python's writer of its rows on SQLite.

The same columns as the portal's file, in codes and without what marks it, makes it safe to open and loads
it back.
"""

import csv
from pathlib import Path

from django.db import connection

# Rows that SQLite hands on at a time.
AT_ONCE = 1000
KINDS = ("pillar", "priority", "mandate", "theme", "sector")
PLAIN = """e.reference, e.version, e.title_en, e.title_fr, e.kind, e.stage, e.sensitivity,
    e.start_earliest, e.start_precision, e.start_earliest, e.start_latest, e.end_earliest,
    e.end_precision, e.end_earliest, e.end_latest, e.fiscal_year, places.names, e.place, parts.names,
    parts.roles, parts.codes, {tags}, tags.main, tags.reasons, office.name_en, lead.username,
    e.csc_participants, e.csc_posts, e.planned_cost, e.actual_cost, e.paid_by, e.purpose, e.outcome,
    e.lessons, e.text_language, e.approval, e.approved_by, e.approved_on, e.stage_reason, e.source_url,
    e.origin, author.username, e.logged_at, changer.username, e.changed_at"""
SQL = """
    WITH places AS (
        SELECT x.engagement_id, [all](c.name_en, '; ') AS names
        FROM engagements_engagement_countries x JOIN partners_country c ON c.id = x.country_id GROUP BY 1),
    parts AS (
        SELECT x.engagement_id, [all](p.name_en || ' (' || p.acronym_en || ')', '; ') AS names,
            [all](x.role, '; ') AS roles, [all](p.code, '; ') AS codes
        FROM engagements_participation x JOIN partners_partner p ON p.id = x.partner_id GROUP BY 1),
    tags AS (
        SELECT x.engagement_id, {tagged},
            [all](CASE WHEN x.{primary} THEN o.code END, '; ') AS main,
            [all](CASE WHEN x.reason <> '' THEN o.code || ': ' || x.reason END, '; ') AS reasons
        FROM engagements_alignment x JOIN objectives_objective o ON o.id = x.objective_id
        JOIN objectives_framework f ON f.id = o.framework_id GROUP BY 1)
    SELECT {plain} FROM engagements_engagement e
    LEFT JOIN places ON places.engagement_id = e.id
    LEFT JOIN parts ON parts.engagement_id = e.id
    LEFT JOIN tags ON tags.engagement_id = e.id
    LEFT JOIN accounts_office office ON office.id = e.lead_office_id
    LEFT JOIN accounts_user lead ON lead.id = e.lead_officer_id
    JOIN accounts_user author ON author.id = e.logged_by_id
    JOIN accounts_user changer ON changer.id = e.changed_by_id
    WHERE e.stage <> 'draft' AND e.sensitivity <= 2
    ORDER BY e.start_earliest DESC, e.id DESC"""


def statement() -> str:
    tagged = (
        f"[all](CASE WHEN f.kind = '{kind}' THEN o.code END, '; ') AS {kind}s" for kind in KINDS
    )
    plain = PLAIN.format(tags=", ".join(f"tags.{kind}s" for kind in KINDS))
    sql = SQL.format(tagged=", ".join(tagged), plain=plain, primary='"primary"')
    return sql.replace("[all]", "group_concat" if connection.vendor == "sqlite" else "string_agg")


def write(into: Path) -> int:
    """How many engagements are in the file."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with into.open("wb") as file:
                cursor.copy_expert(f"COPY ({statement()}) TO STDOUT WITH CSV", file)
            return int(cursor.rowcount)
        with into.open("w", encoding="utf-8", newline="") as file:
            writer, count = csv.writer(file), 0
            cursor.execute(statement())
            while rows := cursor.fetchmany(AT_ONCE):
                writer.writerows(rows)
                count += len(rows)
        return count
