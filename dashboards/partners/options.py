"""What the page of partners shows, and in which order; in the address beside the dashboard's options."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.filter_fields import shown
from common.filters import Problem
from dashboards.options import OPTIONS, Options, options_of


class View(TextChoices):
    """Which of those reached."""

    ALL = "all", pgettext_lazy("partners", "All")
    NEW = "new", pgettext_lazy("partners", "New")
    SILENT = "silent", pgettext_lazy("partners", "Silent")
    ONE_WAY = "one-way", pgettext_lazy("partners", "One way")


class Sort(TextChoices):
    NUMBER = "number", gettext_lazy("Most engagements first")
    LAST = "last", gettext_lazy("Last contact, latest first")
    NAME = "name", gettext_lazy("Name")


class Bodies(TextChoices):
    """With a line for each body, or in that of the highest partner above it."""

    OPENED = "opened", gettext_lazy("Bodies under their partner")
    ROLLED_UP = "rolled-up", gettext_lazy("Rolled up, bodies counted with it")


CHOICES: dict[str, type[TextChoices]] = {"view": View, "sort": Sort, "bodies": Bodies}


@dataclass(frozen=True, kw_only=True)
class PartnerOptions(Options):
    view: str = View.ALL.value
    sort: str = Sort.NUMBER.value
    bodies: str = Bodies.OPENED.value

    @property
    def pairs(self) -> list[tuple[str, str]]:
        own = [(name, str(getattr(self, name))) for name in CHOICES]
        return super().pairs + [pair for pair in own if pair not in OF_ITSELF]

    @property
    def shared_query(self) -> str:
        """Without what only the page of partners knows."""
        return urlencode(super().pairs)

    @property
    def is_rolled_up(self) -> bool:
        return self.bodies == Bodies.ROLLED_UP


OF_ITSELF = [("view", View.ALL), ("sort", Sort.NUMBER), ("bodies", Bodies.OPENED)]


def partner_options(data: QueryDict) -> PartnerOptions:
    """What the address says; its `problems` are those of the dashboard's options too."""
    shared = options_of(data)
    asked = {name: text for name in CHOICES if (text := data.get(name, "").strip())}
    wrong = [name for name, text in asked.items() if text not in CHOICES[name].values]
    found: dict[str, Any] = {name: getattr(shared, name) for name in OPTIONS}
    found["problems"] = (*shared.problems, *(problem(name, asked[name]) for name in wrong))
    chosen = {name: asked[name] for name in asked if name not in wrong}
    return PartnerOptions(**found | chosen)


def problem(name: str, text: str) -> Problem:
    message = {
        "view": _("“%(value)s” cannot be looked for. Write all, new, silent or one-way."),
        "sort": _("Partners cannot be sorted by “%(value)s”. Write number, last or name."),
        "bodies": _("“%(value)s” says nothing of bodies. Write opened or rolled-up."),
    }[name]
    return Problem(parameter=name, message=message % {"value": shown(text)})
