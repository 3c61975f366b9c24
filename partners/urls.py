from django.urls import path
from django.utils.translation import pgettext_lazy

from partners import views

app_name = "partners"
urlpatterns = [
    path("", views.partner_list, name="list"),
    path(pgettext_lazy("path", "new/"), views.partner_create, name="create"),
    path("<slug:code>/", views.partner_detail, name="detail"),
    path(pgettext_lazy("path", "<slug:code>/edit/"), views.partner_edit, name="edit"),
    path(pgettext_lazy("path", "<slug:code>/archive/"), views.partner_archive, name="archive"),
    path(pgettext_lazy("path", "<slug:code>/restore/"), views.partner_restore, name="restore"),
]
