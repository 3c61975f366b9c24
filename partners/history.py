"""What is kept of partners, of the people there, and of the countries and regions they are in."""

from common.history.tracking import Rows, Tracked, register
from partners.models import Contact, Country, FormerName, Partner, Region

FORMER = ("name_en", "acronym_en", "name_fr", "acronym_fr", "used_from", "used_until")
PLAIN = (
    "code", "kind", "name_en", "name_fr", "acronym_en", "acronym_fr", "name_own", "own_language",
    "seat_en", "seat_fr", "in_police", "in_courts", "in_corrections", "website", "crs_code",
    "existed_from", "existed_until", "verified_on", "archived_at", "archive_reason",
)  # fmt: skip
OF_A_CONTACT = (
    "name", "post_en", "post_fr", "email", "phone", "write_in", "in_post_from", "in_post_until",
    "note", "text_language", "retired_at", "retired_by",
)  # fmt: skip

PARTNER = register(
    Tracked(
        kind="partner",
        model=Partner,
        columns={name: name for name in PLAIN}
        | {"parent": "parent__code", "country": "country__iso2"},
        rows={
            "former_names": Rows(
                model=FormerName,
                record="partner",
                columns={name: name for name in FORMER},
                order=("used_until", "used_from", "name_en", "name_fr", "pk"),
                key=("name_en", "acronym_en", "name_fr", "acronym_fr"),
            )
        },
        version="version",
    )
)
CONTACT = register(
    Tracked(
        kind="contact",
        model=Contact,
        columns={name: name for name in OF_A_CONTACT} | {"partner": "partner__code"},
        version="version",
    )
)
COUNTRY = register(
    Tracked(
        kind="country",
        model=Country,
        columns={
            "iso2": "iso2",
            "iso3": "iso3",
            "m49": "m49",
            "name_en": "name_en",
            "name_fr": "name_fr",
            "region": "region__code",
            "retired_on": "retired_on",
        },
    )
)
REGION = register(
    Tracked(
        kind="region",
        model=Region,
        columns={
            "code": "code",
            "name_en": "name_en",
            "name_fr": "name_fr",
            "parent": "parent__code",
            "retired_on": "retired_on",
        },
    )
)
