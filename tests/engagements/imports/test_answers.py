"""Answers: the same out as in, and one clear sentence for each thing that is wrong with them."""

import json

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Role, Sensitivity
from common.text import fold
from engagements.imports.answer_checks import checked
from engagements.imports.answers import SECTIONS, Answers, as_json, as_text
from engagements.imports.answers_told import BadAnswers, answers_from, answers_from_text
from engagements.imports.fields import FIELDS
from engagements.imports.matching.matchers import Matchers
from engagements.imports.matching.results import CREATE, NONE, NOTHING, Found, Proposals
from tests.factories import make_country, make_objective, make_office, make_partner, make_user

WHAT_THE_PAGE_TELLS = {
    "sheet": "List",
    "header_row": 3,
    "encoding": "utf-8",
    "delimiter": ";",
    "mapping": {"Title / Titre": "title", "[C]": "ignore"},
    "date_order": "dmy",
    "fiscal_or_month": "fiscal",
    "defaults": {
        "kind": "outgoing-visit",
        "objectives": ["P2"],
        "office": "IR",
        "csc_participants": "4",
    },
    "partners": {"UNICEF - New York": "UNICEF", "A new one": "create"},
    "countries": {"Ivory Coast": "CI", "Africa": ""},
    "kinds": {"Workshop": "training-delivered"},
    "objectives_said": {"Pillar two": "P2"},
    "offices": {"Intl": "IR"},
    "people": {"Somebody": ""},
    "create_missing_partners": True,
    "rows": {"12": "skip", "13": "create"},
    "keep": {"12": ["outcome"]},
}


def messages(told):
    with pytest.raises(BadAnswers) as refused:
        answers_from(told)
    return refused.value.messages


# --- the same out as in ---


def test_all_that_can_be_answered_comes_back_as_it_was_told():
    answers = answers_from(WHAT_THE_PAGE_TELLS)

    assert as_json(answers) == WHAT_THE_PAGE_TELLS
    assert answers_from_text(as_text(answers)) == answers


def test_nothing_told_is_nothing():
    assert answers_from({}) == answers_from_text("{}") == Answers()
    assert as_json(Answers()) == {}


texts = st.text(min_size=1, max_size=30)
codes = texts.filter(lambda text: fold(text) not in {"", "none", "aucun", "-"})
sections = st.dictionaries(texts, codes | st.just(NONE), max_size=4).filter(
    lambda told: len({fold(text) for text in told}) == len(told)
)
fields = st.sampled_from(sorted(FIELDS))
rows = st.integers(0, 9_999_999).map(str)
told = st.fixed_dictionaries(
    {},
    optional={
        "sheet": texts,
        "header_row": st.integers(1, 100_000),
        "mapping": st.dictionaries(texts, fields, min_size=1),
        "date_order": st.sampled_from(["dmy", "mdy", "ymd"]),
        "fiscal_or_month": st.sampled_from(["fiscal", "month"]),
        "defaults": st.dictionaries(
            st.sampled_from(["kind", "office", "start", "place", "purpose"]), texts, min_size=1
        ),
        "create_missing_partners": st.just(True),
        "rows": st.dictionaries(rows, st.sampled_from(["skip", "update", "create"]), min_size=1),
        "keep": st.dictionaries(rows, st.lists(fields), min_size=1),
        **{name: sections.filter(bool) for name in SECTIONS},
    },
)


@given(told)
def test_whatever_is_told_comes_back_as_it_was(told):
    answers = answers_from(told)

    assert as_json(answers) == told
    assert answers_from(json.loads(as_text(answers))) == answers


def what_is_wrong(read, told):
    """The sentences it is refused with, none where it is taken."""
    try:
        read(told)
    except BadAnswers as refused:
        return refused.messages
    return []


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3)
    ),
    max_leaves=10,
)


@given(
    st.dictionaries(st.sampled_from([*WHAT_THE_PAGE_TELLS, "other"]), anything, max_size=4)
    | anything
)
def test_whatever_is_wrong_is_said_in_sentences(told):
    said = what_is_wrong(answers_from, told)

    assert all(message.endswith(".") for message in said)


@given(st.text(max_size=200) | st.binary(max_size=200))
def test_what_is_no_json_breaks_nothing(text):
    assert len(what_is_wrong(answers_from_text, text)) <= 1


# --- what is wrong with them ---


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ([], "The answers are no JSON object"),
        ({"colour": 1}, "“colour” is no part of the answers. They are: sheet, "),
        ({"sheet": 1}, "“sheet” in the answers is not text."),
        ({"header_row": "3"}, "“header_row” in the answers is the number of a row"),
        ({"header_row": -1}, "“header_row” in the answers is the number of a row"),
        ({"header_row": True}, "“header_row” in the answers is the number of a row"),
        ({"date_order": "mdd"}, "“date_order” in the answers is dmy, mdy or ymd."),
        (
            {"fiscal_or_month": "year"},
            "“fiscal_or_month” in the answers is fiscal or month.",
        ),
        ({"mapping": []}, "“mapping” in the answers is no object"),
        ({"mapping": {"A": "colour"}}, "“colour”, told of the column “A”, is no field. "),
        ({"mapping": {"A": ["title"]}}, "“['title']”, told of the column “A”, is no field. "),
        ({"defaults": {"colour": "x"}}, "“colour” is no field that can have a default. "),
        ({"defaults": {"title_en": "x"}}, "“title_en” is no field that can have a default. "),
        ({"defaults": {"kind": ["x"]}}, "The default of “kind” in the answers is not text."),
        (
            {"defaults": {"partners": {"a": 1}}},
            "The default of “partners” in the answers is no list",
        ),
        ({"partners": {"X": 3}}, "What “partners” in the answers says of “X” is not text."),
        ({"partners": {"X": "A", "x ": "B"}}, "“partners” in the answers says two things of “x ”."),
        (
            {"create_missing_partners": "yes"},
            "“create_missing_partners” in the answers is true or false.",
        ),
        ({"rows": {"twelve": "skip"}}, "“twelve” in “rows” of the answers is no number of a row."),
        ({"rows": {"9" * 5000: "skip"}}, "in “rows” of the answers is no number of a row."),
        (
            {"rows": {"12": "drop"}},
            "What “rows” in the answers says of row 12 is none of skip, update",
        ),
        (
            {"keep": {"12": "outcome"}},
            "What “keep” in the answers says of row 12 is no list of fields.",
        ),
        (
            {"keep": {"12": ["colour"]}},
            "What “keep” in the answers says of row 12 is no list of fields.",
        ),
    ],
)
def test_what_is_wrong_is_named(told, says):
    (message,) = messages(told)

    assert says in message


def test_all_that_is_wrong_is_said_at_once():
    assert len(messages({"colour": 1, "sheet": 2, "mapping": {"A": "b", "C": "d"}})) == 4


def test_a_file_that_is_no_json_says_where():
    with pytest.raises(BadAnswers) as refused:
        answers_from_text('{"sheet":\n oops}')

    assert refused.value.messages == ["The answers are no JSON: see line and column 2:2."]


# --- whom and what they name ---


@pytest.fixture
def here():
    make_partner("UNICEF")
    make_country("KE", name_en="Kenya")
    make_objective("P2")
    make_office("IR")
    make_office("PAC")


def refused(told, user):
    with pytest.raises(BadAnswers) as bad:
        checked(answers_from(told), Matchers.load(), user)
    return bad.value.messages


def test_answers_name_codes_that_are_here(here, staff):
    told = {
        "partners": {"Unicef NY": "UNICEF", "New": CREATE},
        "countries": {"Kenia": "KE", "Africa": NONE},
        "kinds": {"Workshop": "training-delivered"},
        "objectives_said": {"two": "P2"},
        "offices": {"Intl": "IR"},
        "people": {"Me": staff.username, "Them": NONE},
        "defaults": {"sensitivity": "protected-a", "partners": ["UNICEF"], "kind": "other"},
    }

    assert as_json(checked(answers_from(told), Matchers.load(), staff)) == told


def test_a_name_that_is_surely_one_stands_for_its_code(here, staff):
    told = {
        "countries": {"Kenia": "Kenya"},
        "defaults": {"kind": "MOU", "sensitivity": "Protégé A"},
    }

    answers = checked(answers_from(told), Matchers.load(), staff)

    assert answers.countries == {"Kenia": "KE"}
    assert answers.defaults == {"kind": "agreement-signed", "sensitivity": "protected-a"}


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"partners": {"X": "NOBODY"}}, "The answers name the partner “NOBODY”, and there is none"),
        ({"countries": {"X": "ZZ"}}, "The answers name the country “ZZ”, and there is none"),
        (
            {"countries": {"X": "create"}},
            "The answers name the country “create”, and there is none",
        ),
        ({"kinds": {"X": "party"}}, "The answers name the kind “party”, and there is none"),
        (
            {"objectives_said": {"X": "Q9"}},
            "The answers name the objective “Q9”, and there is none",
        ),
        ({"offices": {"X": "MOON"}}, "The answers name the office “MOON”, and there is none"),
        ({"people": {"X": "nobody"}}, "The answers name “nobody”, and nobody who has an account"),
        ({"defaults": {"kind": "party"}}, "The answers name the kind “party”, and there is none"),
        ({"defaults": {"partners": ["\x00"]}}, "The answers name the partner “"),
        ({"defaults": {"stage": "Cancelled"}}, "“Cancelled” is said on the page of the engagement"),
        ({"defaults": {"sensitivity": "Secret"}}, "Above Protected B has no place here"),
        ({"defaults": {"sensitivity": "protected-b"}}, "You are cleared to Protected A"),
        ({"offices": {"X": "PAC"}}, "You may load for your own office alone: “PAC” is another."),
    ],
)
def test_what_stands_for_nothing_is_refused(here, staff, told, says):
    (message,) = refused(told, staff)

    assert says in message


def test_whoever_may_edit_any_office_may_load_for_any(here, manager):
    told = {"offices": {"X": "PAC"}, "defaults": {"office": "PAC"}}

    assert as_json(checked(answers_from(told), Matchers.load(), manager)) == told


def test_an_archived_partner_is_refused_with_why(here, staff):
    make_partner("OLD", name_en="Old", archived_at=timezone.now(), archive_reason="It ended.")

    assert refused({"partners": {"X": "OLD"}}, staff) == [
        "Old is archived: It ended. Choose another partner, or remove it."
    ]


# --- laid over what is found ---


def test_an_answer_counts_for_all_that_say_the_same_in_whatever_case(here):
    matchers = Matchers.load()
    answers = Answers(partners={"Some Spelling": "UNICEF", "Nobody": NONE, "New": CREATE})

    said = {
        text: matchers.resolve("partners", text, answers)
        for text in ("SOME  spelling", "nobody", "NEW")
    }

    assert said == {"SOME  spelling": Found("UNICEF"), "nobody": NOTHING, "NEW": Found(CREATE)}


def test_missing_partners_are_created_when_asked_but_for_those_that_are_nearly_here():
    make_partner("UNDP", name_en="United Nations Development Programme", name_fr="")
    matchers, answers = Matchers.load(), Answers(create_missing_partners=True)

    assert matchers.resolve("partners", "Falls Brook Quarry", answers) == Found(CREATE)
    asked = matchers.resolve("partners", "United Nations Development Program", answers)
    assert isinstance(asked, Proposals)
    assert matchers.resolve("partners", "n/a", answers) == NOTHING


def test_no_partner_is_created_of_a_country(here):
    asked = Matchers.load().resolve("partners", "Kenya", Answers(create_missing_partners=True))

    assert isinstance(asked, Proposals)


def test_later_answers_replace_earlier_ones_for_the_same_text():
    before = Answers(partners={"A": "X", "B": "Y"}, sheet="One", create_missing_partners=True)

    after = before.with_these(Answers(partners={"a": "Z"}, sheet="Two"))

    assert after == Answers(
        partners={"B": "Y", "a": "Z"}, sheet="Two", create_missing_partners=True
    )


def test_a_column_is_answered_for_by_its_place_or_its_heading():
    answers = Answers(mapping={"[C]": "title", "Partner / Partenaire": "partners"})

    assert answers.field_of("Whatever", "C") == "title"
    assert answers.field_of("PARTNER / partenaire", "D") == "partners"
    assert answers.field_of("Other", "E") is None


@pytest.mark.parametrize("count", [1, 3])
def test_however_much_is_here_the_same_queries_read_it(django_assert_num_queries, count):
    for _number in range(count):
        make_user(role=Role.STAFF, clearance=Sensitivity.UNCLASSIFIED)
        make_partner(), make_objective(), make_office()

    with django_assert_num_queries(9):
        matchers = Matchers.load()
        for section in SECTIONS:
            matchers.resolve(section, "Anything at all", Answers())
