"""The list in SQL as one would write it for this very page: its rows, their number, the counts beside it."""

from html import escape

from benchmarks.scenes import Hand
from objectives.models import FrameworkKind

ROWS = 25


def the_list(hand: Hand) -> str:
    """The page, as bare as it can be: what reading.py finds in the portal's it finds in this one."""
    rows = hand.ask(LISTED, rows=ROWS)
    keys = ", ".join(str(row[0]) for row in rows) or "0"
    hanging: dict[str, dict[int, list[str]]] = {}
    for name, sql in HANGING.items():
        for key, text in hand.ask(sql, keys=keys):
            hanging.setdefault(name, {}).setdefault(key, []).append(text)
    ((total, *sums),) = hand.ask(TOTALS)
    counts = [(p, value, n) for p, sql in COUNTS.items() for value, n in hand.ask(sql)]
    counts += served(hand, "listed", "<>", total)
    ((of_any,),) = hand.ask(f"{NUMBER} {{of_any_priority}}")
    counts += served(hand, "of_any_priority", "=", of_any)
    return "".join(
        [
            f'<h2 id="results">{total:,} engagements</h2>',
            said_sums(total, sums),
            *(option(*count) for count in counts),
            "<table>",
            *(row_of(row, hanging) for row in rows),
            "</table>",
        ]
    )


def served(hand: Hand, which: str, kind: str, total: int) -> list[tuple[str, str, int]]:
    """How many serve each objective, and how many none of a kind."""
    asked = {"which": hand.conditions[which], "kind": f"{kind} 'priority'"}
    by_kind = {k.value: 0 for k in FrameworkKind if (k == "priority") == (kind == "=")}
    by_kind |= dict(hand.ask(TAGGED, **asked))
    return [("objective", code, n) for code, n in hand.ask(SERVED, **asked)] + [
        ("untagged", name, total - n) for name, n in by_kind.items()
    ]


def option(parameter: str, value: str, count: int) -> str:
    return (
        f'<label><input type="checkbox" id="f-{parameter}-{value}" name="{parameter}" value="{value}">'
        f' <span class="n">{count:,}</span></label>'
    )


def row_of(row: tuple, hanging: dict[str, dict[int, list[str]]]) -> str:
    key, reference, title_en, title_fr, kind, stage, level, start, end, office = row
    partners, countries, codes = (
        escape(", ".join(hanging.get(name, {}).get(key, ()))) for name in HANGING
    )
    return (
        f'<tr><th><a href="/en/engagements/{reference}/">{escape(title_en or title_fr)}</a>'
        f" {kind} {reference} {level}</th><td>{start} {end}</td><td>{partners} {countries}</td>"
        f"<td>{codes}</td><td>{stage} {office}</td></tr>"
    )


def said_sums(total: int, sums: list) -> str:
    actual, actual_known, planned, planned_known, people, people_known = sums
    said = [
        f"<li>Actual cost ${round((actual or 0) / 100):,}, known for {actual_known:,} of {total:,}</li>",
        f"<li>Planned cost ${round((planned or 0) / 100):,}, known for {planned_known:,} of {total:,}</li>",
        f"<li>{people or 0:,} people from CSC, known for {people_known:,} of {total:,}</li>",
    ]
    known = (actual_known, planned_known, people_known)
    shown = [text for text, n in zip(said, known, strict=True) if n]
    return f'<ul id="totals">{"".join(shown)}</ul>'


LISTED = """
    SELECT e.id, e.reference, e.title_en, e.title_fr, e.kind, e.stage, e.sensitivity, e.start_earliest,
      e.end_latest, o.code
    FROM engagements_engagement e LEFT JOIN accounts_office o ON o.id = e.lead_office_id
    WHERE {listed} ORDER BY e.start_earliest DESC NULLS LAST, e.id DESC LIMIT {rows}
"""
HANGING = {
    "partners": "SELECT l.engagement_id, p.name_en FROM engagements_participation l"
    " JOIN partners_partner p ON p.id = l.partner_id WHERE l.engagement_id IN ({keys})",
    "countries": "SELECT l.engagement_id, c.name_en FROM engagements_engagement_countries l"
    " JOIN partners_country c ON c.id = l.country_id WHERE l.engagement_id IN ({keys})",
    "codes": "SELECT a.engagement_id, o.code FROM engagements_alignment a"
    " JOIN objectives_objective o ON o.id = a.objective_id WHERE a.engagement_id IN ({keys})",
}
NUMBER = "SELECT count(*) FROM engagements_engagement e WHERE"
TOTALS = """
    SELECT count(*), sum(CAST(round(e.actual_cost * 100) AS bigint)), count(e.actual_cost),
      sum(CAST(round(e.planned_cost * 100) AS bigint)), count(e.planned_cost),
      sum(e.csc_participants), count(e.csc_participants)
    FROM engagements_engagement e WHERE {listed}
"""
COUNTS = {
    "kind": "SELECT e.kind, count(*) FROM engagements_engagement e WHERE {of_any_kind} GROUP BY 1",
    "stage": "SELECT e.stage, count(*) FROM engagements_engagement e WHERE {staged} GROUP BY 1",
    "region": "SELECT coalesce(t.code, u.code, r.code), count(DISTINCT e.id)"
    " FROM engagements_engagement e"
    " JOIN engagements_engagement_countries l ON l.engagement_id = e.id"
    " JOIN partners_country c ON c.id = l.country_id JOIN partners_region r ON r.id = c.region_id"
    " LEFT JOIN partners_region u ON u.id = r.parent_id"
    " LEFT JOIN partners_region t ON t.id = u.parent_id WHERE {of_any_region} GROUP BY 1",
}
SERVED = """
    SELECT o.code, count(*) FROM engagements_engagement e
    JOIN engagements_alignment a ON a.engagement_id = e.id
    JOIN objectives_objective o ON o.id = a.objective_id
    JOIN objectives_framework f ON f.id = a.framework_id
    WHERE {which} AND f.kind {kind} GROUP BY 1
"""
TAGGED = """
    SELECT f.kind, count(DISTINCT e.id) FROM engagements_engagement e
    JOIN engagements_alignment a ON a.engagement_id = e.id
    JOIN objectives_framework f ON f.id = a.framework_id
    WHERE {which} AND f.kind {kind} GROUP BY 1
"""
