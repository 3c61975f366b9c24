"""Reading a workbook back as a spreadsheet program shows it."""

import io
from typing import Any

from python_calamine import CalamineWorkbook


def sheets_of(content: bytes) -> dict[str, list[list[Any]]]:
    """Rows by sheet, in their order: text, numbers, dates; "" where a cell is empty."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def table_of(content: bytes, sheet: str = "Engagements") -> list[dict[str, Any]]:
    """A dict for each row, by the headings in the first."""
    headings, *rows = sheets_of(content)[sheet]
    return [dict(zip(headings, row, strict=True)) for row in rows]
