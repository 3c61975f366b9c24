"""The matrix as a grid: shaded by a rule that follows its numbers, each number with its list."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dashboards.metrics.alignment import Matrix
from dashboards.workbook.page import Book, write
from dashboards.workbook.sheets import unique

LOWEST, HIGHEST = "#FFFFFF", "#85AFE0"


def matrix_sheet(book: Book, matrix: Matrix) -> None:
    words = {"rows": matrix.rows.title, "columns": matrix.columns.title}
    sheet = book.sheet(pgettext("sheet", "Matrix"), _("For what: %(rows)s × %(columns)s") % words)
    filters = book.scope.filters
    kind = capfirst(matrix.rows.get_kind_display())
    names = [str(objective) for objective in matrix.column_objectives]
    heads = unique([kind, *names, capfirst(str(matrix.by.label))])
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, book.head)
    for row, line in enumerate(matrix.lines, start=1):
        sheet.write_string(row, 0, str(line.objective), book.format(bold=True, text_wrap=True))
        figures = [*(cell.amount for cell in line.cells), line.total]
        for column, figure in enumerate(figures, start=1):
            write(book, sheet, row, column, figure, filters=filters)
    last = len(matrix.lines) + 1
    sheet.write_string(last, 0, capfirst(str(matrix.by.label)), book.format(bold=True, top=1))
    for column, total in enumerate([*matrix.column_totals, matrix.total], start=1):
        write(book, sheet, last, column, total, filters=filters)
    if matrix.cells:
        scale = {"type": "2_color_scale", "min_color": LOWEST, "max_color": HIGHEST}
        sheet.conditional_format(1, 1, last - 1, len(names), scale)
    note = _("An engagement that serves two objectives counts in both cells.")
    sheet.write_string(last + 2, 0, note)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, len(names) + 1, 15)
