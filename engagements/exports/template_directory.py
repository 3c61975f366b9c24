"""The empty workbooks in which partners and contacts are written to be loaded.

Their columns are headed as the fields of a load are called.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from engagements.exports.template import in_order
from engagements.exports.template_writing import ONE, SEVERAL, Asked, Lists, Template, written
from engagements.exports.words import Words
from engagements.imports.contacts.fields import CONTACT_FIELDS
from engagements.imports.partners.fields import PARTNER_FIELDS
from partners.forms import SECTORS, PartnerForm
from partners.models import Contact, Country, Partner

EITHER_NAME = gettext_lazy("One of the two names is needed; both are better.")
NAME_OR_POST = gettext_lazy("A name or a post is needed.")
DATE = gettext_lazy("A year, a month or a day: 2002, 2002-10 or 2002-10-01.")


def of_partner(code: str, hint: Any, example: str = "", **told: Any) -> Asked:
    return Asked(code, PARTNER_FIELDS[code].label, hint, example, **told)


def of_contact(code: str, hint: Any, example: str = "", **told: Any) -> Asked:
    return Asked(code, CONTACT_FIELDS[code].label, hint, example, **told)


PARTNER_COLUMNS: list[Asked] = [
    of_partner("name_en", EITHER_NAME, "Prison Service of Norway", needed=True, width=40),
    of_partner(
        "name_fr", EITHER_NAME, "Service pénitentiaire de la Norvège", needed=True, width=40
    ),
    of_partner("acronym_en", gettext_lazy("If it has one."), "PSN"),
    of_partner("acronym_fr", gettext_lazy("If it has one."), "SPN"),
    of_partner("kind", ONE, choices="kinds", needed=True),
    of_partner(
        "country",
        gettext_lazy("The country whose government it is, or where it has its seat."),
        choices="countries",
    ),
    of_partner(
        "parent",
        gettext_lazy("The organization it stands under: one that is here, or another row."),
        choices="partners",
        several=True,
        width=40,
    ),
    of_partner("sectors", SEVERAL, choices="sectors", several=True),
    of_partner("website", gettext_lazy("The address of its site."), "https://www.example.org"),
    of_partner(
        "crs_code", gettext_lazy("Of the OECD’s list of aid channels, where it has one."), "41128"
    ),
    of_partner(
        "former_names", gettext_lazy("Several with a semicolon between them."), "Prison Board"
    ),
    of_partner(
        "name_own", gettext_lazy("Where that is neither English nor French."), "Kriminalomsorgen"
    ),
    of_partner(
        "own_language", gettext_lazy("Two or three letters: es for Spanish, ar for Arabic."), "no"
    ),
    of_partner("code", gettext_lazy("Left empty, one is made."), "NO-PSN"),
]
CONTACT_COLUMNS: list[Asked] = [
    of_contact("name", NAME_OR_POST, needed=True, width=32),
    of_contact("post_en", NAME_OR_POST, "Director of Training", needed=True, width=32),
    of_contact("post_fr", NAME_OR_POST, "Directrice de la formation", needed=True, width=32),
    of_contact("partners", ONE, choices="partners", several=True, needed=True, width=40),
    of_contact("email", gettext_lazy("At work."), "desk@example.org"),
    of_contact("phone", gettext_lazy("At work, with the code of the country."), "+47 22 00 00 00"),
    of_contact("write_in", ONE, choices="languages"),
    of_contact("in_post_from", DATE, "2024-09"),
    of_contact("in_post_until", DATE),
    of_contact(
        "note",
        gettext_lazy("Everybody who is signed in reads it: nothing of a person’s private life."),
        width=40,
    ),
]


def partners_template() -> bytes:
    return written(
        Template(
            title=_("Partners to load"),
            sheet=pgettext("sheet", "Partners"),
            how=_("Write one partner a row on the first sheet."),
            columns=PARTNER_COLUMNS,
            lists={
                "kinds": [str(label) for label in Partner.Kind.labels],
                "countries": in_order(
                    each.name for each in Country.objects.filter(retired_on=None)
                ),
                "partners": partners(),
                "sectors": [str(PartnerForm.base_fields[name].label) for name in SECTORS],
            },
        )
    )


def contacts_template() -> bytes:
    lists: Lists = {
        "partners": partners(),
        "languages": [str(label) for label in Contact.WriteIn.labels],
    }
    return written(
        Template(
            title=_("Contacts to load"),
            sheet=pgettext("sheet", "Contacts"),
            how=_("Write one contact a row on the first sheet."),
            columns=CONTACT_COLUMNS,
            lists=lists,
        )
    )


def partners() -> list[str]:
    """As the portal calls them, each once."""
    words = Words()
    return list(
        dict.fromkeys(in_order(words.partner(each.pk) for each in Partner.objects.active()))
    )
