"""What one generated engagement is, as a form would hand it to the actions, and what becomes of it.

The same seed, day and reference data give the same engagements.
"""

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from django.utils import timezone

from accounts.models import Office, Sensitivity, User
from common.partial_dates import PartialDate, Precision
from engagements.actions import Part
from engagements.alignments import Tag
from engagements.bulk import InForce
from engagements.generating import lots, texts
from engagements.generating.lots import Urn
from engagements.models import Engagement, Participation
from objectives.models import FrameworkKind, Objective
from partners.models import Country, Partner

Role = Participation.PartnerRole

SENSITIVITIES = Urn.of(
    {Sensitivity.UNCLASSIFIED: 72, Sensitivity.PROTECTED_A: 20, Sensitivity.PROTECTED_B: 8}
)
# What becomes of one that lies ahead, and of one gone by. A verb after the other, as people would use
# them: "amended" is the end that turned out to be past.
AHEAD: Urn[tuple[str, ...]] = Urn.of(
    {(): 40, ("approved",): 40, ("returned",): 8, ("declined",): 5, ("cancelled",): 7}
)
GONE_BY: Urn[tuple[str, ...]] = Urn.of(
    {(): 93, ("amended", "completed"): 3, ("amended",): 1, ("amended", "cancelled"): 2,
     ("amended", "declined"): 1}
)  # fmt: skip
DRAFTS = 0.02
PARTNERS = Urn.of({1: 34, 2: 28, 3: 19, 4: 10, 5: 6, 6: 3})
COUNTRIES = Urn.of({0: 12, 1: 58, 2: 19, 3: 7, 4: 4})
ROLES = Urn.of(
    {Role.PARTICIPANT: 45, Role.HOST: 25, Role.REQUESTER: 12, Role.IMPLEMENTER: 10, Role.FUNDER: 8}
)
PLACES = Urn.skewed(texts.PLACES, by=0.7)
# How many objectives of each kind; the first of a framework is drawn most often.
TAGS = {
    FrameworkKind.PILLAR: Urn.of({1: 88, 2: 12}),
    FrameworkKind.PRIORITY: Urn.of({0: 22, 1: 62, 2: 16}),
    FrameworkKind.MANDATE: Urn.of({0: 40, 1: 52, 2: 8}),
    FrameworkKind.THEME: Urn.of({0: 80, 1: 20}),
    FrameworkKind.SECTOR: Urn.of({0: 70, 1: 25, 2: 5}),
}


@dataclass(frozen=True, kw_only=True)
class Invented:
    """One engagement: what is said of it, by whom and when, and the verbs that follow."""

    by: User
    fields: dict[str, Any]
    parts: list[Part]
    tags: list[Tag]
    countries: list[Country]
    is_draft: bool = False
    verbs: tuple[str, ...] = ()
    reason: str = ""

    @property
    def logged_at(self) -> dt.datetime:
        moment: dt.datetime = self.fields["logged_at"]
        return moment


class Inventor:
    """Draws one after the other, from the reference data there is."""

    def __init__(self, *, seed: int, cast: dict[str, User], today: dt.date) -> None:
        self.random, self.today, self.cast = Random(seed), today, cast
        self.tomorrow = timezone.make_aware(dt.datetime.combine(today, dt.time())) + dt.timedelta(1)
        partners = list(Partner.objects.active().select_related("country").order_by("code"))
        self.random.shuffle(partners)
        self.partners = Urn.skewed(partners, by=0.9)
        countries = list(Country.objects.filter(retired_on=None).order_by("iso2"))
        self.random.shuffle(countries)
        self.countries = Urn.skewed(countries, by=0.8)
        self.offices = Urn.skewed(list(Office.objects.current()), by=0.7)
        self.in_force = InForce()
        self._offered: dict[dt.date, dict[str, Urn[Objective]]] = {}

    def invent(self) -> Invented:
        random = self.random
        start = lots.start_of(random, self.today)
        end = lots.end_of(random, start)
        is_draft, verbs = random.random() < DRAFTS, self._verbs(start, end)
        level = SENSITIVITIES.draw(random)
        by = self._author(level)
        language = "fr" if random.random() < 0.4 else "en"
        parts, logged_at = self._parts(), self._logged_at(start, end)
        has_begun = start.earliest is None or start.earliest <= self.today
        return Invented(
            by=by,
            is_draft=is_draft,
            verbs=() if is_draft else verbs,
            reason=texts.SENT_BACK[language],
            parts=parts,
            countries=self._countries(parts),
            tags=self._tags(start.middle or timezone.localdate(logged_at), language),
            fields={
                "start": start,
                "end": end,
                "sensitivity": level,
                "logged_at": logged_at,
                "lead_office": by.office if random.random() < 0.6 else self.offices.draw(random),
                "lead_officer": by if random.random() < 0.7 else None,
                "origin": Engagement.Origin.GENERATED,
                "form_key": uuid.UUID(int=random.getrandbits(128), version=4),
            }
            | self._said(language, has_begun=has_begun)
            | (self._approval(start, verbs) if has_begun else {}),
        )

    def _verbs(self, start: PartialDate, end: PartialDate) -> tuple[str, ...]:
        """Only what begins and ends on a day is sure to have gone by, or to lie ahead."""
        if start.earliest is None or start.precision != Precision.DAY:
            return ()
        if start.earliest > self.today:
            return AHEAD.draw(self.random)
        last = end.latest if end.is_dated else start.latest
        is_over = last is not None and last < self.today and end.precision != Precision.ONGOING
        return GONE_BY.draw(self.random) if is_over else ()

    def _author(self, level: int) -> User:
        """Nobody marks a record higher than they are cleared."""
        who = ["staff", "colleague", "manager", "administrator"]
        return self.cast[self.random.choice(who[2:] if level > Sensitivity.PROTECTED_A else who)]

    def _logged_at(self, start: PartialDate, end: PartialDate) -> dt.datetime:
        """Some weeks after it was over; of what lies ahead, in the last weeks."""
        latest = end.latest or start.latest
        wait = dt.timedelta(seconds=self.random.randrange(60 * 86_400))
        if latest is None or latest >= self.today:
            return self.tomorrow - dt.timedelta(2) - wait
        over = timezone.make_aware(dt.datetime.combine(latest, dt.time(12))) + dt.timedelta(1)
        return min(over + wait, self.tomorrow - dt.timedelta(2))

    def _said(self, language: str, *, has_begun: bool) -> dict[str, Any]:
        random = self.random
        kind = lots.KIND_URN.draw(random)
        has_outcome = has_begun and random.random() < 0.88
        has_people, has_cost = random.random() < 0.7, random.random() < 0.6
        planned = Decimal(random.randrange(500, 40_000_00)) / 100
        return texts.titles(random, kind, language) | {
            "kind": kind,
            "text_language": language,
            "purpose": texts.purpose(random, language),
            "outcome": texts.outcome(random, language) if has_outcome else "",
            "lessons": texts.lessons(random, language)
            if has_begun and random.random() < 0.2
            else "",
            "place": PLACES.draw(random) if random.random() < 0.6 else "",
            "csc_participants": random.randint(1, 8) if has_people else None,
            "csc_posts": "\n".join(random.sample(texts.POSTS, 2)) if has_people else "",
            "planned_cost": planned if has_cost else None,
            "actual_cost": round(planned * random.randint(80, 120) / 100, 2)
            if has_cost and has_begun
            else None,
            "paid_by": "CSC" if has_cost else "",
        }

    def _approval(self, start: PartialDate, verbs: tuple[str, ...]) -> dict[str, Any]:
        """As recorded of what had begun. What was declined had waited for it."""
        is_unknown = "declined" in verbs or self.random.random() < 0.3
        if start.earliest is None or is_unknown:
            return {"approval": Engagement.Approval.UNKNOWN}
        return {
            "approval": Engagement.Approval.GIVEN,
            "approved_by": "Commissioner",
            "approved_on": start.earliest - dt.timedelta(days=self.random.randint(10, 60)),
        }

    def _parts(self) -> list[Part]:
        chosen = self.partners.draw_some(self.random, PARTNERS.draw(self.random))
        return [Part(partner=partner, role=ROLES.draw(self.random)) for partner in chosen]

    def _countries(self, parts: list[Part]) -> list[Country]:
        """The first partner's own most of the time, and others."""
        number = COUNTRIES.draw(self.random)
        home = parts[0].partner.country
        drawn = self.countries.draw_some(self.random, number)
        if number and home is not None and self.random.random() < 0.7:
            drawn = list(dict.fromkeys([home, *drawn]))
        return drawn[:number]

    def _tags(self, day: dt.date, language: str) -> list[Tag]:
        random, tags = self.random, []
        for kind, offered in self._offered_on(day).items():
            drawn = offered.draw_some(random, TAGS[FrameworkKind(kind)].draw(random))
            for place, objective in enumerate(drawn):
                reason = texts.REASONS[language] if random.random() < 0.2 else ""
                primary = place == 0 and random.random() < 0.3
                tags.append(Tag(objective=objective, reason=reason, primary=primary))
        return tags

    def _offered_on(self, day: dt.date) -> dict[str, Urn[Objective]]:
        """Kind → the objectives of the framework in force that day."""
        if day not in self._offered:
            self._offered[day] = {
                framework.kind: Urn.skewed(
                    [o for o in framework.objectives.all() if self.in_force.allows(o, day)], by=0.8
                )
                for framework in self.in_force.on(day)
            }
        return self._offered[day]
