"""Write every nasty file into a directory, named for what it is, with the ending it would be uploaded by."""

import sys
from pathlib import Path

from tests.nasty_files.making import FILES


def main(directory: Path) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    for each in FILES:
        ending = each.name.rpartition(".")[2]
        (directory / f"{each}.{ending}").write_bytes(each.make())


main(Path(sys.argv[1]))
