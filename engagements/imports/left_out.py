"""The rows that were left out, as a file of the layout that came in, with a column of reasons."""

from __future__ import annotations

from dataclasses import dataclass

from engagements.models import Load


@dataclass(frozen=True, kw_only=True)
class File:
    name: str
    content_type: str
    content: bytes


def to_file(load: Load) -> File:
    """A workbook, or delimited text where that came in: ready to correct and load again."""
    raise NotImplementedError
