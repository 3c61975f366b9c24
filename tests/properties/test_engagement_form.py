"""The form of an engagement: whatever is sent is judged, and what is taken comes back the same."""

import re
import unicodedata

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from engagements.forms import EngagementForm
from engagements.models import Engagement
from tests.engagements.telling import enough, pillar
from tests.factories import make_country, make_engagement, make_partner
from tests.properties.nasty import sent, texts
from tests.properties.sending import undone

NEW = reverse("engagements:create")
# Besides its fields, what its lists, buttons and hidden inputs are called.
NAMES = {
    *EngagementForm.base_fields, "partner", "role", "country", "add_role", "seen", "similar_seen",
    "form_key", "version", "record", "do", "page", "turn", "continues", "opened_by", "typed",
    "new_partner-name_en", "new_partner-kind", "new_partner-country", "new_partner-parent",
    "new_partner-acronym_fr",
}  # fmt: skip
DOES = st.sampled_from(
    ["log", "another", "draft", "autosave", "save", "save:9", "add-partner", "add-country",
     "use-partner:UNODC", "remove-partner:0", "remove-partner:x", "remove-country:NO",
     "create-partner", "throw-away", "merge", "\x00"]
)  # fmt: skip
LINE = ("title_en", "title_fr", "place", "paid_by", "approved_by")
TEXT = ("purpose", "outcome", "lessons", "csc_posts")


@pytest.fixture
def told(staff) -> dict:
    make_country("NO")
    return enough(approval="given", purpose="To see", country=["NO"])


@pytest.fixture
def record(staff, told) -> Engagement:
    partners = [make_partner("ICPA")]
    return make_engagement(logged_by=staff, partners=partners, objectives=[pillar()])


@given(more=sent(NAMES), do=DOES)
def test_no_new_form_breaks_the_portal(send, staff, told, more, do):
    send.client.force_login(staff)

    with undone():
        response = send.post(NEW, told | {"do": do} | more)

    assert response.status_code in {200, 302, 400, 403, 409, 422}


@given(more=sent(NAMES), do=DOES)
def test_no_edit_breaks_the_portal(send, staff, told, record, more, do):
    send.client.force_login(staff)
    form = told | {"version": str(record.version), "do": do} | more

    with undone():
        response = send.post(reverse("engagements:edit", args=[record.reference]), form)

    assert response.status_code in {200, 302, 400, 403, 409, 422}


@given(more=sent(NAMES, texts), do=st.sampled_from(["draft", "autosave", "log"]))
def test_no_draft_breaks_the_portal_and_it_opens_again(send, staff, told, more, do):
    send.client.force_login(staff)
    with undone():
        send.post(NEW, told | {"do": "draft"} | more)
        for draft in Engagement.objects.drafts_of(staff):
            path = reverse("engagements:edit_draft", args=[draft.pk])
            assert send.get(path).status_code == 200
            send.post(path, told | {"version": str(draft.version)} | more | {"do": do})
            assert send.get(path).status_code in {200, 302}


def normal_line(text: str) -> str:
    """One line: NFC, each white space one space, none at its ends."""
    return re.sub(r"[^\S\u00a0\u202f]+", " ", unicodedata.normalize("NFC", text)).strip()


def normal_text(text: str) -> str:
    """Lines: NFC, ends as \\n, no white space around it all."""
    return unicodedata.normalize("NFC", text.strip().replace("\r\n", "\n").replace("\r", "\n"))


writing = st.one_of(st.text(max_size=60), texts.filter(lambda value: isinstance(value, str)))


@given(
    typed=st.fixed_dictionaries(
        {"title_en": writing}, optional=dict.fromkeys([*LINE[1:], *TEXT], writing)
    ),
    cost=st.sampled_from(["", "0", "2150", "2 150,50 $", "2,150.50", "0.1", "9999999999.99"]),
    people=st.sampled_from(["", "0", "7", "007", "100000"]),
)
def test_what_is_taken_opens_again_as_it_was_typed(send, staff, told, typed, cost, people):
    send.client.force_login(staff)
    form = told | typed | {"planned_cost": cost, "csc_participants": people}

    with undone():
        response = send.post(NEW, form)
        if response.status_code != 302:
            return
        path = reverse("engagements:edit", args=[Engagement.objects.get().reference])
        opened = send.get(path).context["form"].data.copy()
        again = send.post(path, dict(opened.lists()) | {"do": "save"})
        reopened = send.get(path).context["form"].data.copy()

    for name in typed:
        normal = normal_text if name in TEXT else normal_line
        assert opened[name] == normal(typed[name]), name
    assert again.status_code == 302
    # Whatever is opened is already as it will be kept.
    for data in (opened, reopened):
        data.pop("version")
    assert reopened == opened


@given(
    precision=st.sampled_from(
        [
            "day",
            "month",
            "season",
            "year",
            "fiscal-year",
            "about",
            "unknown",
            "ongoing",
            "not-given",
            "x",
            "",
        ]
    ),
    parts=st.fixed_dictionaries(
        {
            "year": st.sampled_from(
                ["", "1899", "1900", "2026", "2100", "2101", "2026-27", "2026/2027", "٢٠٢٦"]
            ),
            "month": st.sampled_from(["", "0", "1", "2", "12", "13", "x"]),
            "season": st.sampled_from(["", "winter", "spring", "x"]),
            "day": st.sampled_from(["", "0", "1", "29", "31", "32", "²"]),
        }
    ),
    prefix=st.sampled_from(["start", "end"]),
)
def test_a_date_that_is_taken_opens_again_as_it_was_told(
    send, staff, told, precision, parts, prefix
):
    send.client.force_login(staff)
    date = {"precision": precision} | parts
    form = told | {f"{prefix}_{part}": value for part, value in date.items()}

    with undone():
        if send.post(NEW, form).status_code != 302:
            return
        engagement = Engagement.objects.get()
        path = reverse("engagements:edit", args=[engagement.reference])
        opened = send.get(path).context["form"].data
        told_again = {part: opened.get(f"{prefix}_{part}", "") for part in date}

    known = {"fiscal-year": {"year": "2026-27"}}.get(precision, {})
    default = {"start": "day", "end": "not-given"}[prefix]
    assert told_again == date | {"precision": precision or default} | (
        known if parts["year"] else {}
    )
