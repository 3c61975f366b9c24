"""The map of the site."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import pgettext_lazy

from accounts.views import front_door
from config import health
from config.gallery import gallery

urlpatterns = [
    path("", front_door, name="front_door"),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    *i18n_patterns(
        path("", include("dashboards.urls")),
        path("", include("accounts.urls")),
        path("engagements/", include("engagements.urls")),
        path(pgettext_lazy("path", "search/"), include("engagements.search_urls")),
        path(pgettext_lazy("path", "import/"), include("engagements.import_urls")),
        path(pgettext_lazy("path", "partners/"), include("partners.urls")),
        path(pgettext_lazy("path", "objectives/"), include("objectives.urls")),
        path("admin/", admin.site.urls),
        *([path("gallery/", gallery, name="gallery")] if settings.GALLERY else []),
    ),
]

handler400 = "common.errors.bad_request"
handler403 = "common.errors.refused"
handler404 = "common.errors.missing"
handler500 = "common.errors.broken"
