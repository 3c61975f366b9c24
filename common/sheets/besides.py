"""What the reader of workbooks does not tell of a sheet, read from the file beside it."""

from dataclasses import dataclass, field

from common.sheets.book import Merged


@dataclass
class Besides:
    """Rows and columns as the spreadsheet counts them. `errors`: {row: {column: "#REF!"}}."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Merged] = field(default_factory=list)
    errors: dict[int, dict[int, str]] = field(default_factory=dict)
    without_result: list[str] = field(default_factory=list)  # cells, as B7
