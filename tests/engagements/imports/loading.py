"""Loads of a few rows, as people bring them: headings and cells, checked, saved, undone."""

import datetime as dt

from common.sheets.book import Book, Sheet
from engagements.imports.saving import carry_out, check_load, keep_plan
from engagements.models import Load
from tests.engagements.telling import pillar
from tests.factories import make_country, make_load, make_partner

HEADINGS = ["Title in English", "Kind", "Start", "End", "Countries", "Partners", "Pillars"]


def a_row(title="Visit to a farm", kind="outgoing visit", start=None, **other):
    """A row that wants nothing, in the order of HEADINGS."""
    told = {
        "start": start or dt.date(2025, 5, 15),
        "end": None,
        "countries": "Norway",
        "partners": "UNODC",
        "pillars": "P1",
    } | other
    return [title, kind, *told.values()]


def a_load(by, rows, *, headings=None, answers=None, **kwargs) -> Load:
    """Of these rows, under these headings; the world they speak of is there."""
    return make_load(
        by, rows=[], answers=answers or {}, book=a_book(headings or HEADINGS, rows), **kwargs
    )


def a_book(headings, rows):
    return Book("xlsx", [Sheet("Visits", [headings, *rows])]).packed()


def known_world():
    """A pillar, a partner, two countries."""
    pillar("P1")
    make_country("NO")
    make_country("FR")
    return make_partner("UNODC", name_en="Office on Drugs and Crime", acronym_en="UNODC")


def checked(load):
    """Its plan, kept with it."""
    plan = check_load(load).plan
    keep_plan(load, plan)
    return plan


def loaded(load):
    """Checked, confirmed and saved."""
    carry_out(by=load.by, load=load, digest=checked(load).digest)
    load.refresh_from_db()
    assert load.stage == Load.Stage.LOADED
    return load


def outcomes(plan):
    return [(row.number, row.outcome.value, str(row.why)) for row in plan.rows]
