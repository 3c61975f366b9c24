"""Input nobody thought of, and some that somebody did. Values are texts or raw bytes, as a wire has them."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote_from_bytes

from hypothesis import strategies as st

Value = str | bytes
Sent = dict[str, list[Value]]

# Name → value. What becomes of each in a text is said in test_both_databases.py.
CORPUS: dict[str, Value] = {
    "nothing": "",
    "spaces": " \t ",
    "no-break space": "\u00a0a\u00a0b",
    "NUL": "a\x00b",
    "a control character": "a\x07b",
    "a second control block": "a\x85b",
    "a lone surrogate": b"a\xed\xa0\x80b",
    "bytes that are no UTF-8": b"a\xff\xfeb",
    "an overlong slash": b"a\xc0\xafb",
    "a right-to-left override": "a\u202eb",
    "an isolate": "a\u2067b",
    "a right-to-left mark": "a\u200fb",
    "a zero-width space": "a\u200bb",
    "a byte order mark": "\ufeffab",
    "a line separator": "a\u2028b",
    "line ends of all kinds": "a\r\nb\rc\nd",
    "letters apart from their accents": "e\u0301te\u0301",
    "a letter that grows": "\ufb03\u1e9e\u0130",
    "accents without end": "a" + "\u0301" * 200,
    "beyond the first plane": "🕊𝔸👩\u200d👩",
    "noncharacters": "a\ufffe\uffff\U0010ffff",
    "private letters": "a\ue000b",
    "a number of another script": "٣٤",
    "a superscript": "²",
    "a number without end": "9" * 5000,
    "just too big": "9223372036854775808",
    "less than nothing": "-1",
    "no number": "NaN",
    "endless": "1e999",
    "placeholders": "%s %(x)s {0} {{ 7 }} {% x %} ${y}",
    "an end of the page": "</textarea></form><script>alert(1)</script>",
    "an end of the statement": "'; DROP TABLE x; -- \\",
    "wildcards": "%_*?[]",
    "a formula": "=1+1",
    "a long word": "x" * 301,
    "many words": "ab " * 400,
}
MILLION = "é" * 10**6

texts: st.SearchStrategy[Value] = st.one_of(
    st.sampled_from(list(CORPUS.values())),
    st.text(max_size=30),
    st.text(
        st.characters(categories=["Cc", "Cf", "Mn", "Zl", "Zp", "Zs", "Lo", "So"]), max_size=12
    ),
    st.binary(max_size=12),
    st.integers(-(10**12), 10**20).map(str),
)


def sent(names: Iterable[str], values: st.SearchStrategy[Value] = texts) -> st.SearchStrategy[Sent]:
    """A few of these inputs, each with no value, one or several."""
    known = st.sampled_from(sorted(names))
    return st.dictionaries(known, st.lists(values, max_size=3), max_size=6)


def encoded(told: dict[str, object]) -> bytes:
    """As a browser sends a form, or an address its question: percent-encoded, bytes untouched."""
    pairs = [
        f"{quoted(name)}={quoted(value)}"
        for name, values in told.items()
        for value in (values if isinstance(values, list) else [values])
    ]
    return "&".join(pairs).encode()


def quoted(value: object) -> str:
    return quote_from_bytes(value if isinstance(value, bytes) else str(value).encode())
