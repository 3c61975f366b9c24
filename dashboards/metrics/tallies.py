"""What each partner has, together with the bodies beneath it: numbers by primary key, no names yet.

An engagement with two bodies of one partner counts once for it.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from common.partial_dates import FiscalYear
from dashboards.metrics.facts import PAIRS, Facts, Tally, Tree, roll_up
from dashboards.metrics.parts import Parts, Told, parts_in, places_of, told_by
from dashboards.metrics.tallies_held import Held
from engagements import counting
from engagements.kinds import COUNTED, GIVEN, RECEIVED, Kind
from engagements.models import EngagementQuerySet


def tallies(
    engagements: EngagementQuerySet,
    readable: EngagementQuerySet,
    tree: Tree,
    *,
    year: FiscalYear,
    today: dt.date,
) -> dict[int, Tally]:
    """A tally each for partners with a part in `engagements` and for those above them.

    `readable`: all that may tell of a partner, `engagements` among it; a filter leaves it as it is. Three
    queries; where it is the very same, two; none where there is an index.
    """
    is_all = readable is engagements
    tellable = engagements if is_all else readable.filter(stage__in=COUNTED)
    known, may_tell = counting.held(engagements), counting.held(tellable)
    if known and may_tell:
        snapshot, keys = known
        held = Held(snapshot=snapshot, counted=keys, tellable=may_tell[1], tree=tree, today=today)
        return held.tallies(year.ends)
    told = told_by(tellable, today)
    parts = parts_in(tellable, told)
    counted = set(told.places.values()) if is_all else places_of(engagements, told)
    reached = {partner for partner, own in parts.every.items() if not counted.isdisjoint(own)}
    shown = {above for partner in reached for above in tree.above.get(partner, ())}
    facts = roll_up({partner: _facts_of(partner, parts, told) for partner in parts.every}, tree)
    together, of_year = parts.rolled_up(tree.above, shown), told.of_year(year.ends)
    return {
        partner: Tally(
            counts=_counts_of(partner, together, told, counted, of_year),
            facts=facts[partner],
            reached=partner in reached,
        )
        for partner in shown
    }


def _counts_of(
    partner: int, parts: Parts, told: Told, counted: set[int], of_year: set[int]
) -> Counter[str]:
    own = parts.every[partner] & counted
    by_number = Counter(map(told.kind.__getitem__, own))
    kinds = {told.kinds[number]: n for number, n in by_number.items()}
    exchanges = {
        True: len(parts.asked[partner] & counted),
        False: len(parts.answered[partner] & counted),
    }
    counts = {
        "all": len(own),
        "this_year": len(own & of_year),
        "given": sum(kinds.get(kind, 0) for kind in GIVEN) + exchanges[True],
        "received": sum(kinds.get(kind, 0) for kind in RECEIVED) + exchanges[False],
    }
    for name, (given, kind) in PAIRS.items():
        is_told_by_role = kind == Kind.INFORMATION_EXCHANGE
        counts[name] = exchanges[given] if is_told_by_role else kinds.get(kind, 0)
    return Counter({name: n for name, n in counts.items() if n})


def _facts_of(partner: int, parts: Parts, told: Told) -> Facts:
    """Of a partner without its bodies."""
    own = parts.every[partner]
    kinds = {told.kinds[number] for number in set(map(told.kind.__getitem__, own))}
    standings = [told.standings[number] for number in set(map(told.standing.__getitem__, own))]
    done = [one.year for one in standings if one.done]
    last = _latest(map(told.first.__getitem__, own))
    return Facts(
        last=last,
        last_with=partner if last else None,
        last_by=_latest(map(told.latest.__getitem__, own)),
        first_year=min(filter(None, done), default=None),
        undated=None in done,
        ahead=any(one.ahead for one in standings),
        gave=bool(kinds.intersection(GIVEN) or parts.asked[partner]),
        got=bool(kinds.intersection(RECEIVED) or parts.answered[partner]),
        sensitivity=max((one.sensitivity for one in standings), default=0),
    )


def _latest(days: Iterable[str | None]) -> dt.date | None:
    latest = max(filter(None, days), default=None)
    return dt.date.fromisoformat(latest) if latest else None
