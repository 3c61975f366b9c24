"""What a brief says in sentences: the answer aloud, and whose eyes it was made for."""

from collections.abc import Iterator

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from dashboards.brief.content import Brief
from dashboards.metrics.mapping import Mapped
from dashboards.metrics.volume import KeyFigures
from dashboards.said import made_for
from dashboards.words import any_of, called
from objectives.models import Objective

# How many objectives a sentence names before it only counts the others.
NAMED = 4


def lead(brief: Brief) -> list[str]:
    """How much, in all, given and received, and what nothing serves: a sentence each."""
    return list(_lead(brief))


def _lead(brief: Brief) -> Iterator[str]:
    yield done(brief.figures)
    yield in_all(brief)
    if brief.given is not None and brief.received is not None:
        yield both_ways(brief.given.count, brief.received.count)
    if brief.total and brief.never:
        yield nothing_serves(brief.never)


def done(found: KeyFigures) -> str:
    """Completed in the year, against the same point of the year before, or the whole of it."""
    if found.period.year is None:
        return _in_the_dates(found)
    return _so_far(found) if found.same_point else _over_the_year(found)


def _in_the_dates(found: KeyFigures) -> str:
    n = found.engagements.now.count
    said = ngettext(
        "%(n)s engagement was completed in the dates chosen.",
        "%(n)s engagements were completed in the dates chosen.",
        n,
    )
    return said % {"n": localize(n)}


def _so_far(found: KeyFigures) -> str:
    n, before = found.engagements.now.count, found.engagements.same_point
    words = {"year": found.period.year, "before": localize(before.count if before else 0)}
    if not n:
        none = _(
            "None was completed so far in %(year)s, against %(before)s at this point last year."
        )
        return none % words
    said = ngettext(
        "%(n)s engagement was completed so far in %(year)s, against %(before)s at this point last year.",
        "%(n)s engagements were completed so far in %(year)s, against %(before)s at this point last year.",
        n,
    )
    return said % (words | {"n": localize(n)})


def _over_the_year(found: KeyFigures) -> str:
    n, before = found.engagements.now.count, found.engagements.year_before
    said = ngettext(
        "%(n)s engagement was completed in %(year)s, against %(before)s in %(year_before)s.",
        "%(n)s engagements were completed in %(year)s, against %(before)s in %(year_before)s.",
        n,
    )
    words = {
        "n": localize(n),
        "year": found.period.year,
        "before": localize(before.count if before else 0),
        "year_before": found.year_before.year if found.year_before else "",
    }
    return said % words


def in_all(brief: Brief) -> str:
    """Everything that counts under the filter, planned and completed."""
    n = brief.total.count
    said = ngettext(
        "In all, this brief counts %(n)s engagement, planned or completed.",
        "In all, this brief counts %(n)s engagements, planned or completed.",
        n,
    )
    return said % {"n": localize(n)}


def both_ways(given: int, received: int) -> str:
    words = {"given": localize(given), "received": localize(received)}
    if given and not received:
        return _("One way: %(given)s given by CSC, nothing received.") % words
    if received and not given:
        return _("One way: %(received)s received by CSC, nothing given.") % words
    return _("Given by CSC: %(given)s. Received by CSC: %(received)s.") % words


def nothing_serves(objectives: list[Objective]) -> str:
    """The first few by name."""
    names = [called(objective) for objective in objectives[:NAMED]]
    others = len(objectives) - len(names)
    if not others:
        return _("Nothing here serves %(objectives)s.") % {"objectives": any_of(names)}
    said = ngettext(
        "Nothing here serves %(objectives)s, nor %(n)s other objective in force.",
        "Nothing here serves %(objectives)s, nor %(n)s other objectives in force.",
        others,
    )
    return said % {"objectives": any_of(names), "n": localize(others)}


def words(brief: Brief) -> list[str]:
    """In whose words tags are read, where that makes a difference."""
    if not brief.has_words:
        return []
    if not brief.mapped:
        return [_("Each engagement counts under the framework it was tagged with at the time.")]
    return [sentence for one in brief.mapped for sentence in (_in_words_of(one), _unmapped(one))]


def _in_words_of(found: Mapped) -> str:
    said = _(
        "Tags of earlier sets are read in the words of “%(framework)s”, in force today: each counts "
        "for the entries that follow it, and an engagement once for each of them."
    )
    return said % {"framework": found.framework.title}


def _unmapped(found: Mapped) -> str:
    n = found.unmapped.count
    if not n:
        return _("Every tag could be read so.")
    said = ngettext(
        "%(n)s engagement has a tag that no entry of today follows.",
        "%(n)s engagements have a tag that no entry of today follows.",
        n,
    )
    return said % {"n": localize(n)}


def overdue(brief: Brief) -> str:
    """Those that are listed and the others."""
    n = brief.all_overdue.count
    said = ngettext(
        "%(n)s engagement was planned for a time gone by, and nobody has said what became of it.",
        "%(n)s engagements were planned for a time gone by, and nobody has said what became of them.",
        n,
    )
    return said % {"n": localize(n)}


def omission(reader: User) -> str:
    """The same whether or not anything was left out: docs/decisions/0018-the-brief.md."""
    said = _("This brief holds only what its reader (%(reader)s) may open; there may be more.")
    return said % {"reader": made_for(reader)}
