from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from dashboards.saved.sending import send_due


class Command(BaseCommand):
    help = (
        "Mail the saved views that people subscribed to: weekly ones once a week, from Monday on, "
        "monthly ones once a month. Run it once a day; run twice, it sends nothing twice."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="say what is due, and send nothing"
        )

    def handle(self, *args, dry_run: bool, **options) -> None:
        if not settings.SITE_ADDRESS:
            raise CommandError(
                "Set the environment variable SITE_ADDRESS: where the portal is reached, such as "
                "https://liaison.example, for the links in its mails."
            )
        failed = sent = would_send = 0
        for outcome in send_due(dry_run=dry_run):
            failed, sent = failed + outcome.failed, sent + outcome.sent
            would_send += outcome.would_send
            stream = self.stderr if outcome.failed else self.stdout
            if outcome.failed or options["verbosity"]:
                stream.write(str(outcome))
        if options["verbosity"]:
            self.stdout.write(f"{would_send} would be sent." if dry_run else f"{sent} sent.")
        if failed:
            raise CommandError(f"{failed} could not be sent. The next run tries them again.")
