"""Dates, amounts and lists in any of the forms people write them read back the same; nothing else breaks."""

import datetime as dt
import time

from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from common.partial_dates import PartialDate, Precision, Season
from common.sheets.book import Book, Sheet
from common.sheets.tables import NO_HEADER, find_table
from common.sheets.values.amounts import MOST_CENTS, NotAnAmount, read_amount
from common.sheets.values.cells import ValueProblem, is_blank
from common.sheets.values.date_habits import habits_of
from common.sheets.values.dates import NotADate, Told, Unclear, read_date
from common.sheets.values.lists import split
from common.sheets.values.numbers import NotANumber, read_number
from engagements.imports.headings import fields_for, knows
from engagements.imports.mapping import guess
from tests.properties.nasty import texts

EN = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
FR = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
    "novembre", "décembre",
)  # fmt: skip
SEASONS = {
    Season.WINTER: ("winter", "Hiver"),
    Season.SPRING: ("Spring", "printemps"),
    Season.SUMMER: ("summer", "été"),
    Season.AUTUMN: ("Fall", "autumn", "automne"),
}
days = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))
years = st.integers(1900, 2100)
anything = st.one_of(
    texts.map(lambda value: value if isinstance(value, str) else value.decode("latin-1")),
    st.text("0123456789-–/., $MKmk()%'’€aeFYto\u00a0\n;&", max_size=40),
    st.integers(-(10**30), 10**30),
    st.floats(),
    st.booleans(),
    st.none(),
    st.datetimes(),
    st.dates(),
)
SLOW = 2.0


def outcome(read, *args, **said):
    """What is read, or the problem that is told of it instead. Anything else that is raised is a mistake."""
    begun = time.perf_counter()
    try:
        return read(*args, **said)
    except ValueProblem as problem:
        return problem
    finally:
        assert time.perf_counter() - begun < SLOW


@st.composite
def days_written(draw):
    day = draw(days)
    en, fr = EN[day.month - 1], FR[day.month - 1]
    first = "1er" if day.day == 1 else str(day.day)
    ways = [
        day,
        dt.datetime.combine(day, dt.time()),
        day.isoformat(),
        f"{day:%Y/%m/%d}",
        f"{day:%Y%m%d}",
        f"{day.day} {en} {day.year}",
        f"{en} {day.day}, {day.year}",
        f"{en[:3]}. {day.day}, {day.year}",
        f"{day.day}-{en[:3]}-{day.year}",
        f"{first} {fr} {day.year}",
        f"le {first}\u00a0{fr}\u00a0{day.year}",
        f"  {day.isoformat()} 00:00:00 ",
    ]
    return day, draw(st.sampled_from(ways))


@given(days_written())
def test_a_day_in_any_form_is_that_day(told):
    day, written = told

    assert read_date(written) == Told(PartialDate.day(day))


@given(days, st.sampled_from(["dmy", "mdy"]), st.sampled_from("/-. "))
def test_a_day_in_figures_is_that_day_once_the_order_is_known(day, order, sign):
    two = f"{day:%d}{sign}{day:%m}" if order == "dmy" else f"{day:%m}{sign}{day:%d}"

    assert read_date(f"{two}{sign}{day.year}", order) == Told(PartialDate.day(day))


@given(days)
def test_a_day_in_figures_is_read_alone_or_asked_about_and_never_mistaken(day):
    told = outcome(read_date, f"{day:%d/%m/%Y}")

    if isinstance(told, Unclear):
        assert PartialDate.day(day) in told.readings
    else:
        assert told == Told(PartialDate.day(day))


@st.composite
def coarse_written(draw):
    year, month = draw(years), draw(st.integers(1, 12))
    season = draw(st.sampled_from(list(Season)))
    fiscal = f"{year}/{(year + 1) % 100:02d}"
    said = [
        *(
            (PartialDate.month(year, month), way)
            for way in (
                f"{EN[month - 1]} {year}", f"{FR[month - 1]} {year}", f"{EN[month - 1][:3]}. {year}",
                f"{month:02d}/{year}", f"{EN[month - 1]}, {year}",
            )
        ),
        *((PartialDate.season(year, season), f"{word} {year}") for word in SEASONS[season]),
        (PartialDate.year(year), str(year)),
        (PartialDate.year(year), float(year)),
        (PartialDate.year(year), f"{year}.0"),
        *((PartialDate.year(year, about=True), f"{word} {year}") for word in ("about", "c.", "vers")),
        *((PartialDate.fiscal(year + 1), f"{word}{fiscal}") for word in ("", "FY ", "exercice ")
          if year < 2100),
    ]  # fmt: skip
    return draw(st.sampled_from(said))


@given(coarse_written())
def test_less_than_a_day_in_any_form_is_that_and_no_more(told):
    date, written = told

    assert read_date(written) == Told(date)


@given(coarse_written().map(lambda told: told[0]), st.sampled_from(["en", "fr"]))
def test_what_the_portal_writes_it_reads(date, language):
    with translation.override(language):
        written = str(date)

    assert read_date(written, precision=date.precision) == Told(date)


@given(days, days, st.sampled_from([" to ", " - ", " – ", " au ", "/", " until "]))
def test_a_range_of_days_is_both_or_said_to_be_backwards(one, other, joint):
    written = f"{one.isoformat()}{joint}{other.isoformat()}"

    told = outcome(read_date, written)

    if one <= other:
        assert told == Told(PartialDate.day(one), PartialDate.day(other))
    else:
        assert (type(told), told.code) == (NotADate, "backwards")


@given(
    st.lists(years, min_size=2, max_size=2, unique=True), st.sampled_from(["-", "–", " to ", " à "])
)
def test_joined_years_are_both(two, joint):
    one, other = sorted(two)

    told = read_date(f"{one}{joint}{other}")

    assert told == Told(PartialDate.year(one), PartialDate.year(other))


@given(
    anything, st.sampled_from(["", "dmy", "mdy", "ymd"]), st.sampled_from(["", *Precision.values])
)
def test_no_cell_breaks_a_date(cell, order, precision):
    told = outcome(read_date, cell, order, precision=precision)

    if isinstance(told, ValueProblem):
        assert isinstance(told, NotADate | Unclear)
        assert told.message
    else:
        assert told is None or isinstance(told.start, PartialDate)


@given(st.lists(anything, max_size=20), st.text(max_size=20))
def test_no_column_breaks_what_is_learnt_of_it(cells, heading):
    habits_of(cells, heading=heading)


# --- amounts ---


def grouped(whole: int, sign: str) -> str:
    return f"{whole:,}".replace(",", sign)


@st.composite
def amounts_written(draw):
    cents = draw(st.integers(0, MOST_CENTS))
    whole, rest = divmod(cents, 100)
    point = f".{rest:02d}" if rest else draw(st.sampled_from(["", ".00"]))
    comma = point.replace(".", ",")
    figure = draw(
        st.sampled_from(
            [
                f"{whole}{point}",
                f"{whole}{comma}",
                f"{grouped(whole, ',')}{point}",
                f"{grouped(whole, ' ')}{comma}",
                f"{grouped(whole, ' ')}{point}",
                f"{grouped(whole, chr(0xA0))}{comma}",
                f"{grouped(whole, chr(0x202F))}{comma}",
            ]
        )
    )
    around = draw(
        st.sampled_from(
            ["{}", "${}", "$ {}", "{} $", "{}\u00a0$", "CAD {}", "{} CAD", "$CAN {}", " {} "]
        )
    )
    return cents, around.format(figure)


@given(amounts_written())
def test_an_amount_in_any_form_is_that_amount(told):
    cents, written = told

    assert read_amount(written) == cents


@given(st.integers(0, MOST_CENTS))
def test_a_number_keeps_its_cents(cents):
    assert read_amount(cents / 100) == cents


@given(
    st.integers(1, 9_999),
    st.sampled_from([("K", 3), (" k$", 3), ("M", 6), (" M$", 6), (" million", 6)]),
)
def test_thousands_and_millions_are_so_many(tenths, unit):
    word, zeros = unit
    whole, rest = divmod(tenths, 10)

    for sign in ".,":
        assert read_amount(f"{whole}{sign}{rest}{word}") == tenths * 10 ** (zeros + 1)


@given(anything)
def test_no_cell_breaks_an_amount_or_a_number(cell):
    for read, refusal in ((read_amount, NotAnAmount), (read_number, NotANumber)):
        told = outcome(read, cell)

        if isinstance(told, ValueProblem):
            assert isinstance(told, refusal)
            assert told.message
        else:
            assert told is None or (isinstance(told, int) and told >= 0)


# --- lists ---

NAMES = (
    "Haiti",
    "Congo",
    "Congo, Democratic Republic",
    "Bosnia and Herzegovina",
    "A/B",
    "Trinidad et Tobago",
)


@given(
    st.lists(st.sampled_from(NAMES), unique=True, max_size=6),
    st.sampled_from([";", " ; ", "\n", " | "]),
)
def test_names_parted_beyond_doubt_are_those_names(names, joint):
    assert split(joint.join(names), lambda text: text in NAMES) == names


@given(
    st.lists(st.sampled_from(NAMES[:1] + NAMES[2:]), unique=True, min_size=1, max_size=6),
    st.sampled_from([", ", ",", " and ", " et ", " / "]),
)
def test_known_names_are_not_torn_apart(names, joint):
    assert split(joint.join(names), lambda text: text in NAMES[:1] + NAMES[2:]) == names


@given(texts.map(str), st.booleans(), st.booleans())
def test_no_text_breaks_a_list_and_nothing_in_it_is_lost(text, apart, knows_all):
    parts = split(text, lambda part: knows_all, apart=apart)

    assert all(part and part == part.strip() for part in parts)
    assert {c for c in text if c.isalnum()} >= {c for part in parts for c in part if c.isalnum()}


# --- tables ---

rows = st.lists(st.lists(anything, max_size=8), max_size=14)


@given(rows, st.sampled_from([0, NO_HEADER, 1, 3]))
def test_no_sheet_breaks_the_search_for_a_table(grid, header_row):
    width = max(map(len, grid), default=0)
    sheet = Sheet("Any", [[*row, *[None] * (width - len(row))] for row in grid])
    table = outcome(find_table, Book("xlsx", [sheet]), knows, header_row=header_row)
    if isinstance(table, ValueProblem):
        assert table.message
        return

    heads = {*table.header_rows}
    told = {row.number for row in table.rows} | {number for number, _why in table.left_out}
    filled = {number for number, row in enumerate(sheet.rows, 1) if not all(map(is_blank, row))}
    assert told - heads == filled - heads
    assert set(guess(table)) == {column.index for column in table.columns}


@given(st.text(max_size=60))
def test_no_heading_breaks_what_it_may_stand_for(heading):
    assert all(0 < score <= 1.01 for score in fields_for(heading).values())


def test_every_problem_of_a_value_is_one_kind_of_problem():
    assert all(
        issubclass(each, ValueProblem) for each in (NotADate, Unclear, NotAnAmount, NotANumber)
    )
