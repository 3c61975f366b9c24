"""A restricted note open in two places: what was saved in one and typed in the other, side by side."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import Office, Sensitivity, User
from accounts.typed import BESIDES
from common.history.tracking import State
from common.saves import base_of
from common.side_by_side import (
    PREFIX,
    Aspect,
    Chosen,
    Comparison,
    Listing,
    LongText,
    choices_in,
    compare,
)
from engagements.models import Note

# What that page sends besides what was typed.
NOT_TYPED = {*BESIDES, "version", "opened"}


def compared(note: Note, typed: QueryDict, *, reader: User, opened: int) -> Comparison:
    """The note as it is beside what was typed on the version `opened`."""
    began = base_of("note", note.pk, opened, reader=reader)
    return compare(
        aspects(),
        now=as_sent(note),
        mine=as_typed(typed),
        base=as_opened(began.state) if began else None,
        choices=choices_in(typed),
    )


def aspects() -> list[Aspect]:
    """The fields of the form, in its order, as their values are called."""
    people: dict[tuple[str, ...], str] = {
        (person.username,): str(person) for person in User.objects.all()
    }
    offices = {office.code: office.name for office in Office.objects.all()}
    return [
        LongText(name="text", label=_("Note"), language_input="text_language"),
        Chosen(
            name="text_language", label=_("It is written in"), words=dict(User.Language.choices)
        ),
        Chosen(
            name="sensitivity",
            label=_("Sensitivity"),
            words={str(value): label for value, label in Sensitivity.choices},
        ),
        Listing(name="people", label=_("People who may read it"), words=people, ordered=False),
        Chosen(
            name="office", label=_("Office that may read it"), words=offices | {"": _("no office")}
        ),
    ]


def as_typed(sent: QueryDict) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in sent.lists():
        if name not in NOT_TYPED and not name.startswith(PREFIX):
            data.setlist(name, values)
    return data


def as_sent(note: Note) -> QueryDict:
    """What the form of the note would send, unchanged."""
    return _sent(
        text=[note.text],
        text_language=[note.text_language],
        sensitivity=[str(note.sensitivity)],
        people=[person.username for person in note.readers.order_by("username")],
        office=[note.office.code if note.office else ""],
    )


def as_opened(state: State) -> QueryDict:
    """The same of a revision."""
    named = User.objects.filter(pk__in=state["people"]).order_by("username")
    return _sent(
        text=[state["text"]],
        text_language=[state["text_language"]],
        sensitivity=[str(state["sensitivity"])],
        people=[person.username for person in named],
        office=[state["office"] or ""],
    )


def _sent(**told: list[str]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in told.items():
        data.setlist(name, values)
    return data
