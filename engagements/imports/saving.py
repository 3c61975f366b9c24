"""A plan that was confirmed, carried out as a whole or not at all."""

from __future__ import annotations

from accounts.models import User
from engagements.imports.plan import Plan
from engagements.models import Load


class NotAsPlanned(Exception):
    """What would be done is no longer what was confirmed: nothing is saved, and here is what would be now."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        super().__init__(plan.digest)


def carry_out(*, by: User, load: Load, digest: str) -> Load:
    """Do what the plan with this digest says, in one transaction; once, however often it is asked.

    NotAsPlanned where something changed since it was shown; the load then holds the new plan.
    """
    raise NotImplementedError
