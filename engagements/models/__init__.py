"""The heart: engagements, who took part, and what each of them serves."""

from engagements.models.alignment import Alignment, AlignmentQuerySet
from engagements.models.change import Change
from engagements.models.counter import ReferenceCounter
from engagements.models.engagement import Engagement
from engagements.models.export import Export, ExportLayout
from engagements.models.load import ColumnMemory, Load, LoadedRow, LoadQuerySet, WordMemory
from engagements.models.note import Note, NoteQuerySet
from engagements.models.participation import Participation
from engagements.models.queryset import EngagementQuerySet

__all__ = [
    "Alignment",
    "AlignmentQuerySet",
    "Change",
    "ColumnMemory",
    "Engagement",
    "EngagementQuerySet",
    "Export",
    "ExportLayout",
    "Load",
    "LoadQuerySet",
    "LoadedRow",
    "Note",
    "NoteQuerySet",
    "Participation",
    "ReferenceCounter",
    "WordMemory",
]
