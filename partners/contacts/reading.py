"""The contacts of a partner as its page shows them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import BooleanField, ExpressionWrapper, Q

from common.bilingual import reader_language
from common.text import binary_order
from partners.models import Contact, ContactQuerySet, Partner

# As many as a partner's page has room for; its own page has them all.
SHOWN = 12


@dataclass(frozen=True, kw_only=True)
class People:
    """Who is there, and who was; those shown of each, and how many there are."""

    there: list[Contact]
    gone: list[Contact]
    there_count: int
    gone_count: int

    @property
    def count(self) -> int:
        return self.there_count + self.gone_count

    @property
    def has_more(self) -> bool:
        return self.count > len(self.there) + len(self.gone)


def contacts_of(partners: Collection[int], *, gone: bool, language: str) -> ContactQuerySet:
    """Of all these partners, partner by partner; with those no longer there, or without."""
    contacts = Contact.objects.filter(partner__in=partners).for_reading()
    names = (f"partner__sort_{language}", f"sort_{language}")
    partner, contact = (binary_order(name) for name in names)
    is_gone = ExpressionWrapper(Q(retired_at__isnull=False), BooleanField())
    in_order = contacts.order_by(partner, "partner", is_gone, contact, "pk")
    return in_order if gone else in_order.there()


def people_at(partner: Partner) -> People:
    """In two queries; in more where there are more than a page has room for."""
    contacts = Contact.objects.filter(partner=partner).for_reading().by_name(reader_language())
    there, there_count = _shown(contacts.there())
    gone, gone_count = _shown(contacts.gone())
    return People(there=there, gone=gone, there_count=there_count, gone_count=gone_count)


def _shown(contacts) -> tuple[list[Contact], int]:
    found = list(contacts[: SHOWN + 1])
    count = contacts.count() if len(found) > SHOWN else len(found)
    return found[:SHOWN], count
