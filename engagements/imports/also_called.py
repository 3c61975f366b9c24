"""Texts of a file that become names of their partner, for everybody: "U.N.O.D.C." is UNODC from then on.

They are kept as other names of the partner, on its own record: undoing the load leaves them. Only those who
keep partners may give one a name.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError

from accounts.models import User
from common.identifiers import identifiers_in
from engagements.imports.answers import Answers
from engagements.imports.matching.matchers import Matchers
from engagements.imports.row_reading import PARTNER_NAME
from partners.actions import add_other_names
from partners.models import Partner

ACRONYM = re.compile(r"[^\W\d_a-z][\w.&-]{1,38}")
Names = tuple[tuple[str, str], ...]


def may_name(user: User) -> bool:
    return user.is_administrator


def new_names(answers: Answers, matchers: Matchers, user: User) -> Names:
    """(text, code of its partner) of what would become a name: what already is one of some partner is not."""
    if not may_name(user):
        return ()
    told = ((text, answers.said("partners", text) or "") for text in answers.also_called)
    return tuple(
        (text, code)
        for text, code in dict(told).items()
        if (partner := matchers.partners.get(code))
        and not partner.is_archived
        and not matchers.partners.is_called(text)
        and is_a_name(text)
    )


def with_names(digest: str, names: Names) -> str:
    """What is confirmed are the names as well."""
    told = json.dumps([digest, *names], ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest() if names else digest


def is_a_name(text: str) -> bool:
    try:
        PARTNER_NAME.clean(text)
    except ValidationError:
        return False
    return not list(identifiers_in(text))


def give(*, by: User, names: Iterable[tuple[str, str]], language: str) -> None:
    """Inside the transaction of the load, each partner once."""
    if not may_name(by):
        return
    told: dict[str, list[dict[str, str]]] = {}
    for text, code in names:
        told.setdefault(code, []).append(columns_of(PARTNER_NAME.clean(text), language))
    for partner in Partner.objects.filter(code__in=told).order_by("pk"):
        add_other_names(by=by, partner=partner, names=told[partner.code])


def columns_of(text: str, language: str) -> dict[str, str]:
    """What is written in capitals and without a space is an acronym."""
    kind = "acronym" if ACRONYM.fullmatch(text) and text.upper() == text else "name"
    return {f"{kind}_{'fr' if language == 'fr' else 'en'}": text}
