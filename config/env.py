"""The environment, read through one door: a missing variable is named in a sentence."""

import os

from django.core.exceptions import ImproperlyConfigured
from environs import Env

env = Env()


def required(name: str, why: str) -> str:
    """The variable's value; ImproperlyConfigured names the variable and says why it is needed."""
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"Set the environment variable {name}: {why}")
    return value
