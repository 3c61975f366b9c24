"""The brief as a document people go on writing in: real styles, headings, lists and tables."""

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Emu, Inches, Pt, RGBColor

from common.marking import marking_in_words
from common.partial_dates import Precision
from dashboards.brief import sentences
from dashboards.brief.content import Brief, Entry
from dashboards.brief.docx_parts import (
    UNWRITABLE,
    add_field,
    set_font,
    set_language,
    write,
)
from dashboards.brief.tables import by_framework_table, figures_table, matrix_table, row_table
from dashboards.words import called
from engagements.models import Engagement

FONT, INK = "Calibri", RGBColor(0x1A, 0x1A, 0x1A)
MARGIN = Inches(0.8)
SIZES = {"Title": 22, "Heading 1": 13, "Heading 2": 11.5, "Normal": 10, "List Bullet": 10}


def to_docx(brief: Brief, *, marking: int, at: dt.datetime) -> bytes:
    """`at`: the moment it is made, for the document's properties."""
    document = Document()
    set_language(document)
    _set_styles(document)
    _set_page(document, brief, marking)
    _set_properties(document, brief, at)
    _head(document, brief)
    document.add_heading(_("Key figures"), level=1)
    figures_table(document, brief)
    _served(document, brief)
    _entries(document, _("Latest engagements"), brief.latest, empty=_("None has begun."))
    if brief.overdue:
        _entries(document, _("Overdue"), brief.overdue, before=sentences.overdue(brief))
    _entries(document, _("What is coming next"), brief.coming, empty=_("Nothing is planned."))
    if brief.ahead > len(brief.coming):
        said = ngettext("%(n)s is planned in all.", "%(n)s are planned in all.", brief.ahead)
        write(document.add_paragraph(), said % {"n": brief.ahead})
    _foot(document, brief)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


# How it looks


def _set_styles(document: DocumentType) -> None:
    for name, size in SIZES.items():
        style: Any = document.styles[name]
        set_font(style, FONT)
        style.font.size = Pt(size)
        style.font.color.rgb = INK
        style.paragraph_format.space_after = Pt(3)
        style.paragraph_format.line_spacing = 1.05
    for name in ("Heading 1", "Heading 2"):
        heading: Any = document.styles[name]
        heading.paragraph_format.space_before = Pt(9)
        heading.paragraph_format.keep_with_next = True


def _set_page(document: DocumentType, brief: Brief, marking: int) -> None:
    """Letter; the marking, the day and the number of the page on every sheet."""
    section = document.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, MARGIN)
    section.header_distance = section.footer_distance = Inches(0.4)
    words = marking_in_words(marking).upper()
    head = section.header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    write(head, words, bold=True)
    foot = section.footer.paragraphs[0]
    _set_tabs(foot, section)
    # Glued with tabs: the marking in the middle, the page at the right.
    write(foot, _("Liaison, %(day)s") % {"day": brief.scope.today.isoformat()})
    write(foot, "\t")
    write(foot, words, bold=True)
    write(foot, "\t")
    add_field(foot, "PAGE")
    write(foot, " / ")
    add_field(foot, "NUMPAGES")


def _set_tabs(paragraph: Any, section: Any) -> None:
    width = section.page_width - 2 * MARGIN
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Emu(width // 2), WD_TAB_ALIGNMENT.CENTER)
    stops.add_tab_stop(Emu(width), WD_TAB_ALIGNMENT.RIGHT)


def _set_properties(document: DocumentType, brief: Brief, at: dt.datetime) -> None:
    properties = document.core_properties
    made = at.astimezone(dt.UTC).replace(tzinfo=None, microsecond=0)
    properties.title = UNWRITABLE.sub("", brief.subject.heading)[:255]
    properties.subject = _("One-page brief")
    properties.author = properties.last_modified_by = "Liaison"
    properties.comments = properties.keywords = ""
    properties.created = properties.modified = made
    properties.revision = 1


# What it says


def _head(document: DocumentType, brief: Brief) -> None:
    subject = brief.subject
    title = document.add_paragraph(style="Title")
    write(title, subject.heading, language=subject.language)
    if subject.wording:
        write(document.add_paragraph(style="Subtitle"), subject.wording)
    counted = _("Counted on %(day)s.") % {"day": brief.scope.today.isoformat()}
    words = [str(said) for said in subject.narrowed]
    said = _("Filter: %(filter)s.") % {"filter": _("; ").join(words)} if words else ""
    write(document.add_paragraph(), " ".join(part for part in (counted, said) if part))
    paragraph = document.add_paragraph()
    first, *others = sentences.lead(brief)
    write(paragraph, first, bold=True)
    for sentence in others:
        write(paragraph, f" {sentence}")


def _served(document: DocumentType, brief: Brief) -> None:
    if brief.matrix:
        words = {"rows": brief.matrix.rows.title, "columns": brief.matrix.columns.title}
        document.add_heading(_("For what: %(rows)s × %(columns)s") % words, level=1)
        matrix_table(document, brief.matrix)
        note = _("An engagement that serves two objectives counts in both cells.")
        write(document.add_paragraph(), note)
    elif brief.row:
        words = {"framework": brief.row.framework.title}
        document.add_heading(_("Together with: %(framework)s") % words, level=1)
        row_table(document, brief.row)
    else:
        document.add_heading(_("For what"), level=1)
        by_framework_table(document, brief.served)
    if reading := sentences.words(brief):
        write(document.add_paragraph(), " ".join(reading))
    if brief.never_besides and (brief.matrix or brief.row):
        paragraph = document.add_paragraph()
        write(paragraph, _("Not served either"), bold=True)
        names = [called(objective) for objective in brief.never_besides]
        write(paragraph, f"{_(': ')}{_('; ').join(names)}.")


def _entries(
    document: DocumentType,
    heading: str,
    entries: Sequence[Entry],
    *,
    empty: str = "",
    before: str = "",
) -> None:
    """`empty`: said where there are none; `before`: above them."""
    document.add_heading(heading, level=1)
    if before:
        write(document.add_paragraph(), before)
    if not entries:
        write(document.add_paragraph(), empty)
    for entry in entries:
        _entry(document, entry)


def _entry(document: DocumentType, entry: Entry) -> None:
    engagement = entry.engagement
    paragraph = document.add_paragraph(style="List Bullet")
    write(paragraph, f"{when(engagement)}  ")
    write(paragraph, entry.title.value, language=entry.title.language, bold=True)
    facts = [
        engagement.get_kind_display(),
        engagement.get_stage_display().lower(),
        engagement.reference or "",
        entry.protected,
    ]
    write(paragraph, f" ({_(', ').join(fact for fact in facts if fact)})")
    if entry.outcome:
        paragraph.add_run().add_break()
        cut = " […]" if entry.is_cut else ""
        write(paragraph, entry.outcome.value + cut, language=entry.outcome.language)
        if entry.in_language:
            write(paragraph, f" ({entry.in_language})")


def when(engagement: Engagement) -> str:
    """Its dates as precise as they are known, as templates/engagements/_when.html says them."""
    start, end = str(engagement.start), str(engagement.end)
    if engagement.end_precision == Precision.ONGOING:
        return _("%(start)s, ongoing") % {"start": start}
    if engagement.end_precision == Precision.NOT_GIVEN or end == start:
        return start
    exact = engagement.end_precision in {Precision.DAY, Precision.MONTH}
    to = pgettext("dates", "to") if exact else pgettext("years and seasons", "to")
    return f"{start} {to} {end}"


def _foot(document: DocumentType, brief: Brief) -> None:
    document.add_heading(_("What this brief holds"), level=1)
    counted = _("Drafts, and what was declined or cancelled, are in no figure.")
    write(document.add_paragraph(), f"{sentences.omission(brief.reader)} {counted}")
