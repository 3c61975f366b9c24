"""A small portal with something of everything, told through the same actions as on its pages."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from accounts.models import Office, Role, Sensitivity, User
from common.partial_dates import PartialDate, Precision
from dashboards import actions
from engagements import notes, stages
from engagements.actions import Part, amend_engagement, log_engagement, save_draft
from engagements.alignments import Tag
from engagements.kinds import Kind
from engagements.models import Engagement, Note
from objectives.models import Framework, FrameworkKind, Objective
from partners.actions import archive_partner
from partners.contacts.actions import log_contacts
from partners.models import Country, Partner
from tests.factories import (
    make_country,
    make_framework,
    make_objective,
    make_office,
    make_partner,
    make_region,
    make_user,
)

U, A, B = Sensitivity.UNCLASSIFIED, Sensitivity.PROTECTED_A, Sensitivity.PROTECTED_B

NOT_CLEARED = {
    "reader": Role.READER,
    "staff": Role.STAFF,
    "manager": Role.MANAGER,
    "administrator": Role.ADMINISTRATOR,
    "approver": Role.APPROVER,
}
NOTE_KEY = UUID(int=4242)


@dataclass(frozen=True, kw_only=True)
class Instance:
    """`author` is of another office, and cleared for everything; nobody of `people` is."""

    people: dict[str, User]
    author: User
    offices: dict[str, Office]
    objectives: dict[str, Objective]
    partners: dict[str, Partner]
    countries: dict[str, Country]
    today: dt.date

    def told(
        self, title: str, *, partners: str, serving: str, countries: str = "", **fields
    ) -> dict:
        """What log_engagement takes, codes for records."""
        start = fields.pop("start", dt.date(2026, 5, 15))
        return {
            "title_en": title,
            "title_fr": f"{title} (fr)",
            "kind": Kind.OUTGOING_VISIT,
            "start": PartialDate.day(start) if isinstance(start, dt.date) else start,
            "parts": [Part(partner=self.partners[code], role="host") for code in partners.split()],
            "tags": [Tag(objective=self.objectives[code]) for code in serving.split()],
            "countries": [self.countries[code] for code in countries.split()],
            "lead_office": self.offices["IR"],
        } | fields

    def log(self, by: User, title: str, **told) -> Engagement:
        return log_engagement(by=by, **self.told(title, **told))


def make_instance() -> Instance:
    offices = {code: make_office(code) for code in ("IR", "PRA", "ATL")}
    instance = Instance(
        people={
            name: make_user(name, role, office=offices["PRA"], clearance=U)
            for name, role in NOT_CLEARED.items()
        },
        author=make_user("author", Role.MANAGER, office=offices["IR"], clearance=B),
        offices=offices,
        objectives=make_objectives(),
        partners=make_partners(),
        countries={code: make_country(code) for code in ("NO", "FR", "BJ")},
        today=timezone.localdate(),
    )
    # Who else may read what is hidden.
    make_user("insider", Role.STAFF, office=offices["IR"], clearance=B)
    log_contacts_of(instance)
    log_some(instance)
    save_views(instance)
    return instance


def make_objectives() -> dict[str, Objective]:
    in_force = {
        FrameworkKind.PILLAR: "P1 P2",
        FrameworkKind.PRIORITY: "S1 S2 S3",
        FrameworkKind.MANDATE: "M1 M2",
        FrameworkKind.THEME: "T1 T2",
        FrameworkKind.SECTOR: "J1",
    }
    for kind, codes in in_force.items():
        begins = dt.date(2011, 4, 1) if kind == FrameworkKind.PRIORITY else None
        fill(make_framework(f"{kind}-now".upper(), kind, in_force_from=begins), codes)
    ended = {"in_force_from": None, "in_force_to": dt.date(2011, 3, 31)}
    fill(make_framework("PRIORITY-THEN", FrameworkKind.PRIORITY, **ended), "O1 O2")
    fill(make_framework("PRIORITY-NEXT", FrameworkKind.PRIORITY, adopted=False), "N1 N2")
    return {objective.code: objective for objective in Objective.objects.all()}


def fill(framework: Framework, codes: str) -> None:
    for code in codes.split():
        make_objective(code, framework)


def make_partners() -> dict[str, Partner]:
    europe, africa = make_region("150"), make_region("002")
    north = make_region("154", parent=europe)
    norway = make_country("NO", region=north)
    make_country("FR", region=europe)
    make_country("BJ", region=africa)
    nations = make_partner("UN", kind=Partner.Kind.UN, acronym_en="UN", acronym_fr="ONU")
    partners = [
        nations,
        make_partner("UNODC", kind=Partner.Kind.UN, parent=nations),
        make_partner("NO-KRIM", kind=Partner.Kind.FOREIGN_GOVERNMENT, country=norway),
        make_partner("ICPA"),
        # Of whom nobody but those cleared knows what was done with it.
        make_partner("QUIET", parent=nations, country=norway),
        make_partner("GONE"),
    ]
    return {partner.code: partner for partner in partners}


def log_contacts_of(instance: Instance) -> None:
    told = [{"partner": instance.partners[code], "post_en": "Desk"} for code in ("UNODC", "QUIET")]
    log_contacts(by=instance.author, told=told)


def log_some(instance: Instance) -> None:
    people, author, log = instance.people, instance.author, instance.log
    staff, manager = people["staff"], people["manager"]
    log(author, "Borealis seminar", partners="UNODC", serving="P1 S1 M1", countries="NO")
    log(author, "Prison farm", partners="NO-KRIM UN", serving="P2 S2", countries="NO FR")
    log(staff, "Women offenders", partners="ICPA", serving="P1", lead_officer=staff)
    log(manager, "Old times", partners="ICPA", serving="P1 O1", start=dt.date(2009, 6, 1))
    unknown = PartialDate(Precision.UNKNOWN, None, None)
    log(staff, "Undated", partners="UNODC NO-KRIM", serving="P1 S1 T1", start=unknown)
    ahead = instance.today + dt.timedelta(days=40)
    log(staff, "To come", partners="UNODC", serving="P1 M1", start=ahead, lead_officer=manager)
    back = log(staff, "Sent back", partners="ICPA", serving="P2", start=ahead)
    stages.send_back(by=people["approver"], engagement=back, reason="Say more")
    off = log(author, "Called off", partners="UNODC", serving="P1", start=ahead)
    stages.cancel(by=author, engagement=off, reason="Nobody came")
    log(author, "Known to few", partners="UNODC", serving="P1 S1", sensitivity=A)
    before = log(author, "Known to fewer", partners="QUIET", serving="P2 S3", sensitivity=B)
    amend(instance, before, outcome="More came of it")
    for person in (staff, manager, people["administrator"]):
        save_draft(by=person, **instance.told("Half told", partners="ICPA", serving="P1"))
    note(instance, "Prison farm", "Read by most of them", people=[*people.values()])
    archive_partner(by=author, partner=instance.partners["GONE"], reason="Dissolved")


def save_views(instance: Instance) -> None:
    """Each person's own, one of which their office shares; each begins with another's, and has it mailed."""
    for person in instance.people.values():
        actions.save_view(
            by=person, name=f"What {person} asks", page="dashboard", query="fy=2026-27"
        )
    manager, office = instance.people["manager"], instance.offices["PRA"]
    told = {"page": "engagements", "query": "partner=QUIET&country=BJ&sort=title", "office": office}
    shared = actions.save_view(by=manager, name="What we all ask", **told)
    actions.subscribe(by=instance.people["staff"], view=shared, rhythm="weekly")


def amend(instance: Instance, engagement: Engagement, **changed) -> Engagement:
    current = Engagement.objects.get(pk=engagement.pk)
    told = instance.told(current.title_en, partners="QUIET UNODC", serving="P1 S3")
    told |= {"start": current.start, "sensitivity": current.sensitivity} | changed
    return amend_engagement(by=instance.author, engagement=current, version=current.version, **told)


def note(
    instance: Instance, title: str, text: str, *, people: Iterable[User], key: UUID | None = None
) -> Note:
    return notes.write_note(
        by=instance.author,
        engagement=Engagement.objects.get(title_en=title),
        text=text,
        text_language="en",
        sensitivity=U,
        people=people,
        office=None if people else instance.offices["IR"],
        key=key,
    )
