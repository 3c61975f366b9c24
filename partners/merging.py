"""Two administrators, one partner: what was typed beside what is on record by now."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from common import saves
from common.history.models import Revision
from common.history.tracking import State
from common.side_by_side import (
    Aspect,
    Chosen,
    Comparison,
    Data,
    Listing,
    choices_in,
    compare,
    take,
    typed_in,
)
from partners.forms import (
    MOST_FORMER_NAMES,
    SECTORS,
    FormerNameForm,
    PartnerForm,
    former_names_of,
)
from partners.models import Country, Partner

# The page sends former names a row each, `former-0-name_en`; compared is a list for each column.
FORMER = "former"
COLUMNS = {name: f"{FORMER}_{name}" for name in FormerNameForm.base_fields}


@dataclass(frozen=True, kw_only=True)
class FormerNamesAspect(Listing):
    """A former name may lack any of its columns, but not all."""

    def things(self, data: Data) -> list[tuple[str, ...]]:
        columns = [data.getlist(name) for name in self.names]
        rows = dict.fromkeys(zip(*columns, strict=True))
        return [row for row in rows if any(row)]


def compared(partner: Partner, typed: QueryDict, *, reader: User, opened: int) -> Comparison:
    """The partner as it is beside what was typed on the version `opened`."""
    began = base_of(partner, opened, reader=reader)
    mine, now = flat(typed_in(typed)), of_partner(partner)
    base = of_state(began.state) if began else None
    return compare(
        aspects([data for data in (now, mine, base) if data is not None]),
        now=now,
        mine=mine,
        base=base,
        choices=choices_in(typed),
    )


def base_of(partner: Partner, version: int, *, reader: User) -> Revision | None:
    return saves.base_of("partner", partner.pk, version, reader=reader)


def saves_since(partner: Partner, version: int, *, reader: User) -> list[saves.Save]:
    """Who saved what since that version, the newest first; [] where nobody knows."""
    began = base_of(partner, version, reader=reader)
    return saves.saves_since(began, reader=reader, changed=_changed)


def _changed(before: State, after: State) -> list[str]:
    was, became = of_state(before), of_state(after)
    fields = aspects([was, became])
    return [str(each.label) for each in fields if each.value(was) != each.value(became)]


def aspects(known: list[Any]) -> list[Aspect]:
    """What the form asks, in its order and its words. `known` are all the texts to be named."""
    codes = [data.get("country") for data in known if data.get("country")]
    words: dict[str, dict[str, Any]] = {
        "kind": dict(Partner.Kind.choices),
        "country": {one.iso2: one.name for one in Country.objects.filter(iso2__in=codes)},
    }
    words |= {name: {"on": _("yes"), "": _("no")} for name in SECTORS}
    found = [
        Chosen(name=name, label=field.label, words=words[name])
        if name in words
        else Aspect(name=name, label=field.label, language=_language(name))
        for name, field in PartnerForm.base_fields.items()
    ]
    names = tuple(COLUMNS.values())
    return [
        *found,
        FormerNamesAspect(name=FORMER, label=_("Former names"), inputs=names, ordered=False),
    ]


def _language(name: str) -> str:
    return name[-2:] if name.endswith(("_en", "_fr")) else ""


def flat(data: QueryDict) -> QueryDict:
    """As the page sends it, each column of former names as a list; codes and addresses as they are kept."""
    made = QueryDict(mutable=True)
    for name, values in data.lists():
        if not name.startswith(f"{FORMER}-"):
            made.setlist(name, values)
    for column, listed in COLUMNS.items():
        rows = range(MOST_FORMER_NAMES)
        made.setlist(listed, [data.get(f"{FORMER}-{row}-{column}", "").strip() for row in rows])
    for name in ("parent", "website"):
        made[name] = _as_kept(name, data.get(name, ""))
    return made


def _as_kept(name: str, typed: str) -> str:
    try:
        kept = PartnerForm.base_fields[name].clean(typed)
    except ValidationError:
        return typed
    return kept.code if isinstance(kept, Partner) else kept or ""


def as_sent(data: QueryDict) -> QueryDict:
    """As the page sends it: former names a row each."""
    made = QueryDict(mutable=True)
    for name, values in data.lists():
        if name not in COLUMNS.values():
            made.setlist(name, values)
    aspect = FormerNamesAspect(name=FORMER, label="", inputs=tuple(COLUMNS.values()))
    rows = aspect.things(data)
    made[f"{FORMER}-TOTAL_FORMS"], made[f"{FORMER}-INITIAL_FORMS"] = str(len(rows)), "0"
    for number, row in enumerate(rows):
        named = zip(COLUMNS, row, strict=True)
        take(made, {f"{FORMER}-{number}-{column}": [value] for column, value in named})
    return made


def of_partner(partner: Partner) -> QueryDict:
    return _flat_of(PartnerForm.initial_of(partner), former_names_of(partner))


def of_state(state: State) -> QueryDict:
    return _flat_of(state, state["former_names"])


def _flat_of(values: dict[str, Any], former_names: list[dict[str, str]]) -> QueryDict:
    made = QueryDict(mutable=True)
    for name in PartnerForm.base_fields:
        value = values[name]
        made[name] = ("on" if value else "") if name in SECTORS else str(value or "")
    for column, listed in COLUMNS.items():
        made.setlist(listed, [row[column] for row in former_names])
    return made
