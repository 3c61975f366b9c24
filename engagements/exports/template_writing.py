"""An empty workbook to fill in and load: a choice wherever there is a list, whatever it is a list of.

The sheet beside the table says how to fill it in, and a hidden one holds the lists.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from common.bilingual import reader_language

# Rows that have the choices.
ROWS = 2000
SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
SEVERAL = gettext_lazy("Choose one; write several with a semicolon between them.")
ONE = gettext_lazy("Choose one.")

Lists = dict[str, list[str]]


@dataclass(frozen=True)
class Asked:
    """A column of a template. `choices`: name of a list; `several`: more than one may be written."""

    code: str
    heading: Any
    hint: Any
    example: str = ""
    choices: str = ""
    several: bool = False
    needed: bool = False
    width: int = 24


@dataclass(frozen=True, kw_only=True)
class Template:
    """`title` of the workbook, `sheet` that is filled in, and how, in a sentence; its columns and lists."""

    title: str
    sheet: str
    how: str
    columns: list[Asked]
    lists: Lists


def written(template: Template) -> bytes:
    """The workbook, in the reader's language."""
    content = io.BytesIO()
    with Workbook(content, SAFE) as workbook:
        workbook.set_properties({"title": template.title, "author": "Liaison"})
        workbook.set_custom_property("Language", f"{reader_language()}-CA", "text")
        sheet = workbook.add_worksheet(template.sheet)
        how = workbook.add_worksheet(pgettext("sheet", "How to fill it in"))
        write_lists(workbook, template.lists)
        write_table(workbook, sheet, template)
        write_instructions(workbook, how, template)
    return content.getvalue()


def write_lists(workbook: Workbook, lists: Lists) -> None:
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


def write_table(workbook: Workbook, sheet: Worksheet, template: Template) -> None:
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
    for place, asked in enumerate(template.columns):
        sheet.set_column(place, place, asked.width, as_typed)
        sheet.write_string(0, place, str(asked.heading), looks[asked.needed])
        if (choice := validation(asked, template.lists)) is not None:
            sheet.data_validation(1, place, ROWS, place, choice)
    sheet.freeze_panes(1, 0)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    sheet.activate()


def validation(asked: Asked, lists: Lists) -> dict[str, Any] | None:
    """What Excel shows and takes in the cells of a column."""
    told = {
        "input_title": str(asked.heading)[:32],
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


def write_instructions(workbook: Workbook, sheet: Worksheet, template: Template) -> None:
    """A line a column, all in one: no table that somebody could take for the list."""
    bold = workbook.add_format({"bold": True})
    text = workbook.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 120, text)
    title = workbook.add_format({"bold": True, "font_size": 18})
    sheet.write_string(0, 0, _("How to fill it in"), title)
    for row, line in enumerate(introduction(template), start=1):
        sheet.write_string(row, 0, line, text)
    for row, asked in enumerate(template.columns, start=len(introduction(template)) + 2):
        heading = str(asked.heading)
        sheet.write_rich_string(row, 0, bold, heading, f"\n{told_of(asked, template.lists)}", text)


def told_of(asked: Asked, lists: Lists) -> str:
    """Whether it is needed, what to write, and an example."""
    sentences = [_("Needed.") if asked.needed else _("If it is known."), str(asked.hint)]
    if said := example(asked, lists):
        sentences.append(_("For example: %(example)s") % {"example": said})
    return " ".join(sentences)


def introduction(template: Template) -> list[str]:
    return [
        template.how,
        _(
            "Cells that have a list offer it when you are in them. Leave the headings as they are; columns "
            "that you do not need can go."
        ),
        _(
            "Then load the file in the portal: it shows what will happen before anything is saved, "
            "and what it cannot take comes back to you with the reason."
        ),
    ]


def example(asked: Asked, lists: Lists) -> str:
    if not asked.choices:
        return asked.example
    found = lists[asked.choices][: 2 if asked.several else 1]
    return "; ".join(found)
