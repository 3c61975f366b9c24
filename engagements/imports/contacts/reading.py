"""Rows of a list of contacts into what the form of a contact is told, and at which partner each is."""

from __future__ import annotations

import re

from common.partial_dates import Precision
from common.sheets.book import Cell
from common.sheets.tables import Row
from common.sheets.values.cells import ValueProblem
from common.sheets.values.dates import read_date
from common.sheets.values.language import likely_language
from engagements.imports.cells_told import plain
from engagements.imports.matching.results import Found
from engagements.imports.matching.words import language_of
from engagements.imports.row_reading import Reader
from engagements.imports.rows import RowRead
from engagements.imports.titles import language_of_values
from partners.models import Contact

TEXTS = ("post_en", "post_fr", "phone")
DATES = ("in_post_from", "in_post_until")
# "Somebody <desk@example.org>", "mailto:desk@example.org".
ADDRESS = re.compile(r"[^\s<>;,:\"']+@[^\s<>;,\"']+")
# Of these one says which language to write in: either will do.
BOTH = re.compile(r"\b(both|bilingual|bilingue|les deux|either)\b", re.IGNORECASE)
PRECISE: dict[str, int] = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}


class ContactReader(Reader):
    """`post_language` is that of a post whose own words do not tell."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        posts = (language_of_values(self.table, each) for each in self.columns.get("post", []))
        self.post_language = next(posts, "") or self.language

    def read(self, row: Row) -> RowRead:
        found = self.begun(row)
        name = self.text(row, "name") or self._joined(row)
        if name:
            found.told["name"] = {"name": [name]}
        for each in TEXTS:
            if text := self.text(row, each):
                found.told[each] = {each: [text]}
        self._post(found, row)
        self._email(found, row)
        self._write_in(found, row)
        for each in DATES:
            for _column, cell in self.cells(row, each):
                if text := day_said(cell):
                    found.told[each] = {each: [text]}
        if note := "\n".join(filter(None, (plain(cell) for _c, cell in self.cells(row, "note")))):
            language = likely_language(note, self.language)
            found.told["note"] = {"note": [note], "text_language": [language]}
        if code := self._partner(found, row):
            found.told["partners"] = {"partner": [code]}
        return found

    def _joined(self, row: Row) -> str:
        return " ".join(filter(None, (self.text(row, n) for n in ("given_name", "family_name"))))

    def _post(self, found: RowRead, row: Row) -> None:
        """A column that does not say its language: as its words tell, as most of it is."""
        if text := self.text(row, "post"):
            wanted = f"post_{likely_language(text, self.post_language)}"
            if wanted not in found.told:
                found.told["post"] = {wanted: [text]}

    def _email(self, found: RowRead, row: Row) -> None:
        """The address alone, where one stands with a name; what is none is the form's to refuse."""
        if text := self.text(row, "email"):
            addresses = ADDRESS.findall(text)
            found.told["email"] = {"email": [addresses[0] if len(addresses) == 1 else text]}

    def _write_in(self, found: RowRead, row: Row) -> None:
        text = self.text(row, "write_in")
        if not text or BOTH.search(text):
            return
        match language_of(text):
            case Found(code=language):
                told = language
            case _:
                told = Contact.WriteIn.OTHER.value
        found.told["write_in"] = {"write_in": [told]}

    def _partner(self, found: RowRead, row: Row) -> str:
        """The code of the partner it names, in the country that it names: many a ministry is called alike."""
        text, country = self.text(row, "partners"), self._country(found, row)
        if not text:
            return ""
        if country and not self._is_there(text, country):
            text = f"{text}, {self.matchers.countries.label(country)}"
        return self._resolved(found, "partners", "partners", text)

    def _is_there(self, text: str, country: str) -> bool:
        """Whether the text alone names a partner, and none of another country."""
        if self.answers.said("partners", text) is not None:
            return True
        match self.matchers.partners.match(text):
            case Found(code=code):
                partner = self.matchers.partners.by_code[code]
                return partner.country is None or partner.country.iso2 == country
        return False

    def _country(self, found: RowRead, row: Row) -> str:
        """What it helps to find; a country that nobody knows is no reason to leave a contact out."""
        text = self.text(row, "country")
        if not text:
            return ""
        match self.matchers.countries.match(text):
            case Found(code=code):
                return code
        return ""


def day_said(cell: Cell) -> str:
    """A date as the form takes it, as precisely as it is told; what is none as it stands."""
    text = plain(cell)
    try:
        told = read_date(cell) if text else None
    except ValueProblem:
        return text
    if told is None or told.start.earliest is None or told.start.precision not in PRECISE:
        return text
    return told.start.earliest.isoformat()[: PRECISE[told.start.precision]]
