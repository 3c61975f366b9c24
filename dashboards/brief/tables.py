"""The tables of a brief's document. Each has a header row that repeats on every sheet."""

from collections.abc import Sequence
from typing import Any

from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from docx.document import Document as DocumentType
from docx.shared import Pt, RGBColor

from dashboards.blocks.volume import labelled
from dashboards.brief.content import Brief, ServedOf
from dashboards.brief.docx_parts import describe, repeat_as_header, shade, write
from dashboards.figures import Figure
from dashboards.metrics.alignment import Matrix
from dashboards.metrics.volume import Comparison, KeyFigures
from dashboards.templatetags.figures import number
from dashboards.words import called

# --step-1 to --step-4 of static/css/tokens.css; the last is dark and its text light.
SHADES = {1: "EBF2FA", 2: "C2D7F0", 3: "85AFE0", 4: "24568F"}
LIGHT = RGBColor(0xFF, 0xFF, 0xFF)
HEAD = "E6E6E6"


def figures_table(document: DocumentType, brief: Brief) -> Any:
    """A line for each key figure: now, at the same point of the year before, over all of that year."""
    found = brief.figures
    table = headed(document, [_("Figure"), *_periods(found)], title=_("Key figures"))
    for one in labelled(found):
        figures = _figures(found, one.compared)
        add_line(table, [one.label, *(said(figure, one.as_money) for figure in figures)])
    return table


def _periods(found: KeyFigures) -> list[str]:
    year, before = found.period.year, found.year_before
    if year is None or before is None:
        return [_("In the dates chosen")]
    now = _("%(year)s so far") if found.same_point else _("All of %(year)s")
    same_point = [_("At this point last year")] if found.same_point else []
    whole = _("All of %(year)s") % {"year": before.year}
    return [now % {"year": year}, *same_point, whole]


def _figures(found: KeyFigures, compared: Comparison) -> list[Figure]:
    figures = [compared.now]
    if found.year_before:
        figures += [f for f in (compared.same_point, compared.year_before) if f is not None]
    return figures


def matrix_table(document: DocumentType, matrix: Matrix) -> Any:
    """As on the page, its steps as shades and its numbers as text."""
    names = [str(objective) for objective in matrix.column_objectives]
    kind = capfirst(matrix.rows.get_kind_display())
    table = headed(document, [kind, *names, capfirst(str(matrix.by.label))], title=_("For what"))
    for line in matrix.lines:
        cells = [said(cell.amount) for cell in line.cells]
        row = add_line(table, [str(line.objective), *cells, said(line.total)])
        for written, cell in zip(row.cells[1:-1], line.cells, strict=True):
            if cell.step:
                shade(written, SHADES[cell.step])
            if cell.step == max(SHADES):
                written.paragraphs[0].runs[0].font.color.rgb = LIGHT
    totals = [said(total) for total in matrix.column_totals]
    add_line(table, [capfirst(str(matrix.by.label)), *totals, said(matrix.total)], bold=True)
    return table


def row_table(document: DocumentType, row: ServedOf) -> Any:
    """Of an objective: how many of its engagements serve each of another framework's."""
    heads = [str(one.objective) for one in row.objectives]
    table = headed(document, heads or [_("Objectives")], title=_("Together with"))
    if row.objectives:
        add_line(table, [said(one.engagements) for one in row.objectives])
    return table


def by_framework_table(document: DocumentType, served: Sequence[ServedOf]) -> Any:
    """Of a partner: which objectives of each framework were served, and which never."""
    heads = [_("Framework"), _("Served"), _("Never served")]
    table = headed(document, heads, title=_("For what"))
    for of in served:
        names = [f"{called(one.objective)} {said(one.engagements)}" for one in of.served]
        never = [called(objective) for objective in of.never]
        add_line(
            table,
            [of.label, _("; ").join(names) or _("none"), _("; ").join(never) or _("none")],
        )
    return table


def said(figure: Figure, as_money: bool = False) -> str:
    return str(_plain(number(figure.value, as_money or figure.measure == "cost")))


def _plain(text: Any) -> str:
    """Money without the mark-up that keeps it on one line: a no-break space does."""
    return strip_tags(str(text)).replace(" ", "\u00a0")


def headed(document: DocumentType, heads: Sequence[str], *, title: str) -> Any:
    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        fill(cell, text, bold=True)
        shade(cell, HEAD)
    repeat_as_header(table.rows[0])
    describe(table, title)
    return table


def add_line(table: Any, texts: Sequence[str], *, bold: bool = False) -> Any:
    row = table.add_row()
    for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        fill(cell, text, bold=bold or place == 0)
    return row


def fill(cell: Any, text: str, *, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(1)
    write(paragraph, text, bold=bold)
    for run in paragraph.runs:
        run.font.size = Pt(9)
