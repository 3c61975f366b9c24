"""What has become of a record, told and undone: two editors, putting back, a day, a list of changes."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Role
from common.history.models import Revision
from engagements.models import Engagement
from tests.engagements.telling import enough
from tests.factories import make_user
from tests.properties.nasty import sent, texts
from tests.properties.sending import undone

FINE = {200, 302, 400, 403, 404, 409, 422}
FIELDS = (
    "title_en",
    "purpose",
    "outcome",
    "start",
    "end",
    "partners",
    "countries",
    "objectives",
    "kind",
)


@pytest.fixture
def record(send, staff) -> Engagement:
    """Logged at version 1 and changed twice by somebody else, so that version 1 has moved on."""
    told = enough(purpose="To see")
    send.client.force_login(staff)
    assert send.post(reverse("engagements:create"), told).status_code == 302
    engagement = Engagement.objects.get()
    send.client.force_login(make_user("other", Role.MANAGER))
    for version, purpose in enumerate(("To see and to learn", "To learn"), start=1):
        amended = told | {"do": "save", "version": version, "purpose": purpose, "country": []}
        assert send.post(reverse("engagements:edit", args=[engagement.reference]), amended)
    send.client.force_login(staff)
    return Engagement.objects.get()


def of(name: str, record: Engagement) -> str:
    return reverse(f"engagements:{name}", args=[record.reference])


@pytest.fixture
def told(record) -> dict:
    return enough(partner=["UNODC"], purpose="To teach", form_key="")


chosen = st.one_of(st.sampled_from(["theirs", "mine", "both"]), texts)


@given(
    do=st.sampled_from(["save", "merge-save", "merge-go-on", "save:2", "save:3"]),
    version=st.sampled_from(["1", "2", "3", "0", "x", "9" * 30]),
    more=sent(
        [*(f"choice-{name}" for name in FIELDS), "opened", "then", "purpose", "page"], chosen
    ),
)
def test_no_choice_between_two_versions_breaks_the_portal(send, record, told, do, version, more):
    with undone():
        response = send.post(of("edit", record), told | {"do": do, "version": version} | more)
        assert response.status_code in FINE
        assert send.get(of("detail", record)).status_code == 200


@given(
    name=st.sampled_from(["change", "undo"]),
    number=st.integers(0, 3),
    asked=sent(["change", "undo"]),
    more=sent(["field", "version"], st.one_of(st.sampled_from([*FIELDS, "3"]), texts)),
)
def test_nothing_that_is_put_back_breaks_the_portal(send, record, name, number, asked, more):
    revisions = Revision.objects.of("engagement", [record.pk]).order_by("number")
    keys = [*revisions.values_list("pk", flat=True), 0]
    path = of("put_back", record)
    query = f"{path}?{name}={keys[number]}"

    with undone():
        assert send.get(path, {name: keys[number]} | asked).status_code in FINE
        told = {"version": record.version, "field": list(FIELDS)} | more
        assert send.post(query, told).status_code in FINE


@given(
    asked=sent(
        ["day", "change", "day_year", "page"],
        st.one_of(texts, st.sampled_from(["2026-11-22", "0001-01-01", "9999-12-31", "2026", "1"])),
    )
)
def test_a_record_can_be_asked_for_as_of_anything(send, record, asked):
    assert send.get(of("as_of", record), asked).status_code in FINE


DAYS = ["1900", "2100", "2100-01", "2026-27", "9999-12-31", "staff", "logged", "amended", "0", "-1"]


@given(
    asked=sent(
        ["who", "act", "from", "to", "page", "per_page", "x"],
        st.one_of(texts, st.sampled_from(DAYS)),
    ),
    headers=st.sampled_from([{}, {"HTTP_HX_REQUEST": "true"}]),
)
def test_whatever_a_history_is_asked_it_answers(send, record, asked, headers):
    for path in (
        of("history", record),
        reverse("partners:history", args=["UNODC"]),
        reverse("objectives:history", args=["P1"]),
        reverse("objectives:framework_history", args=["PILLARS"]),
    ):
        assert send.get(path, asked, **headers).status_code in FINE


@given(
    name=st.sampled_from(["changes", "changes_csv"]),
    asked=sent(
        ["who", "act", "kind", "record", "from", "to", "page", "per_page"],
        st.one_of(texts, st.sampled_from([*DAYS, "engagement", "partner", "person"])),
    ),
)
def test_whatever_the_list_of_changes_is_asked_it_answers(send, record, manager, name, asked):
    send.client.force_login(manager)
    assert send.get(reverse(f"dashboards:{name}"), asked).status_code in FINE
