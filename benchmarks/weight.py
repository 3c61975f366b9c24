"""What a page weighs when nothing is kept: itself, its style, scripts and pictures, as they are sent."""

import gzip
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

ASKED = re.compile(
    r'<(?:link[^>]*rel="(?:stylesheet|icon|modulepreload)"[^>]*href|script[^>]*src|img[^>]*src)="([^"]+)"'
)
IN_STYLE = re.compile(r'(?:@import\s+(?:url\()?|url\()["\']?([^"\')]+)')
IN_SCRIPT = re.compile(r'(?:import|from)\s*["\'](\.[^"\']+)["\']')


def weight_of(html: str) -> dict[str, int]:
    """Bytes after compression: of the page, of all it asks for, and of the scripts among that."""
    files = {address: packed(path) for address, path in asked_for(html)}
    return {
        "page": len(gzip.compress(html.encode(), 6)),
        "all": len(gzip.compress(html.encode(), 6)) + sum(files.values()),
        "scripts": sum(size for address, size in files.items() if address.endswith(".js")),
    }


def asked_for(html: str) -> Iterator[tuple[str, Path]]:
    """Every file of ours that a browser would fetch for the page, once each."""
    waiting, seen = [a for a in ASKED.findall(html) if a.startswith(settings.STATIC_URL)], set()
    while waiting:
        address = waiting.pop()
        name = address.removeprefix(settings.STATIC_URL)
        found = finders.find(name)
        if name in seen or not isinstance(found, str):
            continue
        seen.add(name)
        path = Path(found)
        yield name, path
        inside = {".css": IN_STYLE, ".js": IN_SCRIPT}.get(path.suffix)
        if inside:
            beside = posixpath.dirname(address)
            waiting += [
                posixpath.normpath(posixpath.join(beside, each))
                for each in inside.findall(path.read_text())
            ]


def packed(path: Path) -> int:
    raw = path.read_bytes()
    return min(len(raw), len(gzip.compress(raw, 6)))
