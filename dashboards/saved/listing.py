"""The views a person sees, each with what they do with it; and what is gone of what they used."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from common.prepared import ask_for
from common.text import sort_key
from dashboards.models import Rhythm, SavedView, SavedViewQuerySet, StartPage, Subscription
from dashboards.saved.words import InWords, in_words


@dataclass(frozen=True, kw_only=True)
class Entry:
    """`rhythm` is None where it is not mailed to the reader."""

    view: SavedView
    words: InWords
    is_start: bool
    rhythm: Rhythm | None
    is_own: bool
    may_delete: bool


@dataclass(frozen=True, kw_only=True)
class Lost:
    """What the person knew a view by that they may see no more, and what they did with it."""

    name: str
    was_start: bool
    was_mailed: bool


@dataclass(frozen=True, kw_only=True)
class Listing:
    mine: list[Entry]
    shared: list[Entry]
    lost: list[Lost]
    start: Entry | None

    def __bool__(self) -> bool:
        return bool(self.mine or self.shared)


def listing(person: User) -> Listing:
    views = views_of(person)
    words = in_words([(view.page, view.query) for view in views], reader=person)
    started, subscribed, lost = used_by(person, {view.pk for view in views})
    entries = [
        Entry(
            view=view,
            words=said,
            is_start=view.pk == started,
            rhythm=subscribed.get(view.pk),
            is_own=view.owner_id == person.pk,
            may_delete=may_delete(person, view),
        )
        for view, said in zip(views, words, strict=True)
    ]
    return Listing(
        mine=[entry for entry in entries if entry.is_own],
        shared=[entry for entry in entries if not entry.is_own],
        lost=lost,
        start=next((entry for entry in entries if entry.is_start), None),
    )


def views_of(person: User) -> list[SavedView]:
    """Those the person sees, by name."""
    found = ask_for(person, "views", _views_of)
    return sorted(found, key=lambda view: (sort_key(view.name), view.pk))


def _views_of(person: User) -> SavedViewQuerySet:
    return SavedView.objects.visible_to(person).select_related("owner__office", "office")


def used_by(person: User, seen: set[int]) -> tuple[int | None, dict[int, Rhythm], list[Lost]]:
    """The key of the start page, how each view is mailed, and of both what is gone."""
    start = StartPage.objects.filter(person=person).first()
    subscriptions = list(Subscription.objects.filter(person=person))
    lost: dict[str, Lost] = {}
    if start and start.view_id not in seen:
        lost[start.name] = Lost(name=start.name, was_start=True, was_mailed=False)
    for row in subscriptions:
        if row.view_id not in seen:
            was_start = row.name in lost and lost[row.name].was_start
            lost[row.name] = Lost(name=row.name, was_start=was_start, was_mailed=True)
    rhythms = {row.view_id: Rhythm(row.rhythm) for row in subscriptions if row.view_id in seen}
    return start.view_id if start else None, rhythms, list(lost.values())


def start_of(person: User) -> tuple[SavedView | None, str]:
    """The view the person starts with; or the name of one that is gone, to be told."""
    start = StartPage.objects.filter(person=person).select_related("view").first()
    if start is None:
        return None, ""
    if start.view and is_visible(start.view, person):
        return start.view, ""
    return None, start.name


def is_visible(view: SavedView, person: User) -> bool:
    """As SavedViewQuerySet.visible_to says of one that is at hand."""
    shared = view.office_id is not None and view.office_id == person.office_id
    return view.owner_id == person.pk or shared


def may_delete(person: User, view: SavedView) -> bool:
    """Its owner; once they have left, a manager of the office that it is shared with."""
    if view.owner_id == person.pk:
        return True
    has_left = not view.owner.is_active or view.owner.office_id != view.office_id
    return has_left and person.is_manager and is_visible(view, person)


def others_who_use(view: SavedView, person: User) -> int:
    """How many others start with it or have it mailed."""
    people: set[int] = set()
    for model in (StartPage, Subscription):
        rows = model.objects.filter(view=view, person__is_active=True)
        people |= set(rows.values_list("person", flat=True))
    return len(people - {person.pk})


def subscription(view: SavedView, person: User) -> Subscription | None:
    return Subscription.objects.filter(view=view, person=person).first()


def mailed_from_now(view: SavedView, rhythm: str) -> str:
    if not rhythm:
        return _("“%(name)s” is not mailed to you any more.") % {"name": view.name}
    day = Rhythm(rhythm).next_day(timezone.localdate()).isoformat()
    words = _("“%(name)s” is mailed to you, first on %(day)s.")
    return words % {"name": view.name, "day": day}


def words_of(page: str, query: str, person: User) -> InWords:
    (said,) = in_words([(page, query)], reader=person)
    return said
