"""Pages are compressed where the browser takes it; what it shows is the same."""

import gzip
import re

import pytest
from django.contrib.staticfiles import finders

from config.static import SHEET, joined

PAGE = "/en/profile/"


@pytest.fixture
def signed_in(client, staff):
    client.force_login(staff)
    return client


def without_tokens(page):
    return re.sub(rb'[0-9a-f-]{36}|value="\w{64}"', b"", page)


def test_a_page_is_compressed_for_whoever_takes_it(signed_in):
    plain = signed_in.get(PAGE)
    packed = signed_in.get(PAGE, headers={"accept-encoding": "gzip, br"})

    assert packed["Content-Encoding"] == "gzip"
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content) / 2
    assert without_tokens(gzip.decompress(packed.content)) == without_tokens(plain.content)
    assert "Content-Encoding" not in plain
    assert "Accept-Encoding" in plain["Vary"]
    assert "Accept-Encoding" in packed["Vary"]


def test_its_length_tells_nothing_of_a_few_letters(signed_in):
    lengths = {
        len(signed_in.get("/en/", headers={"accept-encoding": "gzip"}).content) for _ in range(12)
    }

    assert len(lengths) > 1


def test_what_is_streamed_or_no_page_is_left_as_it_is(signed_in):
    packed = {"accept-encoding": "gzip"}

    for address in ("/en/engagements/export.csv", "/healthz"):
        assert "Content-Encoding" not in signed_in.get(address, headers=packed)


def test_the_stylesheet_is_one_file_with_every_rule_in_its_layer():
    def read(name):
        with open(finders.find(name), encoding="utf-8") as file:
            return file.read()

    sheet = joined(SHEET, read)

    assert "@import" not in sheet
    assert "/*" not in sheet
    assert "url(" not in sheet
    assert sheet.lstrip().startswith("@layer tokens, base, layout, components, utilities;")
    assert len(re.findall(r"^@layer \w+ \{", sheet, re.M)) == read(SHEET).count("@import")
    assert sheet.count("{") == sheet.count("}")
