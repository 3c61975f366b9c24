"""Partners whose entry somebody should look through again."""

import datetime as dt

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from common.partial_dates import a_year_before


class Verified(TextChoices):
    """What the list of partners can be asked for; the values stand in addresses."""

    STALE = "stale", _("Not verified for a year")
    NEVER = "never", _("Never verified")


def stale(today: dt.date, path: str = "") -> Q:
    """Verified once, a year ago or longer; the condition on partners, reached through `path`."""
    return Q(**{f"{path}verified_on__lte": a_year_before(today)})


def unverified(today: dt.date, path: str = "") -> Q:
    """In use, and stale or never verified: what an archived partner was, nobody need check."""
    never = Q(**{f"{path}verified_on": None})
    return Q(**{f"{path}archived_at": None}) & (never | stale(today, path))
