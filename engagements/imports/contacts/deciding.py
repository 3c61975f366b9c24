"""What becomes of each row of a list of contacts: who it is about, at which partner."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from common.text import fold
from engagements.imports.contacts.form import ContactRowForm, data_of
from engagements.imports.contacts.reading import ContactReader
from engagements.imports.directory.deciding import ListDecider, ListDecision
from engagements.imports.matching.results import Proposals
from engagements.imports.new_partners import stand_in
from engagements.imports.plan import Outcome, PlannedRow, Problem, Why
from engagements.imports.rows import Asked, RowRead
from partners.contacts.forms import words_in
from partners.models import Contact, Partner

POSTS = ("post_en", "post_fr")
# A partner's code, and who: the words of a name; or where there is none, those of a post.
Key = tuple[str, str, frozenset[str]]


class ContactDecision(ListDecision[Contact]):
    """Its columns are those of the form; at which partner is the decider's to say."""


class ContactDecider(ListDecider[Contact, ContactDecision]):
    """`here`: the contacts of the partners that the file names."""

    decision = ContactDecision
    told_by = {"text_language": "note"}

    def __init__(
        self, reader: ContactReader, loaded: dict[str, str], here: Iterable[Contact]
    ) -> None:
        super().__init__(reader, loaded)
        self.form = ContactRowForm()
        self.matcher = reader.matchers.partners
        self.new = {c: stand_in(c, name, reader) for c, name in reader.new_names.items()}
        self.here: dict[Key, list[Contact]] = defaultdict(list)
        self.by_key: dict[str, Contact] = {}
        self._taken: dict[tuple[str, str], Contact | int] = {}
        self._told: dict[Key, int] = {}
        for contact in here:
            self._know(contact)

    def _know(self, contact: Contact) -> None:
        code = contact.partner.code
        self.by_key[str(contact.key)] = contact
        for key in keys_of(code, contact.name, (contact.post_en, contact.post_fr)):
            self.here[key].append(contact)
        if not contact.is_gone:
            self._taken[code, contact.likeness] = contact

    # Who it is

    def told(self, row: RowRead, said: str) -> ContactDecision:
        keys = self._keys(row)
        if said != "create":
            found = self._found(row, keys)
            if len(found) > 1:
                message = _(
                    "This partner has more than one contact called “%(name)s”. Give the post of the one "
                    "it is, as it stands here."
                )
                return self.wrong(row, "name", message % {"name": name_in(row)})
            if found:
                return self.laid(row, found[0], sure=said == "update")
            if repeats := self._told_before(keys):
                reason = _("Row %(row)s names the same person at the same partner.")
                return self.out(
                    row, Why.LIKE_ROW, repeats=repeats, reason=reason % {"row": repeats}
                )
        for key in keys:
            self._told.setdefault(key, row.number)
        return self.judged(row, self.data(row), None, asked=[*row.asked, *self._needs(row)])

    def known(self, row: RowRead, planned: PlannedRow) -> PlannedRow:
        """A contact is called by its name; its key tells nobody anything."""
        contact = self.by_key.get(self.loaded[row.fingerprint])
        if contact is None:
            return planned
        message = _("This very row was loaded before, as %(contact)s.")
        reason = message % {"contact": contact.label}
        return replace(planned, record_title=contact.label, reason=reason)

    def _keys(self, row: RowRead) -> list[Key]:
        code = self._partner(row)
        posts = ("".join(row.input(name)) for name in POSTS)
        return keys_of(code, name_in(row), posts) if code else []

    def _found(self, row: RowRead, keys: list[Key]) -> list[Contact]:
        """Those of this name, who are there rather than who was; of several the one in this post."""
        found = {one.pk: one for key in keys for one in self.here.get(key, ())}
        several = [one for one in found.values() if not one.is_gone] or list(found.values())
        posts = {fold(text) for name in POSTS for text in row.input(name)}
        in_post = [one for one in several if posts & {fold(one.post_en), fold(one.post_fr)}]
        return in_post or several

    def _told_before(self, keys: list[Key]) -> int:
        return min((self._told[key] for key in keys if key in self._told), default=0)

    def _partner(self, row: RowRead) -> str:
        """The code of the partner it names, or of the one that was said for the file; "" for none."""
        codes = [*row.input("partner"), *self.answers.default_list("partners")]
        return next((c for c in codes if c in self.new or c in self.matcher.by_code), "")

    def _needs(self, row: RowRead) -> list[Asked]:
        waiting = {asked.field for asked in row.asked} | {wrong.field for wrong in row.problems}
        if "partners" in waiting or self._partner(row):
            return []
        message = _("Rows that name no partner: where are these people?")
        return [Asked("defaults", "partners", "partners", Proposals((), message))]

    # The form

    def data(self, row: RowRead, record: Contact | None = None) -> QueryDict:
        if record is None:
            data = QueryDict(mutable=True)
            data["text_language"] = self.reader.language
            return self.over(data, row)
        return self.over(data_of(record), self._but_what_is_here(row, record))

    def _but_what_is_here(self, row: RowRead, record: Contact) -> RowRead:
        """Without what the record says: of a post and a note nobody said which language the row's is in."""
        here = {"post": {record.post_en, record.post_fr}, "note": {record.note}}
        told = {
            name: inputs
            for name, inputs in row.told.items()
            if name not in here or fold(next(iter(inputs.values()))[0]) not in map(fold, here[name])
        }
        return replace(row, told=told)

    def inputs_written(self) -> list[str]:
        return [name for name in self.form.base_fields if name != "key"]

    def more_wrong(self, one: ContactDecision) -> Iterator[Problem]:
        """No partner has the same person in the same post twice: as the page says of it."""
        code = self._partner(one.row)
        if not code or self.form.problems:
            return
        told = {name: one.columns[name] for name in ("name", *POSTS)}
        contact = Contact(**told)
        contact.fold_names()
        taken = self._taken.setdefault((code, contact.likeness), one.row.number)
        if taken in (one.row.number, one.record):
            return
        if isinstance(taken, Contact):
            yield self.problem(one.row, "name", _("This partner has that contact already."))
        else:
            message = _("Row %(row)s names the same person in the same post.")
            yield self.problem(one.row, "name", message % {"row": taken})

    def why_like(self, record: Contact) -> str:
        about = {"contact": record.label, "partner": record.partner.label}
        if record.is_gone:
            return _("%(contact)s is known at %(partner)s, and marked as no longer there.") % about
        return _("%(contact)s is known at %(partner)s.") % about

    def why_same(self, record: Contact) -> str:
        return _("It says what is known of %(contact)s already.") % {"contact": record.label}

    def shown(self, name: str, value: Any) -> str:
        choices = dict(getattr(self.form.fields[name], "choices", ()))
        return str(choices.get(value, value)) if value else ""

    def field_of(self, name: str, row: RowRead) -> str:
        if name == "name" and "name" not in self.reader.columns:
            of_parts = ("family_name", "given_name", "post", *POSTS)
            return next((each for each in of_parts if each in self.reader.columns), name)
        if name in POSTS and name not in row.told and "post" in row.told:
            return "post"
        return super().field_of(name, row)

    def planned(
        self,
        row: RowRead,
        data: QueryDict,
        outcome: Outcome,
        record: Contact | None = None,
        why: str = "",
    ) -> PlannedRow:
        code = record.partner.code if record else self._partner(row)
        new = self.new.get(code)
        asked = tuple(each.value for each in row.asked if each.field == "partners")
        named = (new.name_en or new.name_fr) if new else code
        post = (
            data.get(f"post_{self.reader.language}") or data.get("post_en") or data.get("post_fr")
        )
        return PlannedRow(
            number=row.number,
            outcome=outcome,
            why=why,
            title=data.get("name") or post or "",
            post=(post or "") if data.get("name") else "",
            partners=(named,) if named else asked,
            record=str(record.key) if record else "",
            record_title=record.label if record else "",
        )

    # Written

    def partner_of(self, one: ContactDecision) -> Partner:
        code = self._partner(one.row)
        return self.new.get(code) or self.matcher.by_code[code]


def keys_of(code: str, name: str, posts: Iterable[str]) -> list[Key]:
    """A person is known by the words of the name, in whatever order; nobody of a name by a post."""
    if name:
        return [(code, "name", words_in(name))]
    return [(code, "post", words) for words in dict.fromkeys(map(words_in, posts)) if words]


def name_in(row: RowRead) -> str:
    return "".join(row.input("name"))
