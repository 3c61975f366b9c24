"""Staff of another office, and others with low clearance, try to read, change or infer what is hidden."""

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse

from accounts.models import Unsaved
from engagements.models import Engagement, Note
from tests.engagements.telling import enough
from tests.leaks.asking import Asker, without
from tests.leaks.world import ABSENT

WHO = ["colleague", "manager, not cleared", "administrator, not cleared"]


@pytest.fixture
def hidden(world):
    return world.records["Protected B"]


def alike(asker, address, hidden, **asked):
    """Whether asking of what is hidden and of what is not there is answered the same."""
    answers = []
    for record in (hidden, ABSENT):
        sent = asked.get("sent")
        told = asked | ({"sent": sent(record)} if sent else {})
        answers.append(without(asker(address(record), **told).whole, record.names))
    return answers[0] == answers[1]


@pytest.mark.parametrize("method", ["head", "options", "put", "patch", "delete"])
@pytest.mark.parametrize("name", ["detail", "edit", "align", "approve", "write_note"])
def test_no_other_method_tells(world, hidden, name, method):
    for who in [*WHO, "reader", "approver, not cleared"]:
        asker = Asker(world.people[who])
        assert alike(
            asker,
            lambda record: reverse(f"engagements:{name}", args=[record.reference]),
            hidden,
            method=method,
        )


@pytest.mark.parametrize(
    "header", ["If-Modified-Since", "If-None-Match", "Range", "Accept-Encoding"]
)
def test_no_header_makes_it_tell(world, hidden, header):
    value = {"If-Modified-Since": "Sun, 22 Nov 2026 00:00:00 GMT", "If-None-Match": "*"}
    assert alike(
        Asker(world.people["reader"]),
        lambda record: reverse("engagements:detail", args=[record.reference]),
        hidden,
        **{header: value.get(header, "bytes=0-1, gzip")},
    )


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize(
    "more",
    [
        {"do": "save", "version": "1"},
        {"do": "merge-save", "version": "1", "opened": "1"},
        {"do": "merge-go-on", "version": "2"},
        {"do": "autosave", "page": "00000000-0000-0000-0000-000000000001", "turn": "1"},
        {"do": "throw-away"},
        {"do": "add-partner", "add_partner": "UNODC"},
        {"do": "log", "seen": "IE-2027-7003"},
    ],
)
def test_a_crafted_form_changes_nothing_and_tells_nothing(world, hidden, who, more):
    told = enough(partner=["UNODC"], objectives=["P1"], title_en="Taken over", **more)
    before = Engagement.objects.values().get(pk=hidden.pk)

    asker = Asker(world.people[who])

    assert alike(
        asker,
        lambda record: reverse("engagements:edit", args=[record.reference]),
        hidden,
        sent=lambda record: told | {"record": str(record.pk)},
    )
    assert Engagement.objects.values().get(pk=hidden.pk) == before


@pytest.mark.parametrize("who", WHO)
def test_a_pick_of_it_among_others_is_as_a_pick_of_nothing(world, hidden, who):
    asker = Asker(world.people[who])
    mine = world.records["Unclassified"].reference
    asked = {"add": ["P1"], "do": "save"}

    assert alike(
        asker,
        lambda record: reverse("engagements:align_many"),
        hidden,
        sent=lambda record: asked | {"pick": [mine, record.reference]},
    )


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("query", ["like={}", "unsaved=compare", "unsaved=resume", "version=1"])
def test_no_query_opens_it(world, hidden, who, query):
    asker = Asker(world.people[who])
    mine = world.records["Unclassified"].reference

    def address(record):
        of = mine if "like" in query else record.reference
        return reverse("engagements:align", args=[of]) + "?" + query.format(record.reference)

    assert alike(asker, address, hidden)


@pytest.mark.parametrize("name", ["edit_note", "withdraw_note", "bring_back_note"])
def test_a_note_is_not_reached_through_another_engagement_of_ones_own(world, name):
    """Nor by a reader who was named in what they are not cleared for."""
    mine = world.records["Unclassified"].reference
    before = list(Note.objects.order_by("pk").values())
    for note in (world.notes["Protected B note"], world.notes["note in what is Protected B"]):
        for who in WHO:
            asker = Asker(world.people[who])
            for reference in (mine, note.reference):
                asked = reverse(f"engagements:{name}", args=[reference, note.key])
                nothing = reverse(f"engagements:{name}", args=[reference, ABSENT.key])
                for sent in (None, {"text": "Mine now", "version": "1"}):
                    answers = [asker(address, sent=sent).whole for address in (asked, nothing)]
                    assert without(answers[0], [str(note.key)]) == without(
                        answers[1], [str(ABSENT.key)]
                    )
    assert list(Note.objects.order_by("pk").values()) == before


def test_the_same_title_partner_and_day_are_logged_without_a_warning(client, world, hidden):
    """A number is left out in between: that is all that can be told."""
    client.force_login(world.people["colleague"])
    for record in (world.records["Unclassified"], world.records["Protected A"]):
        Engagement.objects.filter(pk=record.pk).update(sensitivity=2)
    told = enough(partner=["UNODC"], objectives=["P1"], title_en="Borealis visit")

    response = client.post(reverse("engagements:create"), told)

    assert response.status_code == 302


def test_a_form_key_of_anothers_engagement_is_no_key(client, world, hidden):
    key = "00000000-0000-0000-0000-0000000000aa"
    Engagement.objects.filter(pk=hidden.pk).update(form_key=key)
    client.force_login(world.people["colleague"])
    told = enough(
        partner=["UNODC"],
        objectives=["P1"],
        title_en="Another title",
        start_year="2019",
        form_key=key,
    )

    response = client.post(reverse("engagements:create"), told)

    assert response.status_code == 302
    assert hidden.reference not in response.url
    assert Engagement.objects.get(pk=hidden.pk).title_en == "Borealis visit"


def test_what_one_had_typed_about_it_leads_nowhere_once_it_is_marked_higher(world, hidden):
    person = world.people["colleague"]
    Unsaved.objects.create(
        person=person,
        address=f"engagements:edit {hidden.reference}",
        page="00000000-0000-0000-0000-0000000000ab",
        data={"title_en": ["My own words"]},
    )

    answer = Asker(person)("/en/").whole

    assert hidden.word not in answer


def test_signing_in_leads_to_it_and_to_nothing_alike(client, world, hidden):
    person = world.people["reader"]
    found = []
    for record in (hidden, ABSENT):
        wanted = reverse("engagements:detail", args=[record.reference])
        told = {"username": person.username, "password": "a-long-password", "next": wanted}
        client.logout()
        response = client.post(reverse("accounts:sign_in"), told, follow=True)
        found.append((response.status_code, [code for _url, code in response.redirect_chain]))

    assert found[0] == found[1]


def test_nobody_who_is_hidden_from_is_left_a_trace_in_a_session(client, world, hidden):
    client.force_login(world.people["reader"])
    before = dict(client.session.items())

    client.get(reverse("engagements:detail", args=[hidden.reference]))

    assert dict(client.session.items()) == before
    with pytest.raises(ObjectDoesNotExist):
        Engagement.objects.visible_to(world.people["reader"]).get(pk=hidden.pk)
