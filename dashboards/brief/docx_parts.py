"""What python-docx has no words for: languages, header rows, fields, shades."""

import re
from typing import Any

from docx.document import Document as DocumentType
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.styles.style import BaseStyle
from docx.text.paragraph import Paragraph

from common.bilingual import reader_language

CANADIAN = {"en": "en-CA", "fr": "fr-CA"}
# What XML cannot hold; nothing that is saved has any, an address may.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def write(
    paragraph: Paragraph, text: str, *, language: str = "", bold: bool = False, style: str = ""
) -> None:
    """A run of text; marked with its language where that is not the reader's."""
    run = paragraph.add_run(UNWRITABLE.sub("", text), style=style or None)
    run.bold = bold or None
    if language and language != reader_language():
        run._r.get_or_add_rPr().append(_lang(language))


def set_language(document: DocumentType) -> None:
    """The reader's, for all that is not marked otherwise."""
    language = reader_language()
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for old in defaults.iter(qn("w:lang")):
        old.set(qn("w:val"), CANADIAN[language])
        old.set(qn("w:eastAsia"), CANADIAN[language])
    for theme in document.settings.element.iter(qn("w:themeFontLang")):
        theme.set(qn("w:val"), CANADIAN[language])
    document.core_properties.language = CANADIAN[language]


def _lang(language: str) -> Any:
    element = OxmlElement("w:lang")
    element.set(qn("w:val"), CANADIAN[language])
    return element


def set_font(style: BaseStyle, name: str) -> None:
    """A font for every script, in place of the theme's."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), name)


def repeat_as_header(row: Any) -> None:
    """The row heads the table on every sheet, and is its header to a screen reader."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    properties.append(OxmlElement("w:tblHeader"))


def describe(table: Any, title: str) -> None:
    """What a screen reader calls the table."""
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), title)
    table._tbl.tblPr.append(caption)


def shade(cell: Any, colour: str) -> None:
    """`colour`: six hexadecimal digits."""
    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shading.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shading)


def add_field(paragraph: Paragraph, code: str) -> None:
    """A field that the word processor fills in: PAGE, NUMPAGES."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("1", "1"), ("end", "")):
        run = paragraph.add_run()
        if kind in {"begin", "separate", "end"}:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif kind == "1":
            run.text = text
        else:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = f" {text} "
            run._r.append(instruction)
