"""How much of a file is read: settings, each with what it bounds. A page states those a person meets."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    bytes: int  # of the file itself
    rows: int  # of one sheet that holds something
    columns: int  # of one sheet that holds something
    cell: int  # characters in one cell
    cells: int  # in the whole file
    unpacked: int  # bytes inside a workbook, which is a zip
    seconds: int  # to read it, by the clock
    memory: int  # bytes of address space the process that reads may take


def limits() -> Limits:
    """As the settings say now."""
    from django.conf import settings  # the process that parses knows nothing of Django

    return Limits(
        bytes=settings.LOAD_MAX_BYTES,
        rows=settings.LOAD_MAX_ROWS,
        columns=settings.LOAD_MAX_COLUMNS,
        cell=settings.LOAD_MAX_CELL,
        cells=settings.LOAD_MAX_CELLS,
        unpacked=settings.LOAD_MAX_UNPACKED,
        seconds=settings.LOAD_MAX_SECONDS,
        memory=settings.LOAD_MAX_MEMORY,
    )
