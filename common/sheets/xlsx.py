"""What the reader of workbooks does not tell of an XLSX: what is hidden, errors, results never saved."""

import re
from xml.etree import ElementTree

from common.sheets.besides import Besides
from common.sheets.book import number_of
from common.sheets.limits import Limits
from common.sheets.refused import Refused
from common.sheets.zips import Zip

COLUMN = re.compile(rb"<(?:\w+:)?col\b[^>]*>")
HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*\bhidden=[\"'](?:1|true)[\"'][^>]*>")
# <c r="B7" t="e"><f>1/0</f><v>#DIV/0!</v></c>: what is read instead is nothing.
ERROR = re.compile(rb"<c r=\"([A-Z]+)(\d+)\"[^>]*? t=\"e\"[^>]*>(?:<f.*?</f>|<f[^>]*/>)?<v>([^<]+)")
NO_RESULT = re.compile(
    rb"<c r=\"([A-Z]+\d+)\"[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>|</c>)"
)
# A cell with something in it, far to the right: what lies between would be made up of nothing.
FAR_CELL = re.compile(rb"<c r=\"([A-Z]{3})(\d+)\"[^>]*[^/]>(?=<[vif])")
FAR_ROW = re.compile(rb"<row r=\"(\d{6,})\"[^>]*[^/]>\s*<c r=\"([A-Z]+)\d+\"[^>]*[^/]>(?=<[vif])")


def besides(parts: Zip, limits: Limits) -> dict[str, Besides]:
    """By sheet name. A part that cannot be made out is left to the reader of workbooks."""
    return {
        name: _of_sheet(parts.read(path, limits.unpacked), name, limits)
        for name, path in sheet_parts(parts).items()
        if path in parts
    }


def sheet_parts(parts: Zip) -> dict[str, str]:
    """Where each sheet stands: {its name: path in the zip}."""
    try:
        book = ElementTree.fromstring(parts.read("xl/workbook.xml"))
        targets = _targets(parts)
    except (ElementTree.ParseError, KeyError) as error:
        raise Refused("damaged") from error
    return {
        sheet.get("name", ""): targets[relation]
        for sheet in book.iterfind("{*}sheets/{*}sheet")
        if (relation := _attribute(sheet, "id")) in targets
    }


def _targets(parts: Zip) -> dict[str, str]:
    relations = ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
    return {
        each.get("Id", ""): _path(each.get("Target", ""))
        for each in relations
        if each.get("TargetMode") != "External"
    }


def _path(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _attribute(element: ElementTree.Element, name: str) -> str:
    """By its local name: the namespace of relations differs between the two standards."""
    return next((value for key, value in element.items() if key.endswith("}" + name)), "")


def _of_sheet(part: bytes, name: str, limits: Limits) -> Besides:
    _refuse_far_cells(part, name, limits)
    return Besides(
        hidden_rows=_hidden_rows(part),
        hidden_columns=_hidden_columns(part),
        errors=_errors(part),
        without_result=_without_result(part),
    )


def _hidden_rows(part: bytes) -> set[int]:
    # Of a hundred million bytes that hold no such word, no row has to be looked at.
    if part.find(b"hidden=", part.find(b"sheetData")) < 0:
        return set()
    numbers = (_said(row, b"r") for row in HIDDEN_ROW.findall(part))
    return {int(number) for number in numbers if number.isdigit()}


def _without_result(part: bytes) -> list[str]:
    return [found.decode() for found in NO_RESULT.findall(part)] if b"<f" in part else []


def _hidden_columns(part: bytes) -> set[int]:
    """They stand before the cells."""
    head = part[: part.find(b"sheetData")]
    hidden: set[int] = set()
    for each in COLUMN.findall(head):
        if _said(each, b"hidden") in (b"1", b"true"):
            first, last = _said(each, b"min"), _said(each, b"max")
            if first.isdigit() and last.isdigit():
                hidden.update(range(int(first), min(int(last), 16384) + 1))
    return hidden


def _said(tag: bytes, name: bytes) -> bytes:
    found = re.search(rb"\s" + name + rb"=[\"']([^\"']*)", tag)
    return found[1] if found else b""


def _errors(part: bytes) -> dict[int, dict[int, str]]:
    errors: dict[int, dict[int, str]] = {}
    if b't="e"' in part:
        for column, row, text in ERROR.findall(part):
            inside = errors.setdefault(int(row), {})
            inside[number_of(column.decode())] = text.decode("utf-8", "replace")
    return errors


def _refuse_far_cells(part: bytes, name: str, limits: Limits) -> None:
    """Before the whole of what lies between is laid out in memory."""
    for column, row in FAR_CELL.findall(part):
        if number_of(column.decode()) > limits.columns:
            cell = (column + row).decode()
            raise Refused("too_many_columns", sheet=name, cell=cell, limit=limits.columns)
    for row, column in FAR_ROW.findall(part):
        if int(row) > limits.rows * 5:
            cell = (column + row).decode()
            raise Refused("too_many_rows", sheet=name, cell=cell, limit=limits.rows)
