from django.urls import path
from django.utils.translation import pgettext_lazy

from dashboards import views

app_name = "dashboards"
urlpatterns = [
    path("", views.home, name="home"),
    path(pgettext_lazy("path", "dashboard/"), views.overview, name="overview"),
    path(
        pgettext_lazy("path", "dashboard/alignment.csv"), views.alignment_csv, name="alignment_csv"
    ),
]
