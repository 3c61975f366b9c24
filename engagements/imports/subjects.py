"""What a list may be of, and all that differs by it: every other module of a load goes by its Subject."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.sheets.tables import Table
from engagements.imports import checking, headings, undo_engagements, write_engagements
from engagements.imports import mapping as columns
from engagements.imports.answers import Answers
from engagements.imports.answers_told import WITH_DEFAULT
from engagements.imports.checking import Told
from engagements.imports.contacts import fields as contact_fields
from engagements.imports.contacts import saving as contact_saving
from engagements.imports.contacts import undoing as contact_undoing
from engagements.imports.fields import FIELDS, Field
from engagements.imports.matching.matchers import Matchers
from engagements.imports.matching.partner_kinds import PartnerKindMatcher
from engagements.imports.partners import fields as partner_fields
from engagements.imports.partners import saving as partner_saving
from engagements.imports.partners import undoing as partner_undoing
from engagements.imports.plan import Plan
from engagements.imports.undone import Rows, Undone
from engagements.kinds import Kind
from engagements.models import Load, LoadedRow
from partners.models import Partner


class CheckedFile(Protocol):
    """What was found in a file, as its subject keeps it: the plan, and what would be written."""

    plan: Plan
    table: Table | None
    mapping: dict[int, str]


class Undoing(Protocol):
    def sorted_out(self, rows: Rows, *, by: User) -> Undone:
        """What would go, be put back and stay. Writes nothing."""

    def take_back(self, planned: Undone, *, by: User) -> None:
        """Do it, in the transaction of the load."""


def nothing_to_get_ready(*, by: User, checked: CheckedFile) -> None:
    """Lists of few rows: nobody waits long for them."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """fields        what a column can be of
    with_default  of these one may be told once for all rows
    may_load      who may bring in such a list; why_not says who may
    needs         what no record is saved without, and the fields that say it
    kinds         what the section "kinds" of the answers is about
    creates_partners  whether a partner that is not here may be created with what names it
    knows         how well a text is known as a heading
    guess         the mapping of a table; with what the matchers know, where they are given
    work          every row checked: the plan, and what would be written
    written       the records saved: what came of each row
    get_ready     what of saving them needs no database, done before
    """

    name: str
    fields: Mapping[str, Field]
    with_default: tuple[str, ...]
    may_load: Callable[[User], bool]
    why_not: Promise
    needs: tuple[tuple[Promise, tuple[str, ...]], ...]
    kinds: type[TextChoices]
    creates_partners: bool
    matchers: Callable[[], Matchers]
    knows: Callable[[str], float]
    guess: Callable[[Table, Callable[[], Matchers] | None], dict[int, str]]
    work: Callable[..., CheckedFile]
    written: Callable[..., Iterable[LoadedRow]]
    undoing: Undoing
    get_ready: Callable[..., None] = nothing_to_get_ready

    @property
    def label(self) -> str:
        return str(Load.Subject(self.name).label)


def subject_of(load: Load) -> Subject:
    return SUBJECTS[load.subject]


def subjects_for(user: User) -> list[Subject]:
    """Those of which this person may load a list, the first being what most people bring."""
    return [subject for subject in SUBJECTS.values() if subject.may_load(user)]


# Engagements


def guess_engagements(table: Table, matchers: Callable[[], Matchers] | None) -> dict[int, str]:
    """A column of partners is borne out by its texts, where it is known who is called what."""
    if matchers is None:
        return columns.guess(table)
    read = matchers()
    known = {
        "countries": read.countries.knows,
        "partners": read.partners.knows,
        "kind": read.kinds.knows,
        "objectives": read.objectives.knows,
    }
    return columns.guess(table, known)


def check_engagements(
    *,
    load: Load,
    table: Table,
    mapping: dict[int, str],
    answers: Answers,
    matchers: Matchers,
    told: Told,
) -> checking.Checked:
    return checking.work(
        table=table,
        mapping=mapping,
        answers=answers,
        user=load.by,
        office=load.office,
        told=told,
        matchers=matchers,
    )


# Partners


def matchers_of_partners() -> Matchers:
    return replace(Matchers.load(), kinds=PartnerKindMatcher())


def check_partners(*, load: Load, told: Told, **about: Any) -> partner_saving.CheckedPartners:
    return partner_saving.work(user=load.by, **about)


# Contacts


def check_contacts(*, load: Load, told: Told, **about: Any) -> contact_saving.CheckedContacts:
    return contact_saving.work(user=load.by, **about)


SUBJECTS: dict[str, Subject] = {
    subject.name: subject
    for subject in (
        Subject(
            name=Load.Subject.ENGAGEMENTS.value,
            fields=FIELDS,
            with_default=WITH_DEFAULT,
            may_load=lambda user: user.is_contributor,
            why_not=_("This person may not log engagements. Give somebody who may with --as."),
            needs=(
                (_("Title"), ("title", "title_en", "title_fr")),
                (_("Kind"), ("kind",)),
                (_("Start"), ("start",)),
                (_("One partner"), ("partners",)),
                (_("One pillar"), ("pillars", "objectives")),
            ),
            kinds=Kind,
            creates_partners=True,
            matchers=Matchers.load,
            knows=headings.knows,
            guess=guess_engagements,
            work=check_engagements,
            written=write_engagements.written,
            get_ready=write_engagements.get_ready,
            undoing=undo_engagements,
        ),
        Subject(
            name=Load.Subject.PARTNERS.value,
            fields=partner_fields.PARTNER_FIELDS,
            with_default=partner_fields.WITH_DEFAULT,
            # They alone keep partners.
            may_load=lambda user: user.is_administrator,
            why_not=_("Only administrators load partners. Give one with --as."),
            needs=((_("Name"), ("name", "name_en", "name_fr")), (_("Kind"), ("kind",))),
            kinds=Partner.Kind,
            creates_partners=False,
            matchers=matchers_of_partners,
            knows=partner_fields.HEADINGS.knows,
            guess=lambda table, matchers: partner_fields.HEADINGS.guess(table),
            work=check_partners,
            written=partner_saving.written,
            undoing=partner_undoing,
        ),
        Subject(
            name=Load.Subject.CONTACTS.value,
            fields=contact_fields.CONTACT_FIELDS,
            with_default=contact_fields.WITH_DEFAULT,
            may_load=lambda user: user.is_contributor,
            why_not=_("This person may not add contacts. Give somebody who may with --as."),
            needs=(
                (
                    _("Name or post"),
                    ("name", "given_name", "family_name", "post", "post_en", "post_fr"),
                ),
                (_("Partner"), ("partners",)),
            ),
            kinds=Partner.Kind,
            creates_partners=True,
            matchers=matchers_of_partners,
            knows=contact_fields.HEADINGS.knows,
            guess=lambda table, matchers: contact_fields.guess(table),
            work=check_contacts,
            written=contact_saving.written,
            undoing=contact_undoing,
        ),
    )
}
