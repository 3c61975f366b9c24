"""Every row of a table checked by the rules of the form, and compared with what is here. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from accounts.models import Office, User
from engagements.imports.plan import Plan

if TYPE_CHECKING:
    from common.sheets.tables import Table

    from engagements.imports.answers import Answers

Told = Callable[[int], None]


def check(
    *,
    table: Table,
    mapping: dict[int, str],
    answers: Answers,
    user: User,
    office: Office | None = None,
    told: Told = lambda done: None,
) -> Plan:
    """What loading the table would do for this person; `told` how many rows are done, now and then.

    In a fixed number of queries, however many rows there are. `office` leads what no row says another leads:
    the person's own unless one is given.
    """
    raise NotImplementedError
