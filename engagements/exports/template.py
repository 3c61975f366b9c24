"""The empty workbook in which an office writes engagements to load: a choice wherever there is a list.

Its headings are those of the exports, its lists what the person who takes it may choose today. COLUMNS says
what is asked for; the sheet beside it says how to fill it in, and a hidden one holds the lists.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from accounts.models import Office, Sensitivity, User
from common.bilingual import reader_language
from common.partial_dates import END_PRECISIONS, START_PRECISIONS
from common.text import fold
from engagements.exports.columns import BY_CODE
from engagements.exports.words import Words
from engagements.kinds import Kind
from engagements.models import Engagement, Participation
from objectives.models import FrameworkKind, Objective
from partners.models import Country, Partner

# Rows that have the choices.
ROWS = 2000
SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


@dataclass(frozen=True)
class Asked:
    """A column of the template. `choices`: name of a list; `several`: more than one may be written."""

    code: str
    hint: Any
    example: str = ""
    choices: str = ""
    several: bool = False
    needed: bool = False


DATE = gettext_lazy(
    "As precisely as it is known: a day (2003-02-14), a month (2003-02), a season (autumn 2002), a year "
    "(2004), a fiscal year (2004-05) or “about 1998”."
)
SEVERAL = gettext_lazy("Choose one; write several with a semicolon between them.")
ONE = gettext_lazy("Choose one.")
EITHER_TITLE = gettext_lazy("One of the two titles is needed; both are better.")
AMOUNT = gettext_lazy("In Canadian dollars.")

COLUMNS: list[Asked] = [
    Asked("title_en", EITHER_TITLE, "Visit to open prisons", needed=True),
    Asked("title_fr", EITHER_TITLE, "Visite de prisons ouvertes", needed=True),
    Asked("kind", ONE, choices="kinds", needed=True),
    Asked("start", DATE, "2003-02-14", needed=True),
    Asked(
        "precision",
        gettext_lazy("How precisely the start is known. Left empty, it is read from the start."),
        choices="starts",
    ),
    Asked("end", DATE, "2003-02-17"),
    Asked(
        "end_precision",
        gettext_lazy("How precisely the end is known. Left empty, it is read from the end."),
        choices="ends",
    ),
    Asked("countries", SEVERAL, choices="countries", several=True),
    Asked("place", gettext_lazy("A city, an institution."), "Oslo"),
    Asked("partners", SEVERAL, choices="partners", several=True, needed=True),
    Asked(
        "roles",
        gettext_lazy("Of the partners, in their order, with a semicolon between them."),
        choices="roles",
        several=True,
    ),
    *(
        Asked(code, SEVERAL, choices=code, several=True, needed=code == "pillars")
        for code in ("pillars", "priorities", "mandate", "themes", "sectors")
    ),
    Asked("office", gettext_lazy("Left empty, it is yours."), choices="offices"),
    Asked("officer", ONE, choices="people"),
    Asked("csc_participants", gettext_lazy("How many, as a number."), "3"),
    Asked("csc_posts", gettext_lazy("As they were that day."), "Warden"),
    Asked("planned_cost", AMOUNT, "12000"),
    Asked("actual_cost", AMOUNT, "11250.50"),
    Asked("paid_by", gettext_lazy("Who paid."), "CSC"),
    Asked("purpose", gettext_lazy("What it was for.")),
    Asked("outcome", gettext_lazy("What came of it.")),
    Asked("lessons", gettext_lazy("What to do otherwise the next time.")),
    Asked(
        "text_language",
        gettext_lazy("In which purpose, outcome and lessons are written."),
        choices="languages",
    ),
    Asked(
        "sensitivity",
        gettext_lazy("Left empty, it is unclassified. Above Protected B has no place here."),
        choices="sensitivities",
    ),
    Asked(
        "approval",
        gettext_lazy("Of what has begun already: given, or not known."),
        choices="approvals",
    ),
    Asked("approved_by", gettext_lazy("Where approval was given: by whom."), "Commissioner"),
    Asked("approved_on", gettext_lazy("Where approval was given: the day."), "2003-01-20"),
    Asked("source_url", gettext_lazy("The address of a page that tells of it.")),
]
OF_KIND = {
    "pillars": FrameworkKind.PILLAR,
    "priorities": FrameworkKind.PRIORITY,
    "mandate": FrameworkKind.MANDATE,
    "themes": FrameworkKind.THEME,
    "sectors": FrameworkKind.SECTOR,
}


def lists_for(user: User) -> dict[str, list[str]]:
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
    written = io.BytesIO()
    with Workbook(written, SAFE) as workbook:
        workbook.set_properties({"title": _("Engagements to load"), "author": "Liaison"})
        workbook.set_custom_property("Language", f"{reader_language()}-CA", "text")
        sheet = workbook.add_worksheet(pgettext("sheet", "Engagements"))
        how = workbook.add_worksheet(pgettext("sheet", "How to fill it in"))
        lists = lists_for(user)
        write_lists(workbook, lists)
        write_table(workbook, sheet, lists)
        write_instructions(workbook, how, lists)
    return written.getvalue()


def write_lists(workbook: Workbook, lists: dict[str, list[str]]) -> None:
    """Each in a column of a hidden sheet, under a name by which the choices find it."""
    title = pgettext("sheet", "Lists")
    sheet = workbook.add_worksheet(title)
    sheet.hide()
    for place, (name, texts) in enumerate(lists.items()):
        for row, text in enumerate(texts):
            sheet.write_string(row, place, text)
        letter = xl_col_to_name(place)
        area = f"='{title}'!${letter}$1:${letter}${max(len(texts), 1)}"
        workbook.define_name(list_name(name), area)


def list_name(name: str) -> str:
    return f"list_{name}"


def write_table(workbook: Workbook, sheet: Worksheet, lists: dict[str, list[str]]) -> None:
    """The headings, and beneath them what each cell takes."""
    looks = {
        needed: workbook.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 2}
            | {"bg_color": "#D7E5F5" if needed else "#E6E6E6"}
        )
        for needed in (True, False)
    }
    # What is typed stays as it is typed: 2004-05 is a fiscal year, and no day in May.
    as_typed = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    for place, asked in enumerate(COLUMNS):
        column = BY_CODE[asked.code]
        sheet.set_column(place, place, column.width, as_typed)
        sheet.write_string(0, place, str(column.heading), looks[asked.needed])
        if (choice := validation(asked, lists)) is not None:
            sheet.data_validation(1, place, ROWS, place, choice)
    sheet.freeze_panes(1, 0)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    sheet.activate()


def validation(asked: Asked, lists: dict[str, list[str]]) -> dict[str, Any] | None:
    """What Excel shows and takes in the cells of a column."""
    told = {
        "input_title": str(BY_CODE[asked.code].heading)[:32],
        "input_message": str(asked.hint)[:255],
    }
    if not asked.choices:
        return {"validate": "any", **told}
    if not lists[asked.choices]:
        return None
    return told | {
        "validate": "list",
        "source": f"={list_name(asked.choices)}",
        # Where several can be written, what is no single choice is taken as well.
        "show_error": not asked.several,
        "error_title": _("Choose from the list"),
        "error_message": _("This is not in the list. Choose from it, or leave the cell empty."),
    }


def write_instructions(workbook: Workbook, sheet: Worksheet, lists: dict[str, list[str]]) -> None:
    """A line a column, all in one: no table that somebody could take for engagements."""
    bold = workbook.add_format({"bold": True})
    text = workbook.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 120, text)
    title = workbook.add_format({"bold": True, "font_size": 18})
    sheet.write_string(0, 0, _("How to fill it in"), title)
    for row, line in enumerate(introduction(), start=1):
        sheet.write_string(row, 0, line, text)
    for row, asked in enumerate(COLUMNS, start=len(introduction()) + 2):
        heading = str(BY_CODE[asked.code].heading)
        sheet.write_rich_string(row, 0, bold, heading, f"\n{told_of(asked, lists)}", text)


def told_of(asked: Asked, lists: dict[str, list[str]]) -> str:
    """Whether it is needed, what to write, and an example."""
    sentences = [_("Needed.") if asked.needed else _("If it is known."), str(asked.hint)]
    if said := example(asked, lists):
        sentences.append(_("For example: %(example)s") % {"example": said})
    return " ".join(sentences)


def introduction() -> list[str]:
    return [
        _(
            "Write one engagement a row on the first sheet. Cells that have a list offer it when you "
            "are in them. Leave the headings as they are; columns that you do not need can go."
        ),
        _(
            "Then load the file in the portal: it shows what will happen before anything is saved, "
            "and what it cannot take comes back to you with the reason."
        ),
    ]


def example(asked: Asked, lists: dict[str, list[str]]) -> str:
    if not asked.choices:
        return asked.example
    found = lists[asked.choices][: 2 if asked.several else 1]
    return "; ".join(found)
