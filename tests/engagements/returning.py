"""A file that leaves the portal, is edited as a person would, and comes back."""

import csv
import datetime as dt
import io
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import override
from xlsxwriter import Workbook

from accounts.models import User
from common.history.tracking import kinds
from common.partial_dates import PartialDate
from engagements.actions import Part, log_engagement
from engagements.alignments import Tag
from engagements.imports.keeping import begin
from engagements.imports.saving import carry_out, check_load, keep_plan
from engagements.kinds import Stage
from engagements.models import Engagement, Load
from objectives.models import FrameworkKind, Objective
from tests.factories import make_country, make_framework, make_objective, make_partner
from tests.workbooks import sheets_of

SEPARATORS = {"en": ",", "fr": ";"}


@dataclass
class File:
    """`lines`: each a cell by heading. `format`: csv or xlsx."""

    format: str
    language: str
    headings: list[str]
    lines: list[dict[str, Any]] = field(default_factory=list)

    def line(self, reference: str) -> dict[str, Any]:
        (found,) = [line for line in self.lines if line[self.headings[0]] == reference]
        return found

    @property
    def content(self) -> bytes:
        rows = [[line.get(heading) for heading in self.headings] for line in self.lines]
        return (as_csv if self.format == "csv" else as_xlsx)(
            [self.headings, *rows], SEPARATORS[self.language]
        )


def as_csv(rows: list[list[Any]], separator: str) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=separator).writerows(rows)
    return ("\ufeff" + written.getvalue()).encode()


def as_xlsx(rows: list[list[Any]], _separator: str = "") -> bytes:
    """As a spreadsheet program saves it: days as days, numbers as numbers, the rest as text."""
    written = io.BytesIO()
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with Workbook(written, options) as workbook:
        sheet = workbook.add_worksheet("Engagements")
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if isinstance(value, dt.date):
                    sheet.write_datetime(number, place, value)
                elif isinstance(value, int | float | Decimal):
                    sheet.write_number(number, place, value)
                elif value:
                    sheet.write_string(number, place, value)
    return written.getvalue()


def taken(client, *, format: str, language: str, **asked) -> File:
    """The list as it is exported for whoever is signed in."""
    response = client.get(f"/{language}/engagements/export.{format}", asked)
    assert response.status_code == 200
    content = b"".join(response.streaming_content)
    if format == "csv":
        text = io.StringIO(content.decode("utf-8-sig"), newline="")
        headings, *rows = csv.reader(text, delimiter=SEPARATORS[language])
    else:
        headings, *rows = list(sheets_of(content).values())[1]
    lines = [dict(zip(headings, row, strict=True)) for row in rows]
    return File(format, language, headings, lines)


def brought_back(file: File, by: User, **answers) -> Load:
    """Uploaded and checked; nothing is written yet."""
    with override(file.language):
        load = begin(by=by, content=file.content, name=f"list.{file.format}", answers=answers)
        return keep_plan(load, check_load(load).plan)


def plan_of(load: Load):
    with override(load.language):
        return check_load(load).plan


def confirmed(load: Load) -> Load:
    with override(load.language):
        return carry_out(by=load.by, load=load, digest=plan_of(load).digest)


def states() -> dict[str, dict[str, Any]]:
    """All that is on record of each engagement, by reference."""
    pks = list(Engagement.objects.values_list("pk", flat=True))
    found = kinds()["engagement"].snapshots(pks)
    return {snapshot.state["reference"]: snapshot.state for snapshot in found.values()}


def changed_fields(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    return {name for name in before if before[name] != after[name]}


def a_world(by: User) -> None:
    """Frameworks, partners and countries, and three engagements unlike each other."""
    objectives = {}
    for letter, kind in zip("PSMTJ", FrameworkKind, strict=True):
        framework = make_framework(f"FRAMEWORK-{letter}", kind)
        for number in (1, 2):
            code = f"{letter}{number}"
            objectives[code] = make_objective(code, framework)
    partners = [
        make_partner("UNODC", name_en="Office on Drugs; and Crime", acronym_en="UNODC"),
        make_partner("ICPA", name_en="Corrections and Prisons", name_fr="Prisons et services"),
        make_partner("JUSTICE-NO", name_en="Ministry of Justice"),
        make_partner("JUSTICE-FR", name_en="Ministry of Justice"),
    ]
    countries = [make_country("NO"), make_country("FR")]
    common = {"by": by, "lead_office": by.office, "text_language": "en"}
    log_engagement(
        parts=[Part(partner=partners[0], role="host"), Part(partner=partners[1], role="funder"),
               Part(partner=partners[2]), Part(partner=partners[0], role="requester")],
        tags=[Tag(objective=objectives[code], primary=code == "S2", reason="=why" * (code == "S1"))
              for code in ("P1", "S1", "S2", "M2", "T1", "J2")],
        countries=countries,
        title_en="=Visit to a farm",
        title_fr="Visite d’une ferme",
        kind="outgoing-visit",
        start=PartialDate.season(2002, "autumn"),
        end=PartialDate.fiscal(2005),
        place="-40 °C, Oslo",
        purpose="First line\n\n- second\n+ third",
        outcome=("A long story. " * 900).strip(),
        lessons="'tis so",
        csc_participants=0,
        csc_posts="Warden; Deputy",
        planned_cost=Decimal("2000"),
        actual_cost=Decimal("1234.56"),
        paid_by="CSC",
        approval="given",
        approved_by="Commissioner",
        approved_on=dt.date(2002, 8, 1),
        source_url="https://example.org/?a=1&b=2",
        lead_officer=by,
        **common,
    )  # fmt: skip
    log_engagement(
        parts=[Part(partner=partners[3])],
        tags=[Tag(objective=objectives["P2"])],
        title_fr="Réunion à venir",
        kind="bilateral-meeting",
        start=PartialDate.day(dt.date(2090, 4, 1)),
        end=PartialDate.month(2090, 5),
        **common,
    )
    log_engagement(
        parts=[Part(partner=partners[1], role="implementer")],
        tags=[Tag(objective=objectives["P1"])],
        title_en="Long ago",
        kind="other",
        start=PartialDate.unknown(),
        end=PartialDate("ongoing"),
        approval="unknown",
        **common,
    )
    assert Stage.SUBMITTED in Engagement.objects.values_list("stage", flat=True)
    assert Objective.objects.count() == 10
