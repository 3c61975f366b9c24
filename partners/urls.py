from django.urls import path
from django.utils.translation import pgettext_lazy

from partners.views import archive, detail, edit, history, list, putting_back

app_name = "partners"
urlpatterns = [
    path("", list.partner_list, name="list"),
    path(pgettext_lazy("path", "new/"), edit.partner_create, name="create"),
    path("<slug:code>/", detail.partner_detail, name="detail"),
    path(pgettext_lazy("path", "<slug:code>/history/"), history.partner_history, name="history"),
    path(
        pgettext_lazy("path", "<slug:code>/put-back/"),
        putting_back.partner_put_back,
        name="put_back",
    ),
    path(pgettext_lazy("path", "<slug:code>/edit/"), edit.partner_edit, name="edit"),
    path(pgettext_lazy("path", "<slug:code>/archive/"), archive.partner_archive, name="archive"),
    path(pgettext_lazy("path", "<slug:code>/restore/"), archive.partner_restore, name="restore"),
    path(pgettext_lazy("path", "<slug:code>/verify/"), archive.partner_verify, name="verify"),
]
