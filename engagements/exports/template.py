"""The empty workbook in which an office writes engagements to load.

Its headings are those of the exports, its lists what the person who takes it may choose today. COLUMNS says
what is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accounts.models import Office, Sensitivity, User
from common.partial_dates import END_PRECISIONS, START_PRECISIONS
from common.text import fold
from engagements.exports.columns import BY_CODE
from engagements.exports.template_writing import ONE, SEVERAL, Asked, Lists, Template, written
from engagements.exports.words import Words
from engagements.kinds import Kind
from engagements.models import Engagement, Participation
from objectives.models import FrameworkKind, Objective
from partners.models import Country, Partner

DATE = gettext_lazy(
    "As precisely as it is known: a day (2003-02-14), a month (2003-02), a season (autumn 2002), a year "
    "(2004), a fiscal year (2004-05) or “about 1998”."
)
EITHER_TITLE = gettext_lazy("One of the two titles is needed; both are better.")
AMOUNT = gettext_lazy("In Canadian dollars.")


def column(code: str, hint: Any, example: str = "", **told: Any) -> Asked:
    """As the exports head it."""
    of_export = BY_CODE[code]
    return Asked(code, of_export.heading, hint, example, width=of_export.width, **told)


COLUMNS: list[Asked] = [
    column("title_en", EITHER_TITLE, "Visit to open prisons", needed=True),
    column("title_fr", EITHER_TITLE, "Visite de prisons ouvertes", needed=True),
    column("kind", ONE, choices="kinds", needed=True),
    column("start", DATE, "2003-02-14", needed=True),
    column(
        "precision",
        gettext_lazy("How precisely the start is known. Left empty, it is read from the start."),
        choices="starts",
    ),
    column("end", DATE, "2003-02-17"),
    column(
        "end_precision",
        gettext_lazy("How precisely the end is known. Left empty, it is read from the end."),
        choices="ends",
    ),
    column("countries", SEVERAL, choices="countries", several=True),
    column("place", gettext_lazy("A city, an institution."), "Oslo"),
    column("partners", SEVERAL, choices="partners", several=True, needed=True),
    column(
        "roles",
        gettext_lazy("Of the partners, in their order, with a semicolon between them."),
        choices="roles",
        several=True,
    ),
    *(
        column(code, SEVERAL, choices=code, several=True, needed=code == "pillars")
        for code in ("pillars", "priorities", "mandate", "themes", "sectors")
    ),
    column("office", gettext_lazy("Left empty, it is yours."), choices="offices"),
    column("officer", ONE, choices="people"),
    column("csc_participants", gettext_lazy("How many, as a number."), "3"),
    column("csc_posts", gettext_lazy("As they were that day."), "Warden"),
    column("planned_cost", AMOUNT, "12000"),
    column("actual_cost", AMOUNT, "11250.50"),
    column("paid_by", gettext_lazy("Who paid."), "CSC"),
    column("purpose", gettext_lazy("What it was for.")),
    column("outcome", gettext_lazy("What came of it.")),
    column("lessons", gettext_lazy("What to do otherwise the next time.")),
    column(
        "text_language",
        gettext_lazy("In which purpose, outcome and lessons are written."),
        choices="languages",
    ),
    column(
        "sensitivity",
        gettext_lazy("Left empty, it is unclassified. Above Protected B has no place here."),
        choices="sensitivities",
    ),
    column(
        "approval",
        gettext_lazy("Of what has begun already: given, or not known."),
        choices="approvals",
    ),
    column("approved_by", gettext_lazy("Where approval was given: by whom."), "Commissioner"),
    column("approved_on", gettext_lazy("Where approval was given: the day."), "2003-01-20"),
    column("source_url", gettext_lazy("The address of a page that tells of it.")),
]
OF_KIND = {
    "pillars": FrameworkKind.PILLAR,
    "priorities": FrameworkKind.PRIORITY,
    "mandate": FrameworkKind.MANDATE,
    "themes": FrameworkKind.THEME,
    "sectors": FrameworkKind.SECTOR,
}


def lists_for(user: User) -> Lists:
    """What can be chosen, by the name of the list, in the reader's language; each text once."""
    words = Words()
    offered = Objective.objects.filter(framework__adopted=True, retired_on=None)
    objectives = list(offered.select_related("framework").in_order())
    lists: dict[str, Iterable[str]] = {
        "kinds": map(str, Kind.labels),
        "starts": (str(each.label) for each in START_PRECISIONS),
        "ends": (str(each.label) for each in END_PRECISIONS),
        "countries": in_order(each.name for each in Country.objects.filter(retired_on=None)),
        "partners": in_order(words.partner(each.pk) for each in Partner.objects.active()),
        "roles": map(str, Participation.PartnerRole.labels),
        "offices": (each.name for each in offices_of(user)),
        "people": in_order(words.person(each.pk) for each in User.objects.filter(is_active=True)),
        "languages": map(str, User.Language.labels),
        "sensitivities": (str(level.label) for level in Sensitivity if level <= user.clearance),
        "approvals": map(str, Engagement.Approval.labels),
    }
    for code, kind in OF_KIND.items():
        lists[code] = [str(each) for each in objectives if each.framework.kind == kind]
    return {name: list(dict.fromkeys(texts)) for name, texts in lists.items()}


def offices_of(user: User) -> Iterable[Office]:
    """Those it may load for: staff their own, managers any."""
    current = Office.objects.current()
    return current if user.is_manager else current.filter(pk=user.office_id or 0)


def in_order(texts: Iterable[str]) -> list[str]:
    return sorted(texts, key=fold)


def template_for(user: User) -> bytes:
    """The workbook, in the reader's language."""
    template = Template(
        title=_("Engagements to load"),
        sheet=pgettext("sheet", "Engagements"),
        how=_("Write one engagement a row on the first sheet."),
        columns=COLUMNS,
        lists=lists_for(user),
    )
    return written(template)
