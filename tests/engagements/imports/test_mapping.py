"""Which column is which field: by its heading, borne out by its values; remembered; chosen."""

import datetime as dt

import pytest
from django.utils.translation import override

from common.sheets.tables import find_table
from engagements.exports.columns import BY_CODE, COLUMNS
from engagements.exports.template import COLUMNS as TEMPLATE
from engagements.imports.fields import FIELDS
from engagements.imports.headings import fields_for, knows
from engagements.imports.mapping import (
    applied,
    guess,
    named,
    recalled,
    remember,
    shape_of,
    unknown_in,
)
from tests.common.sheets.laying_out import a_book

# Heading → its field, where the values are as one would think.
HEADINGS = {
    "Title": "title",
    "Titre": "title",
    "Title / Titre": "title",
    "Nom de l’activité": "title",
    "Intitulé de l'activité": "title",
    "Nom de la visite": "title",
    "Actual spent (CAD)": "cost_cents",
    "Nbre de participants": "csc_participants",
    "Project name": "title",
    "Title (EN)": "title_en",
    "English title": "title_en",
    "Titre anglais": "title_en",
    "Titre (français)": "title_fr",
    "title_fr": "title_fr",
    "EN Title": "title_en",
    "Type of activity": "kind",
    "Type d’activité": "kind",
    "Kind / Genre": "kind",
    "Category": "kind",
    "StartDate": "start",
    "Start": "start",
    "Start date\n(yyyy-mm-dd)": "start",
    "Date de début (aaaa-mm-jj)": "start",
    "Dates": "start",
    "Date of visit": "start",
    "Fiscal year / Exercice": "start",
    "End / Fin": "end",
    "Date de fin": "end",
    "date_precision": "precision",
    "Country(ies)": "countries",
    "Country / Pays": "countries",
    "country_iso2": "countries",
    "Pays visité": "countries",
    "Partner organization(s) / Organisme(s) partenaire(s)": "partners",
    "Partner organisation": "partners",
    "Executing agency": "partners",
    "Partner 2": "partners",
    "Host organization": "partners",
    "City": "place",
    "Lieu / Place": "place",
    "Role of partner": "roles",
    "Max. contribution (CAD) / Contribution max.": "cost_cents",
    "Coût total ($)": "cost_cents",
    "Actual cost": "cost_cents",
    "Budget ($000)": "planned_cost",
    "Estimated cost": "planned_cost",
    "Funded by": "paid_by",
    "Description": "purpose",
    "Purpose of the visit": "purpose",
    "Results / Outcomes": "outcome",
    "Résultats": "outcome",
    "Lessons learned": "lessons",
    "Leçons retenues": "lessons",
    "OPI / BPR": "office",
    "Lead": "office",
    "Project officer": "officer",
    "# of CSC participants": "csc_participants",
    "Nombre de participants": "csc_participants",
    "Security classification": "sensitivity",
    "Cote de sécurité": "sensitivity",
    "Pillar(s)": "pillars",
    "CSC priority": "priorities",
    "Mandate item": "mandate",
    "URL": "source_url",
    "Source page": "source_url",
    "Approved by": "approved_by",
    "Date d’approbation": "approved_on",
    "Comments": "keep",
    "File No. / N° de dossier": "keep",
    "No.": "ignore",
    "N°": "ignore",
    "Date modified": "ignore",
    "Entered by": "ignore",
}
MEANS_NOTHING = [
    "Banana",
    "Foo bar baz",
    "Q17",
    "Column1",
    "Telephone",
    "...",
    "2004",
    "x" * 3_000,
    "",
]


def mapped(*rows, **said):
    """Heading → field, as guessed for these rows."""
    table = find_table(a_book(*rows), knows)
    return named(table, guess(table, **said))


def of_values(heading, *values):
    """What a column of these values is guessed to be, beside titles."""
    others = [
        "Visit of wardens",
        "Workshop on parole",
        "Study tour of chaplains",
        "Seminar of teachers",
    ]
    rows = [(title, value) for title, value in zip(others, values, strict=False)]
    return mapped(("Activity title", heading), *rows)[" ".join(heading.split())]


@pytest.mark.parametrize("heading", HEADINGS)
def test_headings_are_known_in_both_languages(heading):
    told = fields_for(heading)

    assert max(told, key=told.__getitem__) == HEADINGS[heading]


@pytest.mark.parametrize("heading", MEANS_NOTHING)
def test_a_heading_that_means_nothing_is_not_guessed_at(heading):
    assert fields_for(heading) == {}
    assert knows(heading) == 0


def test_every_field_has_a_label():
    assert all(str(field.label) and name == field.name for name, field in FIELDS.items())


def test_a_master_list_is_mapped_whole():
    told = mapped(
        ("Our master list",),
        ("Activity", None, None, "Who", None, "Dates", None, "Money"),
        ("No.", "File No.", "Title / Titre", "Partner(s)", "Country / Pays", "Start / Début", "End / Fin",
         "Max. contribution (CAD)", "Status / État", "Sector(s)", "Description", "URL"),
        (1.0, "A1-01", "Reform of prisons", "UNODC", "Haiti, Jamaica", 2004.0, "2006", "$2,000,000",
         "Operational", "Legal aid, Training", "What it is about", "http://example.ca/1"),
        (2.0, "A1-02", "Training of officers", "ICPA", "Norway", "2005-2007", None, "1.2M",
         "Fermé", "Training", "What else", "http://example.ca/2"),
    )  # fmt: skip

    assert told == {
        "No.": "ignore",
        "File No.": "keep",
        "Title / Titre": "title",
        "Partner(s)": "partners",
        "Country / Pays": "countries",
        "Start / Début": "start",
        "End / Fin": "end",
        "Max. contribution (CAD)": "cost_cents",
        "Status / État": "keep",
        "Sector(s)": "keep",
        "Description": "purpose",
        "URL": "source_url",
    }


@pytest.mark.parametrize(
    ("heading", "values", "field"),
    [
        ("Start", ["2004", "2005/06", "May 2007"], "start"),
        ("Start", ["Ottawa", "Kingston", "Laval"], "ignore"),
        ("From", ["2004-01-02", "03/04/2010"], "start"),
        ("From", ["Norway", "Sweden"], "ignore"),
        ("To", ["Kingston", "Laval"], "ignore"),
        ("Cost", ["$5", "TBD", "2 000 $"], "cost_cents"),
        ("Cost", ["shared", "borne by the host"], "keep"),
        ("Cost (USD)", ["5", "6"], "keep"),
        ("Objectives", ["P1; S2", "P2"], "objectives"),
        ("Objectives", ["To improve the training of staff", "To learn"], "purpose"),
        ("Priority", ["S1", "S4, S5"], "priorities"),
        ("Priority", ["High", "Low"], "keep"),
        ("Sector(s)", ["Police; Courts", "Corrections"], "sectors"),
        ("Sector(s)", ["Health", "Education"], "keep"),
        ("Status", ["Completed", "Annulé"], "stage"),
        ("Status", ["Completed", "Active"], "keep"),
        ("Participants", [4.0, "12"], "csc_participants"),
        ("Participants", ["Two wardens", "Nobody"], "keep"),
        ("Ref.", ["IE-2010-0001", "IE-2010-0002"], "reference"),
        ("Ref.", ["NHQ/7", "NHQ/8"], "keep"),
        ("Ref.", ["1", "2"], "ignore"),
        ("Source", ["http://example.ca/", "https://example.ca/2"], "source_url"),
        ("Source", ["Annual report", "A file"], "keep"),
        ("Language", ["EN", "FR"], "text_language"),
        ("Language", ["Spanish with interpreters", "EN"], "keep"),
        ("Approved", ["Yes", "Non"], "approval"),
        ("Approved", ["2010-04-03", "2010-05-03"], "approved_on"),
        ("Version", ["1", "2"], "keep"),
        ("Banana", ["2010-04-03", "2010-05-03"], "ignore"),
    ],
)
def test_values_bear_a_heading_out(heading, values, field):
    assert of_values(heading, *values) == field


def test_a_column_headed_title_holds_titles_however_short():
    told = mapped(("Title in English", "Kind"), ("One", "Visit"), ("Two", "Visit"))

    assert told["Title in English"] == "title_en"


def test_a_version_counts_beside_references():
    told = mapped(("Ref.", "Record version", "Title"), ("IE-2010-0001", 3.0, "Visit"))

    assert told == {"Ref.": "reference", "Record version": "version", "Title": "title"}


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (("Title", "Titre"), ("title_en", "title_fr")),
        (("Titre", "Title"), ("title_fr", "title_en")),
        (("Title", "French title"), ("title_en", "title_fr")),
        (("Titre", "Titre anglais"), ("title_fr", "title_en")),
        (("title_en", "title_fr"), ("title_en", "title_fr")),
        (("Titre", "Comments"), ("title", "keep")),
    ],
)
def test_two_columns_of_titles_are_told_apart_by_their_headings(headings, fields):
    told = mapped(headings, ("Oslo", "Oslo (2)"), ("Rome", "Rome (2)"))

    assert tuple(told.values()) == fields


def test_two_columns_of_titles_are_told_apart_by_what_they_say():
    told = mapped(
        ("Title", "Title", "Year"),
        ("Visite de la prison", "Visit to the prison", 2004.0),
        ("Formation des agents", "Training of officers", 2005.0),
    )

    assert told == {"Title": "title_fr", "Title (2)": "title_en", "Year": "start"}


def test_titles_grouped_by_language_are_told_apart():
    told = mapped(
        ("Title", None, "Cost", None),
        ("English", "Français", "Planned", "Actual"),
        ("Visit", "Visite", 5.0, 6.0),
    )

    assert told == {
        "English": "title_en",
        "Français": "title_fr",
        "Planned": "planned_cost",
        "Actual": "cost_cents",
    }


def test_a_single_field_goes_to_the_column_that_says_it_best():
    told = mapped(
        ("Project", "Title", "Date", "Start date", "Fiscal year", "Country", "Host country"),
        ("Reform", "Visit of wardens", "2004-05-06", "2004-05-07", "2004-05", "NO", "SE"),
        ("Reform", "Study tour", "2004-06-06", "2004-06-07", "2004-05", "NO", "SE"),
    )

    assert told == {
        "Project": "keep",
        "Title": "title",
        "Date": "keep",
        "Start date": "start",
        "Fiscal year": "ignore",
        "Country": "countries",
        "Host country": "countries",
    }


def test_a_column_of_few_words_said_over_and_over_is_the_kind():
    words = ["Visit", "Training", "Visit", "Visit", "Training", "Visit", "Training"]
    rows = [(word, f"Something about number {number}") for number, word in enumerate(words)]

    assert mapped(("Activity", "Description"), *rows)["Activity"] == "kind"


def test_without_headings_values_say_what_they_can():
    told = mapped(
        ("Visit of wardens to Ottawa", dt.date(2010, 5, 3), dt.date(2010, 5, 5), "NO",
         "Ministry of Justice", "$2,000", "http://example.ca/1", "blue"),
        ("Training of trainers", dt.date(2011, 5, 3), dt.date(2011, 5, 5), "HT",
         "Prison Service", "$12,000", "http://example.ca/2", "red"),
    )  # fmt: skip

    assert told == {
        "[A]": "title",
        "[B]": "start",
        "[C]": "end",
        "[D]": "countries",
        "[E]": "partners",
        "[F]": "cost_cents",
        "[G]": "source_url",
        "[H]": "ignore",
    }


def test_what_the_portal_knows_helps_where_headings_are_wanting():
    told = mapped(
        ("Visit of wardens to Ottawa", "Norwegia", "Oslo"),
        ("Training of trainers", "Sweden", "Rome"),
        known={"countries": lambda text: text in {"Norwegia", "Sweden"}},
    )

    assert told == {"[A]": "title", "[B]": "countries", "[C]": "ignore"}


def test_a_choice_is_laid_over_the_guess_by_heading_or_letter():
    table = find_table(a_book(("Title", "What", "Banana"), ("Visit", "A tour", "NO")), knows)

    told = applied(
        table, guess(table), {"what": "title", "[C]": "countries", "Pear": "place", "Title": "x"}
    )

    assert named(table, told) == {"Title": "ignore", "What": "title", "Banana": "countries"}
    assert unknown_in(table, {"Pear": "place", "Title": "x"}) == [("Pear", "place"), ("Title", "x")]


def test_what_was_chosen_is_remembered_for_the_next_file_of_that_shape(staff, colleague):
    first = find_table(a_book(("Banana", "Title"), ("NO", "Visit")), knows)
    remember(first, applied(first, guess(first), {"Banana": "countries"}), staff)

    same = find_table(a_book((), ("BANANA ", "title"), ("SE", "Tour"), ("FI", "Seminar")), knows)
    other = find_table(a_book(("Banana", "Pear", "Title"), ("NO", "x", "Visit")), knows)

    told = applied(same, guess(same), recalled(same, staff))
    assert named(same, told) == {"BANANA": "countries", "title": "title"}
    assert recalled(other, staff) is recalled(same, colleague) is None


def test_what_was_chosen_for_a_list_of_partners_is_not_taken_for_one_of_engagements(staff):
    table = find_table(a_book(("Banana", "Title"), ("NO", "Visit")), knows)
    remember(table, {0: "code", 1: "name"}, staff, subject="partners")

    assert recalled(table, staff) is None
    assert recalled(table, staff, subject="partners") == {"Banana": "code", "Title": "name"}


def test_what_is_chosen_later_is_remembered_instead(staff):
    table = find_table(a_book(("Banana", "Title"), ("NO", "Visit")), knows)
    for field in ("countries", "place"):
        remember(table, applied(table, guess(table), {"Banana": field}), staff)

    assert recalled(table, staff)["Banana"] == "place"


@pytest.mark.parametrize("language", ["en", "fr", ""])
def test_the_headings_of_our_own_files_are_known_without_a_guess(language):
    template = [BY_CODE[asked.code] for asked in TEMPLATE]
    for columns in (COLUMNS, template):
        with override(language or "en"):
            headings = [str(each.heading) if language else each.code for each in columns]
        table = find_table(a_book(headings, ["as it stood"] * len(headings)), knows)

        assert list(guess(table).values()) == [each.field for each in columns]


def test_a_column_added_to_an_export_is_left_out_until_somebody_says_what_it_is():
    added = ["Titre", "Country visited", "Banana"]
    headings = [*(str(each.heading) for each in COLUMNS), *added]
    table = find_table(a_book(headings, ["as it stood"] * len(headings)), knows)

    assert list(guess(table).values())[-3:] == ["ignore"] * 3


def test_a_table_without_headings_has_no_shape_to_remember(staff):
    table = find_table(a_book(("Visit of wardens", 2004.0), ("Training", 2005.0)), knows)
    remember(table, guess(table), staff)

    assert (shape_of(table), recalled(table, staff)) == ("", None)
