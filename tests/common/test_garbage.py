import gc

import pytest

from common.garbage import settle


@pytest.fixture(autouse=True)
def _as_it_was():
    yield
    gc.unfreeze()


def test_what_a_process_has_read_is_looked_through_no_more():
    kept = [[] for _ in range(10)]
    settle()

    later: list = []
    looked_through = {id(one) for one in gc.get_objects()}

    assert id(later) in looked_through
    assert looked_through.isdisjoint(map(id, kept))
