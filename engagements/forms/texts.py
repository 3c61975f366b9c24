"""Fields for what people write at length, and for where it can be read about."""

from django import forms
from django.core.validators import URLValidator

from common.text import TEXT_LENGTH, PlainTextField, validate_plain_text


def long_text(label, **kwargs) -> PlainTextField:
    return PlainTextField(label=label, required=False, lines=True, max_length=TEXT_LENGTH, **kwargs)


class WebAddressField(forms.URLField):
    """An address a reader can follow: of the web, and nothing else."""

    default_validators = [URLValidator(schemes=["http", "https"]), validate_plain_text]
