"""manage.py import_engagements: the same as the pages, for whoever has a terminal."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models import Role
from engagements.models import Engagement, Load
from partners.models import Contact, Partner
from tests.engagements.imports.loading import HEADINGS, a_row, known_world
from tests.factories import make_office, make_user


@pytest.fixture(autouse=True)
def world():
    return known_world()


@pytest.fixture
def file(tmp_path):
    """Of these rows, with a comma between two cells."""

    def write(*rows, name="list.csv"):
        lines = [HEADINGS, *rows]
        path = tmp_path / name
        path.write_text("\n".join(",".join(str(cell or "") for cell in line) for line in lines))
        return path

    return write


def run(*args, status):
    """What it printed, and what it complained of."""
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("import_engagements", *map(str, args), stdout=out, stderr=err)
    assert ended.value.code == status
    return out.getvalue(), err.getvalue()


def told(*args, status):
    out, err = run(*args, "--json", status=status)
    assert err == ""
    return json.loads(out)


def test_a_dry_run_tells_each_row_and_writes_nothing(file, staff):
    row = a_row(start="autumn 2002", end="2003-04")
    said = told(file(row), "--as", "staff", "--dry-run", status=0)

    assert said["verdict"] == "accepted"
    assert (said["rows_found"], said["rows_ready"], said["rows_left_out"]) == (1, 1, 0)
    assert (said["encoding"], said["header_row"]) == ("utf-8", 1)
    assert said["mapping"]["Start"] == "start"
    [row] = said["rows"]
    assert {name: row[name] for name in ("row", "title", "kind", "start", "end", "precision")} == {
        "row": 2, "title": "Visit to a farm", "kind": "outgoing-visit", "start": "autumn 2002",
        "end": "2003-04", "precision": "season",
    }  # fmt: skip
    assert (row["countries"], row["partners"], row["objectives"]) == (["NO"], ["UNODC"], ["P1"])
    assert row["cost_cents"] is None
    assert not Engagement.objects.exists()
    assert not Load.objects.exists()


def test_for_real_it_loads_and_a_second_time_changes_nothing(file, staff):
    path = file(a_row(start="2025-05-15"), a_row("Another visit", start="2025-05-16"))

    first = told(path, "--as", "staff", status=0)
    again = told(path, "--as", "staff", status=0)

    assert (first["created"], first["unchanged"]) == (2, 0)
    assert (again["created"], again["unchanged"]) == (0, 2)
    assert Engagement.objects.count() == 2
    assert Load.objects.get().file_name == "list.csv"


def test_some_rows_left_out_is_partly(file, staff):
    said = told(file(a_row(start="2025-05-15"), a_row(start="soon")), "--as", "staff", status=1)

    assert (said["verdict"], said["created"], said["rows_left_out"]) == ("partly", 1, 1)
    [problem] = said["problems"]
    assert (problem["row"], problem["column"], problem["value"]) == (3, "C, Start", "soon")


def test_answers_are_what_a_person_would_choose(file, staff, tmp_path):
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"create_missing_partners": True, "defaults": {"kind": "other"}}))
    path = file(a_row(kind="", partners="Hill Society", start="2025-05-15"))

    asked = told(path, "--as", "staff", "--dry-run", status=1)
    said = told(path, "--as", "staff", "--answers", answers, "--dry-run", status=0)

    assert {(q["kind"], q["value"]) for q in asked["questions"]} == {
        ("partners", "Hill Society"),
        ("defaults", "kind"),
    }
    assert said["rows"][0]["partners"] == ["Hill Society"]
    assert said["rows"][0]["kind"] == "other"


def test_it_speaks_the_language_of_whoever_it_loads_as(file, staff):
    make_user("jean", Role.STAFF, language="fr")
    path = file(a_row(kind=""))

    labels = [
        told(path, "--as", user, "--dry-run", status=1)["questions"][0]["proposals"][0]["label"]
        for user in ("jean", "staff")
    ]

    assert labels == ["Visite reçue", "Incoming visit"]


@pytest.mark.parametrize(
    "args",
    [
        ["--as", "nobody"],
        [],
        ["--as", "reader"],
        ["--as", "staff", "--office", "NONE"],
        ["--as", "staff", "--office", "PRA"],
        ["--as", "staff", "--answers", "/nowhere.json"],
    ],
    ids=["nobody", "unsaid", "may-not", "no-office", "not-theirs", "no-answers"],
)
def test_what_makes_no_sense_is_said_in_one_sentence(file, staff, reader, args):
    make_office("PRA")
    path = file(a_row(start="2025-05-15"))

    out, err = run(path, *args, status=2)
    said = told(path, *args, status=2)

    assert out == ""
    assert len(err.strip().splitlines()) == 1
    assert (said["verdict"], said["reason"]) == ("refused", err.strip())
    assert not Engagement.objects.exists()


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7 nothing", b"Title,Start\n"], ids=["empty", "pdf", "bare"]
)
def test_a_file_that_holds_no_list_is_refused_in_one_sentence(tmp_path, staff, content):
    path = tmp_path / "list.xlsx"
    path.write_bytes(content)

    said = told(path, "--as", "staff", status=2)

    assert said["verdict"] == "refused"
    assert said["reason"]
    assert "Traceback" not in said["reason"]


def test_a_refused_dry_run_tells_of_no_rows(tmp_path, staff):
    path = tmp_path / "list.csv"
    path.write_bytes(b"")

    said = told(path, "--as", "staff", "--dry-run", status=2)

    assert (said["verdict"], said["dry_run"], said["rows"]) == ("refused", True, [])


def test_a_file_that_is_not_there_is_said_to_be_missing(staff):
    said = told("/nowhere/list.xlsx", "--as", "staff", status=2)

    assert said["reason"] == "The file “list.xlsx” cannot be read here: is it there?"


def test_answers_that_name_no_column_of_the_table_are_refused(file, staff, tmp_path):
    answers = tmp_path / "answers.json"
    answers.write_text('{"mapping": {"Nowhere": "title"}}')

    said = told(file(a_row()), "--as", "staff", "--answers", answers, status=2)

    assert "“Nowhere”" in said["reason"]


def test_without_json_it_reports_in_sentences(file, staff):
    path = file(a_row(start="2025-05-15"), a_row(start="soon"), a_row(partners="Hill Society"))

    out, _err = run(path, "--as", "staff", "--dry-run", status=1)

    assert "to be created: 1" in out
    assert "row 3, C, Start: “soon” is not a date." in out
    assert "Hill Society" in out


PARTNERS = "Name in English,Type,Website\nHill Society,NGO,https://hill.example\nNobody,Charity,\n"


@pytest.fixture
def partners_file(tmp_path):
    path = tmp_path / "partners.csv"
    path.write_text(PARTNERS)
    return path


def test_it_loads_a_list_of_partners_where_that_is_said(partners_file, administrator, tmp_path):
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"kinds": {"Charity": "ngo"}}))
    args = [partners_file, "--as", "administrator", "--subject", "partners"]

    asked = told(*args, "--dry-run", status=1)
    said = told(*args, "--answers", answers, status=0)
    again = told(*args, "--answers", answers, status=0)

    assert [(q["kind"], q["value"]) for q in asked["questions"]] == [("kinds", "Charity")]
    assert [row["title"] for row in asked["rows"]] == ["Hill Society", "Nobody"]
    assert (said["created"], again["created"], again["unchanged"]) == (2, 0, 2)
    assert Partner.objects.filter(name_en="Nobody", kind="ngo").exists()


@pytest.mark.parametrize(
    "answers",
    [
        {"kinds": {"Charity": "incoming-visit"}},
        {"partners": {"Whoever": "create"}},
        {"defaults": {"start": "2004"}},
    ],
    ids=["kind-of-engagement", "created-aside", "start"],
)
def test_answers_that_make_no_sense_of_partners_are_refused(
    partners_file, administrator, tmp_path, answers
):
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(answers))

    args = ["--as", "administrator", "--subject", "partners", "--answers", path]

    assert told(partners_file, *args, status=2)["verdict"] == "refused"


def test_partners_are_loaded_by_administrators_alone(partners_file, manager):
    said = told(partners_file, "--as", "manager", "--subject", "partners", status=2)

    assert said["reason"] == "Only administrators load partners. Give one with --as."


def test_it_loads_a_list_of_contacts_where_that_is_said(staff, tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(
        "Name,Title,Organization\nA. Somebody,Warden,UNODC\nB. Somebody,,Hill Society\n"
    )
    args = [path, "--as", "staff", "--subject", "contacts"]

    asked = told(*args, "--dry-run", status=1)
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"partners": {"Hill Society": "create"}}))
    said = told(*args, "--answers", answers, status=0)

    assert [(q["kind"], q["value"]) for q in asked["questions"]] == [("partners", "Hill Society")]
    assert [(row["title"], row["partners"]) for row in asked["rows"]] == [
        ("A. Somebody", ["UNODC"]),
        ("B. Somebody", ["Hill Society"]),
    ]
    assert (said["created"], said["new_partners"]) == (2, ["Hill Society"])
    assert set(Contact.objects.values_list("name", "post_en")) == {
        ("A. Somebody", "Warden"),
        ("B. Somebody", ""),
    }
