"""Turn the committed .po files into the .mo files Django reads, on machines without GNU gettext."""

import os
from collections.abc import Iterable
from pathlib import Path

import polib


def compile_catalogues(directories: Iterable[str | Path]) -> list[Path]:
    """Compile each catalogue that changed since it was last compiled; return those."""
    catalogues = (po for directory in directories for po in sorted(Path(directory).rglob("*.po")))
    stale = [po for po in catalogues if is_stale(po)]
    for po in stale:
        compile_catalogue(po)
    return stale


def is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime


def compile_catalogue(po: Path) -> None:
    # Whole or not at all: a server may be reading the old one.
    unfinished = po.with_suffix(f".{os.getpid()}.tmp")
    polib.pofile(str(po)).save_as_mofile(str(unfinished))
    unfinished.replace(po.with_suffix(".mo"))
