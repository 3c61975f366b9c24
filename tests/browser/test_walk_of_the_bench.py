"""The walk that `make bench` times over a hundred thousand records, over few: it finds all it looks for."""

from django.core.management import call_command

from benchmarks.journey import NOTHING, walk
from engagements.models import Engagement


def test_what_is_walked_is_there_and_the_last_step_is_saved(page, sign_in, settings):
    settings.ROOT_URLCONF = "benchmarks.urls"
    templates = settings.TEMPLATES[0]
    bench = settings.BASE_DIR / "benchmarks" / "templates"
    settings.TEMPLATES = [{**templates, "DIRS": [*templates["DIRS"], bench]}]
    call_command("generate_engagements", count=150, verbosity=0)
    sign_in(page, "manager")

    waits = walk(page)

    assert len(waits[NOTHING]) == 1
    assert len(waits["one filter more"]) == 3
    assert Engagement.objects.filter(outcome__startswith="Agreed at ").count() == 1
