import datetime as dt

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from accounts.models import Unsaved


class Command(BaseCommand):
    help = (
        "Forget what people typed in forms and never saved, once it is old. Drafts are no part of it: "
        "they stay until their author logs them or throws them away. Run it once a day."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--days", type=int, default=30, help="what is older than that goes (default: 30)"
        )

    def handle(self, *args, days: int, **options) -> None:
        before = timezone.now() - dt.timedelta(days=days)
        gone, _each = Unsaved.objects.filter(saved_at__lt=before).delete()
        if options["verbosity"]:
            self.stdout.write(f"{gone} unsaved texts older than {days} days are gone.")
