"""Pairs on which SQLite and PostgreSQL differ by themselves: here is the one answer, run on both."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.urls import reverse

from engagements.models import Engagement
from partners.forms import PartnerField
from partners.models import Partner
from tests.engagements.telling import enough
from tests.factories import make_engagement, make_partner, make_user
from tests.properties.nasty import CORPUS, MILLION

NEW = reverse("engagements:create")
REFUSED = None
# Name → (what a line of it is kept as, what a longer text is kept as, the status of a search for it).
ANSWERS = {
    "nothing": ("", "", 200),
    "spaces": ("", "", 200),
    "no-break space": ("a\u00a0b", "a\u00a0b", 200),
    "NUL": (REFUSED, REFUSED, 400),
    "a control character": (REFUSED, REFUSED, 400),
    "a second control block": ("a b", REFUSED, 200),  # U+0085 is a line end, which a line has not
    "a lone surrogate": ("a\ufffd\ufffd\ufffdb", "a\ufffd\ufffd\ufffdb", 200),
    "bytes that are no UTF-8": ("a\ufffd\ufffdb", "a\ufffd\ufffdb", 200),
    "an overlong slash": ("a\ufffd\ufffdb", "a\ufffd\ufffdb", 200),
    "a right-to-left override": (REFUSED, REFUSED, 400),
    "an isolate": (REFUSED, REFUSED, 400),
    "a line separator": ("a b", "a\u2028b", 200),
    "line ends of all kinds": ("a b c d", "a\nb\nc\nd", 200),
    "letters apart from their accents": ("été", "été", 200),
    "a number without end": (REFUSED, CORPUS["a number without end"], 400),
    "a long word": (REFUSED, CORPUS["a long word"], 400),
    "many words": (REFUSED, str(CORPUS["many words"]).strip(), 400),
} | {
    name: (CORPUS[name], CORPUS[name], 200)
    for name in (
        "a right-to-left mark", "a zero-width space", "a byte order mark", "a letter that grows",
        "beyond the first plane", "noncharacters", "private letters", "a number of another script",
        "a superscript", "just too big", "less than nothing", "no number", "endless", "placeholders",
        "an end of the page", "an end of the statement", "wildcards", "a formula",
    )
} | {"accents without end": ("á" + "\u0301" * 199,) * 2 + (200,)}  # fmt: skip


def test_every_nasty_input_has_its_answer():
    assert set(ANSWERS) == set(CORPUS)


@pytest.mark.parametrize("name", CORPUS)
def test_what_becomes_of_a_nasty_input_is_the_same_everywhere(send, staff, name):
    send.client.force_login(staff)
    line, text, searching = ANSWERS[name]

    for field, kept in (("place", line), ("purpose", text)):
        response = send.post(NEW, enough(partner=[make_partner().code]) | {field: CORPUS[name]})
        found = Engagement.objects.values_list(field, flat=True)
        if kept is REFUSED:
            assert (response.status_code, list(found)) == (422, [])
        else:
            assert (response.status_code, list(found)) == (302, [kept])
        Engagement.objects.all().delete()
    for path in ("engagements:list", "partners:list"):
        assert send.get(reverse(path), {"q": CORPUS[name]}).status_code == searching


def test_a_text_of_a_million_letters_is_refused_not_broken_on(send, staff):
    send.client.force_login(staff)

    told = enough()

    assert send.post(NEW, told | {"purpose": "x" * 10**6}).status_code == 422
    assert (
        send.post(NEW, told | {"purpose": MILLION}).status_code == 400
    )  # more than a form may hold
    assert send.get(reverse("engagements:list"), {"q": "x" * 10**6}).status_code == 400


# Name as it is kept, words that find it, words that do not.
SEARCHED = [
    ("École nationale", ["ecole", "ÉCOLE", "école", "eco"], ["e_ole", "%"]),
    ("Straße", ["strasse", "STRASSE", "straße"], ["stras_e"]),
    ("Œuvre", ["oeuvre", "ŒUVRE", "œuvre"], ["euvr%e"]),
    ("İstanbul", ["istanbul", "İSTANBUL"], ["ıstanbul"]),
    ("100 % done_now", ["done_now"], ["doneXnow"]),
    ("Ελλάς", ["ελλας", "ΕΛΛΑΣ"], ["ελ_ας"]),
    ("O’Brien", ["o'brien", "O’BRIEN"], ["o’bryan"]),
    ("ﬃne", ["ffine", "FFINE"], ["fine!"]),
]


@pytest.mark.parametrize(("name", "finding", "missing"), SEARCHED)
def test_a_search_finds_the_same_everywhere(send, staff, name, finding, missing):
    send.client.force_login(staff)
    make_engagement(logged_by=staff, title_en=name)
    make_partner("THIS", name_en=name, name_fr="")

    for words, number in [*((w, 1) for w in finding), *((w, 0) for w in missing)]:
        seen = send.get(reverse("engagements:list"), {"q": words}).context["filters"].qs.count()
        assert (words, seen) == (words, number)
        assert (words, Partner.objects.matching(words).count()) == (words, number)


@pytest.mark.parametrize(("name", "slip"), [("École nationale", "ecale"), ("Ελλάς", "ελλος")])
def test_a_slip_is_forgiven_in_a_name_alone_everywhere(send, staff, name, slip):
    send.client.force_login(staff)
    make_engagement(logged_by=staff, title_en=name)
    make_partner("THIS", name_en=name, name_fr="")

    page = send.get(reverse("engagements:list"), {"q": slip})

    assert page.context["filters"].qs.count() == 0
    assert [partner.code for partner in Partner.objects.matching(slip)] == ["THIS"]


def test_names_are_in_the_same_order_everywhere():
    names = [
        "zoo",
        "Éclair",
        "eclairs",
        "_under",
        "1st",
        "apple",
        "Œuvre",
        "ocean",
        "Zebra",
        "ça",
        "b",
    ]
    for name in names:
        make_partner(name_en=name, name_fr=name)

    in_order = [partner.name_en for partner in Partner.objects.by_name("en")]

    assert in_order == [
        "1st", "apple", "b", "ça", "Éclair", "eclairs", "ocean", "Œuvre", "_under", "Zebra", "zoo",
    ]  # fmt: skip


def test_codes_and_user_names_differ_by_case_everywhere(send, staff):
    make_user("Someone")
    engagement = make_engagement(logged_by=staff, partners=[make_partner("UNODC")])
    small = engagement.reference.lower()

    assert not send.client.login(username="someone", password="a-long-password")
    send.client.force_login(staff)
    assert send.get(reverse("engagements:detail", args=[small])).status_code == 404
    assert send.get(reverse("partners:detail", args=["unodc"])).status_code == 404
    for asked in ({"country": "no"}, {"objective": "p1"}, {"office": "ir"}, {"lead": "STAFF"}):
        assert send.get(reverse("engagements:list"), asked).status_code == 400


@pytest.mark.parametrize(
    ("title", "status"),
    [("x" * 300, 302), ("x" * 301, 422), ("🕊" * 300, 302), ("🕊" * 301, 422), ("ﷺ" * 300, 302)],
)
def test_length_is_counted_in_characters_everywhere(send, staff, title, status):
    send.client.force_login(staff)

    assert send.post(NEW, enough(title_en=title)).status_code == status
    assert list(Engagement.objects.values_list("title_en", flat=True)) == [title] * (status == 302)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("0.1", "0.10"), ("9999999999.99", "9999999999.99"), ("2 150,50 $", "2150.50")],
)
def test_an_amount_is_kept_to_the_cent_everywhere(send, staff, typed, kept):
    send.client.force_login(staff)
    send.post(NEW, enough(actual_cost=typed))

    assert str(Engagement.objects.get().actual_cost) == kept
    assert str(Engagement.objects.filter(actual_cost=kept).get().actual_cost) == kept


def test_amounts_add_up_to_the_cent_everywhere():
    for cost in ("0.1", "0.2", "9999999999.99", "9999999999.99"):
        make_engagement(actual_cost=cost)

    total = Engagement.objects.aggregate(total=Sum("actual_cost"))["total"]

    assert f"{total:.2f}" == "20000000000.28"


@pytest.mark.parametrize(
    ("typed", "found"), [("interpol", ["INTERPOL"]), ("INTERPOL", ["INTERPOL"]), ("ınterpol", [])]
)
def test_a_partner_is_found_by_the_same_spellings_of_its_code_everywhere(typed, found):
    make_partner("INTERPOL", name_en="Police", name_fr="Police")

    try:
        codes = [PartnerField().clean(typed).code]
    except ValidationError:
        codes = []
    assert codes == found
