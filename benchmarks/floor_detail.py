"""One engagement with all that its page tells, its history too, in a single query."""

import json
from html import escape

from django.db import connection

from benchmarks.scenes import Hand

# How many changes the page tells of.
CHANGES = 20


def the_page(hand: Hand, reference: str) -> str:
    (row,) = hand.ask(in_this_dialect(PAGE), reference=reference, changes=CHANGES)
    *own, partners, countries, tags, changes = row
    said = [each for each in own if each not in (None, "")]
    for rows in (partners, countries, tags, changes):
        said += [text for one in listed(rows) for text in one if text]
    return "".join(f"<p>{escape(str(text))}</p>" for text in said)


def listed(rows: str | list | None) -> list[list]:
    """SQLite hands on JSON as its text."""
    return json.loads(rows) if isinstance(rows, str) else rows or []


def in_this_dialect(sql: str) -> str:
    each, all_of_them = (
        ("json_array", "json_group_array")
        if connection.vendor == "sqlite"
        else ("json_build_array", "json_agg")
    )
    return sql.replace("[each]", each).replace("[all]", all_of_them)


PAGE = """
    SELECT e.reference, COALESCE(NULLIF(e.title_en, ''), e.title_fr), e.kind, e.stage, e.sensitivity,
      e.purpose, e.outcome,
      e.lessons, e.start_earliest, e.end_latest, e.place, e.csc_participants, e.csc_posts, e.planned_cost,
      e.actual_cost, e.paid_by, e.approval, e.approved_by, e.approved_on, e.logged_at, e.changed_at,
      o.name_en, lead.username, author.username, changer.username,
      (SELECT [all]([each](p.name_en, p.acronym_en, l.role)) FROM engagements_participation l
        JOIN partners_partner p ON p.id = l.partner_id WHERE l.engagement_id = e.id),
      (SELECT [all]([each](c.name_en)) FROM engagements_engagement_countries l
        JOIN partners_country c ON c.id = l.country_id WHERE l.engagement_id = e.id),
      (SELECT [all]([each](f.title_en, b.code, b.wording_en, a.reason)) FROM engagements_alignment a
        JOIN objectives_objective b ON b.id = a.objective_id
        JOIN objectives_framework f ON f.id = a.framework_id WHERE a.engagement_id = e.id),
      (SELECT [all]([each](h.act, h.at, h.username)) FROM (
        SELECT r.act, r.at, u.username FROM common_revision r LEFT JOIN accounts_user u ON u.id = r.by_id
        WHERE r.kind = 'engagement' AND r.record_id = e.id ORDER BY r.number DESC LIMIT {changes}) h)
    FROM engagements_engagement e
    LEFT JOIN accounts_office o ON o.id = e.lead_office_id
    LEFT JOIN accounts_user lead ON lead.id = e.lead_officer_id
    JOIN accounts_user author ON author.id = e.logged_by_id
    JOIN accounts_user changer ON changer.id = e.changed_by_id
    WHERE e.reference = '{reference}' AND {listed}
"""
