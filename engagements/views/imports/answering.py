"""What a page of a load was told, laid over what was told before: in another tab as well."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import BadRequest
from django.db import transaction

from accounts.models import User
from engagements.imports.answers_told import BadAnswers
from engagements.imports.keeping import answer
from engagements.imports.memory import remember
from engagements.models import Load


def tell(load: Load, changes: Mapping[str, Any], *, by: User | None = None) -> Load:
    """Keep `changes` in the load's answers: the JSON of --answers, of which None takes an answer back.

    In a section, such as partners, what the page did not speak of stays. Unreadable where the file is none
    in the encoding told. What its words stand for is remembered for their next file where `by` says whose.
    """
    with transaction.atomic():
        held = Load.objects.select_for_update(of=("self",)).get(pk=load.pk)
        answers = laid_over(held.answers, changes)
        forgotten = by is not None and remember(
            by, changes, subject=held.subject, sensitivity=held.sensitivity
        )
        if answers == held.answers and not forgotten:
            return held
        try:
            return answer(held, answers)
        except BadAnswers as bad:  # nothing that a page offers
            raise BadRequest(str(bad)) from bad


def laid_over(before: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    after = dict(before)
    for name, value in changes.items():
        if isinstance(value, Mapping):
            value = laid_over(before.get(name) or {}, value)
        after[name] = value
    return {name: value for name, value in after.items() if value not in (None, {}, [])}
