"""How often memory is looked through for what nothing refers to any more."""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager

_LIBRARY = ctypes.CDLL(None)

# So many new objects, and so many rounds among those, before older ones are looked at.
SELDOM = (50_000, 20, 100)


@contextmanager
def seldom_collected() -> Iterator[None]:
    """For work that makes many objects and keeps most of them to its end.

    Otherwise Python looks through all of them again and again: of the rows of a large file, an eighth of the
    time of checking them.
    """
    usual = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def settle() -> None:
    """For a process that has read what it serves from: that stays, and is looked through no more.

    Otherwise it takes a tenth of a second every few pages to find all modules and sets still in use. What
    memory is free goes back to the system: the C library keeps most of what was taken for a while.
    """
    gc.collect()
    gc.freeze()
    if hasattr(_LIBRARY, "malloc_trim"):
        _LIBRARY.malloc_trim(0)
