"""What many say alike is made once."""

from collections.abc import Callable
from typing import Any

# Remembered of a column at most: a file of any length takes no more memory than a short one.
MOST = 10_000


class Known(dict):
    """What was made before of the same; no more than MOST of it."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, key: Any) -> Any:
        if len(self) >= MOST:
            self.clear()
        made = self[key] = self.make(key)
        return made
