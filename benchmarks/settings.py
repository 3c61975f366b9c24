"""As development has it, but as quick as production; and beside the portal what it is compared with."""

from config.settings.dev import *
from config.settings.dev import BASE_DIR, DATABASES, TEMPLATES

DEBUG = False
DEMONSTRATION = True
ROOT_URLCONF = "benchmarks.urls"
TEMPLATES[0]["DIRS"].append(  # type: ignore[attr-defined]
    BASE_DIR / "benchmarks" / "templates"
)
if "postgresql" in DATABASES["default"]["ENGINE"]:
    # One connection for all of a run: it is its process of the server whose time is looked up.
    DATABASES["default"]["CONN_MAX_AGE"] = None
