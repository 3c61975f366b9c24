"""A load of partners taken back: those it added go, what it changed is as before, what was edited stays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from accounts.models import User
from common.history.recording import recording
from common.history.tracking import State
from engagements.imports.undone import CREATED, UPDATED, Rows, Undone, partners_used, states_before
from engagements.models import LoadedRow
from partners.actions import amend_partner
from partners.forms import PartnerForm
from partners.models import Country, Partner


def sorted_out(rows: Rows, *, by: User) -> Undone:
    about = [row for row in rows if row.partner]
    as_loaded = [r for r in about if r.partner and r.partner.version == r.version]
    if not by.is_administrator:
        as_loaded = []
    put_back = [row for row in as_loaded if row.outcome == UPDATED]
    deleted = _unused([row for row in as_loaded if row.outcome == CREATED], put_back)
    return Undone.of(about, {row.pk for row in (*put_back, *deleted)})


def _unused(rows: Rows, put_back: Rows) -> Rows:
    """Those that no engagement and no contact names, and nobody stands under who stays there."""
    pks = keys_of(rows)
    used = partners_used(pks)
    beneath = list(Partner.objects.filter(parent__in=pks).values_list("pk", "parent"))
    # One that is put back stands again where it stood before.
    moving = keys_of(put_back)
    while True:
        kept = used | {above for pk, above in beneath if pk not in pks - used and pk not in moving}
        if kept == used:
            return [row for row in rows if row.partner_id not in used]
        used = kept


def take_back(planned: Undone, *, by: User) -> None:
    """In the transaction of the load."""
    states = states_before(planned.put_back, "partner")
    for row in planned.put_back:
        if row.partner and row.pk in states:
            _put_back(by, row.partner, states[row.pk])
    _delete(by, keys_of(planned.deleted))


def keys_of(rows: Iterable[LoadedRow]) -> set[int]:
    return {row.partner_id for row in rows if row.partner_id}


def _delete(by: User, pks: set[int]) -> None:
    """Those first under whom nobody stands."""
    records = list(Partner.objects.filter(pk__in=pks))
    with recording(by=by, act="undone", records=records):
        while records:
            above = {one.parent_id for one in records}
            lowest = [one for one in records if one.pk not in above]
            Partner.objects.filter(pk__in=[one.pk for one in lowest]).delete()
            records = [one for one in records if one.pk in above] if lowest else []


def _put_back(by: User, partner: Partner, state: State) -> None:
    columns: dict[str, Any] = {name: state[name] for name in PartnerForm.base_fields}
    columns["parent"] = Partner.objects.filter(code=state["parent"]).first()
    columns["country"] = Country.objects.filter(iso2=state["country"]).first()
    amend_partner(
        by=by,
        partner=partner,
        version=partner.version,
        former_names=state["former_names"],
        act="restored",
        **columns,
    )
