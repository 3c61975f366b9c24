from django.urls import path
from django.utils.translation import pgettext_lazy

from objectives import views

app_name = "objectives"
urlpatterns = [
    path("", views.objective_list, name="list"),
    path(
        pgettext_lazy("path", "frameworks/<slug:code>/"), views.framework_detail, name="framework"
    ),
    path(
        pgettext_lazy("path", "frameworks/<slug:code>/adopt/"), views.framework_adopt, name="adopt"
    ),
    path(
        pgettext_lazy("path", "frameworks/<slug:code>/history/"),
        views.framework_history,
        name="framework_history",
    ),
    path(
        pgettext_lazy("path", "frameworks/<slug:code>/put-back/"),
        views.framework_put_back,
        name="framework_put_back",
    ),
    path("<slug:code>/", views.objective_detail, name="detail"),
    path(pgettext_lazy("path", "<slug:code>/history/"), views.objective_history, name="history"),
    path(pgettext_lazy("path", "<slug:code>/put-back/"), views.objective_put_back, name="put_back"),
]
