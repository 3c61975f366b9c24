"""Reading a workbook back, by what its parts say."""

import io
import zipfile
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Workbook:
    """`parts`: every part by name, as text. `names`: of the sheets, in order."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            assert parts.testzip() is None
            self.parts = {name: parts.read(name).decode() for name in parts.namelist()}
        for text in self.parts.values():
            ElementTree.fromstring(text)
        found = ElementTree.fromstring(self.parts["xl/workbook.xml"])
        self.names = [sheet.get("name") for sheet in found.iter(f"{MAIN}sheet")]
        strings = ElementTree.fromstring(self.parts["xl/sharedStrings.xml"])
        self.strings = ["".join(one.itertext()) for one in strings.iter(f"{MAIN}si")]

    def xml(self, name: str) -> str:
        return self.parts[f"xl/worksheets/sheet{self.names.index(name) + 1}.xml"]

    def links(self, name: str) -> list[str]:
        """Addresses outside the workbook that the sheet leads to."""
        number = self.names.index(name) + 1
        related = self.parts.get(f"xl/worksheets/_rels/sheet{number}.xml.rels")
        if related is None:
            return []
        found = ElementTree.fromstring(related)
        return [one.get("Target") for one in found if one.get("TargetMode") == "External"]

    def linked(self, name: str) -> list[tuple[float, str]]:
        """Each number that leads outside the workbook, and where to."""
        number = self.names.index(name) + 1
        related = self.parts.get(f"xl/worksheets/_rels/sheet{number}.xml.rels", "<none/>")
        targets = {one.get("Id"): one.get("Target") for one in ElementTree.fromstring(related)}
        sheet = ElementTree.fromstring(self.xml(name))
        values = {cell.get("r"): self.value(cell) for cell in sheet.iter(f"{MAIN}c")}
        links = [one for one in sheet.iter(f"{MAIN}hyperlink") if one.get(RELATED)]
        return [(values[one.get("ref")], targets[one.get(RELATED)]) for one in links]

    def rows(self, name: str) -> list[list]:
        """Text as text, numbers as numbers, "" where a cell is empty."""
        rows = []
        for row in ElementTree.fromstring(self.xml(name)).iter(f"{MAIN}row"):
            line: list = []
            for cell in row.iter(f"{MAIN}c"):
                place = column_of(cell.get("r"))
                line += [""] * (place - len(line))
                line.append(self.value(cell))
            rows.append(line)
        return rows

    def value(self, cell):
        found = cell.find(f"{MAIN}v")
        if found is None:
            return ""
        assert cell.find(f"{MAIN}f") is None, "a formula"
        return self.strings[int(found.text)] if cell.get("t") == "s" else float(found.text)


def column_of(reference: str) -> int:
    """B7 → 1."""
    number = 0
    for letter in reference.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number - 1
