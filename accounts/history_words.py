"""How the history of people and offices is told: to administrators alone."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Office, User
from common.history.said import Names, Said, bilingual, register_names
from common.history.words import RecordWords, register_words


def of_administrators(user: Any) -> bool:
    return user.is_administrator


def call_person(person: User) -> Said:
    return Said(str(person))


def call_office(office: Office) -> Said:
    return bilingual(office, "name")


register_names("person", Names(model=User, column="pk", call=call_person))
register_names("office", Names(model=Office, column="code", call=call_office))

register_words(
    RecordWords(
        kind="person",
        called=_("person"),
        called_many=_("people"),
        name=call_person,
        address=lambda person: reverse("admin:accounts_user_history", args=[person.pk]),
        audience=of_administrators,
    )
)
register_words(
    RecordWords(
        kind="office",
        called=_("office"),
        called_many=_("offices"),
        name=call_office,
        address=lambda office: reverse("admin:accounts_office_history", args=[office.pk]),
        audience=of_administrators,
    )
)
