"""One engagement of every sensitivity, drafts, and people of every role and clearance."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from accounts.models import Office, Role, Sensitivity, User
from dashboards.models import SavedView
from engagements.kinds import Stage
from engagements.models import Engagement, Load, Note
from objectives.models import Framework, FrameworkKind, Objective
from partners.models import Contact, Country, Partner
from tests.factories import (
    make_contact,
    make_country,
    make_engagement,
    make_framework,
    make_load,
    make_note,
    make_objective,
    make_office,
    make_partner,
    make_region,
    make_user,
    make_view,
)

U, A, B = Sensitivity.UNCLASSIFIED, Sensitivity.PROTECTED_A, Sensitivity.PROTECTED_B

# Who asks: name → (role, office, clearance). International Relations leads every record.
PEOPLE = {
    "reader": (Role.READER, "IR", U),
    "staff": (Role.STAFF, "IR", A),
    "colleague": (Role.STAFF, "PRA", A),
    "manager": (Role.MANAGER, "IR", B),
    "administrator": (Role.ADMINISTRATOR, "IR", B),
    "approver": (Role.APPROVER, "IR", B),
    # The same roles with little clearance.
    "manager, not cleared": (Role.MANAGER, "PRA", U),
    "administrator, not cleared": (Role.ADMINISTRATOR, "PRA", A),
    "approver, not cleared": (Role.APPROVER, "PRA", U),
}


@dataclass(frozen=True, kw_only=True)
class Record:
    """An engagement, or a note of it, as an address or a form names it; empty where it is not there."""

    reference: str
    pk: int = 0
    key: UUID | None = None
    engagement: Engagement | None = None
    note: Note | None = None

    @property
    def names(self) -> list[str]:
        """What a person may have typed of it."""
        return [self.reference, str(self.pk), str(self.key)]

    @property
    def word(self) -> bytes:
        """The word of its title, or of the note, that stands in no other record."""
        assert self.engagement
        text = self.note.text if self.note else self.engagement.title_en
        return text.split()[0].encode()

    @property
    def is_draft(self) -> bool:
        return self.engagement is not None and self.engagement.stage == Stage.DRAFT

    def may_be_read_by(self, person: User | None) -> bool:
        """Said here once more, so that the rule itself is under test."""
        if self.engagement is None or person is None:
            return False
        if self.is_draft:
            return self.engagement.logged_by == person
        if self.note and (person not in self.note.told or person.clearance < self.note.sensitivity):
            return False
        return person.clearance >= self.engagement.sensitivity


# What is not there, named as a record and as a draft would be; numbers that stand nowhere else.
ABSENT = Record(reference="IE-2027-7999", pk=707999, key=UUID(int=7999))
ABSENT_DRAFT = Record(reference="707999", pk=707999)


@dataclass(frozen=True, kw_only=True)
class World:
    people: dict[str, User]
    records: dict[str, Record]
    notes: dict[str, Record]
    partner: Partner
    archived: Partner
    contact: Contact
    objective: Objective
    framework: Framework
    waiting: Framework
    country: Country
    office: Office
    view: SavedView
    load: Load

    @property
    def region(self):
        return self.country.region


def make_world() -> World:
    people = {
        name: make_user(f"person{number}", role, office=make_office(office), clearance=clearance)
        for number, (name, (role, office, clearance)) in enumerate(PEOPLE.items())
    }
    author = make_user("author", Role.STAFF, clearance=B)
    country = make_country("NO", region=make_region("150"))
    partner = make_partner("UNODC", country=country)
    framework = make_framework("PILLARS", FrameworkKind.PILLAR)
    objective = make_objective("P1", framework)
    for kind in (FrameworkKind.PRIORITY, FrameworkKind.MANDATE):
        make_objective(f"{kind}-1", make_framework(kind.upper(), kind))
    waiting = make_framework("SIX", kind=FrameworkKind.PRIORITY, adopted=False)
    make_objective("SIX-1", waiting)

    def record(number: int, word: str, **kwargs) -> Record:
        is_draft = kwargs.get("stage") == Stage.DRAFT
        # Nothing leads to a draft by a reference: its key is tried in that place.
        reference = str(number) if is_draft else f"IE-2027-{number % 10000}"
        defaults = {
            "stage": Stage.SUBMITTED,
            "logged_by": author,
            "reference": None if is_draft else reference,
            "lead_office": author.office,
            "lead_officer": author,
            "title_en": f"{word} visit",
            "title_fr": f"Visite {word}",
        }
        engagement = make_engagement(
            pk=number,
            partners=[partner],
            objectives=[objective],
            countries=[country],
            **defaults | kwargs,
        )
        return Record(reference=reference, pk=number, engagement=engagement)

    records = {
        "Unclassified": record(707001, "Umbra", sensitivity=U),
        "Protected A": record(707002, "Aurora", sensitivity=A),
        "Protected B": record(707003, "Borealis", sensitivity=B),
        "another's draft": record(707004, "Penumbra", stage=Stage.DRAFT),
        "own draft": record(707005, "Eclipse", stage=Stage.DRAFT, logged_by=people["staff"]),
    }

    def note(number: int, word: str, about: str, told: Iterable[User], **kwargs) -> Record:
        record, key = records[about], UUID(int=number)
        made = make_note(record.engagement, key=key, text=f"{word} matters", people=told, **kwargs)
        made.told = {*told, made.written_by}
        return replace(record, key=key, note=made)

    everyone = people.values()
    return World(
        people=people,
        records=records,
        notes={
            "note for everyone": note(7001, "Meridian", "Unclassified", everyone),
            "note for others": note(7002, "Occident", "Unclassified", []),
            "Protected B note": note(7003, "Zenith", "Unclassified", everyone, sensitivity=B),
            "note in what is Protected B": note(7004, "Nadir", "Protected B", everyone),
        },
        partner=partner,
        contact=make_contact(partner),
        archived=make_partner("OLD", archived_at=people["staff"].date_joined, archive_reason="x"),
        objective=objective,
        framework=framework,
        waiting=waiting,
        country=country,
        office=author.office,
        view=make_view(owner=people["staff"]),
        load=make_load(people["staff"]),
    )
