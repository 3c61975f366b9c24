"""Load the demonstration, and say how to sign in to it."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.demonstration import (
    DEFAULT_PASSWORD,
    chosen_password,
    enlist,
    password_in_use,
    people,
)
from engagements.demonstration.loading import is_loaded, load
from engagements.demonstration.lookups import MissingReference


class Command(BaseCommand):
    help = (
        "Load the demonstration: 46 engagements of CSC from public record, some invented ones around "
        "today, and six people to sign in as. What is there already stays as it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--password", default="", help="give all six people this password (or DEMO_PASSWORD)"
        )
        parser.add_argument(
            "--once",
            action="store_true",
            help="load nothing where a demonstration is loaded already",
        )
        parser.add_argument(
            "--show", action="store_true", help="load nothing, only say how to sign in"
        )

    def handle(self, *, password: str, once: bool, show: bool, verbosity: int, **options) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError(
                "This copy is not for demonstrations (the setting DEMONSTRATION is off, as it always is "
                "in production): its records are real, and nothing invented may stand among them."
            )
        password = password or chosen_password()
        said = "" if show else self.load(password, once=once)
        if verbosity:
            self.stdout.write(said)
            self.say_who_can_sign_in(password)

    def load(self, password: str, *, once: bool) -> str:
        """Load what is missing, and return what to say of it."""
        if once and is_loaded():
            if password:
                enlist(password)
            return "The demonstration is loaded already: nothing was added."
        try:
            loaded = load(password=password)
        except MissingReference as error:
            raise CommandError(
                f"Run manage.py load_reference first. Not found: {error}. Nothing was loaded."
            ) from error
        if not loaded:
            return "The demonstration was whole already: nothing was added."
        return (
            f"Loaded {loaded.real} engagements of CSC, each with the page it was read on.\n"
            f"Invented {loaded.invented} more around today, {loaded.drafts} of them drafts.\n"
            f"Invented {loaded.contacts} contacts at partners."
        )

    def say_who_can_sign_in(self, password: str) -> None:
        signing_in = people()
        if not signing_in:
            self.stdout.write("Nobody can sign in yet: run manage.py load_demo.")
            return
        if in_use := password_in_use(password):
            self.stdout.write(f"\n  Sign in as any of these, with the password {in_use}\n")
        else:
            self.stdout.write(
                "\n  Sign in as any of these. Somebody has changed a password since: "
                f"{password or DEFAULT_PASSWORD} no longer opens them all.\n"
                "  To set it again for all: manage.py load_demo --once --password <password>\n"
            )
        for person in signing_in:
            self.stdout.write(f"    {person.username:<14}  {person.office:<23}  {person.comes_to}")
        self.stdout.write("")
