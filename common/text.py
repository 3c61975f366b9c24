"""Words people type: cleaned before the database, folded for search and order.

SQLite and PostgreSQL differ on NUL bytes, length, case, accents and sort order. Nothing here is
left to them: a text is checked before it is saved, searched in a folded column, and sorted in a
folded column byte by byte.
"""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import F, Func
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

TITLE_LENGTH = 300
LINE_LENGTH = 200
TEXT_LENGTH = 20_000

# Everything below space but tab, new line and return; DEL; the second control block.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# Embeddings, overrides and isolates: they show a text in another order than it is kept.
REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
# What a line of text is parted by, besides a no-break space (U+00A0, U+202F).
SPACES = re.compile(r"[^\S\u00a0\u202f]+")
LIGATURES = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "’": "'", "‘": "'", "‑": "-", "–": "-"}
)

# What order reads: letters and digits; and a number among them.
_WORDS = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"[0-9]+")


class Marks(dict[int, int | None]):
    """For str.translate: takes away what combines with the letter before it. Learns as it goes."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


MARKS = Marks()


def fold(text: str) -> str:
    """Lower case, no accents, one space between words: what search and order compare."""
    folded = text.casefold()
    if not folded.isascii():  # most of what is written in English has nothing to take away
        folded = unicodedata.normalize("NFKD", folded.translate(LIGATURES))
        folded = folded.translate(MARKS)
    return " ".join(folded.replace("\x00", " ").split())


def sort_key(text: str, length: int = TITLE_LENGTH) -> str:
    """What order compares, byte by byte: as folded, without the signs, and numbers by what they come to.

    "2e" stands before "10e", « Été » and "État" among the words with E. At most `length` characters.
    """
    folded = fold(text)
    words = " ".join(_WORDS.findall(folded)) or folded
    return _NUMBER.sub(_counted, words)[:length]


def _counted(number: re.Match[str]) -> str:
    """A number after how many digits it has: the longer one is the larger one."""
    digits = number[0].lstrip("0") or "0"
    return f"{len(digits)}{digits}" if len(digits) < 9 else f"9{min(len(digits), 99):02}{digits}"


def words_of(text: str) -> list[str]:
    """The words a search asks for, folded, each once: a few signs fold to a phrase of many words."""
    return list(dict.fromkeys(fold(text).split()))


def fold_all(*texts: str) -> str:
    """Several texts folded for search, a line each, so that no word runs into the next."""
    return "\n".join(fold(text) for text in texts if text)


def validate_plain_text(value: str) -> None:
    """Raise ValidationError for characters no reader can see and no database agrees on."""
    if CONTROLS.search(value):
        raise ValidationError(
            _("This holds a control character that cannot be shown. Type it again without it."),
            code="control_character",
        )
    if REORDERING.search(value):
        raise ValidationError(
            _(
                "This holds an invisible mark that changes the order in which letters show. "
                "Type it again without it."
            ),
            code="reordering_mark",
        )


def tidy(value: str) -> str:
    """One form for equal texts: NFC, line ends as \\n."""
    return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))


def on_one_line(text: str) -> str:
    """One space between words. A no-break space stays one: French has it before : ; ? ! and inside « »."""
    return SPACES.sub(" ", text)


class LengthValidator(MaxLengthValidator):
    """Says how long the text is and how long it may be."""

    message = ngettext_lazy(
        "This has %(show_value)s characters. Shorten it to %(limit_value)s or fewer.",
        "This has %(show_value)s characters. Shorten it to %(limit_value)s or fewer.",
        "limit_value",
    )


class PlainTextField(forms.CharField):
    """A CharField that refuses what the databases disagree on. max_length counts characters."""

    def __init__(self, *, max_length: int = LINE_LENGTH, lines: bool = False, **kwargs) -> None:
        self.limit = max_length
        if lines:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        super().__init__(**kwargs)
        # No maxlength attribute: a browser would cut a long paste without a word.
        self.validators = [validate_plain_text, LengthValidator(max_length)]
        self.lines = lines

    def to_python(self, value):
        text = tidy(super().to_python(value) or "")
        return text if self.lines else on_one_line(text)


class BinaryOrder(Func):
    """Byte by byte, the same on both databases."""

    function = ""
    arity = 1

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(
            compiler, connection, template="%(expressions)s COLLATE BINARY", **context
        )

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template='%(expressions)s COLLATE "C"', **context)


def binary_order(name: str) -> BinaryOrder:
    """An expression to order by a folded column."""
    return BinaryOrder(F(name))
