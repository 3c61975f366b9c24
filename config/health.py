"""Whether the process answers, and whether it can do its work. Open to what watches it."""

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import everyone


@never_cache
@require_safe
@everyone
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
@everyone
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and every migration has run; 503 with the reason otherwise."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error:  # of the database, or of the connection to it
        return HttpResponse("the database does not answer\n", content_type="text/plain", status=503)
    if waiting:
        text = f"{len(waiting)} migrations have not run\n"
        return HttpResponse(text, content_type="text/plain", status=503)
    return HttpResponse("ready\n", content_type="text/plain")
