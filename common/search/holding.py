"""Whether a column of lines (common.search.analysis.line_of) has what is asked for: for small tables.

The lines are looked through one by one, by what stands in them: the same on both databases, without an index.
"""

from django.db.models import Q

from common.search.asking import Term


def holding(column: str, term: Term) -> Q:
    """One of the term's tokens, beginnings or phrases stands in it, whether that is wanted or not."""
    parts = [f" {token} " for token in sorted(term.tokens)]
    parts += [f" {beginning}" for beginning in sorted(term.beginnings)]
    parts += [phrase.text for phrase in term.phrases]
    found = Q(pk__in=[])
    for part in parts:
        found |= Q(**{f"{column}__contains": part})
    return found


def wanted(found: Q, term: Term) -> Q:
    """As it is asked for: -without finds where it is not."""
    return ~found if term.without else found


def stands_in(search_text: str, term: Term) -> bool:
    """The same of one text: as an index of its tokens finds it."""
    return (
        any(f" {token} " in search_text for token in term.tokens)
        or any(f" {beginning}" in search_text for beginning in term.beginnings)
        or any(phrase.text in search_text for phrase in term.phrases)
    )
