"""How a time of day is said."""

import datetime as dt

from django.utils.timezone import localtime
from django.utils.translation import gettext as _


def clock_time(value: dt.datetime) -> str:
    """A moment as 14:05, in French 14 h 05, in the portal's time zone."""
    local = localtime(value)
    # Translators: a time of day. French: %(hour)s h %(minute)s with no-break spaces.
    return _("%(hour)s:%(minute)s") % {"hour": f"{local:%H}", "minute": f"{local:%M}"}
