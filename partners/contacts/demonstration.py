"""The contacts of the demonstration, told through the actions; what is there already stays as it is."""

import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from accounts.models import User
from partners.contacts.actions import log_contact, retire_contacts
from partners.models import Contact, Partner

FILE = Path(__file__).with_suffix(".yaml")
# A key of our own for each number: what makes loading twice create nothing twice.
NAMESPACE = uuid.UUID("0b2f7a1e-4c59-4a0e-9a76-5a8f1d6c3e21")


def load_contacts(cast: Mapping[str, User]) -> int:
    """Log those that are not there yet, at the partners that are; how many. `cast`: people by role."""
    entries = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    known = set(Contact.objects.values_list("key", flat=True))
    partners = Partner.objects.in_bulk([said["partner"] for said in entries], field_name="code")
    new = [
        said
        for said in entries
        if said["partner"] in partners and _key(said["number"]) not in known
    ]
    for said in new:
        _log(said | {"partner": partners[said["partner"]]}, by=cast[said["by"]])
    return len(new)


def _log(said: dict[str, Any], *, by: User) -> None:
    columns = {name: said[name] for name in said if name not in ("number", "by", "gone")}
    contact = log_contact(by=by, key=_key(said["number"]), **columns)
    if said.get("gone"):
        retire_contacts(by=by, contacts=[contact])


def _key(number: int) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, str(number))
