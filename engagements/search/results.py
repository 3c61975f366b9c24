"""What one page shows of a search: engagements and who leads them, partners, contacts, objectives.

Everything starts at what the reader may see. Partners, contacts and objectives are open to everyone who is
signed in.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from accounts.models import User
from common.bilingual import other_language, reader_language, text_in_language
from common.search.analysis import HYPHENS
from common.search.asking import MOST_TERMS, Asked, Term, asked
from common.search.marks import Piece, marked, snippet, told_by
from common.search.names import Names, names_of
from engagements import counting
from engagements.filters import EngagementFilter
from engagements.listing import Listed
from engagements.models import Engagement, EngagementQuerySet, Participation
from engagements.search.dates import Dated, dated
from engagements.search.finding import PARTNER, names_now
from engagements.search.leads import Lead, Leads
from engagements.search.lines import FIELDS, languages_read
from engagements.search.naming import Called, called, language_of, without_told
from engagements.search.people import People
from engagements.search.ranking import MOST_RANKED, ranked
from objectives.models import Objective
from partners.models import Contact, Country, Partner

SHOWN, FEW = 20, 5
REFERENCE = re.compile(rf"\s*(ie)[\s{HYPHENS}]*(\d{{4}})[\s{HYPHENS}]+(\d{{1,9}})\s*", re.I)
# Never quoted: the number stands beside the title, and the title is shown whole.
QUOTED = [name for name in FIELDS if name != "reference"]


@dataclass(frozen=True, kw_only=True)
class Shown:
    """An engagement with what was asked for marked in it: pieces of its title, of a text, of its partners."""

    engagement: Engagement
    title: list[Piece]
    title_language: str
    text: list[Piece] = field(default_factory=list)
    text_language: str = ""
    names: list[Called] = field(default_factory=list)


@dataclass(frozen=True)
class OfTime:
    """How many engagements went on at a time that somebody named, and where they are listed."""

    meant: Dated
    count: int
    found: EngagementQuerySet

    @property
    def url(self) -> str:
        return f"{reverse('engagements:list')}?{self.meant.query}"


@dataclass(frozen=True, kw_only=True)
class Person:
    """A contact: its name and post, its address of mail, and its partner, in pieces."""

    contact: Contact
    name: list[Piece]
    email: list[Piece]
    partner: list[Piece]


def referenced(text: str, user: User) -> Engagement | None:
    """The engagement whose number this is, if the reader may see it."""
    match = REFERENCE.fullmatch(text)
    if not match:
        return None
    # As it is written, or without the noughts before the number.
    reference = f"{match[1]}-{match[2]}-{match[3].zfill(4)}".upper()
    return Engagement.objects.visible_to(user).filter(reference=reference).first()


class Results:
    """What `text` finds for this reader. Each part is asked for when the page comes to it, and once."""

    def __init__(self, text: str, user: User) -> None:
        self.text, self.user = text, user
        self.asked: Asked = asked(text)
        self.readable = Engagement.objects.visible_to(user)

    @cached_property
    def names(self) -> Names:
        return counting.told("names", names_now)

    # Engagements

    @cached_property
    def _found(self):
        """Exactly what the list shows for these words."""
        return self.readable.logged().matching(self.text, self.names)

    @cached_property
    def count(self) -> int:
        return counting.count(self._found)

    @property
    def is_partly_ranked(self) -> bool:
        return self.count > MOST_RANKED

    @property
    def most_ranked(self) -> int:
        return MOST_RANKED

    @property
    def list_url(self) -> str:
        return f"{reverse('engagements:list')}?{urlencode({'q': self.text})}"

    @cached_property
    def engagements(self) -> list[Shown]:
        """The first of them, the best first."""
        if not self.count:
            return []
        newest = Listed(self._found, self.readable, order="newest").cut(0, MOST_RANKED)
        best = ranked(newest, self.asked.wanted, self.names)[:SHOWN]
        rows = for_showing(self.readable.filter(pk__in=best)).in_bulk()
        # Somebody may have marked one higher since it was found.
        return [self._shown(rows[pk]) for pk in best if pk in rows]

    @cached_property
    def dated(self) -> OfTime | None:
        """Those of the time that is named in the text, with its other words, where there are any."""
        if (meant := dated(self.text)) is None:
            return None
        filters = EngagementFilter(QueryDict(meant.query), self.readable, user=self.user)
        count = 0 if filters.problems else counting.count(filters.qs)
        return OfTime(meant, count, filters.qs) if count else None

    @cached_property
    def drafts(self) -> list[Shown]:
        """The reader's own, the last changed first."""
        found = self.readable.drafts_of(self.user).matching(self.text, self.names)
        if not counting.count(found):
            return []
        last = Listed(found, self.readable, order="changed").cut(0, FEW)
        return [self._shown(each) for each in for_showing(last)]

    def _shown(self, engagement: Engagement) -> Shown:
        title = text_in_language(engagement, "title")
        name, text, language = self._telling(engagement, f"title_{title.language}", title.value)
        quoted = snippet(text, self._marking) if name else []
        said = title.value, "".join(piece.text for piece in quoted)
        return Shown(
            engagement=engagement,
            title=marked(title.value, self._marking),
            title_language=language_of(title.language),
            text=quoted,
            text_language=language_of(language),
            names=list(self._names_of(engagement, *said)),
        )

    def _names_of(self, engagement: Engagement, *said: str) -> Iterator[Called]:
        """Its partners and countries; with another name where nothing else shown tells a word."""
        records = partners_of(engagement)
        untold = without_told(self._marking, *said, *map(str, records))
        for record in records:
            one = called(record, self._marking, untold)
            untold = without_told(untold, "".join(piece.text for piece in one.also))
            yield one

    def _telling(self, engagement: Engagement, shown: str, title: str) -> tuple[str, str, str]:
        """The field that says most of what was asked for and its title does not; its text and language."""
        said = told_by(title, self._marking)
        best: tuple[int, int, str, str, str] | None = None
        for name in QUOTED:
            text = getattr(engagement, name)
            if name == shown or not text:
                continue
            told = told_by(text, self._marking)
            worth = (len(told - said), len(told))
            # The title in the other language says what this one says.
            if name.startswith("title") and not worth[0]:
                continue
            if told and (best is None or worth > best[:2]):
                language = next(iter(languages_read(FIELDS[name], engagement.text_language)), "")
                best = (*worth, name, text, language)
        return best[2:] if best else ("", "", "")

    @cached_property
    def _marking(self) -> list[Term]:
        """What is marked: the words asked for, and those of names that they are a slip away from."""
        return [self.names.forgiving(term) for term in self.asked.wanted]

    @cached_property
    def forgiven(self) -> list[Term]:
        """Words that nobody is called by, but for a slip."""
        return [
            term
            for term in self.asked.wanted
            if not self.names.found(term) and self.names.meant(term)
        ]

    # Partners and objectives

    @cached_property
    def partners(self) -> list[Called]:
        """Those of whom a name has every word; with every word anywhere in their names."""
        return self._called(self._partners)

    @cached_property
    def _partners(self) -> set[int]:
        return {key for of, key in self.names.all_of(self.asked) if of == PARTNER}

    @property
    def more_partners(self) -> str:
        """Where all of them are listed, if they are more than stand here and the list finds them."""
        if len(self._partners) <= FEW or self.forgiven:
            return ""
        return f"{reverse('partners:list')}?{urlencode({'q': self.text})}"

    @cached_property
    def nearly(self) -> list[Called]:
        """Partners by one of the words: offered where nothing was found."""
        # A word that names few tells most.
        for _number, keys in sorted(
            (len(keys), keys) for keys in map(self._meant, self.asked.wanted)
        ):
            if keys:
                return self._called(keys)
        return []

    def _meant(self, term: Term) -> list[int]:
        return sorted(key for of, key in self.names.meant(term) if of == PARTNER)

    @cached_property
    def objectives(self) -> list[Called]:
        names = counting.told("names of objectives", _names_of_objectives)
        keys = [key for _of, key in names.all_of(self.asked, forgiving=False)]
        if not keys:
            return []
        found = Objective.objects.filter(pk__in=keys).select_related("framework").in_order()
        return [self._objective(each) for each in found[:FEW]]

    def _objective(self, objective: Objective) -> Called:
        """With its wording in the language that has a word, where its short name has none."""
        name = marked(str(objective), self.asked.wanted)
        if any(piece.hit for piece in name):
            return Called(record=objective, name=name)
        for language in (reader_language(), other_language()):
            also = snippet(getattr(objective, f"wording_{language}"), self.asked.wanted)
            if any(piece.hit for piece in also):
                told = language_of(language)
                return Called(record=objective, name=name, also=also, also_language=told)
        return Called(record=objective, name=name)

    def _called(self, keys: Iterable[int]) -> list[Called]:
        found = Partner.objects.filter(pk__in=list(keys)).by_name(reader_language())
        # Whose whole name or acronym it is comes first, whoever is archived last.
        rank = {
            key: (
                archived is not None,
                self.names.length((PARTNER, key), self._marking) or MOST_TERMS,
            )
            for key, archived in found.values_list("pk", "archived_at")
        }
        best = sorted(rank, key=lambda key: rank[key])[:FEW]
        known = Partner.objects.select_related("country").prefetch_related("former_names")
        of_key = known.in_bulk(best)
        return [self._partner(of_key[key]) for key in best if key in of_key]

    def _partner(self, partner: Partner) -> Called:
        untold = without_told(self._marking, str(partner))
        return called(partner, self._marking, untold)

    # Contacts

    @cached_property
    def _people(self) -> People:
        return People(self.asked, self.names)

    @cached_property
    def contacts(self) -> list[Person]:
        """Who is there first; then by how well they answer."""
        return [
            Person(
                contact=each,
                name=marked(each.label, self._people.terms),
                email=marked(each.email, self._people.terms),
                partner=marked(each.partner.label, self._marking),
            )
            for each in self._people.best(FEW)
        ]

    @property
    def more_contacts(self) -> int:
        """How many more there are than are shown."""
        return self._people.count - len(self.contacts) if len(self.contacts) == FEW else 0

    # Who leads engagements

    @cached_property
    def _leads(self) -> Leads:
        """A slip is forgiven where the words find nothing else: "marine" is no slip for "Martine"."""
        forgiving = not (self.count or self._partners)
        return Leads(self.asked, self.readable.logged(), forgiving)

    @cached_property
    def leads(self) -> list[Lead]:
        return self._leads.best(FEW)

    @property
    def more_leads(self) -> int:
        """How many more there are than are shown."""
        return self._leads.count - len(self.leads) if len(self.leads) == FEW else 0

    # What the page says

    @property
    def level(self) -> int:
        """The highest marking of what is shown or counted."""
        drafts = [each.engagement.sensitivity for each in self.drafts]
        counted = [self._found, *([self.dated.found] if self.dated else [])]
        counted += [self._leads.led] if self.leads else []
        return max([counting.highest_sensitivity(*counted), *drafts])

    @property
    def is_empty(self) -> bool:
        return not (
            self.count
            or self.drafts
            or self.partners
            or self.objectives
            or self.contacts
            or self.leads
        )

    @property
    def most_terms(self) -> int:
        return MOST_TERMS

    @property
    def fewer(self) -> list[tuple[str, str]]:
        """Each of several words that finds something by itself, with the address that looks for it."""
        wanted = self.asked.wanted
        if len(wanted) < 2:
            return []
        return [
            (term.typed, search_for(quoted(term))) for term in wanted[:FEW] if self._finds(term)
        ]

    def _finds(self, term: Term) -> bool:
        found = self.readable.logged().matching(quoted(term), self.names)
        return bool(self.names.meant(term) or self._leads.have(term) or counting.count(found))

    @property
    def instead(self) -> list[tuple[str, str]]:
        """The same with a word of a name in the place of one that misses a letter of it."""
        wanted = self.asked.wanted
        found = []
        for place, term in enumerate(wanted):
            for word in self.names.longer_by_one(term.word) if not self.names.found(term) else []:
                typed = [quoted(one) for one in wanted]
                typed[place] = word
                found.append((" ".join(typed), search_for(" ".join(typed))))
        return found[:FEW]


def search_for(text: str) -> str:
    return f"{reverse('search:results')}?{urlencode({'q': text})}"


def _names_of_objectives() -> Names:
    rows = Objective.objects.order_by().values_list(
        "pk", "code", "short_en", "short_fr", "wording_en", "wording_fr",
        "framework__title_en", "framework__title_fr",
    )  # fmt: skip
    return names_of(tuple((("objective", pk), "\n".join(texts)) for pk, *texts in rows))


def quoted(term: Term) -> str:
    """A term as it is typed."""
    if not term.word and term.phrases:
        return f'"{term.typed}"'
    return f"{term.typed}*" if term.word in term.beginnings else term.typed


def for_showing(engagements):
    """With what a result shows, in a fixed number of queries."""
    names = "countries", "participations__partner__former_names"
    return engagements.prefetch_related(*names).defer("search_text")


def partners_of(engagement: Engagement) -> Sequence[Partner | Country]:
    """Each once, in their order; then where it was."""
    parts: Iterable[Participation] = engagement.participations.all()
    return [*dict.fromkeys(part.partner for part in parts), *engagement.countries.all()]
