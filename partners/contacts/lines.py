"""What search reads of a contact: a line a field, in this order (common.search.analysis.line_of)."""

from collections.abc import Mapping
from typing import Any

from common.search.analysis import line_of, lines_of

# Field → the languages it may be in: a name and an address are in none.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "name": (),
    "post_en": ("en",),
    "post_fr": ("fr",),
    "email": (),
}


def search_text_of(record: Any) -> str:
    """Of a contact, or of anything that has these attributes."""
    return lines_of(line_of(getattr(record, name), read) for name, read in FIELDS.items())
