"""What is kept of people and offices: who may do and see what, and who decided so."""

from accounts.models import Office, User
from common.history.tracking import Tracked, register

PERSON = register(
    Tracked(
        kind="person",
        model=User,
        columns={
            "username": "username",
            "first_name": "first_name",
            "last_name": "last_name",
            "email": "email",
            "role": "role",
            "office": "office__code",
            "clearance": "clearance",
            "is_active": "is_active",
        },
    )
)
OFFICE = register(
    Tracked(
        kind="office",
        model=Office,
        columns={
            "code": "code",
            "name_en": "name_en",
            "name_fr": "name_fr",
            "parent": "parent__code",
            "position": "position",
            "retired_on": "retired_on",
        },
    )
)
