import gettext
import os

import pytest

from common.translations import compile_catalogues

CATALOGUE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "partner"
msgstr "partenaire"

msgctxt "path"
msgid "partners/"
msgstr "partenaires/"

msgid "one engagement"
msgid_plural "%(count)d engagements"
msgstr[0] "un engagement"
msgstr[1] "%(count)d engagements"

#, fuzzy
msgid "pillar"
msgstr "poteau"
"""


@pytest.fixture
def po(tmp_path):
    po = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    po.parent.mkdir(parents=True)
    po.write_text(CATALOGUE)
    return po


def test_a_compiled_catalogue_says_what_its_source_says(po, tmp_path):
    compile_catalogues([tmp_path])

    with po.with_suffix(".mo").open("rb") as mo:
        french = gettext.GNUTranslations(mo)
    assert french.gettext("partner") == "partenaire"
    assert french.pgettext("path", "partners/") == "partenaires/"
    assert french.ngettext("one engagement", "%(count)d engagements", 0) == "un engagement"
    assert french.ngettext("one engagement", "%(count)d engagements", 2) == "%(count)d engagements"


def test_a_guess_is_not_shown(po, tmp_path):
    compile_catalogues([tmp_path])

    with po.with_suffix(".mo").open("rb") as mo:
        assert gettext.GNUTranslations(mo).gettext("pillar") == "pillar"


def test_only_what_changed_is_compiled_again(po, tmp_path):
    assert compile_catalogues([tmp_path]) == [po]
    assert compile_catalogues([tmp_path]) == []

    later = po.with_suffix(".mo").stat().st_mtime + 1
    os.utime(po, (later, later))

    assert compile_catalogues([tmp_path]) == [po]
    assert [path.name for path in sorted(po.parent.iterdir())] == ["django.mo", "django.po"]
