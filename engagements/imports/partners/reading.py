"""Rows of a list of partners into what the form of a partner is told."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from common.sheets.tables import Row
from common.sheets.values.cells import short
from common.text import fold
from engagements.imports.cells_told import plain
from engagements.imports.matching.keys import same
from engagements.imports.row_reading import Reader
from engagements.imports.rows import NEW, RowRead
from partners.forms import SECTORS

TEXTS = (
    *("name_en", "name_fr", "name_own", "own_language"),
    *("acronym_en", "acronym_fr", "website", "crs_code"),
)
LISTED = re.compile(r"[;\n|]+")
SECTORS_LISTED = re.compile(r"[;,/&+\n|]+|\b(?:and|et)\b")
# Stems by which a sector is told in either language.
SECTOR_STEMS = {
    "in_police": ("police", "polic", "law enforcement", "application de la loi"),
    "in_courts": ("court", "judic", "tribuna", "magistrat"),
    "in_corrections": ("correction", "prison", "penit"),
}
ALL_SECTORS = {"all", "tous", "toutes", "justice"}


class PartnerReader(Reader):
    """`names` are those of the partners that the file itself tells of: a row may be part of another."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.names = self._names_in_file()

    def _names_in_file(self) -> dict[str, int]:
        """Any name, acronym or code → the first row that has it."""
        named: dict[str, int] = {}
        for row in self.table.rows:
            for name in ("code", "name", *TEXTS[:3], "acronym", "acronym_en", "acronym_fr"):
                if key := same(self.text(row, name)):
                    named.setdefault(key, row.number)
        return named

    def read(self, row: Row) -> RowRead:
        found = self.begun(row)
        found.reference = self.text(row, "code")
        for name in TEXTS:
            if text := self.text(row, name):
                found.told[name] = {name: [text]}
        self._either_language(found, row)
        for name, section in (("kind", "kinds"), ("country", "countries")):
            if codes := self._codes(found, row, name, section):
                found.told[name] = {name: codes[:1]}
        self._parent(found, row)
        self._sectors(found, row)
        self._former_names(found, row)
        return found

    def _either_language(self, found: RowRead, row: Row) -> None:
        """A column that does not say its language is in that of whoever loads it."""
        for name in ("name", "acronym"):
            wanted = f"{name}_{self.language}"
            text = self.text(row, name)
            if text and wanted not in found.told:
                found.told[name] = {wanted: [text]}

    def _parent(self, found: RowRead, row: Row) -> None:
        """A partner that is here, or else another row of the file."""
        text = self.text(row, "parent")
        if not text:
            return
        said = self.answers.said("partners", text)
        other = self.names.get(same(text), 0)
        if said is None and other not in (0, row.number) and not self.matchers.partners.knows(text):
            found.told["parent"] = {"parent": [f"{NEW}{other}"]}
        elif code := self._resolved(found, "parent", "partners", text):
            if code.startswith(NEW):
                message = _("“%(value)s” is not here yet. Give it a row of its own in this file.")
                self.problem(found, "parent", text, message % {"value": short(text)})
            else:
                found.told["parent"] = {"parent": [code]}

    def _sectors(self, found: RowRead, row: Row) -> None:
        text = self.text(row, "sectors")
        told: set[str] = set()
        for part in SECTORS_LISTED.split(fold(text)):
            if not part.strip():
                continue
            named = {n for n, stems in SECTOR_STEMS.items() if any(stem in part for stem in stems)}
            named = set(SECTORS) if part.strip() in ALL_SECTORS else named
            if not named:
                message = _("“%(value)s” is no sector. They are: police, courts, corrections.")
                self.problem(found, "sectors", text, message % {"value": short(part.strip())})
            told |= named
        if told:
            found.told["sectors"] = {name: ["on"] for name in told}

    def _former_names(self, found: RowRead, row: Row) -> None:
        names = [
            name.strip()
            for _column, cell in self.cells(row, "former_names")
            for name in LISTED.split(plain(cell))
            if name.strip()
        ]
        if names:
            found.told["former_names"] = {"former_names": list(dict.fromkeys(names))}
