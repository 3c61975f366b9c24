from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ObjectivesConfig(AppConfig):
    name = "objectives"
    verbose_name = _("Objectives")

    def ready(self) -> None:
        """Say which of its records have a history, and how it is told."""
        from objectives import history, history_words  # noqa: F401
