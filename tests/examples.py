"""Hypothesis looks at the same examples each time, so that `make test` says the same twice; none is kept.

On PostgreSQL it looks at the first of them: what is held there is that the databases answer alike, not that
the portal is right. HYPOTHESIS=5000 looks at as many for each property, at other ones every time.
"""

import os

from django.db import connection
from hypothesis import HealthCheck, settings

MANY = int(os.environ.get("HYPOTHESIS", "0"))
FEW = 25 if connection.vendor == "sqlite" else 10

settings.register_profile(
    "portal",
    derandomize=not MANY,
    database=None,
    deadline=None,
    max_examples=MANY or FEW,
    print_blob=False,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,  # each example is undone: see Sender
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
settings.load_profile("portal")
