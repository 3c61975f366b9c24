"""What is kept of an engagement: all that people told, its partners, places and alignments.

What follows from these (fiscal year, span, what search reads) is not; a draft is not on record. A
restricted note is a record of its own, since only those it names may read what became of it.
"""

from common.history.tracking import Rows, Tracked, register
from engagements.models import Alignment, Engagement, Note, Participation

PLAIN = (
    "reference", "stage", "stage_reason", "sensitivity", "title_en", "title_fr", "kind",
    "text_language", "purpose", "outcome", "lessons", "start_precision", "start_earliest",
    "start_latest", "end_precision", "end_earliest", "end_latest", "place", "csc_participants",
    "csc_posts", "planned_cost", "actual_cost", "paid_by", "approval", "approved_by", "approved_on",
    "decided_at", "origin", "source_url", "logged_at",
)  # fmt: skip

ENGAGEMENT = register(
    Tracked(
        kind="engagement",
        model=Engagement,
        columns={name: name for name in PLAIN}
        | {
            "lead_office": "lead_office__code",
            "lead_officer": "lead_officer",
            "decided_by": "decided_by",
            "logged_by": "logged_by",
        },
        rows={
            "partners": Rows(
                model=Participation,
                record="engagement",
                columns={"partner": "partner__code", "role": "role"},
                order=("position", "pk"),
                key=("partner", "role"),
                arranged=True,
            ),
            "countries": Rows(
                model=Engagement.countries.through,
                record="engagement",
                columns={"country": "country__iso2"},
                order=("country__iso2",),
            ),
            "objectives": Rows(
                model=Alignment,
                record="engagement",
                columns={
                    "objective": "objective__code",
                    "reason": "reason",
                    "primary": "primary",
                    "demonstration": "demonstration",
                    "made_at": "made_at",
                    "made_by": "made_by",
                },
                order=("objective__code",),
                key=("objective",),
                aside=("made_at", "made_by", "demonstration"),
            ),
        },
        sensitivity=("sensitivity",),
        version="version",
        partial_dates=("start", "end"),
    )
)

# Its revisions may be read by whoever may read the note: Note.objects.readable_by(user).
NOTE = register(
    Tracked(
        kind="note",
        model=Note,
        columns={
            "text": "text",
            "text_language": "text_language",
            "sensitivity": "sensitivity",
            "office": "office__code",
            "written_at": "written_at",
            "written_by": "written_by",
            "withdrawn_at": "withdrawn_at",
            "withdrawn_by": "withdrawn_by",
        },
        rows={
            "people": Rows(
                model=Note.readers.through,
                record="note",
                columns={"person": "user"},
                order=("user",),
            ),
        },
        sensitivity=("sensitivity",),
        version="version",
    )
)
