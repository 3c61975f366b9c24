from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People and offices")

    def ready(self) -> None:
        """Say which of its records have a history, and how it is told."""
        from accounts import history, history_words  # noqa: F401
