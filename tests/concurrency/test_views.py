"""A view that is saved twice at the same moment is one, and one name is given once."""

import uuid

from dashboards.models import SavedView
from tests.concurrency.visiting import Sending, send
from tests.serving.visitor import Told

NEW = "/en/views/new/"


def told(name: str) -> Told:
    sent = {"of": "dashboard", "query": "kind=other", "name": name, "office": "IR", "rhythm": ""}
    return {field: [value] for field, value in (sent | {"key": str(uuid.uuid4())}).items()}


def sending(server, people, forms, copies) -> Sending:
    return Sending(
        port=server.port, username=next(iter(people)), path=NEW, forms=forms, copies=copies
    )


def test_20_forms_sent_twice_at_the_same_moment_are_20_views(server, crowd, people):
    forms = [told(f"View {number}") for number in range(20)]

    [answers] = crowd.each(send, [sending(server, people, forms, 2)], threads=1)

    assert {answer.status for copies in answers for answer in copies} == {302}
    assert sorted(SavedView.objects.values_list("name", flat=True)) == sorted(
        form["name"][0] for form in forms
    )


def test_two_tabs_that_give_one_name_at_the_same_moment_are_one_view(server, crowd, people):
    tabs = [sending(server, people, [told("Ours") for _each in range(10)], 1) for _tab in range(2)]

    crowd.each(send, tabs, threads=2)

    assert SavedView.objects.count() == 1
