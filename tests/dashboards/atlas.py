"""A few places, what was done there, and how the table of places tells it."""

import datetime as dt

from engagements.kinds import Stage
from engagements.models import Engagement
from partners.models import Country
from tests.factories import make_country, make_engagement, make_partner, make_region

NAMES = {
    "FR": ("France", "France"), "MT": ("Malta", "Malte"), "NO": ("Norway", "Norvège"),
    "JM": ("Jamaica", "Jamaïque"), "AQ": ("Antarctica", "Antarctique"), "SU": ("Old Land", "Ancien"),
}  # fmt: skip


def make_atlas() -> dict[str, Country]:
    """Three regions, one of them with parts; a country in none; one that was retired."""
    europe = make_region("150", name_en="Europe")
    northern = make_region("154", name_en="Northern Europe", parent=europe)
    southern = make_region("039", name_en="Southern Europe", parent=europe)
    americas = make_region("019", name_en="Americas")
    make_region("009", name_en="Oceania")
    of = {"NO": northern, "MT": southern, "FR": europe, "JM": americas, "AQ": None, "SU": americas}
    return {
        iso2: make_country(
            iso2,
            region=region,
            name_en=NAMES[iso2][0],
            name_fr=NAMES[iso2][1],
            retired_on=dt.date(2020, 1, 1) if iso2 == "SU" else None,
        )
        for iso2, region in of.items()
    }


def log_nine(atlas: dict[str, Country]) -> list[Engagement]:
    """Nine engagements, counted by hand in the tests."""

    def log(*codes, year=2026, partners=(), **kwargs):
        return make_engagement(
            countries=[atlas[code] for code in codes],
            start=dt.date(year, 5, 15),
            partners=partners,
            **kwargs,
        )

    un, icpa = make_partner("UN"), make_partner("ICPA")
    return [
        log("NO", partners=[un]),
        log("NO", "MT", "FR", partners=[un, icpa]),
        log("NO", year=2019),
        log("NO", "JM", year=2022, partners=[icpa]),
        log("JM", year=2027, stage=Stage.APPROVED),
        log("SU", year=2001),
        log("AQ"),
        log(),
        log("MT", stage=Stage.CANCELLED, stage_reason="The host withdrew."),
    ]


def told(found):
    """{name: (this fiscal year, all, last year, partners)} of every line of the table."""
    return {
        (row.country if hasattr(row, "country") else row.region).name_en: (
            row.this_year.value,
            row.engagements.value,
            str(row.last_year or ""),
            None if row.partners is None else row.partners.value,
        )
        for row in found.rows
    }
