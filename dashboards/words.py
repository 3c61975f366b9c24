"""Sentences put together from records' names."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from objectives.models import Objective


def in_a_row(words: Iterable[str]) -> str:
    """a; a and b; a, b and c."""
    *others, last = words
    if not others:
        return last
    return _("%(others)s and %(last)s") % {"others": _(", ").join(others), "last": last}


def called(objective: Objective) -> str:
    """How a sentence calls an objective: its short name and code."""
    return _("%(name)s (%(code)s)") % {"name": objective.short, "code": objective.code}
