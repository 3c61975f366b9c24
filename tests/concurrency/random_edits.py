"""Somebody who changes engagements in a process of their own, in transactions that end as they may."""

import os
import random
import time


def edit(url: str, seed: int, times: int) -> None:
    """So many transactions over the database at this address; a third of them are taken back."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    os.environ["DATABASE_URL"] = url
    import django

    django.setup()
    from django.db import transaction

    chance = random.Random(seed)
    for _ in range(times):
        with transaction.atomic():
            _change(chance)
            # Transactions begin in one order and end in another.
            time.sleep(chance.random() / 100)
            transaction.set_rollback(chance.random() < 1 / 3)


def _change(chance: random.Random) -> None:
    from engagements.models import Alignment, Engagement, Participation
    from objectives.models import Objective

    one = Engagement.objects.get(pk=chance.choice(_keys()))
    match chance.randrange(5):
        case 0:
            Engagement.objects.filter(pk=one.pk).update(actual_cost=chance.randrange(10_000))
        case 1:
            Engagement.objects.filter(pk=one.pk).update(
                kind=chance.choice(["other", "needs-assessment"])
            )
        case 2:
            Alignment.objects.filter(engagement=one).delete()
        case 3:
            objective = Objective.objects.order_by("?").first()
            Alignment.objects.get_or_create(
                engagement=one,
                objective=objective,
                framework=objective.framework,
                defaults={"made_by": one.logged_by},
            )
        case 4:
            Participation.objects.filter(engagement=one).update(
                role=chance.choice(["host", "funder"])
            )


def _keys() -> list[int]:
    from engagements.models import Engagement

    return list(Engagement.objects.order_by("pk").values_list("pk", flat=True))
