"""Every message has its French, and the French is typeset as the government's is."""

import html
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import polib
import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
FRENCH = Path("locale/fr/LC_MESSAGES/django.po")
NOT_OURS = shutil.ignore_patterns(".*", "__pycache__", "tests", "staticfiles", "*.sqlite3*", "*.mo")

PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sdif%]|\{\w*\}")
TAG = re.compile(r"</?\w[^>]*>")
NO_BREAK = "\u00a0\u202f"
# As the Translation Bureau has it, and what breaks it.
TYPOGRAPHY = {
    "the apostrophe is ’": r"'",
    "quotation marks are « »": r'"|“|”',
    "a no-break space stands after «": rf"«(?![{NO_BREAK}])",
    "a no-break space stands before »": rf"(?<![{NO_BREAK}])»",
    "a no-break space stands before a colon": rf"(?<![{NO_BREAK}]):(?=\s|$)",
    "nothing that breaks stands before ; ? !": r"[ \n][;?!]",
    "an ellipsis is one character": r"\.\.\.",
}


@pytest.fixture(scope="module")
def french():
    return polib.pofile(str(ROOT / FRENCH))


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """The messages that stand in the code today, as `make messages` collects them."""
    if shutil.which("xgettext") is None:
        pytest.skip("no GNU gettext here to collect the messages with; install gettext")
    copy = tmp_path_factory.mktemp("messages") / "liaison"
    shutil.copytree(ROOT, copy, ignore=NOT_OURS)
    (copy / FRENCH).unlink(missing_ok=True)
    command = re.search(r"\$\(manage\) (makemessages .*)", (ROOT / "Makefile").read_text())
    subprocess.run(
        [sys.executable, "manage.py", *command[1].split()],
        cwd=copy,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.dev"},
        check=True,
        capture_output=True,
    )
    return polib.pofile(str(copy / FRENCH))


def keys(catalogue):
    return {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in catalogue}


def said(catalogue):
    """Each French text with the English it says; addresses are left out, they are not prose."""
    for entry in catalogue:
        if entry.msgctxt == "path":
            continue
        for text in entry.msgstr_plural.values() or [entry.msgstr]:
            yield entry, text


def prose(text):
    """What a reader sees: no tags, no placeholders, no entities."""
    return html.unescape(PLACEHOLDER.sub("x", TAG.sub("", text)))


def test_every_message_has_french(french):
    assert len(french) > 300
    assert [entry.msgid for entry in french if not entry.translated() and not entry.fuzzy] == []


def test_no_french_is_a_guess(french):
    assert [entry.msgid for entry in french.fuzzy_entries()] == []
    assert [entry.msgid for entry in french.obsolete_entries()] == []


def test_the_catalogue_holds_every_message_of_the_code(french, collected):
    assert keys(collected) - keys(french) == set(), "run `make messages` and translate these"


def test_the_catalogue_holds_no_message_that_left_the_code(french, collected):
    assert keys(french) - keys(collected) == set(), "run `make messages`"


def test_french_fills_in_what_english_fills_in(french):
    wrong = []
    for entry in french:
        singular, plural = placeholders(entry.msgid), placeholders(entry.msgid_plural)
        if not entry.msgid_plural and placeholders(entry.msgstr) != singular:
            wrong.append(entry.msgid)
        for form, text in entry.msgstr_plural.items():
            # "Its 1 objective" may be « Son objectif », and "one partner" « %(n)s partenaire ».
            given = placeholders(text)
            if not (given == plural or (form == 0 and not given - (singular | plural))):
                wrong.append(entry.msgid)
    assert wrong == []


def placeholders(text):
    return Counter(PLACEHOLDER.findall(text))


def test_french_keeps_the_marks_of_the_english(french):
    wrong = [
        entry.msgid
        for entry, text in said(french)
        if marks(text) not in (marks(entry.msgid), marks(entry.msgid_plural))
    ]
    assert wrong == []


def marks(text):
    return Counter(TAG.findall(text))


@pytest.mark.parametrize("rule", TYPOGRAPHY)
def test_french_typography(french, rule):
    assert [text for _, text in said(french) if re.search(TYPOGRAPHY[rule], prose(text))] == []


def test_the_catalogue_names_no_person_and_no_place_on_a_machine(french):
    remarks = [str(value) for value in french.metadata.values()] + french.header.splitlines()
    for entry in french:
        remarks += [entry.comment, entry.tcomment, *(path for path, _ in entry.occurrences)]
    telling = re.compile(r"\S+@\S+|^/|[\s\"'](/|~/|[A-Z]:\\)\w|FULL NAME|FIRST AUTHOR")

    assert [remark for remark in remarks if telling.search(remark)] == []
