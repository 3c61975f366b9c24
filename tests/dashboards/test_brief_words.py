"""The brief after a set was adopted: earlier tags read in today's words, as on the dashboard."""

import datetime as dt
import io
import re

import pytest
from django.utils import timezone
from docx import Document

from accounts.models import Role
from dashboards.saved.mail import content_of
from engagements.kinds import Stage
from objectives.models import FrameworkKind
from tests.factories import (
    make_engagement,
    make_framework,
    make_objective,
    make_partner,
    make_user,
    make_view,
)


@pytest.fixture(autouse=True)
def _adopted():
    """S1 became C1; S2 was dropped; nothing of C is tagged yet."""
    earlier = make_framework("S", FrameworkKind.PRIORITY, in_force_from=dt.date(2010, 4, 1))
    adopted = make_framework("C", FrameworkKind.PRIORITY, in_force_from=dt.date(2026, 10, 1))
    mandate = make_framework("M", FrameworkKind.MANDATE)
    s1, s2 = make_objective("S1", earlier), make_objective("S2", earlier)
    make_objective("C1", adopted).follows.add(s1)
    make_objective("C2", adopted)
    m1 = make_objective("M1", mandate)
    partners = [make_partner("UNODC")]
    make_engagement(objectives=[s1, m1], partners=partners)
    make_engagement(objectives=[s2, m1], partners=partners)


@pytest.fixture
def manager_client(client):
    client.force_login(make_user("reader", Role.MANAGER, clearance=2))
    return client


@pytest.fixture
def said(manager_client):
    """All that the page and the document say."""

    def said(query):
        page = manager_client.get(f"/en/dashboard/brief/{query}").content.decode()
        page = page.partition("<main")[2].partition("</main>")[0]
        file = manager_client.get(f"/en/dashboard/brief.docx{query}").content
        document = Document(io.BytesIO(file))
        cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
        lines = " ".join([*(p.text for p in document.paragraphs), *cells])
        return [re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text)) for text in (page, lines)]

    return said


@pytest.mark.parametrize("query", ["", "?partner=UNODC", "?objective=S1", "?words=today"])
def test_what_an_heir_s_tags_serve_is_not_called_unserved(said, query):
    for text in said(query):
        assert "Nothing here serves Short C2 (C2)." in text
        assert "Tags of earlier sets are read in the words of “Framework C”" in text


def test_says_how_many_could_not_be_read(said):
    for text in said(""):
        assert "1 engagement has a tag that no entry of today follows." in text


def test_of_a_partner_what_is_served_counts_what_is_followed(said):
    page, document = said("?partner=UNODC")

    assert "Short C1 (C1) 1" in page
    assert "Short C1 (C1) 1" in document


@pytest.mark.parametrize("query", ["?words=then", "?words=then&partner=UNODC"])
def test_as_tagged_then_nothing_is_said_of_a_set_that_tags_nothing(said, query):
    for text in said(query):
        assert "Nothing here serves" not in text
        assert "Each engagement counts under the framework it was tagged with" in text


def test_offers_the_other_words(manager_client):
    page = manager_client.get("/en/dashboard/brief/?partner=UNODC").content.decode()

    assert 'href="/en/dashboard/brief/?partner=UNODC&amp;words=then"' in page


def test_what_is_overdue_stands_apart_and_is_called_so(said):
    day = timezone.localdate() - dt.timedelta(days=9)
    make_engagement(title_en="Still approved", start=day, stage=Stage.APPROVED)

    page, document = said("")

    overdue = "1 engagement was planned for a time gone by, and nobody has said what became of it."
    for text in (page, document):
        assert text.count("Still approved") == 1
        assert text.index(overdue) < text.index("Still approved")


def test_a_mail_tells_its_findings_in_the_same_words():
    person = make_user("mailed", Role.MANAGER, clearance=2)
    view = make_view(owner=person, page="dashboard", query="")

    said = " ".join(one.words for one in content_of(view, person, timezone.localdate()).findings)

    assert "Nothing serves Short C2 (C2)." in said
    assert "Short C1 (C1) is served by one engagement alone." in said
