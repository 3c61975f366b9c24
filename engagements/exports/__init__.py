"""Engagements taken away as files: exactly the list as filtered, every row and every field of it.

columns.py says what a file holds, layout.py what of it a person chose; records.py reads, export.py makes the
lines, as_csv.py and as_xlsx.py write them, and template.py is the empty workbook to fill in.
"""

from engagements.exports.as_csv import Echo, to_csv
from engagements.exports.columns import COLUMNS
from engagements.exports.export import Export
from engagements.exports.layout import Layout
from engagements.exports.text import marking_lines, safe

__all__ = ["COLUMNS", "Echo", "Export", "Layout", "marking_lines", "safe", "to_csv"]
