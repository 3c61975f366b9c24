"""In which open form something was typed, who opened it, and what of it is to be kept.

Every form that keeps what is typed sends along, hidden, `page` (which open form it is), `turn` (how many
times that one has sent what is typed), `continues` (the page and turn of the unsaved text it went on
from) and `opened_by` (a signed mark of the person it was shown to). {% keep_typed %} writes them.
"""

import uuid
from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest, QueryDict

from accounts.models import User

MARKS = ("page", "turn", "continues", "opened_by")
# What a form sends besides what is typed in it.
BESIDES = {*MARKS, "csrfmiddlewaretoken", "do", "typed"}
AUTOSAVE, THROW_AWAY = "autosave", "throw-away"
SALT = "accounts.typed.opened_by"
MOST = 2_000_000_000  # what both databases can count to


@dataclass(frozen=True, kw_only=True)
class Page:
    """One open form, and how far it is. Equal texts aside, the later turn is the newer text."""

    key: uuid.UUID | None = None
    turn: int = 0
    from_key: uuid.UUID | None = None
    from_turn: int = 0

    @classmethod
    def of(cls, sent: QueryDict) -> "Page":
        from_key, _colon, from_turn = sent.get("continues", "").partition(":")
        return cls(
            key=key_in(sent.get("page", "")),
            turn=number_in(sent.get("turn", "")) or 0,
            from_key=key_in(from_key),
            from_turn=number_in(from_turn) or 0,
        )

    def follows(self, key: uuid.UUID | None, turn: int) -> bool:
        """Whether what was kept last, as `turn` of the form `key`, is this form's own and older."""
        if key is None:
            return False
        went_on = key == self.from_key and turn <= self.from_turn
        return went_on or (key == self.key and turn < self.turn)

    def is_behind(self, key: uuid.UUID | None, turn: int) -> bool:
        """Whether this very form has had something newer kept already: this one comes late."""
        return key is not None and key == self.key and self.turn < turn


def key_in(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def number_in(text: str) -> int | None:
    """A count of the form's own, or None for anything else."""
    if text.isascii() and text.isdigit() and len(text) < 11 and int(text) <= MOST:
        return int(text)
    return None


def text_of(sent: QueryDict) -> dict[str, list[str]]:
    """What is typed, by the name of its input. A NUL no database keeps."""
    return {
        name.replace("\x00", ""): [value.replace("\x00", "") for value in sent.getlist(name)]
        for name in sent
        if name not in BESIDES
    }


def address_of(request: HttpRequest) -> str:
    """The form's page, whatever the language: "engagements:edit IE-2027-0042"."""
    match = request.resolver_match
    assert match is not None
    return " ".join([match.view_name, *map(str, match.kwargs.values())])


def mark_of(user: User) -> str:
    """Goes with a form: this person opened it."""
    return signing.Signer(salt=SALT).sign(str(user.pk))


def opened_by(sent: QueryDict) -> int | None:
    """The primary key of whom the form was shown to; None where it does not say so credibly."""
    try:
        return number_in(signing.Signer(salt=SALT).unsign(sent.get("opened_by", "")))
    except signing.BadSignature:
        return None


def is_anothers(request: HttpRequest) -> bool:
    """Whether the form was opened by somebody else than who is signed in now."""
    opener = opened_by(request.POST)
    return opener is not None and opener != request.user.pk
