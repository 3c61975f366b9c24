"""Whole pages as a browser asks for them, signed in; and the list's numbers, on the page and by hand."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from benchmarks.floor import Numbers
from benchmarks.scenes import Hand, Scene
from engagements import facets
from objectives.models import Framework, FrameworkKind

ROWS = 25


def opening(name: str, scene: Scene) -> Callable[[], object]:
    """Opens the page of this name under the scene's filter, as often as it is called."""
    client = Client(headers={"host": "localhost"})
    client.force_login(scene.reader, backend="accounts.backends.PortalBackend")
    url = f"{reverse(name)}?{scene.query}"

    def open_it() -> object:
        response = client.get(url)
        if response.status_code != 200:
            raise AssertionError(f"{url} answers {response.status_code}")
        return response.content

    return open_it


def list_numbers(scene: Scene) -> Numbers:
    """What stands beside and above the list: how many there are, and how many each choice would leave."""
    filters, today = scene.filters(), Hand.of(scene).today
    found: Numbers = {("all",): filters.qs.count()}
    for facet in facets.facets(filters, Framework.objects.in_force_on(today)):
        found |= {(each.parameter, each.value): each.count for each in facet.options}
    return found


def list_by_hand(hand: Hand) -> Numbers:
    """Rows of the first page with what hangs on them, their number, and the counts beside them."""
    rows = hand.ask(
        """
        SELECT e.id, e.reference, e.title_en, e.title_fr, e.kind, e.stage, e.start_earliest, o.code
        FROM engagements_engagement e LEFT JOIN accounts_office o ON o.id = e.lead_office_id
        WHERE {listed} ORDER BY e.start_earliest DESC NULLS LAST, e.id DESC LIMIT {rows}
        """,
        rows=ROWS,
    )
    keys = ", ".join(str(row[0]) for row in rows) or "0"
    for sql in HANGING:
        hand.ask(sql, keys=keys)
    ((total,),) = hand.ask("SELECT count(*) FROM engagements_engagement e WHERE {listed}")
    found: Numbers = {("all",): total}
    for parameter, sql in COUNTS.items():
        found |= {(parameter, value): count for value, count in hand.ask(sql)}
    return found | tagged(hand, "listed") | tagged(hand, "of_any_priority", " = 'priority'")


def tagged(hand: Hand, condition: str, kind: str = " <> 'priority'") -> Numbers:
    """How many serve each objective, and how many none of a kind: a choice leaves its own kind aside."""
    values = {"which": hand.conditions[condition], "kind": kind}
    by_objective = hand.ask(SERVED, **values)
    ((total,),) = hand.ask("SELECT count(*) FROM engagements_engagement e WHERE {which}", **values)
    by_kind = dict.fromkeys(
        (k.value for k in FrameworkKind if (k == "priority") == ("<" not in kind)), 0
    )
    by_kind |= dict(hand.ask(TAGGED, **values))
    return {("objective", code): count for code, count in by_objective} | {
        ("untagged", name): total - count for name, count in by_kind.items()
    }


HANGING = (
    "SELECT l.engagement_id, p.name_en FROM engagements_participation l"
    " JOIN partners_partner p ON p.id = l.partner_id WHERE l.engagement_id IN ({keys})",
    "SELECT l.engagement_id, c.name_en FROM engagements_engagement_countries l"
    " JOIN partners_country c ON c.id = l.country_id WHERE l.engagement_id IN ({keys})",
    "SELECT a.engagement_id, o.code FROM engagements_alignment a"
    " JOIN objectives_objective o ON o.id = a.objective_id WHERE a.engagement_id IN ({keys})",
)
COUNTS = {
    "kind": "SELECT e.kind, count(*) FROM engagements_engagement e WHERE {of_any_kind} GROUP BY 1",
    "stage": "SELECT e.stage, count(*) FROM engagements_engagement e WHERE {staged} GROUP BY 1",
    "region": "SELECT coalesce(t.code, u.code, r.code), count(DISTINCT e.id)"
    " FROM engagements_engagement e"
    " JOIN engagements_engagement_countries l ON l.engagement_id = e.id"
    " JOIN partners_country c ON c.id = l.country_id JOIN partners_region r ON r.id = c.region_id"
    " LEFT JOIN partners_region u ON u.id = r.parent_id"
    " LEFT JOIN partners_region t ON t.id = u.parent_id WHERE {listed} GROUP BY 1",
}
SERVED = (
    "SELECT o.code, count(*) FROM engagements_engagement e"
    " JOIN engagements_alignment a ON a.engagement_id = e.id"
    " JOIN objectives_objective o ON o.id = a.objective_id"
    " JOIN objectives_framework f ON f.id = a.framework_id"
    " WHERE {which} AND f.kind {kind} GROUP BY 1"
)
TAGGED = (
    "SELECT f.kind, count(DISTINCT e.id) FROM engagements_engagement e"
    " JOIN engagements_alignment a ON a.engagement_id = e.id"
    " JOIN objectives_framework f ON f.id = a.framework_id"
    " WHERE {which} AND f.kind {kind} GROUP BY 1"
)
