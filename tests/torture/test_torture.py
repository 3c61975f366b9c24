"""A short form of `make torture`: a few kills on the database that the tests run on."""

from tests.torture.checking import Found
from tests.torture.harness import FEWEST, torture

KILLS = 3


def test_whatever_was_acknowledged_is_there_whole_after_the_server_was_killed(
    transactional_db, tmp_path
):
    tally = torture(KILLS, tmp_path / "server.log", seed=1)

    assert tally.found == Found()
    assert tally.kills == KILLS
    assert tally.acknowledged >= KILLS * FEWEST
