from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class EngagementsConfig(AppConfig):
    name = "engagements"
    verbose_name = _("Engagements")

    def ready(self) -> None:
        """Say which of its records have a history and how it is told, and see to what is kept beside them."""
        from engagements import history, history_words  # noqa: F401
        from engagements.index import noting
        from engagements.search.index import keep_index

        post_migrate.connect(keep_index, sender=self)
        pre_migrate.connect(noting.before_migrations, sender=self)
        post_migrate.connect(noting.after_migrations, sender=self)
