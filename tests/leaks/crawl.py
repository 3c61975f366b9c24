"""Everything that one person can ask of an instance: all routes with all that an address can name."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from itertools import product
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.apps import apps
from django.urls import translate_url
from django.utils import timezone

from accounts.models import Office, User
from common.history.models import Revision
from common.partial_dates import FiscalYear
from dashboards.models import SavedView
from engagements.gaps import Gap, Known
from engagements.kinds import Kind, Stage
from engagements.models import Engagement, Load, Note
from objectives.models import Framework, FrameworkKind, Objective
from partners.models import Contact, Country, Partner, Region
from tests.leaks.instance import NOTE_KEY
from tests.leaks.routes import Route, address_of, every_route
from tests.leaks.table import ADMINISTRATORS, TABLE

# What is asked for before it is there, too: the numbers that come next.
TO_COME = 3
ABSENT_KEY = UUID(int=0)
NOTE = ("reference", "key")
CONTACT = ("code", "key")
WORDS = "borealis seminar quiet UNODC known fewer IE-2027 norway france"


@dataclass(frozen=True)
class Ask:
    """One request."""

    address: str
    sent: tuple[tuple[str, str], ...] | None = None
    htmx: bool = False

    def __str__(self) -> str:
        return f"{'GET' if self.sent is None else 'POST'} {self.address}{' (part)' * self.htmx}"


def asks_in(language: str, person: User, *, filters: str = "some") -> list[Ask]:
    return [in_language(ask, language) for ask in asks(person, filters=filters)]


def asks(person: User, *, filters: str = "some") -> Iterator[Ask]:
    """Every route with everything it can be asked for; with some filters, with `all`, or with `few`.

    What a filter finds hangs on what its reader may see, which is the same for every role, and not on the
    role: one who writes and one who reads ask with filters. `few` are those that would find what is hidden.
    """
    for route in every_route().values():
        if leaves_out(route, person):
            continue
        for address in addresses_of(route):
            yield Ask(address)
            if route.key in IN_PARTS:
                yield Ask(address, htmx=True)
    if filters == "all":
        yield from (Ask(f"/en/engagements/?{query}") for query in queries())
    yield from asks_that_find() if filters == "few" else asks_with_filters()
    yield from asks_for_views(person)
    yield from asks_of_history(person)
    if person.is_contributor:
        yield from asks_while_logging()
    if person.is_administrator:
        yield from asks_of_an_administrator()


def asks_with_filters() -> Iterator[Ask]:
    for query in few_queries():
        yield from (Ask(f"/en/{page}?{query}") for page in FILTERED)
        yield Ask(f"/en/engagements/?{query}", htmx=True)
    for query in FINDING:
        yield from (Ask(f"/en/dashboard/{page}?{query}") for page in TAKEN_AWAY)
    yield from (Ask(f"/en/dashboard/{query}") for query in queries_for_figures())
    yield from (Ask(f"/en/partners/?{query}") for query in queries_for_partners())
    yield from (Ask(f"/en/search/?{query}") for query in queries_for_search())


def asks_that_find() -> Iterator[Ask]:
    """Each list and block of figures, with the word and with the partner of what is hidden; and by role."""
    for query in FINDING[:2]:
        yield from (Ask(f"/en/{page}?{query}") for page in FILTERED)
        yield from (Ask(f"/en/dashboard/{page}?{query}") for page in ("brief/", "partners/"))
    yield from (Ask(f"/en/{page}/?q=borealis") for page in ("search", "partners"))
    yield from (Ask(f"/en/{page}?editable=1") for page in FILTERED)


IN_PARTS = {
    "engagements:list",
    "dashboards:overview",
    "dashboards:partners",
    "dashboards:places",
    "partners:list",
}
FILTERED = (
    "engagements/",
    "engagements/export.csv",
    "engagements/export.xlsx",
    "engagements/export/",
    "dashboard/",
    "dashboard/alignment.csv",
)
# What the dashboard is taken away as, of the same blocks: asked for what would find the hidden one.
TAKEN_AWAY = (
    "places/",
    "places.csv",
    "completeness.csv",
    "time.csv",
    "volume.csv",
    "dashboard.xlsx",
    "brief/",
    "brief.docx",
    "partners/",
    "partners.csv",
)
FINDING = ("q=borealis", "partner=UN", "objective=S3", "country=BJ", "fy=2026-27")


def leaves_out(route: Route, person: User) -> bool:
    """An audience that leaves a role out answers every one of it alike: see test_every_route.py."""
    if route.path.startswith("admin/"):
        return not person.is_administrator
    return not route.view.audience(person)


def addresses_of(route: Route) -> Iterator[str]:
    for values in several_of(route):
        yield address_of(route, dict(zip(route.arguments, values, strict=True)))


def several_of(route: Route) -> Iterable[tuple[Any, ...]]:
    """The values of the arguments of its address, together."""
    if route.arguments == NOTE:
        return notes_where_they_are()
    if route.arguments == CONTACT:
        return contacts_where_they_are()
    return product(*(values_of(route, name) for name in route.arguments))


def values_of(route: Route, argument: str) -> list[Any]:
    """Everything an argument of an address can name: what is there, and what comes next."""
    if argument in SIMPLE:
        return SIMPLE[argument]()
    if argument == "code":
        model = Partner if route.key.startswith("partners:") else Objective
        model = Framework if "/frameworks/" in route.path else model
        return list(model.objects.values_list("code", flat=True))
    if argument == "object_id":
        model = apps.get_model(*route.path.split("/")[1:3])
        return list(model.objects.values_list("pk", flat=True))
    raise AssertionError(
        f"{route.key} takes “{argument}”, and nobody said which there are: add it to SIMPLE in "
        "tests/leaks/crawl.py."
    )


def notes_where_they_are() -> Iterator[tuple[str, UUID]]:
    """Each note of its engagement and of one other; the one that is not there yet, of every engagement."""
    yield from ((reference, NOTE_KEY) for reference in references())
    for note in Note.objects.select_related("engagement"):
        yield from dict.fromkeys(
            [(note.engagement.reference, note.key), (references()[0], note.key)]
        )


def contacts_where_they_are() -> Iterator[tuple[str, UUID]]:
    """Each contact at its partner; one that is not there."""
    yield from Contact.objects.values_list("partner__code", "key")
    yield "QUIET", ABSENT_KEY


def references() -> list[str]:
    known = Engagement.objects.exclude(reference=None).values_list("reference", flat=True)
    last = max(int(reference[-4:]) for reference in known if reference.startswith("IE-2027"))
    return [*known, *(f"IE-2027-{last + n:04d}" for n in range(1, TO_COME))]


def keys() -> list[int]:
    known = list(Engagement.objects.values_list("pk", flat=True))
    return [*known, *(max(known) + n for n in range(1, TO_COME))]


SIMPLE: dict[str, Callable[[], list[Any]]] = {
    "reference": references,
    "pk": keys,
    "key": lambda: [
        NOTE_KEY,
        *Note.objects.values_list("key", flat=True),
        *SavedView.objects.values_list("key", flat=True),
        *Load.objects.values_list("key", flat=True),
    ],
    "id": lambda: list(User.objects.values_list("pk", flat=True)),
    "app_label": lambda: ["accounts", "objectives", "partners"],
    "url": lambda: ["no/such/page/"],
}


def choices() -> list[tuple[str, str]]:
    """Every value of every filter."""
    codes = {
        "objective": Objective.objects.values_list("code", flat=True),
        "country": Country.objects.values_list("iso2", flat=True),
        "region": Region.objects.values_list("code", flat=True),
        "partner": Partner.objects.values_list("code", flat=True),
        "office": Office.objects.values_list("code", flat=True),
        "lead": User.objects.values_list("username", flat=True),
        "kind": Kind.values,
        "stage": Stage.values,
        "untagged": FrameworkKind.values,
        "mapped": Objective.objects.values_list("code", flat=True),
        "unmapped": FrameworkKind.values,
        "given": Partner.objects.values_list("code", flat=True),
        "received": Partner.objects.values_list("code", flat=True),
        "gap": Gap.values,
        "known": Known.values,
        "editable": ["1"],
        "month": ["2009-10", "2026-11", "unknown"],
        "fy": [*(str(FiscalYear(year)) for year in (2000, 2010, 2026, 2027)), "unknown"],
        "from": ["1999", "2026-11-01"],
        "to": ["1999", "2009-10"],
        "mine": ["1"],
        "q": WORDS.split(),
    }
    return [(name, value) for name, values in codes.items() for value in values]


def queries() -> Iterator[str]:
    yield from (urlencode([choice]) for choice in choices())
    for name, value in choices():
        if name in {"objective", "country", "partner", "office"}:
            yield urlencode({"also": f"{name}:{value}"})


def few_queries() -> Iterator[str]:
    """The orders, the pages, and what the hidden engagement would be found by."""
    yield from ("sort=oldest", "sort=title", "sort=changed", "per_page=10&page=2")
    yield from (
        "q=borealis",
        "fy=2026-27",
        "partner=UN",
        "objective=S3",
        "country=BJ",
        "stage=draft",
    )
    yield from (f"load={key}" for key in (NOTE_KEY, ABSENT_KEY))
    yield from ("kind=agreement-signed", "lead=author", "untagged=priority", "filter=open")
    # A span of fiscal years ends, where no end is given, with those on offer.
    yield from ("fy-from=2025-26", "fy-to=2027-28", "fy-from=2008-09&fy-to=2026-27")


def queries_for_figures() -> Iterator[str]:
    """How figures are shown: every option, and what none but their links ask for."""
    options = ("by=cost&words=today", "by=partners&split=none", "silent=1", "filter=open&mapped=S3")
    options += ("rows=PRIORITY-THEN&columns=THEME-NOW", "columns=PRIORITY-NEXT&split=SECTOR-NOW")
    for query in options:
        yield from (f"?{query}", f"dashboard.xlsx?{query}", f"alignment.csv?{query}")
    asked = (
        "given=UN",
        "received=QUIET",
        "month=2026-05",
        "gap=outcome",
        "known=cost",
        "region=002",
    )
    for query in (*asked, "unmapped=priority", "editable=1"):
        yield from (f"?{query}", f"partners/?{query}", f"places/?{query}", f"brief/?{query}")
    yield from (
        f"partners/?view={view}&silent=1&sort=last" for view in ("new", "silent", "one-way")
    )
    yield from ("partners/?bodies=rolled-up&sort=name", "places/?sort=number", "places/?sort=last")


def queries_for_partners() -> Iterator[str]:
    yield from (urlencode({"q": word}) for word in [*WORDS.split(), "qiuet", "partner -quiet"])
    yield from (urlencode({"kind": kind.replace("_", "-")}) for kind in Partner.Kind.values)
    yield from (urlencode({"country": code}) for code in ("NO", "FR", "BJ"))
    yield from (
        "region=150",
        "region=002",
        "verified=stale&verified=never",
        "state=archived",
        "state=all",
        "page=2",
        "per_page=10",
    )


def queries_for_search() -> Iterator[str]:
    """Words, their beginnings, slips; phrases; what is left out; every number there is, and the next."""
    words = [*WORDS.split(), "treaty", "borea*", "qiuet", "-borealis", "visit -treaty", "half told"]
    words += ["author", "author borealis", "autohr"]  # who leads what is hidden
    phrases = ['"borealis treaty"', '"known to fewer"', "quiet treaty", "zz borealis", "%"]
    yield from (urlencode({"q": text}) for text in [*words, *phrases, *references()])


def asks_for_views(person: User) -> Iterator[Ask]:
    """To copy each view there is, and one that is not; to save a view under the name of another's."""
    for key in [NOTE_KEY, ABSENT_KEY, *SavedView.objects.values_list("key", flat=True)]:
        yield Ask(f"/en/views/new/?copy={key}")
        for page in ("edit", "delete", "start", "mail"):
            yield Ask(f"/en/views/{key}/{page}/", (("name", "Borealis"), ("rhythm", "")))
    told = {"name": "Borealis view", "of": "dashboard", "query": "partner=QUIET", "rhythm": ""}
    for key in (NOTE_KEY, ABSENT_KEY):
        yield Ask("/en/views/new/", tuple((told | {"key": str(key)}).items()))
    yield Ask("/en/views/gone/", ())


def asks_while_logging() -> Iterator[Ask]:
    """The forms with what their addresses prefill, and the parts that are brought up to date."""
    for reference in references():
        for query in (f"after={reference}", f"pick={reference}", f"like={reference}"):
            name = query.partition("=")[0]
            page = {"after": "new/", "pick": "align/", "like": "IE-2027-0003/align/"}[name]
            yield Ask(f"/en/engagements/{page}?{query}")
    for word in [*WORDS.split(), "p", "u", "krim", "un", "partner", "qiuet"]:
        yield Ask(f"/en/engagements/new/partners/?{urlencode({'q': word})}", htmx=True)
    for code in Partner.objects.values_list("code", flat=True):
        yield Ask(f"/en/engagements/new/?partner={code}")
        for page in ("duplicates/", "objectives/"):
            yield Ask(f"/en/engagements/new/{page}", told(partner=code), htmx=True)
    for key in keys():
        for page in ("duplicates/", "objectives/"):
            yield Ask(f"/en/engagements/new/{page}", told(record=str(key)), htmx=True)


def told(**more: str) -> tuple[tuple[str, str], ...]:
    """As much of a form as the very engagement that is hidden would fill in."""
    sent = {
        "title_en": "Borealis treaty",
        "title_fr": "Borealis treaty (fr)",
        "partner": "QUIET",
        "role": "host",
        "start_precision": "day",
        "start_year": "2026",
        "start_month": "5",
        "start_day": "15",
        "end_precision": "ongoing",
    }
    return tuple((sent | more).items())


def asks_of_an_administrator() -> Iterator[Ask]:
    """The lists of the admin with each of their filters and columns."""
    for key, page in TABLE.items():
        if key.endswith("_changelist") and getattr(page, "get", None) == ADMINISTRATORS:
            path = every_route()[key].path
            for query in ("q=quiet", "q=borealis", "o=1", "o=-2", "in_use=yes", "all=", "_popup=1"):
                yield Ask(f"/en/{path}?{query}")
    for day in ("2027-04-01", "2026-05-01"):
        yield Ask(f"/en/objectives/frameworks/PRIORITY-NEXT/adopt/?on={day}")


def asks_of_history(person: User) -> Iterator[Ask]:
    """As of a day; after each act there is, of whatever record, and the next ones; the lists of changes."""
    first, today = references()[0], timezone.localdate()
    for reference in references():
        for day in (today, "2026-06-01"):
            yield Ask(f"/en/engagements/{reference}/on/?day={day}")
    latest = Revision.objects.order_by("-pk").values_list("key", flat=True)[:40]
    for key in [*latest, ABSENT_KEY]:
        yield Ask(f"/en/engagements/{first}/on/?change={key}")
        if person.is_contributor:
            yield from (
                Ask(f"/en/engagements/{reference}/put-back/?{name}={key}")
                for reference, name in ((first, "change"), ("IE-2027-0003", "undo"))
            )
    for query in ("act=amended", "act=logged", "who=author", f"to={today}", f"from={today}"):
        yield Ask(f"/en/engagements/{first}/history/?{query}")
        yield Ask(f"/en/partners/QUIET/history/?{query}")
        if person.is_manager:
            yield from (Ask(f"/en/changes/{page}?{query}") for page in ("", "export.csv"))
            yield Ask(f"/en/changes/?{query}", htmx=True)


def as_lists(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def in_language(ask: Ask, language: str) -> Ask:
    return Ask(translate_url(ask.address, language), ask.sent, ask.htmx)


LINK = re.compile(rb'(?:href|hx-get)="(/[^"#]*)')


def links_in(answer: bytes, language: str) -> list[str]:
    """Pages and parts of the portal, in this language, that an answer leads to."""
    found = [unescape(link.decode()) for link in LINK.findall(answer)]
    return [link for link in found if link.startswith(f"/{language}/")]
