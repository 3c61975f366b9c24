"""The figures taken away as files: a block as CSV, all of them as one workbook."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_safe

from accounts.access import everyone_signed_in
from accounts.http import PortalRequest
from common.marking import marked_name
from dashboards import blocks, exports
from dashboards.blocks import Scope
from dashboards.options import options_of
from dashboards.said import filter_in_words, filter_said, options_said
from dashboards.views import filter_of, refuse
from dashboards.workbook.book import titles, to_xlsx
from engagements import counting
from engagements.counting import highest_sensitivity
from engagements.exports.keeping import put_file_on_record
from engagements.models import Export

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a block's file is called.
FILE_NAMES: dict[str, Any] = {
    "volume": pgettext_lazy("file name", "volume"),
    "alignment": pgettext_lazy("file name", "alignment"),
    "coverage": pgettext_lazy("file name", "coverage"),
    "partners": pgettext_lazy("file name", "partners"),
    "places": pgettext_lazy("file name", "places"),
    "time": pgettext_lazy("file name", "time"),
    "completeness": pgettext_lazy("file name", "completeness"),
}


@require_safe
@everyone_signed_in
def block_csv(request: PortalRequest, block: str) -> HttpResponse:
    """A block of exactly what is filtered, shown as the page shows it."""
    filters, options = filter_of(request), options_of(request.GET)
    if filters.problems or options.problems:
        return refuse(request, filters, options)
    scope = blocks.scope_of(filters, timezone.localdate(), options)
    found = blocks.IN_FULL[block](scope)
    if found is None:
        raise Http404
    marking = highest_sensitivity(told_beyond(found), *blocks.counted(scope, block))
    put_on_record(request, scope, Export.Format.CSV, marking, block=block)
    lines = exports.framed(
        exports.LINES[block](found),
        scope=scope,
        marking=marking,
        by_objective=block in exports.BY_OBJECTIVE,
    )
    return attachment(
        exports.as_csv(lines),
        name=marked_name(f"{FILE_NAMES[block]}-{scope.today.isoformat()}.csv", marking),
        content_type="text/csv; charset=utf-8",
    )


@require_safe
@everyone_signed_in
def dashboard_xlsx(request: PortalRequest) -> HttpResponse:
    """Every block of exactly what is filtered."""
    filters, options = filter_of(request), options_of(request.GET)
    if filters.problems or options.problems:
        return refuse(request, filters, options)
    scope = blocks.scope_of(filters, timezone.localdate(), options)
    found = {name: blocks.IN_FULL[name](scope) for name in blocks.BLOCKS if name in exports.LINES}
    beyond = map(told_beyond, found.values())
    marking = highest_sensitivity(*beyond, *blocks.counted(scope))
    put_on_record(request, scope, Export.Format.XLSX, marking)
    stem = pgettext("file name", "dashboard")
    absolute = request.build_absolute_uri
    return attachment(
        to_xlsx(scope, found, marking=marking, at=timezone.now(), absolute=absolute),
        name=marked_name(f"{stem}-{scope.today.isoformat()}.xlsx", marking),
        content_type=XLSX,
    )


def put_on_record(
    request: PortalRequest, scope: Scope, format: str, marking: int, *, block: str = ""
) -> None:
    """That the figures were taken away: all of them, or those of a block."""
    if request.method != "GET":
        return

    def words() -> str:
        said = [*filter_said(scope.filters), *options_said(scope, by_objective=False)]
        shown = list(map(str, said)) or [filter_in_words(scope.filters)]
        return _("; ").join([titles()[block][0], *shown] if block else shown)

    put_file_on_record(
        by=request.user,
        words=words,
        what=Export.What.FIGURES,
        format=format,
        query="&".join(filter(None, (scope.filters.query, scope.options.query))),
        count=counting.count(scope.engagements),
        sensitivity=marking,
    )


def told_beyond(block: dict[str, Any] | None) -> int:
    """A block that tells more than the filter leaves says how that is marked."""
    return block.get("marking", 0) if block else 0


def attachment(content: str | bytes, *, name: str, content_type: str) -> HttpResponse:
    """A file the browser keeps instead of showing it. `name` is ASCII: letters, digits, - and a dot."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)
