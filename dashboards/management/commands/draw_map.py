from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from dashboards.world.files import draw


class Command(BaseCommand):
    help = (
        "Draw the map of the world from the installed shapes, where it is missing or out of date."
    )
    requires_system_checks = []

    def handle(self, *args: object, **options: object) -> None:
        for path in draw():
            self.stdout.write(f"Drew {path.relative_to(Path(settings.BASE_DIR))}")
