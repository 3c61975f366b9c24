"""Generate engagements by the ten thousand, or take them away again."""

import time
from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from engagements.generating import making
from objectives.models import Framework
from partners.models import Partner


class Command(BaseCommand):
    help = (
        "Generate engagements to try the portal at size: ten fiscal years of them, of every kind, stage "
        "and sensitivity, each with its history. They say so themselves, and --remove takes them away."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--count", type=int, default=10_000, help="how many (10000)")
        parser.add_argument(
            "--seed", type=int, default=1, help="the same seed generates the same ones (1)"
        )
        parser.add_argument(
            "--remove", action="store_true", help="take away all that were ever generated here"
        )

    def handle(self, *, count: int, seed: int, remove: bool, verbosity: int, **options) -> None:
        began = time.monotonic()
        said = self.remove() if remove else self.generate(count, seed, verbosity)
        if verbosity:
            self.stdout.write(f"{said} It took {time.monotonic() - began:.0f} s.")

    def remove(self) -> str:
        return f"Took away {making.remove():,} generated engagements, with their history."

    def generate(self, count: int, seed: int, verbosity: int) -> str:
        if not settings.DEMONSTRATION:
            raise CommandError(
                "This copy is not for demonstrations (the setting DEMONSTRATION is off, as it always is "
                "in production): its records are real, and nothing invented may stand among them."
            )
        if count < 1:
            raise CommandError("Give a --count of 1 or more.")
        if not (Framework.objects.exists() and Partner.objects.exists()):
            raise CommandError("Run manage.py load_reference first. Nothing was generated.")

        def told(made: int) -> None:
            if verbosity > 1:
                self.stdout.write(f"{made:,} of {count:,}")

        making.generate(count=count, seed=seed, told=told)
        return (
            f"Generated {count:,} engagements; there are {making.generated():,} of them here now."
        )
