"""Loads of a spreadsheet at each of their steps, for the pages of `staff` to be looked at."""

import datetime as dt
from collections.abc import Callable
from io import BytesIO

import xlsxwriter
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from engagements.imports.keeping import begin, plan_of
from engagements.imports.memory import remember
from engagements.imports.saving import carry_out, check_load, keep_plan
from engagements.models import Engagement, Load

HEADINGS = ["Title", "Type", "Start date", "Country", "Partner", "Outcome", "Pillar"]
ROWS = [
    ["Study visit of prison educators", "Outgoing visit", dt.date(2019, 5, 6), "Norway", "ICPA", "", "P1"],
    ["Seminar on parole decisions", "Conference hosted", "autumn 2021", "Canada", "UNODC; ICPA", "", ""],
    ["Training of instructors", "Training delivered", "2022-02-31", "Haiti", "UNODC", "", "P1"],
    ["Twinning", "Twinning", "2023-04", "Freedonia", "Ministry of Quiet Affairs", "", "P1"],
]  # fmt: skip


def workbook(rows: list[list], headings: list[str] = HEADINGS) -> bytes:
    """A sheet with a title above its table and a total beneath it, as offices keep them."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("Engagements")
        sheet.write(0, 0, "International engagements of the region")
        for number, row in enumerate([headings, *rows, ["TOTAL"]], 2):
            for column, cell in enumerate(row):
                if isinstance(cell, dt.date):
                    sheet.write_datetime(number, column, dt.datetime.combine(cell, dt.time()))
                else:
                    sheet.write(number, column, cell)
        book.add_worksheet("Notes").write(0, 0, "A second sheet")
    return content.getvalue()


def read(rows: list[list] | None = None, **answers) -> Load:
    person = User.objects.get(username="staff")
    name = "region 2019-2023.xlsx"
    return begin(by=person, content=workbook(rows or ROWS), name=name, answers=answers)


def checked() -> Load:
    """With a row of each outcome: one that is here as it stands in the file, and one that differs."""
    here = Engagement.objects.logged().filter(lead_office__code="IR", sensitivity=0)
    own = here.exclude(title_en="").order_by("reference").first()
    again = [*ROWS, [own.title_en, "", "", "", "", "Changed in the file.", ""]]
    rows = [[*row, ""] for row in again]
    rows[-1][-1] = own.reference
    content = workbook(rows, [*HEADINGS, "Reference"])
    load = begin(by=User.objects.get(username="staff"), content=content, name="again.xlsx")
    return keep_plan(load, check_load(load).plan)


def loaded() -> Load:
    load = checked()
    plan = plan_of(load)
    assert plan is not None
    return carry_out(by=load.by, load=load, digest=plan.digest)


def contacts() -> Load:
    """People at partners: one new, one at a partner that is created, one with an address that is none."""
    headings = ["Nom", "Prénom", "Fonction", "Organisme", "Courriel"]
    rows = [
        ["Essai", "Alpha", "Directrice de la formation", "UNODC", "alpha@example.org"],
        ["Essai", "Bêta", "Agent de liaison", "Société de la Colline", "beta@example.org"],
        ["Essai", "Gamma", "Commis", "ICPA", "au comptoir"],
    ]
    load = begin(
        by=User.objects.get(username="staff"),
        content=workbook(rows, headings),
        name="personnes-ressources.xlsx",
        subject=Load.Subject.CONTACTS,
        answers={"create_missing_partners": True},
    )
    return keep_plan(load, check_load(load).plan)


def at_work() -> Load:
    """A process is at it, as far as it says."""
    load = read()
    load.stage, load.told_at, load.done, load.total = "checking", timezone.now(), 400, 2740
    load.save()
    return load


def remembered() -> list:
    """What staff answered for an earlier file."""
    told = {"partners": {"I.C.P.A.": "ICPA"}, "countries": {"Freedonia": ""}}
    person = User.objects.get(username="staff")
    remember(person, told, subject=Load.Subject.ENGAGEMENTS, sensitivity=1)
    return []


def key_of(make: Callable[[], Load]) -> Callable[[], list]:
    def key() -> list:
        with override("en"):
            return [make().key]

    return key
