"""The portal's own map, and before it what the portal is compared with."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path

from benchmarks import signed_in
from benchmarks.ordinary import pages
from benchmarks.plain_admin import site
from config import urls

urlpatterns = [
    *i18n_patterns(
        path("empty/", pages.empty, name="empty"),
        path("ordinary/", pages.engagement_list, name="ordinary_list"),
        path("ordinary/dashboard/", pages.dashboard, name="ordinary_dashboard"),
        path("ordinary/<str:reference>/", pages.engagement_detail, name="ordinary_detail"),
        path("ordinary/<str:reference>/edit/", pages.engagement_edit, name="ordinary_edit"),
        path("by-hand/<int:key>/save/", signed_in.save, name="save_by_hand"),
        path("by-hand/<str:reference>/", signed_in.engagement, name="detail_by_hand"),
        path("plain/", site.urls),
    ),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500
