"""Sentences put together from records' names."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from objectives.models import Objective


def any_of(words: Iterable[str]) -> str:
    """a; a or b; a, b or c. For sentences that deny: "nothing serves a or b"."""
    *others, last = words
    if not others:
        return last
    # Translators: in a sentence that denies. French: %(others)s ni %(last)s
    return _("%(others)s or %(last)s") % {"others": _(", ").join(others), "last": last}


def all_of(words: Iterable[str]) -> str:
    """a; a and b; a, b and c."""
    words = list(words)
    if len(words) < 2:
        return "".join(words)
    return _("%(others)s and %(last)s") % {"others": _(", ").join(words[:-1]), "last": words[-1]}


def called(objective: Objective) -> str:
    """How a sentence calls an objective: its short name and code."""
    return _("%(name)s (%(code)s)") % {"name": objective.short, "code": objective.code}
