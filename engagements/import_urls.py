from django.urls import path
from django.utils.translation import pgettext_lazy

from engagements.views.imports import (
    columns,
    load,
    preview,
    questions,
    remembered,
    start,
    table,
    undo,
)

app_name = "imports"
urlpatterns = [
    path("", start.import_start, name="start"),
    path(pgettext_lazy("path", "remembered/"), remembered.import_remembered, name="remembered"),
    # One load, in the order of its steps
    path("<uuid:key>/", load.import_load, name="load"),
    path(pgettext_lazy("path", "<uuid:key>/table/"), table.import_table, name="table"),
    path(pgettext_lazy("path", "<uuid:key>/columns/"), columns.import_columns, name="columns"),
    path(
        pgettext_lazy("path", "<uuid:key>/questions/"),
        questions.import_questions,
        name="questions",
    ),
    path(pgettext_lazy("path", "<uuid:key>/preview/"), preview.import_preview, name="preview"),
    path(pgettext_lazy("path", "<uuid:key>/progress/"), load.import_progress, name="progress"),
    # What comes after
    path(pgettext_lazy("path", "<uuid:key>/left-out/"), load.import_left_out, name="left_out"),
    path(pgettext_lazy("path", "<uuid:key>/undo/"), undo.import_undo, name="undo"),
    path(pgettext_lazy("path", "<uuid:key>/forget/"), load.import_forget, name="forget"),
]
