"""Numbers of persons are found however they are written, and little else is taken for one.

The Social Insurance Numbers here are those that textbooks explain the check digit with.
"""

import pytest

from common.cautions import Confirmation, cautions_about
from common.identifiers import identifiers_in

NBSP, THIN, HYPHEN = "\u00a0", "\u202f", "\u2011"


@pytest.mark.parametrize(
    "text",
    [
        "130692544",
        "130 692 544",
        "130-692-544",
        f"130{NBSP}692{NBSP}544",
        f"130{THIN}692{THIN}544",
        f"130{HYPHEN}692{HYPHEN}544",
        "130–692–544",
        "１３０６９２５４４",
        "His number is 130692544.",
        "(130-692-544)",
        "NAS : 130 692 544, né en 1961",
        "SIN/130692544",
        "numéro d’assurance sociale 130 692 544",
        "in 2024 130 692 544 was given",
        "130 692 544 - 12 people",
        "a temporary resident, 936 454 289",
        "046 454 286",
    ],
)
def test_a_social_insurance_number_is_found(text):
    (found,) = identifiers_in(text)

    assert (found.kind, len(found.number)) == ("sin", 9)
    assert found.ending in {"44", "89", "86"}


@pytest.mark.parametrize(
    "text",
    [
        "123456A",
        "123456-A",
        "123456 B",
        "123456a",
        "FPS 123456 A",
        "numéro SED : 123456A",
        "FPS number 123456 I",
        "Offender 123456C, transferred",
        "(123456D)",
    ],
)
def test_an_fps_number_is_found(text):
    (found,) = identifiers_in(text)

    assert (found.kind, found.number[:6], len(found.ending)) == ("fps", "123456", 2)


@pytest.mark.parametrize(
    "text",
    [
        # Not such a number
        "130692545",
        "000 000 000",
        "852 454 289",
        "12345A",
        "1234567A",
        "123 456 A",
        # Telephones
        "613-996-8420",
        "+1 613 996 8420",
        "1-800-622-6232",
        "+33 130 692 544",
        "+33 130692544",
        # Money and quantities
        "$130 692 544",
        f"130{NBSP}692{NBSP}544{NBSP}$",
        "130692544 CAD",
        "130,692,544",
        "1 130 692 544",
        "130 692 544 000",
        "2 000 000 $",
        "150000 a été dépensé",
        "In 150000 A new",
        "150000 d’habitants",
        "100000m",
        "45.421530, -75.697193",
        # Dates and years
        "2026-11-22",
        "2026-11-22 2026-11-23",
        "20261122",
        "2004-05",
        "2024 2025 2026",
        # References, documents, books
        "IE-2027-0042",
        "IE-2027-130692544",
        "A/RES/70/175",
        "E/CN.15/130692544",
        "UNODC/CND/2019/123456A",
        "V.24-123456E",
        "CSC-123456A",
        "ABC-130692544",
        "AB123456C",
        "130692544RT0001",
        "ISBN 978-0-13-069254-4",
        "9780130692544",
        # Addresses
        "https://www.example.org/doc/130692544",
        "www.example.org/123456A",
        "130692544@example.org",
    ],
)
def test_little_else_is_taken_for_one(text):
    assert identifiers_in(text) == []


def test_several_in_a_row_are_found_each_once():
    found = identifiers_in("130 692 544 236 454 286\n130692544, 123456A")

    assert [one.number for one in found] == ["130692544", "236454286", "123456A"]


def test_a_long_text_is_read_at_once():
    assert identifiers_in("1 " * 10_000 + "123 " * 5_000 + "1" * 20_000 + "123456 " * 3_000) == []


def test_what_is_confirmed_is_this_number_in_this_field_and_no_other():
    asked = Confirmation()
    asked.ask(cautions_about("purpose", "Purpose", "130 692 544"))
    again = Confirmation.sent_in({"confirmed": asked.value})

    assert again.ask(cautions_about("purpose", "Purpose", "130-692-544")) == []
    assert again.ask(cautions_about("outcome", "Outcome", "130-692-544")) != []
    assert again.ask(cautions_about("purpose", "Purpose", "236 454 286")) != []


def test_neither_what_is_told_nor_what_confirms_it_holds_the_number():
    (caution,) = cautions_about("purpose", "Purpose", "130 692 544")

    assert "ends in 44" in caution.message
    assert "130" not in caution.message
    assert cautions_about("purpose", "Purpose", "130 692 544", saved="was 130692544") == []
