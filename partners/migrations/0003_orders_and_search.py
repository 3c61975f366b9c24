from django.db import migrations

from common.text import sort_key
from partners.contacts.lines import search_text_of

LOT = 1_000


def write_keys(apps, schema_editor):
    """Numbers in names are compared by what they come to; contacts are read as search reads everything."""
    for name, keep in (
        ("Country", _country), ("Partner", _partner), ("Contact", _contact),
    ):  # fmt: skip
        records = apps.get_model("partners", name).objects
        lot = []
        for record in records.order_by("pk").iterator(LOT):
            keep(record)
            lot.append(record)
        columns = ["sort_en", "sort_fr", *(["search_text"] if name == "Contact" else [])]
        records.bulk_update(lot, columns, batch_size=200)


def _country(record):
    record.sort_en, record.sort_fr = sort_key(record.name_en, 100), sort_key(record.name_fr, 100)


def _partner(record):
    record.sort_en = sort_key(record.name_en or record.name_fr, 300)
    record.sort_fr = sort_key(record.name_fr or record.name_en, 300)


def _contact(record):
    record.sort_en = sort_key(record.name or record.post_en or record.post_fr, 300)
    record.sort_fr = sort_key(record.name or record.post_fr or record.post_en, 300)
    record.search_text = search_text_of(record)


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0002_contact'),
    ]

    operations = [
        migrations.RunPython(write_keys, migrations.RunPython.noop, elidable=True),
    ]
