from django.core.management.base import BaseCommand, CommandError

import accounts.reference
import objectives.reference
import partners.reference
from common.history.recording import recording
from common.reference import BadReference

KINDS = ["office", "framework", "objective", "region", "country", "partner"]


class Command(BaseCommand):
    help = (
        "Bring offices, frameworks, objectives, regions, countries and partners into step with the "
        "files in accounts/reference, objectives/reference and partners/reference. All or nothing; "
        "what an administrator edited stays as it is."
    )

    def handle(self, *args, **options) -> None:
        try:
            with recording(by=None, act="loaded", kinds_watched=KINDS):
                tallies = [
                    *accounts.reference.load(),
                    *objectives.reference.load(),
                    *partners.reference.load(),
                ]
        except BadReference as error:
            said = str(error).rstrip(".")
            raise CommandError(f"{said}. Nothing was loaded.") from error
        if options["verbosity"]:
            for tally in tallies:
                self.stdout.write(str(tally))
