"""Pages of revisions: the whole history of a record, the latest of it on the record's own page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Max, Window
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from common.history.filters import PAGING, ChangeFilter, RecordChangeFilter
from common.history.models import Revision, RevisionQuerySet
from common.history.said import Known, Said
from common.history.telling import Entry, entries
from common.history.tracking import kind_of
from common.marking import marking_of
from common.pagination import NoSuchPage, paginate

LATEST, A_PAGE = 5, 25


@dataclass(frozen=True, kw_only=True)
class Latest:
    """What the record's own page shows of its history; `count` and `marking` are of all one may read."""

    entries: list[Entry]
    count: int
    marking: int
    address: str

    @property
    def revisions(self) -> list[Revision]:
        return [entry.revision for entry in self.entries]


def latest(revisions: RevisionQuerySet) -> RevisionQuerySet:
    """The last few, each with what `latest_of` tells of all."""
    of_all = {"count": Window(Count("pk")), "marking": Window(Max("sensitivity"))}
    return revisions.for_reading().annotate(**of_all).newest_first()[:LATEST]


def latest_of(
    revisions: RevisionQuerySet | list[Any], *, address: str, known: Known | None = None
) -> Latest:
    """Of a whole history, or of what `latest` has found of it.

    `address` is that of the page with the whole history; `known`: records at hand that it may name.
    """
    found: list[Any] = revisions if isinstance(revisions, list) else list(latest(revisions))
    return Latest(
        entries=entries(found, known=known),
        count=found[0].count if found else 0,
        marking=found[0].marking if found else 0,
        address=address,
    )


def show_history(
    request: HttpRequest,
    record: Any,
    revisions: RevisionQuerySet,
    *,
    name: str,
    heading: Said,
    crumbs: list[tuple[str, str]],
    audience: str,
    marking: int = 0,
    **verbs: Any,
) -> HttpResponse:
    """The whole history of one record. `name` is the record's in the title of the page, which a browser
    keeps; `crumbs` are label and address of the pages above; `marking` is that of the heading. `verbs`:
    `entry_verbs`, see history/_table.html, and what that template reads.
    """
    kind = kind_of(record).kind
    return show_changes(
        request,
        "history/record.html",
        RecordChangeFilter(request.GET, revisions, kind=kind),
        size=A_PAGE,
        marking=marking,
        kind=kind,
        record=record,
        name=name,
        heading=heading,
        crumbs=[{"label": label, "url": url} for label, url in crumbs],
        audience=audience,
        **verbs,
    )


def show_changes(
    request: HttpRequest,
    template: str,
    filters: ChangeFilter,
    *,
    size: int,
    with_records: bool = False,
    marking: int = 0,
    **context: Any,
) -> HttpResponse:
    """What the filter finds, newest first, a page of it; or the problem with the address.

    `template` holds a partial `results`, for HTMX. `with_records`: of many records, each of them named.
    `marking` is that of what the page shows besides.
    """
    partial = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    name = f"{template}#results" if partial else template
    context |= {"filters": filters, "problems": filters.problems, "marking": marking}
    context["with_records"] = with_records
    if filters.problems:
        # A part that HTMX asked for is shown with 422; other refusals it only tells of.
        return render(request, name, context, status=422 if partial else 400)
    context["marking"] = marking_of(marking, *filters.counted())
    try:
        page = paginate(request, filters.listed(), size=size)
    except NoSuchPage as missing:
        return render(request, name, context | {"missing": missing}, status=404)
    shown = entries(list(page), with_records=with_records)
    context |= {"page": page, "entries": shown}
    response = render(request, name, context)
    if partial:
        response["HX-Push-Url"] = address(request, filters)
    return response


def address(request: HttpRequest, filters: ChangeFilter) -> str:
    """The address to share: what is chosen, without the form's empty fields."""
    kept = [(name, request.GET[name]) for name in PAGING if request.GET.get(name)]
    query = urlencode([*filters.pairs, *kept])
    return f"{request.path}?{query}" if query else request.path
