import uuid

from django.db import migrations, models


def give_each_its_own(apps, schema_editor):
    """The default of a new column is asked once, for all rows."""
    revisions = apps.get_model("common", "Revision")
    for revision in revisions.objects.only("pk").iterator():
        revisions.objects.filter(pk=revision.pk).update(key=uuid.uuid4())


class Migration(migrations.Migration):
    dependencies = [("common", "0002_revision_reason")]

    operations = [
        migrations.AddField(
            "revision", "key", models.UUIDField(default=uuid.uuid4, editable=False, null=True)
        ),
        migrations.RunPython(give_each_its_own, migrations.RunPython.noop),
        migrations.AlterField(
            "revision", "key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
        ),
    ]
