import uuid
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from engagements.imports.working import work_on
from engagements.models import Load


class Command(BaseCommand):
    help = "Check or save a large load. The portal starts this by itself; nobody needs to."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", type=uuid.UUID, help="of the load")
        parser.add_argument("--worker", type=uuid.UUID, required=True, help="whose place it takes")

    def handle(self, *args, key: uuid.UUID, worker: uuid.UUID, **options) -> None:
        load = Load.objects.select_related("by", "office").filter(key=key).first()
        if load is None:
            raise CommandError("There is no such load.")
        work_on(load, worker)
