"""A contact open in two places: what was saved in one and typed in the other, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from accounts.models import User
from common import saves
from common.history.models import Revision
from common.history.tracking import State
from common.side_by_side import Aspect, Chosen, Comparison, LongText, choices_in, compare, typed_in
from partners.contacts.forms import FIELDS, ContactForm, initial_of
from partners.models import Contact


def compared(contact: Contact, typed: QueryDict, *, reader: User, opened: int) -> Comparison:
    """The contact as it is beside what was typed on the version `opened`."""
    began = base_of(contact, opened, reader=reader)
    return compare(
        aspects(),
        now=as_sent(initial_of(contact)),
        mine=typed_in(typed),
        base=as_sent(began.state) if began else None,
        choices=choices_in(typed),
    )


def base_of(contact: Contact, version: int, *, reader: User) -> Revision | None:
    return saves.base_of("contact", contact.pk, version, reader=reader)


def saves_since(contact: Contact, version: int, *, reader: User) -> list[saves.Save]:
    """Who saved what since that version, the newest first; [] where nobody knows."""
    began = base_of(contact, version, reader=reader)
    return saves.saves_since(began, reader=reader, changed=_changed)


def _changed(before: State, after: State) -> list[str]:
    was, became = as_sent(before), as_sent(after)
    return [str(each.label) for each in aspects() if each.value(was) != each.value(became)]


def aspects() -> list[Aspect]:
    """What the form asks, in its order and its words."""
    return [_aspect(name, ContactForm.base_fields[name]) for name in FIELDS]


def _aspect(name: str, field: Any) -> Aspect:
    if choices := getattr(field, "choices", None):
        return Chosen(name=name, label=field.label, words=dict(choices))
    if name == "note":
        return LongText(name=name, label=field.label, language_input="text_language")
    return Aspect(name=name, label=field.label, language=name[-2:] if name in POSTS else "")


POSTS = ("post_en", "post_fr")


def as_sent(values: Mapping[str, Any]) -> QueryDict:
    """What the form would send, of a contact or of a revision of it."""
    made = QueryDict(mutable=True)
    for name in FIELDS:
        made[name] = values[name]
    return made
