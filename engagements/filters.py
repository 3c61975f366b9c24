"""The one filter: behind list, dashboard, export, and every figure's link.

Its parameters are what people share in addresses, so they are stable; see docs/addresses.md.
"""

from collections.abc import Callable, Iterable
from functools import cached_property, reduce
from operator import or_
from typing import Any, TypeVar

import django_filters
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Office, User
from common.filter_fields import CodesFilter, DayFilter, WordsFilter, choices, records
from common.filters import AddressFilter, Choice, query_string
from engagements import counting
from engagements.filter_fields import (
    AlsoField,
    fiscal_years,
    just_one,
    loads_of,
    months,
    partners_by_code_or_name,
    told_records,
    when_loaded,
    years_in_a_row,
)
from engagements.gaps import Gap, Known, knows, lacks, starts_in
from engagements.kinds import Kind, Stage
from engagements.models import EngagementQuerySet, LoadedRow
from engagements.narrowing import DAYS, Chosen, objectives_by_code
from engagements.search.finding import names_now
from objectives.crosswalk import Crosswalk
from objectives.models import FrameworkKind, Objective
from partners.models import Country, Partner, Region, beneath, parts_of

# What a figure's link asks for and no control beside the list shows: the form carries it on.
CARRIED = (
    "mapped",
    "unmapped",
    "month",
    "given",
    "received",
    "gap",
    "known",
    "editable",
    "load",
    "also",
)

T = TypeVar("T")


class EngagementFilter(AddressFilter):
    """What an address asks for, over what the reader may see.

    `queryset` starts at visible_to(user). Drafts are left out unless stage=draft is asked for.
    """

    q = WordsFilter(method="by_words", label=_("Words"))
    fy = CodesFilter(
        method="by_fiscal_year",
        label=_("Fiscal year"),
        find=fiscal_years,
        unknown=_("“%(value)s” is not a fiscal year. Write it as 2026-27, or “unknown”."),
    )
    month = CodesFilter(
        method="by_month",
        label=_("Start known to the month"),
        find=months,
        unknown=_("“%(value)s” is not a month. Write it as 2026-04, or “unknown”."),
    )
    kind = CodesFilter(
        method="by_kind",
        label=_("Kind"),
        find=choices(Kind),
        unknown=_("There is no kind “%(value)s”."),
    )
    stage = CodesFilter(
        method="by_stage",
        label=_("Stage"),
        find=choices(Stage),
        unknown=_("There is no stage “%(value)s”."),
    )
    objective = CodesFilter(
        method="leave",
        label=_("Objective"),
        find=told_records(Objective.objects.select_related("framework"), "code"),
        unknown=_("There is no objective “%(value)s”."),
    )
    untagged = CodesFilter(
        method="leave",
        label=_("Lacking"),
        find=choices(FrameworkKind),
        unknown=_("There is no kind of framework “%(value)s”."),
    )
    mapped = CodesFilter(
        method="by_mapped",
        label=_("In today’s words"),
        find=told_records(Objective.objects.select_related("framework"), "code"),
        unknown=_("There is no objective “%(value)s”."),
    )
    unmapped = CodesFilter(
        method="by_unmapped",
        label=_("Not to be said in today’s words"),
        find=choices(FrameworkKind),
        unknown=_("There is no kind of framework “%(value)s”."),
    )
    country = CodesFilter(
        method="by_country",
        label=_("Country"),
        find=told_records(Country.objects.all(), "iso2"),
        unknown=_("There is no country with the code “%(value)s”."),
    )
    region = CodesFilter(
        method="by_region",
        label=_("Region"),
        find=told_records(Region.objects.all(), "code"),
        unknown=_("There is no region with the M49 code “%(value)s”."),
    )
    partner = CodesFilter(
        method="by_partner",
        label=_("Partner"),
        find=partners_by_code_or_name(Partner.objects.all()),
        unknown=_("There is no partner “%(value)s”."),
    )
    given = CodesFilter(
        method="by_given",
        label=_("Given to"),
        find=partners_by_code_or_name(Partner.objects.all()),
        unknown=_("There is no partner “%(value)s”."),
    )
    received = CodesFilter(
        method="by_received",
        label=_("Received from"),
        find=partners_by_code_or_name(Partner.objects.all()),
        unknown=_("There is no partner “%(value)s”."),
    )
    gap = CodesFilter(
        method="by_gap",
        label=_("To complete"),
        find=choices(Gap),
        unknown=_("“%(value)s” is nothing that an engagement can lack."),
    )
    known = CodesFilter(
        method="by_known",
        label=_("Known"),
        find=choices(Known),
        unknown=_("“%(value)s” is nothing to ask for here. Write cost, planned-cost or people."),
    )
    office = CodesFilter(
        method="by_office",
        label=_("Office"),
        find=told_records(Office.objects.all(), "code"),
        unknown=_("There is no office “%(value)s”."),
    )
    lead = CodesFilter(
        method="by_lead",
        label=_("Lead officer"),
        find=records(User.objects.all(), "username"),
        unknown=_("There is no person with the user name “%(value)s”."),
    )
    mine = CodesFilter(
        method="by_mine",
        label=_("Mine"),
        find=just_one,
        unknown=_("“mine” takes the value 1 alone."),
    )
    editable = CodesFilter(
        method="by_editable",
        label=_("Rights"),
        find=just_one,
        unknown=_("“editable” takes the value 1 alone."),
    )
    load = CodesFilter(
        method="by_load",
        label=_("Loaded from a spreadsheet"),
        find=loads_of(None),
        unknown=_("There is no load “%(value)s” that you may see something of."),
    )
    also = django_filters.Filter(method="by_also", label=_("Also"))
    also.field_class = AlsoField

    def __init__(
        self,
        data: QueryDict,
        queryset: EngagementQuerySet,
        *,
        user: User,
        also_allowed: Iterable[str] = (),
    ) -> None:
        self.user = user
        self._asked: dict[str, Any] = {}
        self._finding: dict[tuple[str, str], EngagementQuerySet] = {}
        super().__init__(data, queryset, also_allowed=also_allowed)
        self.filters["load"].extra["find"] = loads_of(user)

    # What was asked

    def choices_of(self, name: str) -> list[Choice]:
        if name == "also":
            return [
                self.choice(part, text, found, also=True)
                for part, text, found in self.chosen.get("also") or []
            ]
        return super().choices_of(name)

    def choice(self, name: str, text: str, found: Any, *, also: bool = False) -> Choice:
        made = super().choice(name, text, found)
        label, value = made.label, made.value
        if name == "mapped":
            value = _("%(objective)s, or what it follows") % {"objective": found.short}
        elif name == "objective":
            label, value = found.framework.get_kind_display(), found.short
        elif name == "mine":
            value = str(_("logged or led by me"))
        elif name == "editable":
            value = str(_("I may edit it"))
        elif name == "load":
            value = when_loaded(found)  # the name of the file is its loader’s
        # A partner asked for by its name goes on under its code.
        code = found.code if isinstance(found, Partner) else text
        parameter, code = ("also", f"{name}:{code}") if also else (name, code)
        return Choice(parameter=parameter, text=code, label=label, value=value)

    # Addresses

    @property
    def chips(self) -> list[tuple[Choice, str]]:
        """As for any filter; of three fiscal years in a row or more, one for all."""
        row = years_in_a_row(self.chosen.get("fy", {}))
        if len(row) < 3:
            return super().chips
        value = _("%(first)s to %(last)s") % {"first": row[0], "last": row[-1]}
        whole = Choice(
            parameter="fy", text=row[0], label=str(self.filters["fy"].label), value=value
        )
        of_row = [("fy", text) for text in row]
        rest = query_string(pair for pair in self.pairs if pair not in of_row)
        others = [chip for chip in super().chips if (chip[0].parameter, chip[0].text) not in of_row]
        return [(whole, rest), *others]

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What is chosen that the form beside the list has no control for."""
        return [pair for pair in self.pairs if pair[0] in CARRIED]

    @property
    def chooses_who(self) -> bool:
        """Whether a partner, a place, an office or a person is chosen."""
        return any(self.chosen[name] for name in ("partner", "country", "office", "lead", "mine"))

    def narrowed(self, **wanted: Any) -> str:
        """The query string of what this filter finds *and* is so besides: see engagements.narrowing."""
        return self.links.narrowed(**wanted)

    @cached_property
    def links(self) -> Chosen:
        """What the links of figures go on from."""
        return Chosen(
            self._pairs,
            lambda: self._once("objectives under their frameworks", objectives_by_code),
        )

    @cached_property
    def _crosswalk(self) -> Crosswalk:
        """Read once, however many counts stand beside the list."""
        return Crosswalk(timezone.localdate())

    # What is found

    @property
    def qs(self) -> EngagementQuerySet:
        if not hasattr(self, "_found"):
            self._found = self.found() if self.is_valid() else self.queryset.none()
        return self._found

    def found(self, *, but: str = "", but_frameworks: str = "") -> EngagementQuerySet:
        """What the filter finds; `but` leaves a parameter aside, `but_frameworks` a kind's choices.

        Without regard to stage, the reader's own drafts are among it. The same is put together once.
        """
        if (but, but_frameworks) not in self._finding:
            self._finding[but, but_frameworks] = self._find(but, but_frameworks)
        return self._finding[but, but_frameworks]

    def _find(self, but: str, but_frameworks: str) -> EngagementQuerySet:
        engagements = self.queryset
        for name, each in self.filters.items():
            if name != but:
                engagements = each.filter(engagements, self.chosen[name])
        if but != "stage" and not self._asks_for_drafts():
            engagements = engagements.logged()
        return self._aligned(engagements, but=but_frameworks)

    def _asks_for_drafts(self) -> bool:
        also = {(name, text) for name, text, _found in self.chosen["also"]}
        asking = {("stage", Stage.DRAFT.value), ("gap", Gap.DRAFT_AGEING.value)}
        chosen = Stage.DRAFT in self.chosen["stage"] or Gap.DRAFT_AGEING in self.chosen["gap"]
        return chosen or bool(asking & also)

    def _aligned(self, engagements: EngagementQuerySet, *, but: str) -> EngagementQuerySet:
        """Any of one framework, all across frameworks; "none of this kind" is one more of any."""
        chosen = list(self.chosen["objective"].values())
        kinds = {objective.framework.kind for objective in chosen} | set(self.chosen["untagged"])
        for kind in sorted(kinds - {but}):
            of_kind = [objective for objective in chosen if objective.framework.kind == kind]
            served = engagements
            for framework in {objective.framework_id for objective in of_kind}:
                served = served.serving(*(o.code for o in of_kind if o.framework_id == framework))
            if kind not in self.chosen["untagged"]:
                engagements = served
            elif not of_kind:
                engagements = engagements.untagged(kind)
            else:
                either = Q(pk__in=served.values("pk")) | Q(
                    pk__in=engagements.untagged(kind).values("pk")
                )
                engagements = engagements.filter(either)
        return engagements

    def leave(self, engagements, name, value):
        """Objectives and what is untagged belong together: _aligned does both."""
        return engagements

    def by_month(self, engagements, name, chosen):
        conditions = [starts_in(month and month.first) for month in chosen.values()]
        return engagements.filter(reduce(or_, conditions))

    def by_gap(self, engagements, name, gaps):
        """Any of them; asked for what drafts lack, the reader's own are found."""
        today = timezone.localdate()
        return engagements.filter(reduce(or_, (lacks(gap, today) for gap in gaps)))

    def by_known(self, engagements, name, wanted):
        return engagements.filter(knows(wanted))

    def by_given(self, engagements, name, partners):
        return engagements.given_to(*self._with_bodies(partners))

    def by_received(self, engagements, name, partners):
        return engagements.received_from(*self._with_bodies(partners))

    def _with_bodies(self, partners: dict[str, Partner]) -> set[int]:
        bodies = self._once("bodies of partners", lambda: parts_of(Partner.objects.all()))
        return beneath(bodies, [partner.pk for partner in partners.values()])

    def _once(self, name: str, ask: Callable[[], T]) -> T:
        """Asked once, however many counts stand beside the list."""
        if name not in self._asked:
            self._asked[name] = counting.told(name, ask)
        return self._asked[name]

    def by_mapped(self, engagements, name, chosen):
        """Any of one framework, all across frameworks: each served itself or through the crosswalk."""
        for framework in {objective.framework_id for objective in chosen.values()}:
            of_it = [o.pk for o in chosen.values() if o.framework_id == framework]
            engagements = engagements.aligned_with(
                set().union(*(self._crosswalk.behind(pk) for pk in of_it))
            )
        return engagements

    def by_unmapped(self, engagements, name, kinds):
        return engagements.aligned_with(self._crosswalk.leading_nowhere(kinds))

    def by_words(self, engagements, name, value):
        return engagements.matching(value, self._once("names", names_now)) if value else engagements

    def by_fiscal_year(self, engagements, name, years):
        ends = [year.ends for year in years.values() if year]
        unknown = Q(fiscal_year=None) if None in years.values() else Q()
        return engagements.filter(Q(fiscal_year__in=ends) | unknown)

    def by_from(self, engagements, name, value):
        return engagements.overlapping(value[1], None)

    def by_to(self, engagements, name, value):
        return engagements.overlapping(None, value[1])

    def by_kind(self, engagements, name, kinds):
        return engagements.filter(kind__in=kinds)

    def by_stage(self, engagements, name, stages):
        return engagements.filter(stage__in=stages)

    def by_country(self, engagements, name, countries):
        return engagements.in_countries(*(country.pk for country in countries.values()))

    def by_region(self, engagements, name, regions):
        parts = self._once("parts of regions", lambda: parts_of(Region.objects.all()))
        countries = self._once("region of each country", _region_of_each)
        there = beneath(parts, [region.pk for region in regions.values()])
        return engagements.in_countries(*(pk for pk, of in countries.items() if of in there))

    def by_partner(self, engagements, name, partners):
        return engagements.with_partners(*self._with_bodies(partners))

    def by_office(self, engagements, name, offices):
        return engagements.filter(lead_office__in=[office.pk for office in offices.values()])

    def by_lead(self, engagements, name, people):
        return engagements.filter(lead_officer__in=[person.pk for person in people.values()])

    def by_mine(self, engagements, name, value):
        return engagements.filter(Q(logged_by=self.user) | Q(lead_officer=self.user))

    def by_editable(self, engagements, name, value):
        return engagements.editable_by(self.user)

    def by_load(self, engagements, name, loads):
        rows = LoadedRow.objects.filter(load__in=loads.values(), undone_at=None)
        return engagements.filter(pk__in=rows.values("engagement"))

    def by_also(self, engagements, name, required):
        for part, text, found in required:
            if part == "objective":
                engagements = engagements.serving(text)
            elif part == "untagged":
                engagements = engagements.untagged(text)
            else:
                value = found if part in DAYS else {text: found}
                engagements = self.filters[part].filter(engagements, value)
        return engagements


def _region_of_each() -> dict[int, int | None]:
    """Of each country the region in which it lies; keys."""
    return dict(Country.objects.order_by().values_list("pk", "region"))


# `from` and `to` are words of Python: declared here under the names the address has.
EngagementFilter.base_filters["from"] = DayFilter(
    field_name="from", method="by_from", label=_("Going on from")
)
EngagementFilter.base_filters["to"] = DayFilter(
    field_name="to", method="by_to", label=_("Going on until"), last=True
)


# What `also` may require, by the filter that knows its values.
ALSO = {
    name: each
    for name, each in EngagementFilter.base_filters.items()
    if isinstance(each, CodesFilter | DayFilter) and name not in {"mine", "editable", "load"}
}
EngagementFilter.base_filters["also"].extra["parts"] = lambda: ALSO
