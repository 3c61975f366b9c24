"""CSC's offices, from accounts/reference/offices.yaml."""

from pathlib import Path

from accounts.models import Office
from common.reference import Tally, Wanted, bring_into_step, read

FOLDER = Path(__file__).parent / "reference"


def load() -> list[Tally]:
    """Bring the offices into step with the file; they are offered in its order."""
    wanted = []
    for position, entry in enumerate(read(FOLDER / "offices.yaml"), 1):
        entry.allow_only({"code", "name_en", "name_fr", "parent"})
        columns = {
            "name_en": entry.text("name_en"),
            "name_fr": entry.text("name_fr"),
            "position": position,
        }
        wanted.append(Wanted(entry, entry.text("code"), columns, parent=entry.text("parent")))
    _offices, tally = bring_into_step(Office, wanted)
    return [tally]
