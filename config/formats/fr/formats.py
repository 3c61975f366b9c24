"""Canadian French: ISO dates as in English; 2 000,50 with no-break spaces."""

from config.formats.en.formats import *  # noqa: F403

DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\u00a0"
