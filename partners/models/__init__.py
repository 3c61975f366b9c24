"""Who we engage with, the people there, and where they are."""

from partners.models.contact import Contact, ContactQuerySet
from partners.models.partner import (
    PARTIAL_DATE,
    PARTNER,
    SORT_LENGTH,
    Country,
    FormerName,
    Partner,
    PartnerQuerySet,
    Region,
    beneath,
    keys_beneath,
    parts_of,
)

__all__ = [
    "PARTIAL_DATE",
    "PARTNER",
    "SORT_LENGTH",
    "Contact",
    "ContactQuerySet",
    "Country",
    "FormerName",
    "Partner",
    "PartnerQuerySet",
    "Region",
    "beneath",
    "keys_beneath",
    "parts_of",
]
