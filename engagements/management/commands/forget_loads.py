import datetime as dt

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from engagements.models import Load


class Command(BaseCommand):
    help = (
        "Forget the files of loads that are old, with what was answered about them. A load of which nothing "
        "was loaded goes as a whole; of the others stays where each record came from. Run it once a day."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        days = settings.LOAD_KEPT_DAYS
        parser.add_argument(
            "--days", type=int, default=days, help=f"what is older than that goes (default: {days})"
        )

    def handle(self, *args, days: int, **options) -> None:
        before = timezone.now() - dt.timedelta(days=days)
        loaded = Load.objects.exclude(loaded_at=None).filter(loaded_at__lt=before)
        emptied = loaded.exclude(book=b"").update(book=b"", content=None, plan=None, answers={})
        gone = Load.objects.filter(loaded_at=None, made_at__lt=before).delete()[1]
        if options["verbosity"]:
            told = f"{gone.get('engagements.Load', 0)} loads older than {days} days are gone, "
            self.stdout.write(told + f"{emptied} have lost their file.")
