"""The template, filled in with whatever it offers, loads without a question: in both languages."""

import io
import zipfile
from itertools import count
from xml.sax.saxutils import escape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils.translation import override
from pytest_django.asserts import assertContains
from xlsxwriter.utility import xl_rowcol_to_cell

from accounts.models import Role, Sensitivity
from common.partial_dates import END_PRECISIONS, START_PRECISIONS, Precision
from common.sheets.tables import NoTable
from engagements.exports.columns import BY_CODE
from engagements.exports.template import COLUMNS, lists_for, template_for
from engagements.imports.keeping import begin
from engagements.imports.plan import Outcome
from engagements.imports.saving import carry_out, check_load, keep_plan
from engagements.models import Engagement, Participation
from tests.databases import one_to_a_database
from tests.factories import make_user

# What somebody writes of a date that is known so.
SAID = {
    Precision.DAY: "2003-02-14",
    Precision.MONTH: "2004-05",
    Precision.SEASON: {"en": "autumn 2002", "fr": "automne 2002"},
    Precision.YEAR: "2004",
    Precision.FISCAL_YEAR: "2004-05",
    Precision.ABOUT: "1998",
    Precision.UNKNOWN: "",
    Precision.ONGOING: "",
    Precision.NOT_GIVEN: "",
}


def said(precision, language):
    words = SAID[precision]
    return words if isinstance(words, str) else words[language]


def rows_of(lists, language, *, most=10_000):
    """As many rows as the longest list has entries, so that each is chosen; the shorter ones go round."""
    rows = []
    for number in range(min(most, max(map(len, lists.values())))):
        chosen = {name: texts[number % len(texts)] for name, texts in lists.items()}
        start = START_PRECISIONS[number % len(START_PRECISIONS)]
        end = END_PRECISIONS[number % len(END_PRECISIONS)]
        ends_late = {Precision.DAY: "2012-03-01", Precision.MONTH: "2012-03", Precision.YEAR: "2012",
                     Precision.FISCAL_YEAR: "2012-13", Precision.ABOUT: "2012",
                     Precision.SEASON: {"en": "winter 2012", "fr": "hiver 2012"}[language]}  # fmt: skip
        typed = {
            "title_en": f"Engagement {number}",
            "title_fr": f"Engagement {number}",
            "start": said(start, language),
            "end": ends_late.get(end, ""),
            "csc_participants": "3",
            "actual_cost": "1 234,50 $" if language == "fr" else "$1,234.50",
        }
        rows.append([chosen.get(each.choices) or typed.get(each.code, "") for each in COLUMNS])
    return rows


def filled_in(content, rows):
    """The very file, with these cells typed into its first sheet."""
    written = io.BytesIO()
    name = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w") as new:
        for each in old.namelist():
            text = old.read(each)
            if each == name:
                text = text.replace(b"</sheetData>", f"{as_xml(rows)}</sheetData>".encode(), 1)
            new.writestr(each, text)
    return written.getvalue()


def as_xml(rows):
    return "".join(
        f'<row r="{number + 1}">'
        + "".join(
            f'<c r="{xl_rowcol_to_cell(number, place)}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
            for place, text in enumerate(row)
            if text
        )
        + "</row>"
        for number, row in zip(count(1), rows, strict=False)
    )


@pytest.fixture
def _shipped(db):
    """The reference data that the portal ships with."""
    call_command("load_reference", verbosity=0)


@pytest.fixture
def loader():
    return make_user("loader", Role.ADMINISTRATOR, clearance=Sensitivity.PROTECTED_B)


def loaded(loader, language, rows):
    content = filled_in(template_for(loader), rows)
    load = begin(by=loader, content=content, name="template.xlsx")
    return load, keep_plan(load, check_load(load).plan)


@pytest.mark.parametrize("language", one_to_a_database(["en", "fr"]))
@pytest.mark.usefixtures("_shipped")
def test_whatever_it_offers_loads_without_a_question(loader, language):
    with override(language):
        lists = lists_for(loader)
        assert all(lists.values())
        rows = rows_of(lists, language)

        load, _kept = loaded(loader, language, rows)
        checked = check_load(load)

        assert [(q.kind, q.value, q.field) for q in checked.plan.questions] == []
        assert [(p.row, p.heading, p.value, p.message) for p in checked.plan.problems] == []
        assert {row.outcome for row in checked.plan.rows} == {Outcome.CREATE}
        carry_out(by=loader, load=load, digest=checked.plan.digest)
    assert Engagement.objects.count() == len(rows)
    assert set(Participation.objects.values_list("role", flat=True)) == set(
        Participation.PartnerRole.values
    )
    starts = Engagement.objects.values_list("start_precision", flat=True)
    assert set(starts) == set(START_PRECISIONS)
    ends = Engagement.objects.values_list("end_precision", flat=True)
    assert set(ends) == set(END_PRECISIONS)


@pytest.mark.usefixtures("_shipped")
def test_an_empty_template_has_nothing_to_load(loader):
    load = begin(by=loader, content=template_for(loader), name="template.xlsx")

    with pytest.raises(NoTable) as told:
        check_load(load)

    assert told.value.code == "headings-only"
    assert "Lists" not in str(told.value.message)


@pytest.mark.usefixtures("_shipped")
def test_an_empty_template_is_told_so_on_the_page(client, loader):
    client.force_login(loader)
    file = SimpleUploadedFile("template.xlsx", template_for(loader))

    told = {"subject": "engagements", "office": loader.office.code, "file": file}
    response = client.post(reverse("imports:start"), told, follow=True)

    assertContains(response, "no rows below them", status_code=response.status_code)


def test_its_columns_are_those_of_exports():
    assert {each.code for each in COLUMNS} <= set(BY_CODE)
