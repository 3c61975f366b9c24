"""The map's two files beside the other static files: made at set-up, never committed."""

import json
import os
from functools import lru_cache
from pathlib import Path

import mapcraft
from django.conf import settings
from django.templatetags.static import static

from dashboards.world.drawing import Place, drawn
from partners.reference import FOLDER

# As {% static %} knows it.
SVG = "map/world.svg"
HERE = Path(__file__).parent


def folder() -> Path:
    return Path(settings.BASE_DIR) / "static" / "map"


def draw(into: Path | None = None) -> list[Path]:
    """Draw the map where it is missing or older than what it is made from; return what was written."""
    into = into or folder()
    svg, places = into / "world.svg", into / "places.json"
    if not is_stale(svg, places):
        return []
    into.mkdir(parents=True, exist_ok=True)
    outlines, where = drawn()
    _write(svg, outlines)
    _write(places, json.dumps(where, indent=0))
    return [svg, places]


def is_stale(*made: Path) -> bool:
    if not all(path.exists() for path in made):
        return True
    sources = [Path(mapcraft.__file__), FOLDER / "countries.yaml", *HERE.glob("*.py")]
    return min(map(_written_at, made)) < max(map(_written_at, sources))


def _written_at(path: Path) -> float:
    return path.stat().st_mtime


def _write(path: Path, text: str) -> None:
    # Whole or not at all: a server may be reading the old one.
    unfinished = path.with_suffix(f".{os.getpid()}.tmp")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(path)


def address() -> str | None:
    """Of the outlines; None where the map was never drawn, or not collected since."""
    try:
        return static(SVG) if places() else None
    except ValueError:
        return None


def places() -> dict[str, Place]:
    """Every country on the map, by ISO code; empty where it was never drawn."""
    try:
        return _read(folder() / "places.json")
    except FileNotFoundError:
        return {}


@lru_cache(maxsize=4)
def _read(path: Path) -> dict[str, Place]:
    found = json.loads(path.read_text(encoding="utf-8"))
    return {iso2: Place(**place) for iso2, place in found.items()}
