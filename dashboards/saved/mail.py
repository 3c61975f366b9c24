"""A view as a mail: its figures as one person may see them, in their language. Figures alone, no titles.

What is mailed travels further than the portal: it holds nothing that a record says, and each figure leads
to the list behind it, where its reader signs in.
"""

import datetime as dt
from dataclasses import dataclass, replace

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from common.filters import Choice
from common.marking import marking_in_words, marking_of
from common.text import on_one_line
from dashboards import blocks
from dashboards.blocks.volume import Labelled, labelled
from dashboards.figures import Figure
from dashboards.findings import FEW, Finding
from dashboards.links import address_of, list_of
from dashboards.metrics.plans import planned_within
from dashboards.metrics.volume import KeyFigures
from dashboards.models import Page, SavedView, Subscription
from dashboards.options import Words, options_of
from dashboards.said import option_said
from dashboards.saved.queries import Asked, asked
from dashboards.saved.words import in_words
from dashboards.templatetags.figures import change, number
from engagements.filters import EngagementFilter

# How far ahead it looks, in days.
AHEAD = (30, 90)


class Broken(Exception):
    """The view asks for what is no longer there: a sentence."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A figure in words, and where it leads; beside it the one it is compared with."""

    label: str
    value: str
    url: str
    before: str = ""
    before_url: str = ""
    change: str = ""


@dataclass(frozen=True, kw_only=True)
class FindingLine:
    """A finding in words, and the lists that show it: their words and addresses."""

    words: str
    links: list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Content:
    """What a mail says, each text in its reader's language."""

    view: SavedView
    person: User
    today: dt.date
    marking: int
    period: str
    choices: list[Choice]
    figures: list[Line]
    findings: list[FindingLine]
    coming: list[Line]
    view_url: str
    stop_url: str

    @property
    def marking_words(self) -> str:
        return marking_in_words(self.marking).upper()


def message(subscription: Subscription, today: dt.date) -> EmailMultiAlternatives:
    """Of a subscription whose view there is. Raises Broken where its query makes no sense any more."""
    person, view = subscription.person, subscription.view
    assert view is not None
    with override(person.language):
        content = content_of(view, person, today)
        made = EmailMultiAlternatives(
            subject=subject_of(content),
            body=render_to_string("mail/view.txt", {"mail": content}),
            to=[person.email],
            headers={
                "List-Unsubscribe": f"<{content.stop_url}>",
                "Auto-Submitted": "auto-generated",
                "Content-Language": person.language,
            },
        )
        made.attach_alternative(render_to_string("mail/view.html", {"mail": content}), "text/html")
    return made


def subject_of(content: Content) -> str:
    said = {"name": content.view.name, "day": content.today.isoformat()}
    words = _("Liaison: %(name)s, %(day)s") % said
    return on_one_line(f"{content.marking_words} – {words}" if content.marking else words)


def content_of(view: SavedView, person: User, today: dt.date) -> Content:
    """In the language that is active, for what the person may see at this moment."""
    found = asked(view.page, view.query, reader=person)
    if found.problems:
        raise Broken(" ".join(str(problem.message) for problem in found.problems))
    scope = scope_of(view, found, today)
    volume, alignment = blocks.volume(scope), blocks.alignment(scope)
    (words,) = in_words([(view.page, view.query)], reader=person)
    return Content(
        view=view,
        person=person,
        today=today,
        marking=marking_of(blocks.counted(scope)),
        period=period_in_words(volume["figures"], today),
        choices=[*words.choices, *(words_said(scope) if alignment else [])],
        figures=key_figures(volume["figures"], volume["filters"]),
        findings=[
            finding_line(found.filters, one)
            for one in (alignment["findings"] if alignment else [])[:FEW]
        ],
        coming=coming(scope),
        view_url=absolute(view.get_absolute_url()),
        stop_url=absolute(reverse("dashboards:view_mail", args=[view.key])),
    )


def scope_of(view: SavedView, found: Asked, today: dt.date) -> blocks.Scope:
    options = options_of(QueryDict(view.query)) if view.page != Page.ENGAGEMENTS else None
    return blocks.scope_of(found.filters, today, options)


def finding_line(filters: EngagementFilter, finding: Finding) -> FindingLine:
    return FindingLine(
        words=f"{finding.lead} {finding.rest}".strip(),
        links=[(one.words, absolute(list_of(filters, one.figure))) for one in finding.links],
    )


def period_in_words(figures: KeyFigures, today: dt.date) -> str:
    """Which time the key figures are of."""
    year = figures.period.year
    if year is None:
        return _("In the dates chosen")
    if figures.same_point is None:
        return _("Fiscal year %(year)s") % {"year": year}
    said = {"year": year, "first": year.days[0].isoformat(), "today": today.isoformat()}
    return _("Fiscal year %(year)s, from %(first)s to %(today)s") % said


def key_figures(figures: KeyFigures, filters: EngagementFilter) -> list[Line]:
    """`filters`: what the figures narrow, as blocks.volume gives it."""
    return [compared(one, figures, filters) for one in labelled(figures)]


def compared(one: Labelled, figures: KeyFigures, filters: EngagementFilter) -> Line:
    comparison, as_money = one.compared, one.as_money
    line = Line(
        label=one.label,
        value=plain(number(comparison.now.value, as_money)),
        url=link(filters, comparison.now),
    )
    if comparison.same_point is not None:
        before, words = comparison.same_point, _("%(n)s at this point last year")
    elif comparison.year_before is not None and figures.year_before:
        before, words = comparison.year_before, _("%(n)s in all of %(year)s")
    else:
        return line
    year = figures.year_before.year if figures.year_before else ""
    return replace(
        line,
        before=words % {"n": plain(number(before.value, as_money)), "year": year},
        before_url=link(filters, before),
        change=plain(change(comparison, as_money)),
    )


def coming(scope: blocks.Scope) -> list[Line]:
    """What is planned in the next days: how many, each with its list."""
    lines = []
    for days in AHEAD:
        found = planned_within(scope.engagements, scope.today, days)
        label = _("Planned in the next %(days)s days") % {"days": days}
        value = plain(number(found.value))
        lines.append(Line(label=label, value=value, url=link(scope.filters, found)))
    return lines


def words_said(scope: blocks.Scope) -> list[Choice]:
    """That objectives are read in today's words, where nobody chose so."""
    if scope.options.words or not scope.is_today:
        return []
    said = option_said("words", Words.TODAY, {})
    return [Choice(parameter="words", text=Words.TODAY, label=said.label, value=said.value)]


def link(filters: EngagementFilter, of: Figure) -> str:
    return absolute(address_of(filters, of))


def absolute(path: str) -> str:
    return f"{settings.SITE_ADDRESS}{path}"


def plain(words: object) -> str:
    """Without the marks a page keeps a number together by."""
    return strip_tags(str(words))
