"""The table of unsaved text: a row for each open form, the newer text winning."""

from typing import Any

from django.db.models import QuerySet

from accounts.models import Unsaved, User
from accounts.typed import Page


def keep_text(*, person: User, address: str, page: Page, values: dict[str, Any]) -> Unsaved:
    """The row of one open form; what comes late never replaces what is newer."""
    own: dict[str, Any] = {"person": person, "address": address, "page": page.key}
    row, made = Unsaved.objects.get_or_create(**own, defaults=values)
    if not made:
        Unsaved.objects.filter(pk=row.pk, turn__lte=page.turn).update(**values)
        row.refresh_from_db()
    went_on_from(page, person).delete()
    return row


def went_on_from(page: Page, person: User) -> QuerySet[Unsaved]:
    """The text this form was opened with, unless somebody has typed on in it since."""
    if page.from_key is None:
        return Unsaved.objects.none()
    return Unsaved.objects.filter(person=person, page=page.from_key, turn__lte=page.from_turn)
