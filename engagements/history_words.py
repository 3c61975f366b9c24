"""How the history of an engagement is told."""

from collections.abc import Mapping

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from common.history.changes import Change, How
from common.history.models import Revision
from common.history.said import Said, Sentence, Words, bilingual
from common.history.words import (
    Elements,
    RecordWords,
    Telling,
    Told,
    register_acts,
    register_words,
)
from engagements.models import Engagement, Note, Participation
from objectives.models import FrameworkKind

Role = Participation.PartnerRole

register_acts(
    {
        "logged": pgettext_lazy("act", "Logged"),
        "aligned": pgettext_lazy("act", "Aligned"),
        "submitted": pgettext_lazy("act", "Submitted again"),
        "approved": pgettext_lazy("act", "Approved"),
        "returned": pgettext_lazy("act", "Returned"),
        "declined": pgettext_lazy("act", "Declined"),
        "completed": pgettext_lazy("act", "Completed"),
        "cancelled": pgettext_lazy("act", "Cancelled"),
        "written": pgettext_lazy("act", "Written"),
        "withdrawn": pgettext_lazy("act", "Withdrawn"),
        "undone": pgettext_lazy("act", "Taken back with its file"),
    }
)

# Whole sentences: in French the words agree with what they speak of.
PARTNERS: Mapping[tuple[How, str], Words] = {
    (How.ADDED, Role.HOST): _("Partner %(partner)s added as host"),
    (How.ADDED, Role.REQUESTER): _("Partner %(partner)s added as requester"),
    (How.ADDED, Role.FUNDER): _("Partner %(partner)s added as funder"),
    (How.ADDED, Role.IMPLEMENTER): _("Partner %(partner)s added as implementer"),
    (How.ADDED, Role.PARTICIPANT): _("Partner %(partner)s added as participant"),
    (How.REMOVED, Role.HOST): _("Partner %(partner)s removed as host"),
    (How.REMOVED, Role.REQUESTER): _("Partner %(partner)s removed as requester"),
    (How.REMOVED, Role.FUNDER): _("Partner %(partner)s removed as funder"),
    (How.REMOVED, Role.IMPLEMENTER): _("Partner %(partner)s removed as implementer"),
    (How.REMOVED, Role.PARTICIPANT): _("Partner %(partner)s removed as participant"),
}
SOME_PARTNER = {
    How.ADDED: _("Partner %(partner)s added (%(role)s)"),
    How.REMOVED: _("Partner %(partner)s removed (%(role)s)"),
}
COUNTRIES = {
    How.ADDED: _("Country %(country)s added"),
    How.REMOVED: _("Country %(country)s removed"),
}
OBJECTIVES: Mapping[tuple[How, str], Words] = {
    (How.ADDED, FrameworkKind.PILLAR): _("Pillar %(objective)s added"),
    (How.ADDED, FrameworkKind.PRIORITY): _("Strategic priority %(objective)s added"),
    (How.ADDED, FrameworkKind.MANDATE): _("Mandate item %(objective)s added"),
    (How.ADDED, FrameworkKind.THEME): _("Policy theme %(objective)s added"),
    (How.ADDED, FrameworkKind.SECTOR): _("Justice sector %(objective)s added"),
    (How.REMOVED, FrameworkKind.PILLAR): _("Pillar %(objective)s removed"),
    (How.REMOVED, FrameworkKind.PRIORITY): _("Strategic priority %(objective)s removed"),
    (How.REMOVED, FrameworkKind.MANDATE): _("Mandate item %(objective)s removed"),
    (How.REMOVED, FrameworkKind.THEME): _("Policy theme %(objective)s removed"),
    (How.REMOVED, FrameworkKind.SECTOR): _("Justice sector %(objective)s removed"),
}
SOME_OBJECTIVE = {
    How.ADDED: _("Objective %(objective)s added"),
    How.REMOVED: _("Objective %(objective)s removed"),
}
PRIMARY = {
    True: _("Objective %(objective)s made primary"),
    False: _("Objective %(objective)s no longer primary"),
}


def tell_partner(change: Change, telling: Telling) -> list[Told]:
    if change.how == How.REORDERED:
        in_order = ", ".join(
            telling.names.name("partner", part["partner"]).text for part in change.after
        )
        reordered = _("Partners put in another order: %(partners)s")
        return [Told(name=change.name, sentence=Sentence(reordered, {"partners": Said(in_order)}))]
    part = change.after or change.before
    words = PARTNERS.get((change.how, part["role"]), SOME_PARTNER[change.how])
    names = {
        "partner": telling.names.name("partner", part["partner"]),
        "role": Said(str(part["role"])),
    }
    return [Told(name=change.name, sentence=Sentence(words, names))]


def tell_country(change: Change, telling: Telling) -> list[Told]:
    country = telling.names.name("country", change.after or change.before)
    sentence = Sentence(COUNTRIES[change.how], {"country": country})
    return [Told(name=change.name, sentence=sentence)]


def tell_objective(change: Change, telling: Telling) -> list[Told]:
    """That it was added or removed; that it became primary; its reason."""
    before, after = change.before or {}, change.after or {}
    code = (after or before)["objective"]
    names = {"objective": telling.names.name("objective", code)}
    told = []
    if change.how != How.CHANGED:
        found = telling.names.record("objective", code)
        words = OBJECTIVES.get((change.how, found.kind)) if found else None
        told.append(Sentence(words or SOME_OBJECTIVE[change.how], names))
    if after and bool(before.get("primary")) != after["primary"]:
        told.append(Sentence(PRIMARY[after["primary"]], names))
    sentences = [Told(name=change.name, sentence=sentence) for sentence in told]
    return [*sentences, *_tell_reason(change, before, after, names, telling)]


def _tell_reason(
    change: Change, before: dict, after: dict, names: dict[str, Said], telling: Telling
) -> list[Told]:
    """Nothing of the reason of an alignment that is gone with it."""
    was, now = before.get("reason", ""), after.get("reason", "")
    if not after or was == now:
        return []
    label = _("Reason for %(objective)s") % {"objective": names["objective"].text}
    return [
        Told(
            name=change.name,
            label=label,
            before=Said(was, telling.before.get("text_language", "")) if was else None,
            after=Said(now, telling.after.get("text_language", "")) if now else None,
        )
    ]


def call_engagement(engagement: Engagement) -> Said:
    title = bilingual(engagement, "title")
    return Said(f"{engagement.reference} {title.text}", title.language)


TEXTS = ("purpose", "outcome", "lessons", "place", "csc_posts", "paid_by")

register_words(
    RecordWords(
        kind="engagement",
        called=_("engagement"),
        called_many=_("engagements"),
        name=call_engagement,
        address=Engagement.get_absolute_url,
        level=lambda engagement: engagement.sensitivity,
        labels={
            "stage_reason": _("Reason for the stage"),
            "start": _("Start"),
            "end": _("End"),
            "decided_at": _("Decided at"),
            "decided_by": _("Decided by"),
            "origin": _("Where it came from"),
            "logged_at": _("Logged at"),
            "logged_by": _("Logged by"),
        },
        lists={
            "partners": Elements(tell=tell_partner, looks_up={"partner": "partner"}),
            "countries": Elements(tell=tell_country, looks_up={"": "country"}),
            "objectives": Elements(tell=tell_objective, looks_up={"objective": "objective"}),
        },
        written_in=dict.fromkeys(TEXTS, "text_language"),
        # Who decided, and when, is said of the act itself.
        untold=frozenset({"decided_at", "decided_by"}),
        readable=lambda user: Engagement.objects.visible_to(user).logged(),
    )
)

# Restricted notes

PEOPLE = {
    How.ADDED: _("%(person)s may read it"),
    How.REMOVED: _("%(person)s may no longer read it"),
}


def tell_reader(change: Change, telling: Telling) -> list[Told]:
    person = telling.names.name("person", change.after or change.before)
    return [Told(name=change.name, sentence=Sentence(PEOPLE[change.how], {"person": person}))]


def call_note(note: Note) -> Said:
    words = _("Restricted note on %(reference)s")
    return Said(words % {"reference": note.engagement.reference})


def told_of_then(user: User, pks: list[int] | None) -> Q:
    """The revisions of notes that named the person before the act and after it, as those of their own.

    Whoever is named later does not come by what was taken out of the note before. `pks` are the notes asked
    about; None: all.
    """
    readable = Note.objects.readable_by(user)
    if pks is not None:
        readable = readable.filter(pk__in=pks)
    columns = ("people", "office", "written_by")
    paths = [f"{state}__{name}" for state in ("state", "previous__state") for name in columns]
    revisions = Revision.objects.of_kind("note").filter(record_id__in=readable.values("pk"))
    return Q(
        pk__in=[
            pk
            for pk, previous, *told in revisions.values_list("pk", "previous", *paths)
            if names(user, *told[:3]) and (previous is None or names(user, *told[3:]))
        ]
    )


def names(user: User, people: list[int], office: str | None, author: int) -> bool:
    in_office = bool(office and user.office and user.office.code == office)
    return user.pk in people or user.pk == author or in_office


register_words(
    RecordWords(
        kind="note",
        called=_("restricted note"),
        called_many=_("restricted notes"),
        name=call_note,
        address=lambda note: f"{note.engagement.get_absolute_url()}#notes",
        with_parents=("engagement",),
        level=lambda note: note.level,
        labels={
            "office": _("Office that may read it"),
            "people": _("People who may read it"),
        },
        lists={"people": Elements(tell=tell_reader, looks_up={"": "person"})},
        written_in={"text": "text_language"},
        # Who wrote or withdrew it, and when, is said of the act itself.
        untold=frozenset({"written_at", "written_by", "withdrawn_at", "withdrawn_by"}),
        readable=Note.objects.readable_by,
        readable_then=told_of_then,
    )
)
