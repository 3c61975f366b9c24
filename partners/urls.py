from django.urls import path
from django.utils.translation import pgettext_lazy

from partners.views import archive, detail, edit, history, list, putting_back
from partners.views.contacts import edit as editing
from partners.views.contacts import history as contact_history
from partners.views.contacts import leaving
from partners.views.contacts import list as contact_list
from partners.views.contacts import putting_back as contact_back

app_name = "partners"
contacts = [
    path(
        pgettext_lazy("path", "<slug:code>/contacts/"), contact_list.contact_list, name="contacts"
    ),
    path(
        pgettext_lazy("path", "<slug:code>/contacts/new/"),
        editing.contact_create,
        name="contact_create",
    ),
    path(
        pgettext_lazy("path", "<slug:code>/contacts/<uuid:key>/edit/"),
        editing.contact_edit,
        name="contact_edit",
    ),
    path(
        pgettext_lazy("path", "<slug:code>/contacts/<uuid:key>/history/"),
        contact_history.contact_history,
        name="contact_history",
    ),
    path(
        pgettext_lazy("path", "<slug:code>/contacts/<uuid:key>/put-back/"),
        contact_back.contact_put_back,
        name="contact_put_back",
    ),
    path(
        pgettext_lazy("path", "<slug:code>/contacts/<uuid:key>/no-longer-there/"),
        leaving.contact_retire,
        name="contact_retire",
    ),
    path(
        pgettext_lazy("path", "<slug:code>/contacts/<uuid:key>/bring-back/"),
        leaving.contact_bring_back,
        name="contact_bring_back",
    ),
]
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
    *contacts,
]
