"""What people do with saved views: save, amend and delete one, start with it, have it mailed.

A view shared with an office is on record with every change; one that is its owner's alone is not.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import Office, User
from common.history.recording import recording, unrecorded
from dashboards.models import Rhythm, SavedView, StartPage, Subscription

FIELDS = ("name", "page", "query", "office")


class MovedOn(Exception):
    """Somebody, in another tab perhaps, saved the view since the form was opened."""

    def __init__(self, current: SavedView) -> None:
        super().__init__(current.version)
        self.current = current


class NameTaken(Exception):
    """The person has another view of this name."""


@transaction.atomic
def save_view(
    *,
    by: User,
    name: str,
    page: str,
    query: str,
    office: Office | None = None,
    key: uuid.UUID | None = None,
) -> SavedView:
    """A new view. `key` is that of the form: sent twice, it is the same view, as it was sent last."""
    told: dict[str, Any] = {"name": name, "page": page, "query": query, "office": office}
    if known := of_this_form(key, by):
        return amend_view(by=by, view=known, version=known.version, **told)
    if key and SavedView.objects.filter(key=key).exclude(owner=by).exists():
        key = None  # another person's: nobody learns that from here
    view = SavedView(owner=by, key=key or uuid.uuid4(), **told)
    try:
        with recorded(view, by=by, act="added", was_shared=False, is_shared=office is not None):
            write(view)
    except NameTaken:
        if known := of_this_form(key, by):  # the same form, sent at the same moment
            return amend_view(by=by, view=known, version=known.version, **told)
        raise
    return view


def of_this_form(key: uuid.UUID | None, person: User) -> SavedView | None:
    """The view that was saved from the open form `key`."""
    return SavedView.objects.filter(key=key, owner=person).first() if key else None


@transaction.atomic
def amend_view(
    *,
    by: User,
    view: SavedView,
    version: int,
    name: str,
    page: str,
    query: str,
    office: Office | None,
) -> SavedView:
    """Raises MovedOn where it is not the version that was seen and says something else by now.

    SavedView.DoesNotExist where it was just deleted.
    """
    held = (
        SavedView.objects.select_for_update(of=("self",)).select_related("office").get(pk=view.pk)
    )
    wanted = {"name": name, "page": page, "query": query, "office": office}
    if all(getattr(held, field) == value for field, value in wanted.items()):
        return held
    if held.version != version:
        raise MovedOn(held)
    was_shared = held.office_id is not None
    for field, value in wanted.items():
        setattr(held, field, value)
    held.version += 1
    held.changed_at = timezone.now()
    act = "amended" if was_shared else "shared"
    with recorded(held, by=by, act=act, was_shared=was_shared, is_shared=office is not None):
        write(held)
    return held


@transaction.atomic
def delete_view(*, by: User, view: SavedView) -> None:
    """It is gone for everybody. Who started with it or had it mailed is told so on their pages."""
    held = SavedView.objects.select_for_update().filter(pk=view.pk).first()
    if held is None:
        return
    shared = held.office_id is not None
    with recorded(held, by=by, act="deleted", was_shared=shared, is_shared=False):
        for model in (StartPage, Subscription):
            # The owner knows: they are told nothing they have just done.
            model.objects.filter(view=held, person=by).delete()
        held.delete()


@contextmanager
def recorded(
    view: SavedView, *, by: User, act: str, was_shared: bool, is_shared: bool
) -> Iterator[None]:
    """On record from when it is shared; while it is private again nothing is, as of a draft."""
    if not was_shared and not is_shared:
        with unrecorded():
            yield
        return
    with recording(by=by, act=act, records=[view] if was_shared else []) as kept:
        yield
        if is_shared and not was_shared:
            kept.made(view)


def write(view: SavedView) -> None:
    """Save it; NameTaken where another tab was quicker with the same name, or this form with its key."""
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as refused:
        others = SavedView.objects.of(view.owner).exclude(pk=view.pk)
        if others.filter(Q(name=view.name) | Q(key=view.key)).exists():
            raise NameTaken from refused
        raise


# What a person does with a view, for themselves


@transaction.atomic
def start_with(*, by: User, view: SavedView) -> None:
    """Begin with this view from now on. Raises SavedView.DoesNotExist where it was just deleted."""
    SavedView.objects.select_for_update().get(pk=view.pk)
    StartPage.objects.update_or_create(person=by, defaults={"view": view, "name": view.name})


def stop_starting(*, by: User, view: SavedView) -> None:
    """Begin with the home page again, if it was this view."""
    StartPage.objects.filter(person=by, view=view).delete()


@transaction.atomic
def subscribe(*, by: User, view: SavedView, rhythm: str) -> None:
    """Have it mailed from the next week or month on; not at all where `rhythm` is "".

    Raises SavedView.DoesNotExist where it was just deleted.
    """
    SavedView.objects.select_for_update().get(pk=view.pk)
    mine = Subscription.objects.filter(person=by, view=view)
    if not rhythm:
        mine.delete()
        return
    if mine.filter(rhythm=rhythm).exists():
        mine.update(name=view.name)
        return
    period = Rhythm(rhythm).period(timezone.localdate())
    told = {"rhythm": rhythm, "name": view.name, "last_period": period, "claimed_at": None}
    Subscription.objects.update_or_create(person=by, view=view, defaults=told)


def forget_lost(*, by: User) -> int:
    """What the person started with or had mailed and may see no more: they have been told."""
    gone = 0
    for model in (StartPage, Subscription):
        rows = model.objects.filter(person=by)
        lost = rows.exclude(view__in=SavedView.objects.visible_to(by).values("pk"))
        gone += lost.count()
        model.objects.filter(pk__in=list(lost.values_list("pk", flat=True))).delete()
    return gone
