"""Workbooks into sheets, by python-calamine: values only, nothing in the file is run or fetched."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
)
from python_calamine import SheetTypeEnum as Kind
from python_calamine import SheetVisibleEnum as Visible

from common.sheets.besides import Besides
from common.sheets.book import Book, Merged, Note, Sheet
from common.sheets.cells import Gathering
from common.sheets.limits import Limits
from common.sheets.ods import besides as besides_of_ods
from common.sheets.refused import Refused
from common.sheets.xls import besides as besides_of_xls
from common.sheets.xlsx import besides as besides_of_xlsx
from common.sheets.zips import Zip

# Of this many merged places one is told what they say; more is a drawing, not a table.
MOST_MERGED = 200_000


def read_workbook(content: bytes, kind: str, limits: Limits) -> Book:
    """A Book; raises Refused. `kind` is xlsx, xlsm, xls or ods."""
    known = _besides(content, kind, limits)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            sheets = list(_sheets(workbook, known, limits))
    except PasswordError as error:
        raise Refused("password") from error
    except (CalamineError, OSError, ValueError) as error:
        raise Refused("damaged") from error
    return Book(kind, sheets, notes=_notes(known))


def _besides(content: bytes, kind: str, limits: Limits) -> dict[str, Besides]:
    if kind == "xls":
        return besides_of_xls(content)
    parts = Zip(content)
    parts.checked(limits.unpacked)
    return besides_of_ods(parts, limits) if kind == "ods" else besides_of_xlsx(parts, limits)


def _sheets(
    workbook: CalamineWorkbook, known: dict[str, Besides], limits: Limits
) -> Iterator[Sheet]:
    """Without charts that stand alone and dialogs. Within so many cells altogether."""
    cells = 0
    for at, of in enumerate(workbook.sheets_metadata):
        if of.typ == Kind.WorkSheet:
            read = workbook.get_sheet_by_index(at)
            sheet = _sheet(read, of, known.get(of.name, Besides()), limits)
            cells += len(sheet.rows) * sheet.width
            if cells > limits.cells:
                raise Refused("too_many_cells", limit=limits.cells)
            yield sheet


def _sheet(read: CalamineSheet, of: SheetMetadata, known: Besides, limits: Limits) -> Sheet:
    _row, column = read.start or (0, 0)
    gathering = Gathering(of.name, limits, first_column=column + 1)
    # The blank rows before the first come with the others; blank columns before the first do not.
    for number, values in enumerate(read.iter_rows(), 1):
        for at, error in known.errors.get(number, {}).items():
            if column < at <= column + len(values):
                values[at - column - 1] = error
        gathering.take(values)
    sheet = gathering.sheet_of(
        hidden=of.visible != Visible.Visible,
        hidden_rows=frozenset(known.hidden_rows),
        hidden_columns=frozenset(known.hidden_columns),
    )
    return replace(sheet, merged=_inside(sheet, known.merged or _merged(read)))


def _merged(read: CalamineSheet) -> list[Merged]:
    return [
        Merged(top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in read.merged_cell_ranges or []
    ]


def _inside(sheet: Sheet, merged: Iterable[Merged]) -> tuple[Merged, ...]:
    """Those that begin where there are cells, up to a bound on the places they cover."""
    inside, covered = [], 0
    for each in merged:
        if each.first_row > sheet.last_row or each.first_column > sheet.last_column:
            continue
        rows = min(each.last_row, sheet.last_row) - each.first_row + 1
        covered += rows * (min(each.last_column, sheet.last_column) - each.first_column + 1)
        if covered > MOST_MERGED:
            break
        inside.append(each)
    return tuple(inside)


def _notes(known: dict[str, Besides]) -> tuple[Note, ...]:
    """The first cell of each sheet whose formula has no result, which reads as blank."""
    return tuple(
        Note(
            "no_results",
            {"sheet": name, "cell": each.without_result[0], "count": len(each.without_result)},
        )
        for name, each in known.items()
        if each.without_result
    )
