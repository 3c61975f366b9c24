"""Partners whose entry somebody should look through again."""

import datetime as dt
from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from common.partial_dates import a_year_before


class Verified(TextChoices):
    """What the list of partners can be asked for; the values stand in addresses."""

    STALE = "stale", _("Not verified for a year")
    NEVER = "never", _("Never verified")


def not_verified(how: Iterable[str], today: dt.date, path: str = "") -> Q:
    """Any of these (values of Verified) is so of a partner, reached through `path`.

    Stale: verified once, a year ago or longer.
    """
    condition = {
        Verified.STALE: Q(**{f"{path}verified_on__lte": a_year_before(today)}),
        Verified.NEVER: Q(**{f"{path}verified_on": None}),
    }
    return reduce(or_, (condition[Verified(one)] for one in how))


def unverified(today: dt.date, path: str = "") -> Q:
    """In use, and stale or never verified: what an archived partner was, nobody need check."""
    return Q(**{f"{path}archived_at": None}) & not_verified(Verified.values, today, path)
