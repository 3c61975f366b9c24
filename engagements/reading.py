"""One engagement as it is read: what it serves by framework, what is missing, who took part."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext as _

from accounts.models import Sensitivity, User
from accounts.people import in_reading_order
from engagements import notes
from engagements.models import Alignment, Engagement, Note, Participation
from objectives.models import Framework
from partners.models import FormerName, Partner


@dataclass(frozen=True, kw_only=True)
class Served:
    """A framework and the alignments with its objectives."""

    framework: Framework
    alignments: list[Alignment]
    # In force only after the engagement: the earliest of its kind serves what is older too.
    is_younger: bool


@dataclass(frozen=True, kw_only=True)
class Taker:
    """A partner, once, with all its roles."""

    partner: Partner
    name_then: FormerName | Partner
    roles: list[str]
    other_engagements: int

    @property
    def was_renamed(self) -> bool:
        return self.name_then is not self.partner


@dataclass(frozen=True, kw_only=True)
class NoteShown:
    """A restricted note, who may read it in words, and what its reader may do about it."""

    note: Note
    readers: list[str]
    may_amend: bool
    may_withdraw: bool
    may_bring_back: bool


def frameworks_served(engagement: Engagement) -> list[Served]:
    """In the order people read them."""
    grouped = groupby(engagement.alignments.all(), key=lambda a: a.objective.framework)
    return [
        Served(
            framework=framework,
            alignments=list(alignments),
            is_younger=not framework.starts_by(engagement.framework_day),
        )
        for framework, alignments in grouped
    ]


def gaps(in_force: Iterable[str], served: Iterable[Served]) -> list[str]:
    """Of the kinds of framework in force on its day, those of which nothing is chosen."""
    chosen = {one.framework.kind for one in served}
    return [kind for kind in in_force if kind not in chosen]


def takers(
    engagement: Engagement, *, reader: User, others: Mapping[int, int] | None = None
) -> list[Taker]:
    """Who took part, in order, each with what else of it the reader may see.

    `others`: partner → how many other engagements that is, where it is at hand.
    """
    parts: dict[Partner, list[str]] = {}
    for part in engagement.participations.all():
        parts.setdefault(part.partner, []).append(part.get_role_display())
    if others is None:
        others = _other_engagements(engagement, parts, reader=reader)
    return [
        Taker(
            partner=partner,
            name_then=partner.name_on(engagement.framework_day),
            roles=roles,
            other_engagements=others.get(partner.pk, 0),
        )
        for partner, roles in parts.items()
    ]


def _other_engagements(
    engagement: Engagement, partners: Iterable[Partner], *, reader: User
) -> dict[int, int]:
    visible = Engagement.objects.visible_to(reader).logged().filter(pk=OuterRef("engagement"))
    parts = Participation.objects.filter(Exists(visible), partner__in=list(partners))
    parts = parts.exclude(engagement=engagement.pk)
    counted = parts.order_by().values_list("partner").annotate(Count("engagement", distinct=True))
    return dict(counted)


def notes_shown(engagement: Engagement, *, reader: User) -> list[NoteShown]:
    """The restricted notes the reader may read, in order; whoever may read none finds none."""
    readable = Note.objects.readable_by(reader).filter(engagement=engagement)
    return [
        NoteShown(
            note=note,
            readers=who_may_read(note),
            may_amend=notes.may_amend(reader, note),
            may_withdraw=notes.may_withdraw(reader, note),
            may_bring_back=notes.may_bring_back(reader, note),
        )
        for note in readable.for_reading()
    ]


def who_may_read(note: Note) -> list[str]:
    """Its author, the people it names and its office, each in words."""
    words = [_("%(who)s, who wrote it") % {"who": note.written_by}]
    for person in in_reading_order(note.readers.all()):
        may = person.is_active and person.clearance >= note.level
        told = "%(who)s" if may else _("%(who)s, who is named but may no longer read it")
        words.append(told % {"who": person})
    if note.office and note.level:
        told = _("everyone of %(office)s cleared to %(level)s")
        words.append(told % {"office": note.office, "level": Sensitivity(note.level).label})
    elif note.office:
        words.append(_("everyone of %(office)s") % {"office": note.office})
    return words
