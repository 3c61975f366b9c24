"""The reference data that the portal ships with, for what is read of it once and asked many times."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import transaction


@contextmanager
def with_reference(django_db_blocker) -> Iterator[None]:
    """Loaded while this lasts, and gone from the database afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_reference", verbosity=0)
        yield
        transaction.set_rollback(True)
