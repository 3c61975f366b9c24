"""The people of the demonstration: role names, one password, listed where one signs in."""

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Office, Role, Sensitivity, User
from common.history.recording import recording

DEFAULT_PASSWORD = "liaison-demo"


@dataclass(frozen=True, kw_only=True)
class Member:
    """One of the cast: a person known by the role they have, and by nothing else."""

    username: str
    role: str
    office: str
    clearance: int
    comes_to: Promise
    language: str = User.Language.EN


CAST = [
    Member(
        username="staff",
        role=Role.STAFF,
        office="IR",
        clearance=Sensitivity.PROTECTED_A,
        comes_to=_("log what happened, and edit the office’s records"),
    ),
    Member(
        username="colleague",
        role=Role.STAFF,
        office="PRA",
        clearance=Sensitivity.PROTECTED_A,
        comes_to=_("do the same from another office, in French"),
        language=User.Language.FR,
    ),
    Member(
        username="manager",
        role=Role.MANAGER,
        office="IR",
        clearance=Sensitivity.PROTECTED_B,
        comes_to=_("see and defend the figures, and edit any record"),
    ),
    Member(
        username="administrator",
        role=Role.ADMINISTRATOR,
        office="NHQ",
        clearance=Sensitivity.PROTECTED_B,
        comes_to=_("keep partners, frameworks and people right"),
    ),
    Member(
        username="approver",
        role=Role.APPROVER,
        office="CO",
        clearance=Sensitivity.PROTECTED_B,
        comes_to=_("approve, return or decline"),
    ),
    Member(
        username="reader",
        role=Role.READER,
        office="PAC",
        clearance=Sensitivity.UNCLASSIFIED,
        comes_to=_("read, without changing anything"),
    ),
]


@dataclass(frozen=True, kw_only=True)
class SignIn:
    """A line of the list people pick from, in the language it is read in."""

    username: str
    office: str
    comes_to: str


def people() -> list[SignIn]:
    """Whom one can sign in as here; nobody, unless this copy holds the demonstration."""
    users = _users()
    return [
        SignIn(
            username=member.username,
            office=str(users[member.username].office or ""),
            comes_to=str(member.comes_to),
        )
        for member in CAST
        if member.username in users
    ]


def password_in_use(password: str = "") -> str:
    """The one password that opens them all, or nothing where somebody has changed it.

    Only `password`, the chosen one or the default can be recognized: none is kept in the clear.
    """
    password = password or chosen_password() or DEFAULT_PASSWORD
    stored = {user.password for user in _users().values()}
    return password if stored and all(_opens(password, one) for one in stored) else ""


def chosen_password() -> str:
    """What DEMO_PASSWORD asks for; empty where it asks for nothing."""
    return settings.DEMO_PASSWORD


def enlist(password: str = "") -> dict[str, User]:
    """The cast by user name, those missing created. Whoever is there keeps what they have.

    A `password` is given to all; without one, only to whom is created.
    """
    hashed = make_password(password or DEFAULT_PASSWORD)
    offices = Office.objects.in_bulk([member.office for member in CAST], field_name="code")
    cast = {}
    for member in CAST:
        with recording(by=None, act="added") as kept:
            user, created = User.objects.get_or_create(
                username=member.username,
                defaults={
                    "role": member.role,
                    "office": offices[member.office],
                    "clearance": member.clearance,
                    "language": member.language,
                    "password": hashed,
                },
            )
            if created:
                kept.made(user)
        if password and not created and not check_password(password, user.password):
            user.password = hashed
            user.save(update_fields=["password"])
        cast[member.username] = user
    return cast


def _users() -> dict[str, User]:
    if not settings.DEMONSTRATION:
        return {}
    return User.objects.select_related("office").in_bulk(
        [member.username for member in CAST], field_name="username"
    )


# Slow on purpose, as every password check; the sign-in page asks each time it is opened.
@lru_cache(maxsize=16)
def _opens(password: str, stored: str) -> bool:
    return check_password(password, stored)
