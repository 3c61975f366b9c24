"""Frameworks, their objectives and the crosswalk between them, from objectives/reference/frameworks.yaml."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

from django.db.models import F

from common.reference import Entry, Tally, Wanted, bring_into_step, named, read, was_edited
from objectives.models import Framework, Objective

FOLDER = Path(__file__).parent / "reference"
FILE = "frameworks.yaml"

TEXTS = ("kind", "title_en", "title_fr", "owner_en", "owner_fr", "source")
FLAGS = ("official_en", "official_fr", "adopted")
WORDING = ("wording_en", "wording_fr", "short_en", "short_fr")
# Far above any position in use: a place to stand while objectives change places.
ASIDE = 1000


def load() -> list[Tally]:
    """Bring frameworks, objectives and the crosswalk into step with the file."""
    file = read(FOLDER / FILE)
    frameworks, of_frameworks = bring_into_step(
        Framework, [_framework(entry) for entry in file], is_kept=_is_decided_here
    )
    entries = named((entry for within in file for entry in within.entries("objectives")), FILE)
    framework_of = {
        entry.text("code"): frameworks[within.text("code")].pk
        for within in file
        for entry in within.entries("objectives")
    }
    wanted = [_objective(entry, framework_of[entry.text("code")]) for entry in entries]
    _give_places(wanted)
    objectives, of_objectives = bring_into_step(Objective, wanted)
    return [of_frameworks, of_objectives, _load_crosswalk(entries, objectives)]


def _is_decided_here(framework: Framework) -> bool:
    """Once an administrator adopted it in the portal, its dates are theirs."""
    return was_edited(framework) or framework.adopted_at is not None


def _framework(entry: Entry) -> Wanted:
    entry.allow_only({"code", "in_force_from", "objectives", *TEXTS, *FLAGS})
    columns: dict[str, Any] = {name: entry.text(name) for name in TEXTS}
    columns |= {name: entry.flag(name) for name in FLAGS}
    columns["in_force_from"] = entry.day("in_force_from")
    return Wanted(entry, entry.text("code"), columns)


def _objective(entry: Entry, framework: int) -> Wanted:
    entry.allow_only({"code", "maps_from", *WORDING})
    columns: dict[str, Any] = {name: entry.text(name) for name in WORDING}
    return Wanted(entry, entry.text("code"), columns | {"framework_id": framework})


def _give_places(wanted: list[Wanted]) -> None:
    """Positions in the file's order, around rows that stay: edited here, or gone from the file."""
    rows = {row.code: row for row in Objective.objects.all()}
    steered = {w.code for w in wanted if w.code not in rows or not was_edited(rows[w.code])}
    taken = {(r.framework_id, r.position) for code, r in rows.items() if code not in steered}
    places: dict[int, Iterator[int]] = {}
    moving = []
    for want in wanted:
        if want.code not in steered:
            continue
        framework = want.columns["framework_id"]
        place = next(places.setdefault(framework, _free_places(framework, taken)))
        want.columns["position"] = place
        if want.code in rows and rows[want.code].position != place:
            moving.append(rows[want.code].pk)
    if moving:
        Objective.objects.filter(pk__in=moving).update(position=F("position") + ASIDE)


def _free_places(framework: int, taken: set[tuple[int, int]]) -> Iterator[int]:
    return (place for place in count(1) if (framework, place) not in taken)


def _load_crosswalk(entries: list[Entry], objectives: dict[str, Any]) -> Tally:
    """Which entry of an earlier framework each objective follows, but for those edited here."""
    tally = Tally("crosswalk")
    wanted: dict[int, int] = {}
    for entry in entries:
        row, followed = objectives[entry.text("code")], entry.text("maps_from")
        if followed and followed not in objectives:
            raise entry.refuse(f"no objective has the code it maps from, {followed}")
        if was_edited(row):
            tally.kept.append(row.code)
        elif followed:
            wanted[row.pk] = objectives[followed].pk

    through = Objective.follows.through
    steered = [row.pk for row in objectives.values() if not was_edited(row)]
    links = set(
        through.objects.filter(from_objective__in=steered).values_list(
            "from_objective_id", "to_objective_id"
        )
    )
    codes = {row.pk: row.code for row in objectives.values()}
    for later, earlier in links - set(wanted.items()):
        through.objects.filter(from_objective=later, to_objective=earlier).delete()
        tally.retired.append(codes[later])
    for later, earlier in wanted.items():
        (tally.unchanged if (later, earlier) in links else tally.added).append(codes[later])
    through.objects.bulk_create(
        through(from_objective_id=later, to_objective_id=earlier)
        for later, earlier in set(wanted.items()) - links
    )
    return tally
