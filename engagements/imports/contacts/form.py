"""A row of a list of contacts is a form: the rules of the page, for a partner that the row names."""

from __future__ import annotations

from django.http import QueryDict

from common.cautions import Confirmation
from engagements.imports.judged import cautions_of, problems_of
from partners.contacts.forms import FIELDS, ContactForm, initial_of
from partners.models import Contact, Partner


class ContactRowForm(ContactForm):
    """`judge` it with the data of a row; `cleaned_data` and `problems` are then that row's."""

    problems = property(problems_of)
    cautions_found = property(cautions_of)

    def __init__(self) -> None:
        super().__init__(QueryDict(), partner=Partner())

    def judge(self, data: QueryDict, record: Contact | None = None) -> bool:
        """Whether the row is right, but for what has to be confirmed; `record` is the one it changes."""
        self.data, self.contact = data, record
        self._errors = None  # type: ignore[assignment]
        self.confirmation = Confirmation()
        return not self.problems


def data_of(contact: Contact) -> QueryDict:
    """The form as it opens on a contact."""
    data = QueryDict(mutable=True)
    initial = initial_of(contact)
    for name in FIELDS:
        if initial[name]:
            data[name] = str(initial[name])
    return data
