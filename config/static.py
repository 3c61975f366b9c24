"""Static files in production: the stylesheet as one file, where it is written as one for each concern."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEET = "css/site.css"
IMPORT = re.compile(r'@import url\("([^"]+)"\) layer\((\w+)\);')
COMMENT = re.compile(r"/\*.*?\*/", re.S)


class OneStylesheet(CompressedManifestStaticFilesStorage):
    """A browser asks for the sheet once, and not for forty of them one after another."""

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator:
        if SHEET in paths and not dry_run:
            storage = InMemoryStorage()
            storage.save(SHEET, ContentFile(joined(SHEET, lambda name: read(paths, name)).encode()))
            paths = {**paths, SHEET: (storage, SHEET)}
        yield from super().post_process(paths, dry_run, **options)


def joined(name: str, read: Callable[[str], str]) -> str:
    """A sheet with what it imports in its place, each in its layer, without comments."""

    def in_its_layer(found: re.Match[str]) -> str:
        path, layer = found.groups()
        return f"@layer {layer} {{\n{joined(str(PurePosixPath(name).parent / path), read)}\n}}"

    return IMPORT.sub(in_its_layer, COMMENT.sub("", read(name)))


def read(paths: dict[str, Any], name: str) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return file.read().decode()
