"""The form of a contact, filled in with whatever hypothesis thinks of."""

import re
import unicodedata
import uuid

from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from partners.contacts.forms import FIELDS
from partners.models import Contact
from tests.factories import make_contact, make_partner
from tests.properties.nasty import sent, texts
from tests.properties.sending import undone

FINE = {200, 302, 400, 403, 409, 422}
CONTACT = [
    *FIELDS,
    "key",
    "version",
    "do",
    "anyway",
    "confirmed",
    "opened",
    "choice-name",
    "page",
    "turn",
]
writing = st.one_of(st.text(max_size=60), texts.filter(lambda value: isinstance(value, str)))
LINES = ("name", "post_en", "post_fr", "phone")


def line(text: str) -> str:
    return re.sub(r"[^\S\u00a0\u202f]+", " ", unicodedata.normalize("NFC", text)).strip()


@given(more=sent(CONTACT))
def test_no_contact_breaks_the_portal(send, staff, more):
    send.client.force_login(staff)
    with undone():
        contact = make_contact(make_partner("PRI"), name="Somebody", logged_by=staff)
        args = [contact.partner.code, contact.key]
        new = reverse("partners:contact_create", args=args[:1])
        edit = reverse("partners:contact_edit", args=args)
        assert send.post(new, {"name": "Somebody else"} | more).status_code in FINE
        assert send.post(edit, {"name": "Somebody", "version": "1"} | more).status_code in FINE
        assert send.get(contact.partner.get_absolute_url()).status_code == 200
        assert send.get(reverse("partners:contact_history", args=args)).status_code == 200


@given(
    typed=st.fixed_dictionaries({"name": writing}, optional=dict.fromkeys(LINES[1:], writing)),
    email=st.sampled_from(
        ["", "desk@example.org", "é@exämple.org", '"a b"@example.org', "a?b@x.org"]
    ),
)
def test_a_contact_that_is_taken_opens_again_as_it_was_typed(send, staff, typed, email):
    send.client.force_login(staff)
    with undone():
        partner = make_partner("PRI")
        form = typed | {"email": email, "key": str(uuid.uuid4())}
        new = reverse("partners:contact_create", args=[partner.code])
        if send.post(new, form).status_code != 302:
            return
        (contact,) = Contact.objects.all()
        opened = send.get(reverse("partners:contact_edit", args=[partner.code, contact.key]))
        shown = {name: opened.context["form"][name].value() for name in [*typed, "email"]}
        assert send.get(partner.get_absolute_url()).status_code == 200

    assert shown == {name: line(typed[name]) for name in typed} | {"email": email}
