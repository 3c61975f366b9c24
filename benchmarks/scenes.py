"""Who reads what: the address of a page, and the condition it comes to in SQL."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from dashboards.blocks import Scope, scope_of
from dashboards.options import options_of
from engagements.filters import EngagementFilter
from engagements.models import Engagement

COUNTED = "'completed', 'approved', 'submitted', 'returned'"
OF_ITS_OBJECTIVE = """EXISTS (SELECT 1 FROM engagements_alignment x
    JOIN objectives_objective o ON o.id = x.objective_id
    WHERE x.engagement_id = e.id AND o.code = 'S1')"""


@dataclass(frozen=True, kw_only=True)
class Scene:
    """`kinds` and `priority` are the two halves of the filter by hand, on engagements as `e`."""

    name: str
    username: str
    query: str = ""
    kinds: str = "1 = 1"
    priority: str = "1 = 1"

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
        kinds="e.kind IN ('incoming-visit', 'outgoing-visit')",
        priority=OF_ITS_OBJECTIVE,
    ),
)


@dataclass(frozen=True, kw_only=True)
class Hand:
    """SQL by hand for one scene, in which words in braces stand for conditions on e.

    {counted}: what figures count of what the reader may open, under the filter. {listed}: what the list
    shows; {staged}: the reader's own drafts too; {of_any_kind}, {of_any_priority}: without that half.
    """

    today: dt.date
    conditions: dict[str, str]

    @classmethod
    def of(cls, scene: Scene) -> "Hand":
        reader, both = scene.reader, f"{scene.kinds} AND {scene.priority}"
        cleared = f"e.sensitivity <= {reader.clearance}"
        logged, draft = f"e.stage <> 'draft' AND {cleared}", "e.stage = 'draft'"
        return cls(
            today=timezone.localdate(),
            conditions={
                "counted": f"e.stage IN ({COUNTED}) AND {cleared} AND {both}",
                "listed": f"{logged} AND {both}",
                "staged": f"(({logged}) OR ({draft} AND e.logged_by_id = {reader.pk})) AND {both}",
                "of_any_kind": f"{logged} AND {scene.priority}",
                "of_any_priority": f"{logged} AND {scene.kinds}",
            },
        )

    def ask(self, sql: str, **values: Any) -> list[tuple]:
        """The rows; `values` are written into the text, as one would who writes it for one page."""
        with connection.cursor() as cursor:
            cursor.execute(sql.format(**self.conditions, **values))
            return cursor.fetchall()
