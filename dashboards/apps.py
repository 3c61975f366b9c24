from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DashboardsConfig(AppConfig):
    name = "dashboards"
    verbose_name = _("Dashboards")

    def ready(self) -> None:
        """Say which of its records have a history, and how it is told."""
        from dashboards import history, history_words  # noqa: F401
