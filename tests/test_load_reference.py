"""`manage.py load_reference`: what it adds, updates, retires, keeps and refuses, on small files."""

import datetime as dt
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

import accounts.reference
import objectives.reference
import partners.reference
from accounts.models import Office
from common.history.models import Revision
from objectives.models import Framework, Objective
from partners.models import FormerName, Partner
from tests.factories import make_partner
from tests.reference_files import FILES, entry, remove, rewrite, set_fields


@pytest.fixture(autouse=True)
def files(tmp_path, monkeypatch) -> Path:
    """The folder that the command reads from, for a test to change."""
    for module in (accounts.reference, objectives.reference, partners.reference):
        monkeypatch.setattr(module, "FOLDER", tmp_path)
    for name, content in FILES.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


def load() -> dict[str, str]:
    """Run the command; what it says by table."""
    out = StringIO()
    call_command("load_reference", stdout=out)
    return dict(line.split(": ", 1) for line in out.getvalue().splitlines())


# --- add, update ---


def test_a_first_run_adds_everything():
    assert load() == {
        "offices": "2 added, 0 updated, 0 unchanged, 0 retired, 0 kept as edited",
        "frameworks": "2 added, 0 updated, 0 unchanged, 0 retired, 0 kept as edited",
        "objectives": "5 added, 0 updated, 0 unchanged, 0 retired, 0 kept as edited",
        "crosswalk": "1 added, 0 updated, 0 unchanged, 0 retired, 0 kept as edited",
        "regions": "2 added, 0 updated, 0 unchanged, 0 retired, 0 kept as edited",
        "countries": "1 added, 0 updated, 0 unchanged, 0 retired, 0 kept as edited",
        "partners": "3 added, 0 updated, 0 unchanged, 0 retired, 0 kept as edited",
    }


def test_what_is_added_hangs_together():
    load()

    unodc = Partner.objects.get(code="UNODC")
    assert (unodc.parent.code, unodc.country.region.parent.code) == ("UN", "150")
    assert (unodc.in_police, unodc.in_courts, unodc.in_corrections) == (True, False, True)
    assert [former.used_until for former in unodc.former_names.all()] == ["2002-09"]
    assert [p.code for p in Partner.objects.matching("drug controle")] == ["UNODC"]


def test_a_second_run_changes_nothing():
    load()

    assert load() == {
        "offices": "0 added, 0 updated, 2 unchanged, 0 retired, 0 kept as edited",
        "frameworks": "0 added, 0 updated, 2 unchanged, 0 retired, 0 kept as edited",
        "objectives": "0 added, 0 updated, 5 unchanged, 0 retired, 0 kept as edited",
        "crosswalk": "0 added, 0 updated, 1 unchanged, 0 retired, 0 kept as edited",
        "regions": "0 added, 0 updated, 2 unchanged, 0 retired, 0 kept as edited",
        "countries": "0 added, 0 updated, 1 unchanged, 0 retired, 0 kept as edited",
        "partners": "0 added, 0 updated, 3 unchanged, 0 retired, 0 kept as edited",
    }
    assert set(Partner.objects.values_list("version", flat=True)) == {1}
    assert FormerName.objects.count() == 1


def test_a_second_run_reads_each_table_and_writes_nothing(django_assert_num_queries):
    load()

    revisions = Revision.objects.count()

    # A savepoint and its release; eight tables, objectives twice: for their places, then for themselves.
    # Its history: what six kinds of record are, before and after, and what was last known of them.
    with django_assert_num_queries(11 + 36):
        load()

    assert Revision.objects.count() == revisions


def test_what_a_file_changes_is_updated(files):
    load()
    set_fields(files / "partners.yaml", "UNODC", name_en="Œuvre", country=None)

    said = load()["partners"]

    unodc = Partner.objects.get(code="UNODC")
    assert said == "0 added, 1 updated, 2 unchanged, 0 retired, 0 kept as edited"
    assert (unodc.name_en, unodc.sort_en, unodc.country) == ("Œuvre", "oeuvre", None)
    assert unodc.version == 2


def test_former_names_that_change_update_their_partner(files):
    load()
    set_fields(files / "partners.yaml", "UNODC", former_names=[])

    said = load()["partners"]

    unodc = Partner.objects.get(code="UNODC")
    assert said == "0 added, 1 updated, 2 unchanged, 0 retired, 0 kept as edited"
    assert (unodc.former_names.count(), unodc.version) == (0, 2)


def test_objectives_can_change_places(files):
    load()
    rewrite(files / "frameworks.yaml", lambda e: entry(e, "FIVE")["objectives"].reverse())

    load()

    rows = Objective.objects.filter(framework__code="FIVE").order_by("position")
    assert list(rows.values_list("code", "position")) == [("S3", 1), ("S2", 2), ("S1", 3)]


def test_the_crosswalk_can_be_corrected(files):
    load()
    set_fields(files / "frameworks.yaml", "C1", maps_from="S2")

    load()

    assert [o.code for o in Objective.objects.get(code="C1").follows.all()] == ["S2"]


def test_nothing_is_said_when_asked_to_be_quiet(capsys):
    call_command("load_reference", verbosity=0)

    assert capsys.readouterr().out == ""


# --- retire ---


def test_a_partner_that_left_its_file_is_archived_with_a_reason(files):
    load()
    remove(files / "partners.yaml", "QUEENS")

    said = load()["partners"]

    queens = Partner.objects.get(code="QUEENS")
    assert said == "0 added, 0 updated, 2 unchanged, 1 retired, 0 kept as edited"
    assert queens.is_archived
    assert queens.archive_reason == (
        "No longer in the reference data / Ne figure plus dans les données de référence"
    )


def test_a_partner_that_comes_back_is_active_again(files):
    load()
    remove(files / "partners.yaml", "QUEENS")
    load()
    (files / "partners.yaml").write_text(FILES["partners.yaml"], encoding="utf-8")

    load()

    queens = Partner.objects.get(code="QUEENS")
    assert (queens.is_archived, queens.archive_reason) == (False, "")


def test_what_is_retired_is_retired_once(files):
    load()
    remove(files / "partners.yaml", "QUEENS")
    load()

    said = load()["partners"]

    assert said == "0 added, 0 updated, 2 unchanged, 0 retired, 0 kept as edited"


def test_an_objective_that_left_its_file_is_retired_and_keeps_its_place(files):
    load()
    rewrite(files / "frameworks.yaml", lambda e: entry(e, "FIVE")["objectives"].pop(1))

    load()

    rows = Objective.objects.filter(framework__code="FIVE").order_by("position")
    assert [(row.code, row.position, row.retired_on) for row in rows] == [
        ("S1", 1, None),
        ("S2", 2, timezone.localdate()),
        ("S3", 3, None),
    ]


def test_an_office_that_left_its_file_is_retired(files):
    load()
    remove(files / "offices.yaml", "IR")

    load()

    assert Office.objects.get(code="IR").retired_on == timezone.localdate()


# --- keep what people did in the portal ---


def test_what_an_administrator_edited_is_kept_and_reported():
    load()
    Partner.objects.filter(code="UNODC").update(name_en="Ours", edited_at=timezone.now())
    Objective.objects.filter(code="S3").update(short_en="Ours", edited_at=timezone.now())

    said = load()

    assert Partner.objects.get(code="UNODC").name_en == "Ours"
    assert Objective.objects.get(code="S3").short_en == "Ours"
    assert said["partners"].endswith("2 unchanged, 0 retired, 1 kept as edited (UNODC)")
    assert said["objectives"].endswith("4 unchanged, 0 retired, 1 kept as edited (S3)")


def test_former_names_of_an_edited_partner_are_kept():
    load()
    Partner.objects.filter(code="UNODC").update(edited_at=timezone.now())
    FormerName.objects.update(name_en="Ours")

    load()

    assert [former.name_en for former in FormerName.objects.all()] == ["Ours"]


def test_an_edited_crosswalk_is_kept():
    load()
    later = Objective.objects.get(code="C1")
    later.follows.set([Objective.objects.get(code="S3")])
    Objective.objects.filter(code="C1").update(edited_at=timezone.now())

    load()

    assert [o.code for o in later.follows.all()] == ["S3"]


def test_an_edited_partner_that_left_its_file_is_not_archived(files):
    load()
    Partner.objects.filter(code="QUEENS").update(edited_at=timezone.now())
    remove(files / "partners.yaml", "QUEENS")

    load()

    assert not Partner.objects.get(code="QUEENS").is_archived


def test_a_partner_somebody_added_is_not_archived_for_being_in_no_file(staff):
    added = make_partner("SOMEWHERE", created_by=staff)

    load()

    added.refresh_from_db()
    assert not added.is_archived


def test_a_partner_an_administrator_archived_stays_archived(administrator):
    load()
    Partner.objects.filter(code="QUEENS").update(
        archived_at=timezone.now(), archived_by=administrator, archive_reason="Merged"
    )

    load()

    assert Partner.objects.get(code="QUEENS").archive_reason == "Merged"


def test_a_framework_adopted_in_the_portal_keeps_its_date(administrator):
    load()
    adoption = {"adopted": True, "adopted_at": timezone.now(), "adopted_by": administrator}
    Framework.objects.filter(code="SIX").update(in_force_from=dt.date(2027, 4, 1), **adoption)

    load()

    six = Framework.objects.get(code="SIX")
    assert (six.adopted, six.in_force_from) == (True, dt.date(2027, 4, 1))


# --- refuse files that make no sense ---


def refusal() -> str:
    with pytest.raises(CommandError) as refused:
        load()
    return str(refused.value)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"parent": "NOBODY"}, "no entry above it has the code of its parent, NOBODY"),
        ({"parent": "QUEENS"}, "no entry above it has the code of its parent, QUEENS"),
        ({"country": "QQ"}, "there is no country QQ"),
        ({"country": False}, "country is False, which is no text: put it in quotes"),
        ({"sectors": ["fire"]}, "no justice sector 'fire': write police, courts, corrections"),
        ({"sectors": "police"}, "sectors is no list"),
        ({"nmae_en": "UNODC"}, "no such field: nmae_en"),
        ({"kind": "club"}, "kind: Value 'club' is not a valid choice"),
        ({"name_en": "x" * 301}, "name_en: Ensure this value has at most 300 characters"),
        ({"existed_from": "spring"}, "existed_from: Give a year, a month or a day"),
    ],
)
def test_a_wrong_entry_is_named_and_nothing_is_loaded(files, fields, said):
    set_fields(files / "partners.yaml", "UNODC", **fields)

    message = refusal()

    assert message.startswith(f"partners.yaml, entry UNODC: {said}")
    assert message.endswith("Nothing was loaded.")
    assert not Office.objects.exists()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"in_force_from": "2006-04"}, "in_force_from is '2006-04': write a day as 2006-04-01"),
        ({"adopted": "yes"}, "adopted is 'yes': write true or false"),
        ({"objectives": ["S1"]}, "objectives 1 is no entry with fields"),
    ],
)
def test_a_wrong_framework_is_named(files, fields, said):
    set_fields(files / "frameworks.yaml", "FIVE", **fields)

    assert (
        f"frameworks.yaml, entry FIVE: {said}".replace(": objectives", ", objectives") in refusal()
    )


def test_two_entries_with_one_code_are_refused(files):
    rewrite(files / "partners.yaml", lambda e: e.append(dict(entry(e, "UNODC"))))

    assert refusal().startswith("partners.yaml: two entries have the code UNODC")


def test_an_entry_without_a_code_is_refused(files):
    rewrite(files / "offices.yaml", lambda e: entry(e, "IR").pop("code"))

    assert refusal().startswith("offices.yaml, entry 2: no code")


def test_a_crosswalk_from_nowhere_is_refused(files):
    set_fields(files / "frameworks.yaml", "C2", maps_from="S6")

    said = "frameworks.yaml, entry C2: no objective has the code it maps from, S6"
    assert refusal().startswith(said)


@pytest.mark.parametrize("content", ["- code: [", "just words", "- just words", "", "{}", "[]"])
def test_a_file_without_entries_is_refused_by_name(files, content):
    (files / "offices.yaml").write_text(content, encoding="utf-8")

    assert refusal().startswith("offices.yaml")


def test_a_file_that_is_not_there_is_refused_by_name(files):
    (files / "offices.yaml").unlink()

    assert "offices.yaml cannot be read" in refusal()
