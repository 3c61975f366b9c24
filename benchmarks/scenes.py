"""Who reads what: the address of a page, and the condition it comes to in SQL."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from common.search.asking import Term, asked
from dashboards.blocks import Scope, scope_of
from dashboards.options import options_of
from engagements.filters import EngagementFilter
from engagements.models import Engagement
from engagements.search.finding import COUNTRY, INDEX, PARTNER, names_now

COUNTED = "'completed', 'approved', 'submitted', 'returned'"
# What the list leaves aside for the counts of a group: by name, "1 = 1" where nothing of it is chosen.
GROUPS = ("kind", "priority", "region")
VISITS = "e.kind IN ('incoming-visit', 'outgoing-visit')"
OF_ITS_OBJECTIVE = """EXISTS (SELECT 1 FROM engagements_alignment x
    JOIN objectives_objective o ON o.id = x.objective_id
    WHERE x.engagement_id = e.id AND o.code = 'S1')"""
IN_EUROPE = """EXISTS (SELECT 1 FROM engagements_engagement_countries x
    JOIN partners_country c ON c.id = x.country_id JOIN partners_region r ON r.id = c.region_id
    LEFT JOIN partners_region u ON u.id = r.parent_id
    WHERE x.engagement_id = e.id AND '150' IN (r.code, u.code))"""


@dataclass(frozen=True, kw_only=True)
class Scene:
    """Who reads what. `conditions`: the filter by hand, on engagements as `e`, by its group or "words"."""

    name: str
    username: str
    query: str = ""
    conditions: dict[str, str] = field(default_factory=dict)

    @property
    def reader(self) -> User:
        return get_user_model().objects.get(username=self.username)

    def filters(self) -> EngagementFilter:
        reader = self.reader
        return EngagementFilter(
            QueryDict(self.query), Engagement.objects.visible_to(reader), user=reader
        )

    def scope(self) -> Scope:
        """New each time: what a page keeps while it is made is made again."""
        return scope_of(self.filters(), timezone.localdate(), options_of(QueryDict(self.query)))


SCENES = (
    Scene(name="everything, cleared to Protected B", username="manager"),
    Scene(name="everything, unclassified", username="reader"),
    Scene(
        name="visits that serve one priority",
        username="manager",
        query="kind=incoming-visit&kind=outgoing-visit&objective=S1",
        conditions={"kind": VISITS, "priority": OF_ITS_OBJECTIVE},
    ),
)


@dataclass(frozen=True, kw_only=True)
class Hand:
    """SQL by hand for one scene, in which words in braces stand for conditions on e.

    {counted}: what figures count of what the reader may open, under the filter. {listed}: what the list
    shows; {staged}: the reader's own drafts too; {of_any_kind} and so on: without that group's choice.
    """

    today: dt.date
    conditions: dict[str, str]

    @classmethod
    def of(cls, scene: Scene) -> "Hand":
        reader, every = scene.reader, all_of(scene.conditions)
        cleared = f"e.sensitivity <= {reader.clearance}"
        logged, draft = f"e.stage <> 'draft' AND {cleared}", "e.stage = 'draft'"
        return cls(
            today=timezone.localdate(),
            conditions={
                "counted": f"e.stage IN ({COUNTED}) AND {cleared} AND {every}",
                "listed": f"{logged} AND {every}",
                "staged": f"(({logged}) OR ({draft} AND e.logged_by_id = {reader.pk})) AND {every}",
            }
            | {
                f"of_any_{group}": f"{logged} AND {all_of(scene.conditions, but=group)}"
                for group in GROUPS
            },
        )

    def ask(self, sql: str, **values: Any) -> list[tuple]:
        """The rows; `values` are written into the text, as one would who writes it for one page."""
        with connection.cursor() as cursor:
            cursor.execute(sql.format(**self.conditions, **values))
            return cursor.fetchall()


def all_of(conditions: dict[str, str], but: str = "") -> str:
    return " AND ".join(sql for group, sql in conditions.items() if group != but) or "1 = 1"


# Two that many engagements have.
WORDS = "women training"


def words_by_hand(text: str) -> str:
    """What the words mean, written out: the tokens that are looked up, and whose names they are."""
    names = names_now()
    return " AND ".join(of_a_term(term, names.meant(term)) for term in asked(text).terms)


def of_a_term(term: Term, meant: Iterable[tuple[str, int]]) -> str:
    tokens, beginnings = sorted(term.tokens), sorted(term.beginnings)
    if connection.vendor == "sqlite":
        said = " OR ".join([*(f'"{t}"' for t in tokens), *(f'"{b}"*' for b in beginnings)])
        keys = [f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH '{said}'"]
    else:
        said = " | ".join([*(f"''{t}''" for t in tokens), *(f"''{b}'':*" for b in beginnings)])
        keys = [f"SELECT engagement_id FROM {INDEX} WHERE words @@ '{said}'::tsquery"]
    for of, table, column in (
        (PARTNER, "engagements_participation", "partner_id"),
        (COUNTRY, "engagements_engagement_countries", "country_id"),
    ):
        if among := ", ".join(str(key) for kind, key in meant if kind == of):
            keys.append(f"SELECT engagement_id FROM {table} WHERE {column} IN ({among})")
    return f"e.id IN ({' UNION ALL '.join(keys)})"
