from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EngagementsConfig(AppConfig):
    name = "engagements"
    verbose_name = _("Engagements")

    def ready(self) -> None:
        """Say which of its records have a history, and how it is told."""
        from engagements import history, history_words  # noqa: F401
