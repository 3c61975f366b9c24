"""Every act and every kept column has words, whatever kind of record it is of."""

import ast

import pytest

from common.history import recording
from common.history.tracking import kinds
from common.history.words import ACTS, value_of_column, words
from engagements.kinds import Stage
from tests.test_conventions import OUR_APPS, modules


def test_every_kind_of_record_on_record_is_told():
    assert set(words()) == set(kinds())


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_every_kept_column_is_called_something_or_left_out_on_purpose(kind):
    tracked, said = kinds()[kind], words()[kind]
    parts = {
        f"{date}_{p}" for date in tracked.partial_dates for p in ("precision", "earliest", "latest")
    }
    nameless = {
        name
        for name in [*tracked.columns, *tracked.partial_dates, *tracked.rows]
        if name not in parts | said.untold | set(said.labels) and not has_words(kind, name)
    }

    assert nameless == set()


def has_words(kind: str, name: str) -> bool:
    """Whether its model calls it something that can be translated: no word of Python's."""
    return not isinstance(value_of_column(kind, name).label, str)


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_every_kept_list_is_told_in_sentences(kind):
    assert set(words()[kind].lists) == set(kinds()[kind].rows)


def test_a_column_without_words_goes_by_its_own_name():
    assert value_of_column("engagement", "colour").label == "colour"


def acts_in_code() -> set[str]:
    """What stands behind `act=` anywhere in the portal."""
    files = [path for app in OUR_APPS for path in modules(app)]
    nodes = [node for path in files for node in ast.walk(ast.parse(path.read_text()))]
    said = [node.value for node in nodes if isinstance(node, ast.keyword) and node.arg == "act"]
    return {value.value for value in said if isinstance(value, ast.Constant)}


def test_every_act_has_words():
    stages = set(Stage.values) - {Stage.DRAFT}
    acts = acts_in_code() | stages | {recording.FOUND, recording.OUTSIDE, recording.DELETED}

    assert {"logged", "aligned", "archived", "adopted", "approved"} <= acts
    assert acts - set(ACTS) == set()
