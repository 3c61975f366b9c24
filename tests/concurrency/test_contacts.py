"""A contact that is added twice at the same moment is one."""

import uuid

from partners.models import Contact
from tests.concurrency.visiting import Sending, send
from tests.factories import make_partner

NEW = "/en/partners/UNODC/contacts/new/"


def told(name: str) -> dict[str, list[str]]:
    return {"name": [name], "text_language": ["en"], "key": [str(uuid.uuid4())]}


def sending(server, username, forms, copies) -> Sending:
    return Sending(port=server.port, username=username, path=NEW, forms=forms, copies=copies)


def test_20_forms_sent_twice_at_the_same_moment_are_20_contacts(server, crowd, people):
    make_partner("UNODC")
    forms = [told(f"Contact {number}") for number in range(20)]

    [answers] = crowd.each(send, [sending(server, people[0], forms, 2)], threads=1)

    assert {answer.status for copies in answers for answer in copies} == {302}
    assert Contact.objects.count() == 20


def test_two_people_who_add_the_same_contact_at_the_same_moment_add_one(server, crowd, people):
    make_partner("UNODC")
    both = [sending(server, name, [told("Same") for _each in range(10)], 1) for name in people[:2]]

    done = crowd.each(send, both, threads=2)

    statuses = [answer.status for answers in done for copies in answers for answer in copies]
    assert sorted(set(statuses)) == [302, 422]
    assert Contact.objects.count() == 1
