from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from common.translations import compile_catalogues


class Command(BaseCommand):
    help = "Compile the translations that changed; needs no GNU gettext."
    requires_system_checks = []

    def handle(self, *args: object, **options: object) -> None:
        for po in compile_catalogues(settings.LOCALE_PATHS):
            self.stdout.write(f"Compiled {po.relative_to(Path(settings.BASE_DIR))}")
