"""What a page costs as records become many: counted, not timed, so that a busy machine tells the same.

Every page is asked for over 1,000 engagements, and over twenty times as many, each of them twenty times.
What is counted is the database's work: steps of SQLite's machine; pages that PostgreSQL looks at.
"""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import Count
from django.urls import reverse

from accounts.demonstration import enlist
from benchmarks.counting import Counter
from benchmarks.forms import opened
from benchmarks.multiplying import multiply
from engagements.index.current import holder
from engagements.models import Engagement
from partners.models import Partner

FEW, TIMES = 1_000, 20
# What does not grow may differ by a little: an index gets deeper.
SAME = 1.2
# What costs next to nothing may cost a little more of it: what is counted goes in lots.
NOTHING = {"sqlite": 500, "postgresql": 20}
LIST = "kind=incoming-visit&kind=outgoing-visit&objective=S1&region=150"


class Visitor:
    """Somebody who opens pages, and what each of them costs."""

    def __init__(self, client):
        self.client = client
        client.force_login(enlist()["manager"])
        done = Engagement.objects.filter(stage="completed", sensitivity=0, start_precision="day")
        self.engagement = done.order_by("pk").first()
        with_most = Partner.objects.annotate(n=Count("engagements")).order_by("-n", "pk")
        self.partner = with_most.first()

    def opening(self, name, query="", *args):
        return lambda: self.client.get(f"{reverse(name, args=args)}?{query}")

    def anew(self, name):
        """As the first to open it since somebody saved."""
        ask = self.opening(name)

        def act():
            if holder.snapshot:
                holder.snapshot.made.clear()
            return ask()

        return act

    def saving(self):
        """The form is opened before, and not counted."""
        address = reverse("engagements:edit", args=[self.engagement.reference])
        page = self.client.get(address).content.decode()
        fields = opened(page, "outcome", outcome=f"Agreed {self.engagement.pk}")
        sent = {}
        for field, value in fields:
            sent.setdefault(field, []).append(value)
        return lambda: self.client.post(address, sent)

    def acts(self):
        reference = self.engagement.reference
        return {
            "list": self.opening("engagements:list"),
            "list, 3 filters": self.opening("engagements:list", LIST),
            "list, page 8": self.opening("engagements:list", "page=8"),
            "list by title": self.opening("engagements:list", "sort=title&page=8"),
            "list by change": self.opening("engagements:list", "sort=changed&page=8"),
            "search": self.opening("engagements:list", "q=women+training"),
            # A word that nearly every one has: as many are ranked of few as of many.
            "page of search": self.opening("search:results", "q=the"),
            "partners": self.opening("partners:list"),
            "partners by words": self.opening("partners:list", "q=prison"),
            "picker": self.opening("engagements:partner_suggestions", "q=un"),
            "dashboard": self.opening("dashboards:overview"),
            "dashboard, after a save": self.anew("dashboards:overview"),
            "partners met": self.anew("dashboards:partners"),
            "places": self.anew("dashboards:places"),
            "brief": self.anew("dashboards:brief"),
            "home": self.opening("dashboards:home"),
            "engagement": self.opening("engagements:detail", "", reference),
            "history": self.opening("engagements:history", "", reference),
            "changes": self.opening("dashboards:changes"),
            "changes, page 8": self.opening("dashboards:changes", "page=8"),
            "changes by words": self.opening("dashboards:changes", "q=the"),
            "partner": self.opening("partners:detail", "", self.partner.code),
            "form": self.opening("engagements:edit", "", reference),
            "save": self.saving(),
        }

    def costs(self):
        """Act → the database's work, once all is warm."""
        found = {}
        if connection.vendor == "postgresql":
            lay_out_anew()
        for name, act in self.acts().items():
            if name != "save":
                act()
            with Counter.of_work() as counter:
                response = act()
            assert response.status_code == (302 if name == "save" else 200), name
            found[name] = counter.work
        return found


def lay_out_anew():
    """Every table written one row behind the other, every index built at once, statistics of all rows.

    How rows came into a table decides on how many pages they lie, and a sample of them which of two plans is
    taken that cost nearly the same: neither has to do with how many there are.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET default_statistics_target = 1000")
        cursor.execute("VACUUM (FULL, ANALYZE)")
        cursor.execute("RESET default_statistics_target")


# What still grows, and how much it may: never by more than it does today, for the reason that stands there.
STILL_GROWS: dict[str, dict[str, float]] = {
    "sqlite": {},
    "postgresql": {
        # A level more of each index that a row is looked up by: one page more of a few.
        "partner": 1.5,
        # And lists of ten that few do not fill.
        "home": 1.4,
        # The last twenty are looked up one by one; of few the whole table is read.
        "form": 1.5,
        # So are the thousand that are counted.
        "changes": 5,
        "changes, page 8": 5,
        # Looked for among the newest; of few, each by its key.
        "changes by words": 8,
        # The thousand that are ranked lie on as many pages, and of few on fewer.
        "page of search": 7.5,
    },
}


@pytest.mark.django_db(transaction=True)
def test_no_page_costs_more_as_records_become_many(client, settings):
    settings.DEMONSTRATION = True
    # From the first key on: what PostgreSQL expects of a key hangs on how many there were before.
    call_command("flush", interactive=False, verbosity=0)
    call_command("load_reference", verbosity=0)
    call_command("generate_engagements", count=FEW, verbosity=0)
    visitor = Visitor(client)
    few = visitor.costs()
    multiply(TIMES)
    many = visitor.costs()

    bounds = STILL_GROWS[connection.vendor]
    grown = {
        name: round(many[name] / max(few[name], NOTHING[connection.vendor]), 2) for name in few
    }
    too_much = {name: ratio for name, ratio in grown.items() if ratio > bounds.get(name, SAME)}
    assert too_much == {}, f"All of them: {grown}; few: {few}"
