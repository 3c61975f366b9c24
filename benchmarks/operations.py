"""What is measured: each operation, the ways of doing it, and that they come to the same."""

from __future__ import annotations

import html
import itertools
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.http import QueryDict
from django.utils import timezone

from benchmarks import floor_detail, floor_list, floor_save
from benchmarks.browser import Browser
from benchmarks.floor import FLOORS
from benchmarks.forms import opened
from benchmarks.limits import TooLong, in_patience
from benchmarks.measuring import Way
from benchmarks.numbers import numbers_of as figures_of
from benchmarks.ordinary import figures
from benchmarks.ordinary import listing as ordinary
from benchmarks.reading import NUMBER, TAG, differences, numbers_of, numbers_of_admin
from benchmarks.scenes import (
    IN_EUROPE,
    OF_ITS_OBJECTIVE,
    SCENES,
    VISITS,
    WORDS,
    Hand,
    Scene,
    words_by_hand,
)
from benchmarks.ways import ADMIN, FLOOR, ORDINARY, PAGE, SIGNED, WAYS
from common.answered import forget_all
from common.history.models import Revision
from dashboards.blocks import BLOCKS
from engagements.history import ENGAGEMENT
from engagements.index.current import one_moment
from engagements.models import Engagement
from engagements.search.lines import search_text_of
from objectives.models import Objective
from partners.models import Region, keys_beneath

READER = "manager"


# Where each way has the list; the page of one engagement is below it.
LISTS = {PAGE: "/en/engagements/", ORDINARY: "/en/ordinary/"}
BY_HAND = "/en/by-hand/"
EMPTY = "/en/empty/"
VISITS_ASKED = "kind=incoming-visit&kind=outgoing-visit"


@dataclass(frozen=True, kw_only=True)
class Operation:
    """`compared` returns how many numbers were found equal; AssertionError tells of those that differ."""

    name: str
    title: str
    ways: dict[str, Way]
    compared: Callable[[], int] = field(default=lambda: 0)


class Different(AssertionError):
    """Two ways of doing one thing do not come to the same."""


def operations() -> list[Operation]:
    """All of them, over what the database holds now."""
    people = Cast()
    save = saving(people)
    counted = [
        listing(people, "list-0", "list, no filter", "", {}),
        listing(people, "list-1", "list, 1 filter", VISITS_ASKED, {"kind": VISITS}),
        listing(people, "list-2", "list, 2 filters", f"{VISITS_ASKED}&objective=S1",
                {"kind": VISITS, "priority": OF_ITS_OBJECTIVE}),
        listing(people, "list-3", "list, 3 filters", f"{VISITS_ASKED}&objective=S1&region=150",
                {"kind": VISITS, "priority": OF_ITS_OBJECTIVE, "region": IN_EUROPE}),
        listing(people, "search", "search, two words", f"q={WORDS.replace(' ', '+')}",
                {"words": words_by_hand(WORDS)}),
        dashboard(people),
    ]  # fmt: skip
    empty = {PAGE: people.opening(EMPTY)}
    record = detail(people)
    return [
        *counted,
        record,
        for_the_first_time(record),
        save,
        *(after(save, page, people) for page in counted),
        Operation(name="empty", title="empty page, signed in", ways=empty),
    ]


class Cast:
    """Whoever asks: the same reader everywhere, and one whom the admin lets in, cleared alike."""

    def __init__(self) -> None:
        users = get_user_model().objects
        self.reader = users.get(username=READER)
        users.filter(username="administrator").update(is_staff=True, is_superuser=True)
        self.browsers = dict.fromkeys((PAGE, SIGNED, ORDINARY), Browser(self.reader))
        self.browsers[ADMIN] = Browser(users.get(username="administrator"))

    def opening(self, address: str, way: str = PAGE) -> Way:
        return Way(do=lambda _none: self.browsers[way].get(address).expect(200).text)

    def opening_again(self, address: str) -> Way:
        """The portal's page with no save between: it was opened before, and counted what was saved."""
        once = self.opening(address)
        return Way(prepare=lambda: once() and None, do=once.do)


def after(save: Operation, page: Operation, people: Cast) -> Operation:
    """The page right after a save: it is counted and written anew, and what was changed is read before."""
    once, empty = Way(do=page.ways[PAGE].do), people.opening(EMPTY)

    def prepare() -> None:
        save.ways[PAGE]()
        empty()  # says that it was saved

    saved = Way(prepare=prepare, do=once.do)

    def compared() -> int:
        told, later = (NUMBER.findall(TAG.sub(" ", str(way()))) for way in (saved, once))
        if told != later:
            raise Different(f"{page.name}: other numbers right after the save than later")
        return len(told)

    return Operation(
        name=f"{page.name}-after",
        title=f"{page.title}, right after a save",
        ways={PAGE: saved},
        compared=compared,
    )


def listing(
    people: Cast, name: str, title: str, query: str, conditions: dict[str, str]
) -> Operation:
    hand = Hand.of(Scene(name=title, username=READER, query=query, conditions=conditions))
    ways = {way: people.opening(f"{base}?{query}", way) for way, base in LISTS.items()}
    ways[PAGE] = people.opening_again(f"{LISTS[PAGE]}?{query}")
    ways[FLOOR] = Way(do=lambda _none: floor_list.the_list(hand))
    ways[ADMIN] = people.opening(f"/en/plain/engagements/engagement/?{for_admin(query)}", ADMIN)
    return Operation(
        name=name,
        title=f"{title}, all counts",
        ways=in_order(ways),
        compared=partial(alike, name, ways),
    )


def in_order(ways: dict[str, Way]) -> dict[str, Way]:
    return {way: ways[way] for way in WAYS if way in ways}


def for_admin(query: str) -> str:
    """The same filter as the admin has it in its address, with the counts beside its choices."""
    asked = {
        VISITS_ASKED: "kind__in=incoming-visit,outgoing-visit",
        "objective=S1": f"objectives__id__exact={Objective.objects.get(code='S1').pk}",
        "region=150": f"countries__region__id__in={','.join(map(str, regions()))}",
    }
    for said, meant in asked.items():
        query = query.replace(said, meant)
    return f"{query}&_facets=True"


def regions() -> list[int]:
    europe = Region.objects.get(code="150").pk
    return sorted(keys_beneath(Region.objects.all(), [europe]))


def alike(name: str, ways: dict[str, Way]) -> int:
    """The portal's numbers beside the floor's, the ordinary page's and what the admin tells of them."""
    page, equal = numbers_of(str(ways[PAGE]())), 0
    for way, read in ((FLOOR, numbers_of), (ORDINARY, numbers_of), (ADMIN, numbers_of_admin)):
        # Others search otherwise: where letters stand within words, with their accents.
        if name == "search" and way != FLOOR:
            continue
        html_of_it = in_time(ways[way])
        if html_of_it is None:
            continue
        told = read(str(html_of_it))
        shown = page if way != ADMIN else {key: page[key] for key in told}
        if wrong := differences(shown, told):
            raise Different(f"{name}, {way}: " + "; ".join(wrong[:20]))
        equal += len(told)
    return equal


# The dashboard


def dashboard(people: Cast) -> Operation:
    scene = Scene(name="dashboard", username=READER)
    hand = Hand.of(scene)

    def by_hand(_none: object) -> str:
        found = {name: count(hand) for name, count in FLOORS.items()}
        return "".join(f"<td>{n}</td>" for numbers in found.values() for n in numbers.values())

    ways = {
        PAGE: people.opening_again("/en/dashboard/"),
        FLOOR: Way(do=by_hand),
        ORDINARY: people.opening("/en/ordinary/dashboard/", ORDINARY),
    }
    return Operation(
        name="dashboard",
        title="dashboard, all blocks",
        ways=ways,
        compared=lambda: sum(same_figures(scene) for scene in SCENES),
    )


def in_time(count: Callable[[], Any]) -> Any:
    """What it counts, None where that takes too long: then it is not compared."""
    try:
        with in_patience():
            return count()
    except TooLong:
        return None


def same_figures(scene: Scene) -> int:
    hand, equal = Hand.of(scene), 0
    asked = ordinary.found(scene.reader, QueryDict(scene.query))
    listed = Engagement.objects.filter(pk__in=asked.values("pk")).exclude(stage="draft")
    counted = in_time(lambda: figures.every_figure(listed, timezone.localdate()))
    for name, by_hand in FLOORS.items():
        # As a page counts: by what the process keeps, where it is there.
        with one_moment():
            block = BLOCKS[name](scene.scope())
        floor = in_time(partial(by_hand, hand))
        if floor is None:
            continue
        for what, told in (
            ("page", figures_of(name, block) if block else {}),
            (ORDINARY, counted[name] if counted else floor),
        ):
            if wrong := differences(told, floor):
                raise Different(f"{name}, {what}: " + "; ".join(wrong[:20]))
        equal += len(floor)
    return equal


# One engagement


def some() -> Iterator[Engagement]:
    """Some that are as most are, one after another: with partners, tags and texts, marked as nothing."""
    found = Engagement.objects.filter(stage="completed", sensitivity=0, text_language="en")
    found = (
        found.exclude(outcome="")
        .exclude(title_en="")
        .filter(start_precision="day", end_precision="day")
    )
    return iter(found.order_by("-start_earliest", "-pk")[:40])


def detail(people: Cast) -> Operation:
    engagement = next(some())
    hand = Hand.of(Scene(name="engagement", username=READER))
    reference = engagement.reference or ""
    ways = {way: people.opening(f"{base}{reference}/", way) for way, base in LISTS.items()}
    ways[PAGE] = people.opening_again(f"{LISTS[PAGE]}{reference}/")
    ways[FLOOR] = Way(do=lambda _none: floor_detail.the_page(hand, reference))
    ways[SIGNED] = people.opening(f"{BY_HAND}{reference}/", SIGNED)
    ways[ADMIN] = people.opening(f"/en/plain/engagements/engagement/{engagement.pk}/change/", ADMIN)

    def compared() -> int:
        floor = re.findall(r"<p>(.*?)</p>", str(ways[FLOOR]()), re.S)
        page = " ".join(html.unescape(str(ways[PAGE]())).split())
        texts = [" ".join(html.unescape(text).split()) for text in floor if " " in text]
        texts = [text for text in texts if not re.match(r"\d{4}-", text)]
        if str(ways[SIGNED]()) != str(ways[FLOOR]()):
            raise Different("detail: another text for who is signed in")
        if missing := [text for text in texts if text not in page]:
            raise Different(f"detail: not on the page: {missing}")
        return len(texts)

    return Operation(
        name="detail", title="engagement, with history", ways=in_order(ways), compared=compared
    )


def for_the_first_time(page: Operation) -> Operation:
    """The page written out anew, as for a reader who has not opened it before; the index is caught up."""
    again = page.ways[PAGE]

    def prepare() -> None:
        again()
        forget_all()

    anew = Way(prepare=prepare, do=again.do)

    def compared() -> int:
        told, later = (NUMBER.findall(TAG.sub(" ", str(way()))) for way in (anew, again))
        if told != later:
            raise Different(f"{page.name}: other numbers at first than later")
        return len(told)

    return Operation(
        name=f"{page.name}-first",
        title=f"{page.title}, opened for the first time",
        ways={PAGE: anew},
        compared=compared,
    )


# Saving


def saving(people: Cast) -> Operation:
    """Each way changes a record of its own, over and over; its form is opened before, untimed."""
    records, words = some(), itertools.count()
    next(records)
    taken = {way: next(records) for way in WAYS}

    def opening(way: str, address: str, holding: str = "outcome") -> Callable[[], object]:
        def prepare() -> object:
            page = people.browsers[way].get(address).expect(200)
            return opened(page.text, holding, outcome=f"{taken[way].outcome} {next(words)}")

        return prepare

    def sending(way: str, address: str) -> Callable[[Any], object]:
        return lambda fields: people.browsers[way].post(address, fields).expect(302)

    addresses = {way: f"{base}{taken[way].reference}/edit/" for way, base in LISTS.items()}
    addresses[ADMIN] = f"/en/plain/engagements/engagement/{taken[ADMIN].pk}/change/"
    by_hand = f"{BY_HAND}{taken[SIGNED].pk}/save/"
    ways = {
        way: Way(prepare=opening(way, address), do=sending(way, address))
        for way, address in addresses.items()
    }
    # The form is the portal's, so that as much is sent.
    ways[SIGNED] = Way(
        prepare=opening(SIGNED, f"{LISTS[PAGE]}{taken[SIGNED].reference}/edit/"),
        do=sending(SIGNED, by_hand),
    )
    ways[FLOOR] = Way(
        prepare=lambda: f"{taken[FLOOR].outcome} {next(words)}",
        do=lambda text: floor_save.save(
            taken[FLOOR].pk, str(text), by=people.reader.pk, clearance=people.reader.clearance
        ),
    )
    return Operation(
        name="save",
        title="save, all kept up",
        ways=in_order(ways),
        compared=partial(kept, ways, taken),
    )


def kept(ways: dict[str, Way], taken: dict[str, Engagement]) -> int:
    """Each save changed its record; the portal's and the one by hand are on record as they stand."""
    for way, engagement in taken.items():
        ways[way]()
        now = Engagement.objects.get(pk=engagement.pk)
        if now.outcome == engagement.outcome or now.version == engagement.version:
            raise Different(f"save, {way}: nothing was changed")
        if now.search_text != search_text_of(now):
            raise Different(f"save, {way}: what search reads is another text")
    equal = 0
    for way in (PAGE, FLOOR, SIGNED):
        pk = taken[way].pk
        last = Revision.objects.of("engagement", [pk]).last_of_each().get()
        state = ENGAGEMENT.snapshots([pk])[pk].state
        if wrong := [name for name in state if plain(state[name]) != plain(last.state.get(name))]:
            raise Different(f"save, {way}: {wrong} not on record as they stand")
        equal += len(state)
    return equal


def plain(value: Any) -> str:
    """Moments are written in several ways, and PostgreSQL keeps names in an order of its own."""
    said = json.dumps(value, sort_keys=True)
    return re.sub(r"[T ](\d\d:\d\d:\d\d)(\.\d+)?(\+00:00)?", r" \1", said)
