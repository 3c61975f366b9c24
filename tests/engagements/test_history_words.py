"""How the history of an engagement reads, in either language."""

import datetime as dt

import pytest
from django.utils import translation
from django.utils.html import strip_tags

from common.history import recording as recorder
from common.history.models import Revision
from common.history.telling import entries
from common.partial_dates import PartialDate
from engagements.actions import Part, amend_engagement, log_engagement
from engagements.alignments import Tag, align
from engagements.kinds import Kind
from engagements.models import Participation
from engagements.notes import write_note
from engagements.stages import send_back
from objectives.models import FrameworkKind
from partners.actions import amend_partner
from tests.factories import (
    make_country,
    make_engagement,
    make_framework,
    make_objective,
    make_partner,
)


def last_told(kind="engagement"):
    revision = Revision.objects.of_kind(kind).for_reading().newest_first().first()
    return [str(told) for told in entries([revision])[0].told]


@pytest.fixture
def amend(staff):
    """Save an engagement with some values changed; what is not named becomes empty."""

    def save(engagement, *, parts=(), tags=(), countries=(), **fields):
        return amend_engagement(
            by=staff,
            engagement=engagement,
            version=engagement.version,
            parts=parts,
            tags=tags,
            countries=countries,
            **fields,
        )

    return save


def test_a_value_is_told_with_its_label_from_what_to_what(amend):
    engagement = make_engagement(title_en="Visit", kind=Kind.OUTGOING_VISIT)

    amend(engagement, title_en="Study visit", kind=Kind.TRAINING_RECEIVED, planned_cost="2000.50")

    assert last_told() == [
        "Title in English: Visit → Study visit",
        "Kind: Outgoing visit → Training received",
        "Planned cost (CAD): $2,000.50",
    ]


def test_a_value_taken_out_is_told(amend):
    engagement = make_engagement(place="Oslo")

    amend(engagement, place="")

    assert last_told() == ["Place: Oslo → nothing"]


def test_a_date_that_became_more_precise_is_one_line(amend):
    engagement = make_engagement(start=PartialDate.season(2002, "autumn"))

    amend(engagement, start=PartialDate.day(dt.date(2002, 10, 4)))

    assert last_told() == ["Start: autumn 2002 → 2002-10-04"]


def test_partners_and_countries_are_told_by_name(amend):
    engagement = make_engagement(countries=[make_country("NO")])
    partner = make_partner("NCS", name_en="Norwegian Correctional Service", acronym_en="NCS")

    amend(engagement, parts=[Part(partner=partner, role=Participation.PartnerRole.HOST)])

    assert last_told() == [
        "Partner Norwegian Correctional Service (NCS) added as host",
        "Country Norway removed",
    ]


def test_partners_in_another_order_are_told_in_it(amend):
    first, second = make_partner("UN", name_en="UN"), make_partner("OAS", name_en="OAS")
    engagement = make_engagement(partners=[first, second])

    amend(engagement, parts=[Part(partner=second), Part(partner=first)])

    assert last_told() == ["Partners put in another order: OAS, UN"]


def test_an_alignment_is_told_with_its_kind_its_rank_and_its_reason(staff):
    engagement = make_engagement()
    health = make_objective(
        "S1", make_framework(kind=FrameworkKind.PRIORITY), short_en="Mental health"
    )

    align(
        by=staff,
        engagement=engagement,
        tags=[Tag(objective=health, reason="Its aim", primary=True)],
    )

    assert last_told() == [
        "Strategic priority Mental health (S1) added",
        "Objective Mental health (S1) made primary",
        "Reason for Mental health (S1): Its aim",
    ]


@pytest.mark.parametrize("kind", FrameworkKind)
def test_every_kind_of_objective_has_a_sentence_of_its_own(kind, staff):
    engagement = make_engagement()
    objective = make_objective("X1", make_framework(kind=kind), short_en="Aim")

    align(by=staff, engagement=engagement, tags=[Tag(objective=objective)])

    assert last_told() == [f"{kind.label.capitalize()} Aim (X1) added"]


def test_of_an_alignment_that_is_gone_neither_rank_nor_reason_is_told(staff):
    engagement = make_engagement()
    objective = make_objective("S1", make_framework(kind=FrameworkKind.PRIORITY), short_en="Aim")
    align(
        by=staff, engagement=engagement, tags=[Tag(objective=objective, reason="x", primary=True)]
    )

    align(by=staff, engagement=engagement, tags=[])

    assert last_told() == ["Strategic priority Aim (S1) removed"]


def test_a_decision_is_told_by_its_stage_and_reason_and_not_by_who_and_when_again(approver):
    engagement = make_engagement(stage="submitted", start=dt.date(2099, 1, 1))

    send_back(by=approver, engagement=engagement, reason="Say who pays.")

    assert last_told() == ["Stage: Submitted → Returned", "Reason for the stage: Say who pays."]


def test_a_code_that_stands_for_nothing_any_more_is_shown_itself():
    revision = Revision(
        kind="engagement",
        act="amended",
        state={
            "kind": "séance",
            "lead_office": "GONE",
            "partners": [{"partner": "LEFT", "role": "friend"}],
            "countries": ["ZZ"],
            "objectives": [{"objective": "X9", "reason": "", "primary": False}],
        },
    )

    assert [str(told) for told in entries([revision])[0].told] == [
        "Kind: séance",
        "Lead office: GONE",
        "Partner LEFT added (friend)",
        "Country ZZ added",
        "Objective X9 added",
    ]


def test_what_a_person_wrote_keeps_its_language_and_names_are_the_readers(amend):
    engagement = make_engagement(countries=[make_country("NO")], text_language="en")
    amend(engagement, place="The Hague", text_language="en")

    with translation.override("fr"):
        revision = Revision.objects.of_kind("engagement").for_reading().newest_first().first()
        place, country = entries([revision])[0].told
        written, name = place.after.html, str(country)

    assert written == '<span lang="en">The Hague</span>'
    assert "Norvège" in name


def test_a_name_cannot_bring_markup_of_its_own(amend):
    partner = make_partner("X", name_en="<script>", name_fr="<script>")

    amend(make_engagement(), parts=[Part(partner=partner)])

    revision = Revision.objects.of_kind("engagement").for_reading().newest_first().first()
    (told,) = entries([revision])[0].told
    assert told.sentence.html == "Partner <b>&lt;script&gt;</b> added as participant"


def test_the_words_of_any_number_of_revisions_take_the_same_few_queries(
    amend, django_assert_num_queries
):
    engagement = make_engagement()
    for name in ("One", "Two", "Three"):
        partner = make_partner(name_en=name)
        engagement = amend(
            engagement, parts=[Part(partner=partner)], countries=[make_country("FR")]
        )
    revisions = list(Revision.objects.of_kind("engagement").for_reading().newest_first())
    assert len(revisions) == 4

    with django_assert_num_queries(2):
        entries(revisions[2:3])
    with django_assert_num_queries(2):
        entries(revisions[:3])


def test_what_was_there_before_its_history_began_is_said_to_be_so(amend):
    amend(make_engagement(title_en="Visit"), title_en="Study visit")

    first, second = Revision.objects.of_kind("engagement").for_reading().order_by("pk")
    found, edited = entries([first, second])

    assert (found.act, found.is_first) == ("As it stood when its history began", True)
    assert (edited.act, edited.is_first) == ("Edited", False)
    assert first.act == recorder.FOUND


def test_a_logged_engagement_is_told_whole(staff):
    log_engagement(
        by=staff,
        parts=[],
        tags=[],
        title_en="Visit",
        kind=Kind.OTHER,
        start=PartialDate.year(2020),
        lead_office=staff.office,
    )

    told = last_told()

    assert "Title in English: Visit" in told
    assert "Lead office: Office IR" in told
    assert "Start: 2020" in told
    assert "Sensitivity: Unclassified" in told
    assert not any("nothing" in line or line.startswith("Purpose") for line in told)


def test_a_former_name_of_a_partner_is_told_with_its_dates(administrator):
    partner = make_partner("GAC")
    former = {"name_en": "Foreign Affairs", "acronym_en": "DFAIT", "used_until": "2013-06"}

    amend_partner(by=administrator, partner=partner, version=1, former_names=[former])
    assert last_told("partner") == ["Former name Foreign Affairs (DFAIT), ? – 2013-06 added"]

    again = [former | {"used_from": "1995"}]
    amend_partner(by=administrator, partner=partner, version=2, former_names=again)
    assert last_told("partner") == [
        "Former name Foreign Affairs (DFAIT): in use ? – 2013-06, now 1995 – 2013-06"
    ]


def test_who_may_read_a_note_is_told_by_name_and_its_text_in_its_language(staff, colleague):
    engagement = make_engagement(logged_by=staff)
    note = write_note(
        by=staff, engagement=engagement, text="Très délicat", text_language="fr", sensitivity=1,
        people=[colleague],
    )  # fmt: skip

    revision = Revision.objects.of_kind("note").for_reading().get()
    (entry,) = entries([revision], with_records=True)

    assert [str(told) for told in entry.told] == [
        "Text: Très délicat",
        "Language of the text: Français",
        "Sensitivity: Protected A",
        "colleague may read it",
    ]
    assert entry.told[0].after.language == "fr"
    assert str(entry.record) == f"Restricted note on {engagement.reference}"
    assert revision.record_id == note.pk


def test_of_a_long_text_the_words_that_went_and_came_are_marked_and_what_stayed_is_cut(amend):
    stayed = " ".join(f"word{number}" for number in range(80))
    engagement = make_engagement(purpose=f"We saw two prisons. {stayed}", text_language="fr")

    amend(engagement, purpose=f"We saw three prisons. {stayed} End.", text_language="fr")

    revision = Revision.objects.of_kind("engagement").for_reading().newest_first().first()
    (told,) = entries([revision])[0].told
    assert told.is_rewritten
    plain = strip_tags(told.marked)
    assert plain.startswith("We saw [removed: two end][added: three end] prisons. word0 word1")
    assert plain.endswith("word79 [added: End. end]")
    assert "[…]" in plain
    assert "word40" not in plain
    assert '<span lang="fr">three</span>' in told.marked


def test_of_a_text_shorter_than_that_nothing_is_cut(amend):
    text = "We saw prisons, and what is done there for the mental health of the people in them."
    engagement = make_engagement(purpose=text, text_language="fr")

    amend(engagement, purpose=f"{text} Good.", text_language="fr")

    revision = Revision.objects.of_kind("engagement").for_reading().newest_first().first()
    (told,) = entries([revision])[0].told
    assert strip_tags(told.marked) == f"{text} [added: Good. end]"
