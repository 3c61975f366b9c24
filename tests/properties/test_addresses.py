"""Addresses with arbitrary questions: the list, its file, the dashboard, partners, suggestions."""

import pytest
from django.urls import reverse
from hypothesis import example, given
from hypothesis import strategies as st

from dashboards.options import OPTIONS
from engagements.filters import EngagementFilter
from engagements.models import Engagement
from partners.filters import PartnerFilter
from tests.engagements.telling import pillar
from tests.factories import make_country, make_engagement, make_partner
from tests.properties.nasty import CORPUS, quoted, sent, texts

FILTERS = [*EngagementFilter.base_filters, "page", "per_page", "sort", "filter", "unheard-of"]
LIKELY = [
    "2026-27", "unknown", "2026", "outgoing-visit", "completed", "draft", "P1", "pillar", "NO", "150",
    "UNODC", "IR", "staff", "1", "2", "objective:P1", "country:NO", "objective:", ":", "untagged:pillar",
    "fy:2026-27", "partner:UNODC", "office:\x00", "last", "-1", "start", "changed", "open",
]  # fmt: skip
values = st.one_of(texts, st.sampled_from(LIKELY))
asked = sent(FILTERS, values)
FINE = {200, 400, 404, 422}  # the last where a part of the page was asked for


@pytest.fixture
def signed_in(send, staff):
    make_engagement(
        logged_by=staff,
        partners=[make_partner("UNODC")],
        objectives=[pillar()],
        countries=[make_country("NO")],
    )
    send.client.force_login(staff)
    return send


@given(
    name=st.sampled_from(
        [
            "engagements:list",
            "search:results",
            "engagements:export",
            "dashboards:overview",
            "dashboards:alignment_csv",
            "dashboards:partners",
            "dashboards:partners_csv",
        ]
    ),
    asked=asked,
    headers=st.sampled_from([{}, {"HTTP_HX_REQUEST": "true"}]),
)
def test_whatever_the_one_filter_is_asked_it_answers(signed_in, name, asked, headers):
    assert signed_in.get(reverse(name), asked, **headers).status_code in FINE


VIEWS = [*FILTERS, *OPTIONS, "of", "copy", "unsaved", "typed"]


@given(asked=sent(VIEWS, st.one_of(values, st.sampled_from(["dashboard", "engagements", "cost"]))))
def test_the_form_of_a_view_opens_whatever_its_address_asks(signed_in, asked):
    assert signed_in.get(reverse("dashboards:view_create"), asked).status_code in FINE


@given(asked=sent([*PartnerFilter.PARAMETERS, "page", "per_page"], values))
def test_whatever_the_list_of_partners_is_asked_it_answers(signed_in, asked):
    assert signed_in.get(reverse("partners:list"), asked).status_code in FINE


@given(asked=sent(["q", "add_partner"], values))
def test_whatever_is_typed_the_picker_suggests_or_not(signed_in, asked):
    path = reverse("engagements:partner_suggestions")
    assert signed_in.get(path, asked).status_code == 200


@given(
    asked=sent(["partner", "country", "objectives", "kind", "after", "unsaved", "typed"], values)
)
def test_a_form_opens_whatever_its_address_asks(signed_in, asked):
    assert signed_in.get(reverse("engagements:create"), asked).status_code == 200


@given(
    name=st.sampled_from(["detail", "edit", "align", "write_note"]),
    asked=sent(["like", "unsaved", "typed", "as-of", "on", "page", "version", "revision"], values),
)
def test_the_pages_of_an_engagement_open_whatever_their_address_asks(signed_in, name, asked):
    path = reverse(f"engagements:{name}", args=[Engagement.objects.get().reference])
    assert signed_in.get(path, asked).status_code in FINE


@given(path=st.one_of(texts, st.text(max_size=20)), language=st.sampled_from(["en", "fr", "xx"]))
@example(path="engagements/drafts/99999999999999999999999/edit/", language="en")
@example(path="engagements/IE-2027-0001/notes/x/", language="en")
@example(path=CORPUS["NUL"], language="en")
def test_no_path_breaks_the_portal(signed_in, path, language):
    response = signed_in.client.generic("GET", f"/{language}/{quoted(path)}")
    assert response.status_code in {200, 301, 302, 400, 404}


@given(
    cookies=st.dictionaries(
        st.sampled_from(["sessionid", "csrftoken", "django_language", "messages"]),
        st.text(st.characters(codec="latin-1"), max_size=40),
    ),
    agent=st.text(st.characters(codec="latin-1"), max_size=300),
)
def test_no_header_breaks_the_portal(send, cookies, agent):
    send.client.cookies.clear()
    for name, value in cookies.items():
        send.client.cookies[name] = value
    headers = {"HTTP_USER_AGENT": agent, "HTTP_ACCEPT_LANGUAGE": agent, "HTTP_REFERER": agent}
    response = send.get(reverse("accounts:sign_in"), **headers)
    assert response.status_code == 200
