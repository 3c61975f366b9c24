"""People in the order in which a reader looks for them: by the name that is shown, whatever the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.forms.models import ModelChoiceIterator

from accounts.models import User
from common.forms import AskedChoiceField
from common.text import sort_key


def in_reading_order(people: Iterable[User]) -> list[User]:
    return sorted(people, key=lambda person: (sort_key(str(person)), person.username))


class PeopleInOrder(ModelChoiceIterator):
    def __iter__(self) -> Iterator[Any]:
        field: Any = self.field
        if field.empty_label is not None:
            yield "", field.empty_label
        for person in in_reading_order(self.queryset):
            yield self.choice(person)


class PersonField(AskedChoiceField):
    """A choice of people."""

    iterator = PeopleInOrder
