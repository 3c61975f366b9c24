"""How the pages of a load say what a plan holds as codes."""

from django import template
from django.utils.translation import gettext as _

from engagements import provenance
from engagements.imports.plan import PlannedRow, Why
from engagements.kinds import Kind
from engagements.provenance import Provenance
from partners.models import Contact, Partner

register = template.Library()
NAMES = dict(Partner.Kind.choices) | dict(Kind.choices)


@register.simple_tag(takes_context=True)
def provenance_of(context: template.Context, record: Partner | Contact) -> Provenance | None:
    """The file a partner or a contact was loaded from, as far as the reader may know; None for no file.

    Their own app knows nothing of loads.
    """
    return provenance.provenance_of(record, reader=context["user"])


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
