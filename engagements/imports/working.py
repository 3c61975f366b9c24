"""Who does the work: small loads are checked and saved at once, large ones by a process of their own.

A load of more than LOAD_AT_ONCE rows is worked on by `manage.py work_on_load KEY`, detached from the server
that started it. It tells how far it is in the load's row (`done` of `total`), that it is alive (`told_at`).
"""

from __future__ import annotations

from accounts.models import User
from engagements.models import Load


def check(load: Load) -> Load:
    """See that it is checked, in the reader's language: done on return, or CHECKING by a process.

    Asked again while one is at work it does nothing; where that one is gone another starts.
    """
    raise NotImplementedError


def save(*, by: User, load: Load, digest: str) -> Load:
    """Carry out the plan of this digest: LOADED on return, or SAVING by a process. NotAsPlanned as carry_out.

    Of a process that found it otherwise the load is CHECKED again, with another digest.
    """
    raise NotImplementedError
