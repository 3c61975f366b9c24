from django.urls import path
from django.utils.translation import pgettext_lazy

from dashboards import downloads, views
from dashboards.changes import views as changes

app_name = "dashboards"
urlpatterns = [
    path("", views.home, name="home"),
    path(pgettext_lazy("path", "dashboard/"), views.overview, name="overview"),
    path(
        pgettext_lazy("path", "dashboard/alignment.csv"),
        downloads.block_csv,
        {"block": "alignment"},
        name="alignment_csv",
    ),
    path(pgettext_lazy("path", "changes/"), changes.change_list, name="changes"),
    path(pgettext_lazy("path", "changes/export.csv"), changes.changes_csv, name="changes_csv"),
]
