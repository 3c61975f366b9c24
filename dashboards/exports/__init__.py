"""What a reader downloads of a block: lines of a spreadsheet, first the headings."""

from dashboards.exports.alignment import alignment_lines
from dashboards.exports.files import as_csv, marked

__all__ = ["alignment_lines", "as_csv", "marked"]
