"""One engagement with all that hangs on it, in few questions: what its own page shows."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from accounts.models import User
from common.answered import heard
from common.history.said import Known
from common.prepared import ask_for
from common.rows import RowsOf, fill
from engagements import counting
from engagements.alignments import alignments_of
from engagements.index import current
from engagements.models import Engagement, EngagementQuerySet, Note, Participation
from objectives.models import Framework, in_force_among
from partners.models import Country, FormerName

PEOPLE = ("lead_officer", "logged_by", "changed_by", "decided_by")


@dataclass(frozen=True, kw_only=True)
class Whole:
    """`in_force`: the kinds of framework in force on its day, in order; `has_notes`: some to be read."""

    engagement: Engagement
    in_force: list[str]
    may_edit: bool
    has_notes: bool

    # Partner → how many other engagements of it the reader may see.
    others: Mapping[int, int]

    @property
    def known(self) -> Known:
        """What its history may name, and is at hand."""
        one = self.engagement
        people = [getattr(one, name) for name in PEOPLE]
        people += [alignment.made_by for alignment in one.alignments.all()]
        return {
            "partner": {part.partner.code: part.partner for part in one.participations.all()},
            "country": {country.iso2: country for country in one.countries.all()},
            "objective": {a.objective.code: a.objective for a in one.alignments.all()},
            "office": {one.lead_office.code: one.lead_office} if one.lead_office else {},
            "person": {person.pk: person for person in people if person},
        }


def whole(reference: str, *, reader: User) -> Whole:
    """The logged engagement of this reference; Http404 where its reader may not see it."""
    found = ask_for(reader, "whole", asked, reference=reference)
    if not found:
        raise Http404
    engagement: Any = found[0]
    held = heard(is_held)
    its_parts = partial(parts, is_held=held)
    took_part = ask_for(reader, ("parts", held), its_parts, engagement=engagement.pk)
    fill(engagement, "countries", [Country(**row) for row in engagement.at_countries])
    fill(engagement, "participations", took_part)
    alignments_of(engagement)
    for part in took_part:
        fill(part.partner, "former_names", [FormerName(**row) for row in part.at_former])
    return Whole(
        engagement=engagement,
        in_force=in_force(engagement.at_frameworks, engagement.framework_day),
        may_edit=engagement.at_may_edit,
        has_notes=engagement.at_has_notes,
        others=others_of(engagement, reader),
    )


def is_held() -> bool:
    """Whether the index counts just now."""
    return current.now() is not None


def others_of(engagement: Engagement, reader: User) -> Mapping[int, int]:
    """By the index where there is one; else they came with the partners."""
    parts: Any = engagement.participations.all()
    if any(hasattr(part, "at_others") for part in parts):
        return {part.partner_id: part.at_others for part in parts}
    partners = tuple(dict.fromkeys(part.partner_id for part in parts))
    return dict(heard(partial(_counted, engagement.pk, partners, reader=reader)))


def _counted(
    engagement: int, partners: tuple[int, ...], *, reader: User
) -> tuple[tuple[int, int], ...]:
    visible = Engagement.objects.visible_to(reader).logged()
    counted = counting.tally_besides(engagement, visible, "partner", partners)
    return tuple(counted.items())


def asked(reader: User, reference: str) -> EngagementQuerySet:
    found = Engagement.objects.visible_to(reader).logged().filter(reference=reference)
    editable = Engagement.objects.editable_by(reader).filter(pk=OuterRef("pk"))
    notes = Note.objects.readable_by(reader).filter(engagement=OuterRef("pk"))
    countries = Country.objects.filter(engagements=OuterRef("pk")).order_by("iso2")
    frameworks = Framework.objects.adopted().in_order()
    return found.select_related("lead_office", *PEOPLE).annotate(
        at_may_edit=Exists(editable),
        at_has_notes=Exists(notes),
        at_countries=RowsOf(countries, id="pk", iso2="iso2", name_en="name_en", name_fr="name_fr"),
        at_frameworks=RowsOf(
            frameworks, kind="kind", in_force_from="in_force_from", in_force_to="in_force_to"
        ),
    )


def parts(reader: User, engagement: int, *, is_held: bool) -> models.QuerySet[Participation]:
    """With partners, their former names, and how many other engagements of each the reader may see.

    These are not counted here where an index has them: `is_held`.
    """
    former = FormerName.objects.filter(partner=OuterRef("partner"))
    names = ("id", "name_en", "name_fr", "acronym_en", "acronym_fr", "used_from", "used_until")
    of_it = Participation.objects.filter(engagement=engagement)
    found = of_it.select_related("partner__parent").annotate(
        at_former=RowsOf(former, **{name: name for name in names})
    )
    if is_held:
        return found
    return found.annotate(at_others=Coalesce(Subquery(others(reader)), 0))


def others(reader: User) -> models.QuerySet[Any, Any]:
    visible = Engagement.objects.visible_to(reader).logged().filter(pk=OuterRef("engagement"))
    further = Participation.objects.filter(Exists(visible), partner=OuterRef("partner"))
    counted = further.exclude(engagement=OuterRef("engagement")).order_by().values("partner")
    return counted.annotate(n=Count("engagement", distinct=True)).values("n")


def in_force(adopted: Iterable[Mapping[str, Any]], day: dt.date) -> list[str]:
    """The kinds of those in force on the day, of adopted frameworks in order."""
    frameworks = [
        Framework(
            kind=row["kind"],
            in_force_from=day_of(row["in_force_from"]),
            in_force_to=day_of(row["in_force_to"]),
        )
        for row in adopted
    ]
    return [framework.kind for framework in in_force_among(frameworks, day)]


def day_of(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
