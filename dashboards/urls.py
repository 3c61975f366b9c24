from django.urls import path
from django.utils.translation import pgettext_lazy

from dashboards import downloads, views
from dashboards.brief import views as briefs
from dashboards.changes import views as changes
from dashboards.partners import views as whom
from dashboards.places import views as where
from dashboards.saved import views as saved

app_name = "dashboards"
urlpatterns = [
    path("", views.home, name="home"),
    path(pgettext_lazy("path", "work/"), views.work, name="work"),
    path(pgettext_lazy("path", "dashboard/"), views.overview, name="overview"),
    path(
        pgettext_lazy("path", "dashboard/volume.csv"),
        downloads.block_csv,
        {"block": "volume"},
        name="volume_csv",
    ),
    path(
        pgettext_lazy("path", "dashboard/time.csv"),
        downloads.block_csv,
        {"block": "time"},
        name="time_csv",
    ),
    path(
        pgettext_lazy("path", "dashboard/completeness.csv"),
        downloads.block_csv,
        {"block": "completeness"},
        name="completeness_csv",
    ),
    path(
        pgettext_lazy("path", "dashboard/places.csv"),
        downloads.block_csv,
        {"block": "places"},
        name="places_csv",
    ),
    path(
        pgettext_lazy("path", "dashboard/alignment.csv"),
        downloads.block_csv,
        {"block": "alignment"},
        name="alignment_csv",
    ),
    path(
        pgettext_lazy("path", "dashboard/coverage.csv"),
        downloads.block_csv,
        {"block": "coverage"},
        name="coverage_csv",
    ),
    path(pgettext_lazy("path", "dashboard/places/"), where.places, name="places"),
    path(pgettext_lazy("path", "views/"), saved.view_list, name="views"),
    path(pgettext_lazy("path", "views/new/"), saved.view_create, name="view_create"),
    path(pgettext_lazy("path", "views/gone/"), saved.views_lost, name="views_lost"),
    path(pgettext_lazy("path", "views/<uuid:key>/"), saved.view_open, name="view"),
    path(pgettext_lazy("path", "views/<uuid:key>/edit/"), saved.view_edit, name="view_edit"),
    path(pgettext_lazy("path", "views/<uuid:key>/delete/"), saved.view_delete, name="view_delete"),
    path(pgettext_lazy("path", "views/<uuid:key>/start/"), saved.view_start, name="view_start"),
    path(pgettext_lazy("path", "views/<uuid:key>/mail/"), saved.view_mail, name="view_mail"),
    path(
        pgettext_lazy("path", "dashboard/dashboard.xlsx"),
        downloads.dashboard_xlsx,
        name="dashboard_xlsx",
    ),
    path(pgettext_lazy("path", "dashboard/brief/"), briefs.brief, name="brief"),
    path(pgettext_lazy("path", "dashboard/brief.docx"), briefs.brief_docx, name="brief_docx"),
    path(
        pgettext_lazy("path", "dashboard/partners.csv"),
        downloads.block_csv,
        {"block": "partners"},
        name="partners_csv",
    ),
    path(pgettext_lazy("path", "dashboard/partners/"), whom.partners, name="partners"),
    path(pgettext_lazy("path", "changes/"), changes.change_list, name="changes"),
    path(pgettext_lazy("path", "changes/export.csv"), changes.changes_csv, name="changes_csv"),
]
