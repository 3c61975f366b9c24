"""Which contact an address names."""

import uuid

from django.shortcuts import get_object_or_404
from django.urls import reverse

from partners.models import Contact, Partner


def found(code: str, key: uuid.UUID) -> Contact:
    """The contact of that key at that partner; Http404 otherwise."""
    contacts = Contact.objects.select_related("partner", "changed_by", "retired_by")
    return get_object_or_404(contacts, partner__code=code, key=key)


def contact_page(page: str, contact: Contact) -> str:
    """The address of one of its pages."""
    return reverse(f"partners:{page}", args=[contact.partner.code, contact.key])


def place_of(partner: Partner) -> str:
    """Where the contacts stand on the partner's page."""
    return f"{partner.get_absolute_url()}#contacts"
