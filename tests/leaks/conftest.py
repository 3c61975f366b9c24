"""Thousands of requests: nothing that other tests look for is looked for here."""

import logging

import pytest


@pytest.fixture(autouse=True)
def _quick(settings):
    """No search for queries row by row, and no line in the log for every refusal."""
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if not each.startswith("zeal.")]
    settings.DEBUG_PROPAGATE_EXCEPTIONS = True  # what breaks fails its test
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(before)
