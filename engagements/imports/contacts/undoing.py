"""A load of contacts taken back, and of the partners that were created with it what nothing else uses."""

from __future__ import annotations

from accounts.models import User
from engagements.imports.undone import CREATED, Rows, Undone, delete, partners_unused, states_before
from partners.contacts.actions import Amendment, amend_contacts
from partners.contacts.forms import FIELDS
from partners.models import Contact, Partner


def sorted_out(rows: Rows, *, by: User) -> Undone:
    about = [row for row in rows if row.contact is not None]
    as_loaded = {
        row.pk
        for row in about
        if by.is_contributor and row.contact and row.contact.version == row.version
    }
    gone = [row for row in about if row.outcome == CREATED and row.pk in as_loaded]
    return Undone.of(about, as_loaded, partners=partners_unused(rows, gone))


def take_back(planned: Undone, *, by: User) -> None:
    """In the transaction of the load."""
    states = states_before(planned.put_back, "contact")
    amend_contacts(
        by=by,
        amendments=[
            Amendment(
                contact=row.contact,
                version=row.version,
                fields={name: states[row.pk][name] for name in FIELDS},
            )
            for row in planned.put_back
            if row.contact is not None and row.pk in states
        ],
        act="restored",
    )
    delete(by, Contact, [row.contact_id for row in planned.deleted])
    delete(by, Partner, [row.partner_id for row in planned.partners])
