"""Every other form: partners, alignments, stages, notes, people signing in and setting their own."""

import re
import unicodedata

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from dashboards.models import SavedView
from dashboards.saved.forms import ViewForm
from engagements.kinds import Stage
from engagements.models import Alignment, Note
from partners.forms import FormerNameForm, PartnerForm
from partners.models import Partner
from tests.engagements.telling import pillar
from tests.factories import make_country, make_engagement, make_objective, make_partner, make_view
from tests.properties.nasty import sent, texts
from tests.properties.sending import undone

writing = st.one_of(st.text(max_size=60), texts.filter(lambda value: isinstance(value, str)))
FINE = {200, 302, 400, 403, 409, 422}


@pytest.fixture
def record(staff):
    engagement = make_engagement(
        logged_by=staff, stage=Stage.SUBMITTED, partners=[make_partner()], objectives=[pillar()]
    )
    make_objective("P2", pillar().framework)
    return engagement


def line(text: str) -> str:
    return re.sub(r"[^\S\u00a0\u202f]+", " ", unicodedata.normalize("NFC", text)).strip()


# Partners

PARTNER = {
    *PartnerForm.base_fields, "version", "do", "anyway", "add_row", "page", "turn", "continues",
    "opened_by", "former-TOTAL_FORMS", "former-INITIAL_FORMS", "former-MAX_NUM_FORMS",
    *(f"former-{row}-{name}" for row in (0, 1) for name in FormerNameForm.base_fields),
}  # fmt: skip
MORE_NAMES = ["name_fr", "acronym_en", "acronym_fr", "seat_en", "seat_fr", "crs_code"]
NAMED = {
    "kind": "ngo",
    "name_en": "Penal Reform International",
    "former-TOTAL_FORMS": "1",
    "former-INITIAL_FORMS": "0",
}


@given(more=sent(PARTNER))
def test_no_new_partner_breaks_the_portal(send, administrator, more):
    send.client.force_login(administrator)
    make_country("NO")

    with undone():
        assert send.post(reverse("partners:create"), NAMED | more).status_code in FINE


@given(more=sent(PARTNER))
def test_no_edit_of_a_partner_breaks_the_portal(send, administrator, more):
    send.client.force_login(administrator)
    with undone():
        path = reverse("partners:edit", args=[make_partner("PRI").code])
        assert send.post(path, NAMED | {"version": "1"} | more).status_code in FINE
        assert send.get(path).status_code in FINE


@given(
    typed=st.fixed_dictionaries(
        {"name_en": writing},
        optional=dict.fromkeys(
            ["name_fr", "acronym_en", "acronym_fr", "seat_en", "seat_fr", "crs_code"], writing
        ),
    ),
    website=st.sampled_from(
        [
            "",
            "example.org",
            "http://example.org",
            "https://example.org/é?q=%20#x",
            "HTTP://EXAMPLE.ORG/A",
        ]
    ),
)
def test_a_partner_that_is_taken_opens_again_as_it_was_typed(send, administrator, typed, website):
    send.client.force_login(administrator)
    with undone():
        form = NAMED | typed | {"website": website}
        if send.post(reverse("partners:create"), form).status_code != 302:
            return
        (partner,) = Partner.objects.all()
        opened = send.get(reverse("partners:edit", args=[partner.code])).context["form"]
        shown = {name: opened[name].value() for name in [*typed, "website"]}

    assert {name: shown[name] for name in typed} == {name: line(typed[name]) for name in typed}
    assert shown["website"].lower() in {website.lower(), f"https://{website}".lower()}


# Saved views

VIEW = [*ViewForm.base_fields, "seen", "do", "page", "turn", "continues", "opened_by", "typed"]
OF_VIEWS = st.sampled_from(
    ["dashboard", "engagements", "weekly", "IR", "on", "kind=other", "q=%00"]
)


@given(more=sent(VIEW, st.one_of(texts, OF_VIEWS)))
def test_no_saved_view_breaks_the_portal(send, staff, more):
    send.client.force_login(staff)
    with undone():
        view = make_view(owner=staff)
        for path in (
            reverse("dashboards:view_create"),
            reverse("dashboards:view_edit", args=[view.key]),
            reverse("dashboards:view_mail", args=[view.key]),
        ):
            told = {"of": "dashboard", "name": "Ours", "rhythm": "", "query": ""}
            assert send.post(path, told | more).status_code in FINE
        assert send.get(reverse("dashboards:views")).status_code == 200


@given(name=writing, query=st.sampled_from(["", "kind=other&fy=2026-27", "q=a+b&sort=title"]))
def test_a_view_that_is_taken_opens_again_as_it_was_named(send, staff, name, query):
    send.client.force_login(staff)
    with undone():
        told = {"of": "engagements", "name": name, "rhythm": "", "query": query}
        if send.post(reverse("dashboards:view_create"), told).status_code != 302:
            return
        (view,) = SavedView.objects.all()
        opened = send.get(reverse("dashboards:view_edit", args=[view.key])).context["form"]
        assert opened["name"].value() == line(name).strip()
        assert send.get(view.target).status_code == 200


# Alignments

ALIGNING = [
    "objectives",
    "reason-P1",
    "reason-P2",
    "primary-PILLARS",
    "version",
    "do",
    "page",
    "turn",
]


@given(more=sent(ALIGNING, st.one_of(texts, st.sampled_from(["P1", "P2", "preview", "autosave"]))))
def test_no_alignment_breaks_the_portal(send, staff, record, more):
    send.client.force_login(staff)
    path = reverse("engagements:align", args=[record.reference])

    with undone():
        told = {"version": str(record.version), "objectives": "P1"} | more
        assert send.post(path, told).status_code in FINE
        assert send.get(path).status_code == 200


@given(reason=writing)
def test_a_reason_that_is_taken_opens_again_as_it_was_typed(send, staff, record, reason):
    send.client.force_login(staff)
    with undone():
        told = {"version": str(record.version), "objectives": ["P1", "P2"], "reason-P2": reason}
        path = reverse("engagements:align", args=[record.reference])
        if send.post(path, told).status_code == 302:
            kept = Alignment.objects.get(objective__code="P2").reason
            assert kept == line(reason)


@given(more=sent(["pick", "add", "remove", "do", "version"]))
def test_no_alignment_of_many_breaks_the_portal(send, staff, record, more):
    send.client.force_login(staff)
    path = reverse("engagements:align_many")
    asked = {"pick": record.reference, "add": "P2"} | more

    with undone():
        assert send.get(path, asked).status_code in FINE | {404}
        assert send.post(path, asked).status_code in FINE | {404}


# Stages


@given(
    verb=st.sampled_from(["approve", "return", "decline", "complete", "cancel", "submit"]),
    more=sent(["reason", "outcome", "version", "page", "turn", "do"]),
)
def test_no_verb_breaks_the_portal(send, staff, approver, record, verb, more):
    decides = verb in {"approve", "return", "decline"}
    send.client.force_login(approver if decides else staff)
    path = reverse(f"engagements:{verb}", args=[record.reference])

    with undone():
        assert send.post(path, {"version": str(record.version)} | more).status_code in FINE
        assert send.get(path, more).status_code in FINE


@given(reason=writing)
def test_a_reason_to_return_is_kept_as_it_was_typed(send, approver, record, reason):
    send.client.force_login(approver)
    path = reverse("engagements:return", args=[record.reference])
    with undone():
        told = {"version": str(record.version), "reason": reason}
        if send.post(path, told).status_code == 302:
            record.refresh_from_db()
            normal = unicodedata.normalize(
                "NFC", reason.strip().replace("\r\n", "\n").replace("\r", "\n")
            )
            assert record.stage_reason == normal


# Notes


@given(
    more=sent(["text", "text_language", "sensitivity", "people", "office", "key", "version", "do"])
)
def test_no_note_breaks_the_portal(send, staff, record, more):
    send.client.force_login(staff)
    told = {"text": "Told in confidence", "text_language": "en", "sensitivity": "0", "office": "IR"}

    with undone():
        path = reverse("engagements:write_note", args=[record.reference])
        assert send.post(path, told | more).status_code in FINE
        assert send.get(reverse("engagements:detail", args=[record.reference])).status_code == 200


@given(text=writing)
def test_a_note_that_is_taken_is_kept_as_it_was_typed(send, staff, record, text):
    send.client.force_login(staff)
    told = {"text": text, "text_language": "en", "sensitivity": "0", "office": "IR"}
    with undone():
        path = reverse("engagements:write_note", args=[record.reference])
        if send.post(path, told).status_code == 302:
            normal = unicodedata.normalize(
                "NFC", text.strip().replace("\r\n", "\n").replace("\r", "\n")
            )
            assert Note.objects.get().text == normal


# People


@given(more=sent(["username", "password", "next", "typed", "csrfmiddlewaretoken"]))
def test_no_sign_in_breaks_the_portal(send, more):
    with undone():
        assert send.post(reverse("accounts:sign_in"), more).status_code in FINE
        assert send.get(reverse("accounts:sign_in"), more).status_code in FINE


@given(more=sent(["language", "office", "do", "page", "turn"]))
def test_no_profile_breaks_the_portal(send, staff, more):
    send.client.force_login(staff)
    with undone():
        told = {"language": "en"} | more
        assert send.post(reverse("accounts:profile"), told).status_code in FINE
        assert send.get(reverse("accounts:profile")).status_code == 200


@given(more=sent(["old_password", "new_password1", "new_password2"]))
def test_no_new_password_breaks_the_portal(send, staff, more):
    send.client.force_login(staff)
    with undone():
        told = {"old_password": "a-long-password"} | more
        assert send.post(reverse("accounts:password"), told).status_code in FINE
