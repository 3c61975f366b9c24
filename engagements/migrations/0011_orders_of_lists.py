from django.db import connections, migrations, models

from common.bilingual import in_language
from common.text import sort_key

LOT = 2_000


def write_sort_keys(apps, schema_editor):
    """Numbers in titles are compared by what they come to from now on."""
    engagements = apps.get_model("engagements", "Engagement").objects.order_by("pk")
    names = ("pk", "title_en", "title_fr", "sort_en", "sort_fr")
    last = 0
    while lot := list(engagements.filter(pk__gt=last).only(*names)[:LOT]):
        last = lot[-1].pk
        wanted = [(*(sort_key(in_language(one, "title", each)) for each in ("en", "fr")), one) for one in lot]
        changed = [(en, fr, one.pk) for en, fr, one in wanted if (en, fr) != (one.sort_en, one.sort_fr)]
        with connections[schema_editor.connection.alias].cursor() as cursor:
            cursor.executemany(
                "UPDATE engagements_engagement SET sort_en = %s, sort_fr = %s WHERE id = %s", changed
            )


class Migration(migrations.Migration):

    dependencies = [
        ('engagements', '0010_changes_noted'),
    ]

    operations = [
        migrations.RunPython(write_sort_keys, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name='engagement',
            index=models.Index(fields=['sort_en', 'id'], name='engagement_title_en'),
        ),
        migrations.AddIndex(
            model_name='engagement',
            index=models.Index(fields=['sort_fr', 'id'], name='engagement_title_fr'),
        ),
        migrations.AddIndex(
            model_name='engagement',
            index=models.Index(fields=['changed_at', 'id'], name='engagement_changed'),
        ),
    ]
