from django.core.management.base import BaseCommand

from engagements.search.index import rebuild


class Command(BaseCommand):
    help = (
        "Make anew what search reads of every engagement, and the index of it. `migrate` does so by itself "
        "where it is missing; nothing else is changed."
    )

    def handle(self, *args, verbosity: int, **options) -> None:
        changed = rebuild()
        if verbosity:
            self.stdout.write(
                f"The search index is made anew. Texts that were out of step: {changed}."
            )
