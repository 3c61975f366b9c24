"""How the pages of a load say what a plan holds as codes."""

from django import template
from django.utils.translation import gettext as _

from engagements.imports.plan import PlannedRow, Why
from engagements.kinds import Kind
from partners.models import Partner

register = template.Library()
NAMES = dict(Partner.Kind.choices) | dict(Kind.choices)


@register.filter
def kind_name(value: str) -> str:
    """Of an engagement or a partner; what is no kind as it stands."""
    return str(NAMES.get(value, value))


@register.filter
def why(row: PlannedRow) -> str:
    """Why a row is not loaded, in a sentence."""
    return row.reason or {
        Why.PROBLEM: _("Something in it is wrong."),
        Why.QUESTION: _("It waits for an answer."),
        Why.REPEATS: _("It says the same as row %(row)s.") % {"row": row.repeats},
        Why.LIKE_ROW: _("It has the title, start and a partner of row %(row)s.")
        % {"row": row.repeats},
        Why.SKIPPED: _("You chose to leave it out."),
        Why.LOADED: _("This very row was loaded before."),
        Why.SAME_RECORD: _("The record says the same."),
        Why.LIKE: _("It has the same title, start and a partner."),
        Why.MOVED_ON: _("Somebody changed the record since the file was made."),
    }.get(Why(row.why) if row.why else Why.PROBLEM, "")
