"""How long what is hidden takes to be refused, beside what is not there. Run by hand, on a copy with data:

    .venv/bin/python -m tests.leaks.time_it db.sqlite3.copy 400

Both are asked for in turn, in a random order within each pair, so that whatever else the machine does falls
on both. Reported: the medians, their ratio, and how often the hidden one was the slower of its pair (half the
time where nothing tells them apart). No test asserts it: a busy machine would make it fail.
"""

import os
import random
import statistics
import sys
import time


def main(database: str, rounds: int) -> None:
    os.environ["DATABASE_URL"] = database if "://" in database else f"sqlite:///{database}"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    import django

    django.setup()
    import logging

    from django.conf import settings

    from accounts.models import Role, User
    from engagements.models import Engagement

    logging.disable(logging.CRITICAL)
    settings.ALLOWED_HOSTS = ["testserver"]
    hidden = Engagement.objects.logged().filter(sensitivity=2).latest("pk")
    person = User.objects.filter(role=Role.STAFF, clearance__lt=2).exclude(
        pk__in=[hidden.logged_by_id]
    )[0]
    for page in ("", "edit/", "history/", "on/?day=2026-11-22", "notes/new/"):
        compare(person, page, hidden.reference, rounds)


def compare(person, page: str, reference: str, rounds: int) -> None:
    from tests.leaks.asking import Asker

    ask, taken = Asker(person), {"hidden": [], "absent": []}
    names = {"hidden": reference, "absent": f"{reference[:-4]}9998"}
    for count in range(rounds + 20):
        for which in random.sample(list(names), 2):
            began = time.perf_counter()
            response = ask(f"/en/engagements/{names[which]}/{page}")
            spent = time.perf_counter() - began
            if count >= 20:  # the first ones warm up
                taken[which].append(spent)
            assert response.status_code == 404, response
    pairs = list(zip(taken["hidden"], taken["absent"], strict=True))
    medians = {which: statistics.median(spent) * 1000 for which, spent in taken.items()}
    slower = sum(hidden > absent for hidden, absent in pairs) / len(pairs)
    sys.stdout.write(
        f"{page or 'its page':<22} hidden {medians['hidden']:.2f} ms, absent {medians['absent']:.2f} ms, "
        f"ratio {medians['hidden'] / medians['absent']:.3f}, hidden slower in {slower:.0%} of pairs\n"
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 400)
