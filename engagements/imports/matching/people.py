"""Lead officers: those with an account, by username or by their full name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from accounts.models import User
from common.filter_fields import shown
from common.sheets.values.nothing import says_nothing
from engagements.imports.matching.asking import Matcher
from engagements.imports.matching.keys import same
from engagements.imports.matching.results import NOTHING, Found, Match, Proposal, Proposals


@dataclass
class PeopleMatcher(Matcher):
    """See Matchers. Only those whom the form offers: active accounts."""

    by_code: dict[str, User] = field(default_factory=dict)
    called: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    matched: dict[str, Match] = field(default_factory=dict)

    @classmethod
    def load(cls) -> PeopleMatcher:
        """One query."""
        matcher = cls()
        for person in User.objects.filter(is_active=True).order_by("username"):
            matcher.by_code[person.username] = person
            first, last = person.first_name, person.last_name
            for name in {person.username, person.get_full_name(), f"{last}, {first}", str(person)}:
                if key := same(name):
                    matcher.called[key].add(person.username)
        return matcher

    def get(self, code: str) -> User | None:
        return self.by_code.get(code)

    def label(self, code: str) -> str:
        person = self.by_code.get(code)
        return str(person) if person else _("None: name no lead officer")

    def _match(self, text: str) -> Match:
        called = {text.strip()} & self.by_code.keys() or self.called.get(same(text), set())
        if not called and says_nothing(text):
            return NOTHING
        if len(called) == 1:
            return Found(next(iter(called)))
        message = _(
            "Nobody who has an account is called “%(text)s”. Leave the lead officer empty, or name "
            "somebody who has one."
        )
        if called:
            message = _("More than one person is called “%(text)s”. Say which it is.")
        people = (Proposal(username, self._said(username), 1.0) for username in called)
        return Proposals.best(people, message % {"text": shown(text)})

    def _said(self, username: str) -> str:
        return f"{self.label(username)} ({username})"
