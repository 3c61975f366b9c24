"""What figures of partners say in a sentence, each with the page that shows whom it is about."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dashboards.links import joined
from dashboards.metrics.partners import Partners
from dashboards.words import all_of
from partners.models import Partner

NAMED = 3


@dataclass(frozen=True, kw_only=True)
class Sentence:
    words: str
    # "" where there is nobody to show.
    url: str = ""


def sentences(found: Partners, query: str, among: set[int] | None = None) -> list[Sentence]:
    """Who is new, who fell silent, what goes one way; one query for names. `query`: of the page.

    Of those `among`, else of everybody who took part; bodies apart, or in the line of who is above.
    """
    among = found.reached if among is None else among
    by_view = {
        view: found.sorted(found.matching(view, among), "number")
        for view in ("new", "silent", "one-way")
    }
    longest = sorted(by_view["silent"], key=lambda pk: -(found.silent_months(pk) or 0))[:1]
    named = Partner.objects.in_bulk([*by_view["new"][:NAMED], *longest])

    def about(view: str, words: str) -> Sentence:
        url = f"{reverse('dashboards:partners')}?{joined(query, f'view={view}')}"
        return Sentence(words=words, url=url if by_view[view] else "")

    said = [about("new", _new(found, by_view["new"], named))]
    said.append(
        about(
            "silent", _silent(found, by_view["silent"], [named[pk] for pk in longest], len(among))
        )
    )
    if by_view["one-way"]:
        said.append(about("one-way", _one_way(found, by_view["one-way"])))
    return said


def _new(found: Partners, new: list[int], named: dict[int, Partner]) -> str:
    if not new:
        return _("No partner was new in %(year)s.") % {"year": found.year}
    names = [named[pk].name for pk in new[:NAMED]]
    if (others := len(new) - NAMED) > 0:
        names.append(ngettext("%(n)s other", "%(n)s others", others) % {"n": others})
    return ngettext(
        "%(n)s partner was new in %(year)s: %(names)s.",
        "%(n)s partners were new in %(year)s: %(names)s.",
        len(new),
    ) % {"n": len(new), "year": found.year, "names": all_of(names)}


def _silent(found: Partners, silent: list[int], longest: list[Partner], total: int) -> str:
    told = {"total": total, "time": months_in_words(found.silent), "n": len(silent)}
    if not longest:
        return _("None of %(total)s has been silent for more than %(time)s.") % told
    told |= {
        "name": longest[0].name,
        "longest": time_in_words(found.silent_months(longest[0].pk) or 0),
    }
    return (
        ngettext(
            "%(n)s of %(total)s has been silent for more than %(time)s: %(name)s, for %(longest)s.",
            "%(n)s of %(total)s have been silent for more than %(time)s, %(name)s the longest, for "
            "%(longest)s.",
            len(silent),
        )
        % told
    )


def _one_way(found: Partners, one_way: list[int]) -> str:
    given = sum(found.one_way(pk) == "given" for pk in one_way)
    return ngettext(
        "%(n)s relationship goes one way: only given to %(given)s, only received from %(received)s.",
        "%(n)s relationships go one way: only given to %(given)s, only received from %(received)s.",
        len(one_way),
    ) % {"n": len(one_way), "given": given, "received": len(one_way) - given}


def time_in_words(months: int) -> str:
    """Whole years from two years on, before that months."""
    years = months // 12
    if years >= 2:
        return ngettext("%(n)s year", "%(n)s years", years) % {"n": years}
    return months_in_words(months)


def months_in_words(months: int) -> str:
    return ngettext("%(n)s month", "%(n)s months", months) % {"n": months}
