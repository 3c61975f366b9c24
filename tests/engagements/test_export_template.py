import io
import zipfile
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from accounts.models import Office
from common.text import fold
from engagements.exports.columns import fields_by_heading
from engagements.exports.template import COLUMNS, lists_for
from engagements.exports.template_writing import ROWS
from engagements.kinds import Kind
from objectives.models import FrameworkKind
from tests.factories import make_country, make_framework, make_objective, make_partner
from tests.workbooks import sheets_of

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
URL = reverse("engagements:export_template")


@pytest.fixture
def template(client, staff):
    for letter, kind in zip("PSMTJ", FrameworkKind, strict=True):
        make_objective(f"{letter}1", make_framework(f"FRAMEWORK-{letter}", kind))
    make_country("NO")
    make_partner("UNODC", name_en="Office on Drugs", acronym_en="UNODC")
    make_partner("OLD", name_en="Archived", archived_at="2020-01-01T00:00Z", archive_reason="Gone")
    client.force_login(staff)
    return lambda language="en": client.get(f"/{language}{URL.removeprefix('/en')}").content


def validations(content):
    """Heading of each column that offers a list → what it offers, and whether it takes nothing else."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheet = ElementTree.fromstring(parts.read("xl/worksheets/sheet1.xml"))
        names = ElementTree.fromstring(parts.read("xl/workbook.xml"))
    areas = {name.get("name"): name.text for name in names.iter(f"{MAIN}definedName")}
    sheets = sheets_of(content)
    headings, lists = sheets[next(iter(sheets))][0], sheets[list(sheets)[2]]
    found = {}
    for one in sheet.iter(f"{MAIN}dataValidation"):
        if one.get("type") != "list":
            continue
        area = areas[one.find(f"{MAIN}formula1").text]
        (column, last) = area.split("$")[1], int(area.split("$")[-1])
        texts = [row[number_of(column)] for row in lists[:last]]
        place = number_of("".join(c for c in one.get("sqref").split(":")[0] if c.isalpha()))
        assert one.get("sqref").endswith(str(ROWS + 1))
        found[headings[place]] = (texts, one.get("showErrorMessage") == "1")
    return found


def number_of(letters):
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def test_offers_what_there_is_where_there_is_a_list(template):
    offered = validations(template())

    assert offered["Kind"] == ([str(label) for label in Kind.labels], True)
    assert offered["Countries"] == (["Norway"], False)
    assert offered["Partners"] == (["Office on Drugs (UNODC)"], False)
    assert offered["Pillars"] == (["P1 Short P1"], False)
    assert offered["Sensitivity"][0] == ["Unclassified", "Protected A"]
    assert Office.objects.get(code="IR").name in offered["Lead office"][0]
    assert len(offered) == sum(bool(asked.choices) for asked in COLUMNS)


def test_in_french_it_offers_the_same_in_french(template):
    offered = validations(template("fr"))

    assert ["Norvège"] in [texts for texts, _alone in offered.values()]
    assert ["P1 Court P1"] in [texts for texts, _alone in offered.values()]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_its_headings_are_known_when_it_comes_back(template, language):
    sheets = sheets_of(template(language))

    (headings,) = sheets[next(iter(sheets))]

    known = fields_by_heading()
    assert [heading for heading in headings if known.get(fold(heading), "ignore") == "ignore"] == []


def test_says_how_to_fill_it_in(template):
    lines = [line[0] for line in sheets_of(template())["How to fill it in"]]

    assert "Kind\nNeeded. Choose one. For example: Incoming visit" in lines
    (partners,) = [line for line in lines if line.startswith("Partners\n")]
    assert partners.endswith("For example: Office on Drugs (UNODC)")


def test_a_date_that_is_typed_stays_as_it_was_typed(template):
    with zipfile.ZipFile(io.BytesIO(template())) as parts:
        styles, sheet = (
            parts.read(f"xl/{name}.xml").decode() for name in ("styles", "worksheets/sheet1")
        )
    assert 'formatCode="@"' in styles or 'numFmtId="49"' in styles
    assert sheet.count("<col ") == sheet.count(" style=") > 1


def test_nobody_is_offered_a_marking_above_their_clearance(reader, manager):
    assert lists_for(reader)["sensitivities"] == ["Unclassified"]
    assert lists_for(manager)["sensitivities"][-1] == "Protected B"


def test_takes_as_many_queries_for_three_as_for_one(client, staff, django_assert_num_queries):
    client.force_login(staff)
    make_partner()
    with django_assert_num_queries(9):
        client.get(URL)
    for _ in range(2):
        make_partner()
        make_objective()
    with django_assert_num_queries(9):
        client.get(URL)
