"""Room for calls within calls, taken at once.

CPython keeps what its running functions know in pieces of 16 kB of memory, and asks the system for another
whenever a call crosses the end of one, and gives it back when that call returns: a page that stands just
there when it draws its hundreds of parts asks thousands of times. What is called within `with_room` finds
place behind one large frame, in one piece.
"""

from collections.abc import Callable
from typing import Any

SLOTS = (
    1 << 17
)  # of a pointer each; the piece is as large again, and of it only what is used is real


def with_room(function: Callable) -> Callable:
    """The same function; whatever it calls, however deep, has its place already."""

    def roomy(*arguments: Any) -> Any:
        return function(*arguments)

    roomy.__code__ = roomy.__code__.replace(co_stacksize=SLOTS)
    return roomy
