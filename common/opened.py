"""Two administrators, one record: a save of what somebody else has changed since is refused once.

Each form of the administration sends along what it was opened with, hidden. Where the record says something
else by now, nothing is saved: what only they changed is taken into the form, what was typed stays in it,
and a table tells both. The next save knows of it and goes through.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _

from common.side_by_side import Cell, number
from common.text import tidy

OPENED = "_opened"
# The name of each input → its value or values, as text.
Values = dict[str, str | list[str]]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A field that somebody else changed. `is_kept`: something else was typed, and stays in the form."""

    label: str
    now: Cell
    mine: Cell
    is_kept: bool


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A record in its form: the values of its own fields, and of each inline the rows by their key."""

    own: Values
    rows: Mapping[str, Mapping[str, Values]]

    def as_text(self) -> str:
        return json.dumps({"own": self.own, "rows": self.rows}, ensure_ascii=False, sort_keys=True)

    @classmethod
    def of_text(cls, text: str) -> "Opened | None":
        """None where it is nothing that a form has sent."""
        try:
            told = json.loads(text)
            rows = {
                name: {key: dict(row) for key, row in rows.items()}
                for name, rows in told["rows"].items()
            }
            return cls(own=dict(told["own"]), rows=rows)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None


def opened_with(form: forms.BaseForm, formsets: Iterable[Any]) -> Opened:
    """What these show of the record, whatever was typed in them."""
    rows = {
        each.prefix: {str(one.instance.pk): initial_of(one) for one in each.initial_forms}
        for each in formsets
    }
    return Opened(own=initial_of(form), rows=rows)


def initial_of(form: forms.BaseForm) -> Values:
    return {name: plain(form[name], form[name].initial) for name in asked(form)}


def typed_in(form: forms.BaseForm, data: QueryDict) -> Values:
    """What a person typed in these fields. A box that is not ticked is not sent."""
    found: Values = {}
    for name in asked(form):
        field = form[name]
        value = field.field.widget.value_from_datadict(data, {}, field.html_name)
        found[name] = plain(field, value)
    return found


def asked(form: forms.BaseForm) -> list[str]:
    """The fields a person fills in: neither keys nor what is only shown."""
    return [
        name
        for name, field in form.fields.items()
        if not (field.disabled or isinstance(field.widget, forms.HiddenInput))
        and not isinstance(field, forms.models.InlineForeignKeyField)
    ]


def plain(bound: forms.BoundField, value: Any) -> str | list[str]:
    """Alike for what is kept and what is sent."""
    prepared = bound.field.prepare_value(value)
    if isinstance(prepared, list | tuple | models.QuerySet):
        return sorted(str(one) for one in prepared)
    if isinstance(bound.field, forms.BooleanField):
        return "on" if prepared else ""
    if prepared is None:
        return ""
    return tidy(
        str(bound.field.widget.format_value(prepared) if is_day(prepared) else prepared)
    ).strip()


def is_day(value: Any) -> bool:
    return hasattr(value, "isoformat")


def differences(
    form: forms.BaseForm, was: Values | None, now: Values, typed: Values, *, what: str = ""
) -> list[Difference]:
    """What somebody else changed; where nobody knows what it was, all that differs from what was typed."""
    found = []
    for name, value in now.items():
        if value == (typed[name] if was is None else was.get(name, value)):
            continue
        is_kept = typed[name] != value and (was is None or typed[name] != was.get(name))
        label = str(form[name].label)
        found.append(
            Difference(
                label=f"{what}, {label}" if what else label,
                now=said(form[name], value),
                mine=said(form[name], typed[name]),
                is_kept=is_kept,
            )
        )
    return found


def said(bound: forms.BoundField, value: str | list[str]) -> Cell:
    """In the reader's words."""
    field = bound.field
    if isinstance(field, forms.BooleanField):
        return Cell(text=_("yes") if value else _("no"))
    if isinstance(field, forms.ModelChoiceField):
        keys = value if isinstance(value, list) else [value]
        known = cast(models.QuerySet, field.queryset).filter(pk__in=numbers(keys))
        return Cell(items=[str(one) for one in known])
    if isinstance(field, forms.ChoiceField):
        words = {str(key): label for key, label in cast(list, field.choices)}
        return Cell(text=str(words.get(str(value), value)))
    return Cell(text=", ".join(value) if isinstance(value, list) else value)


def numbers(keys: Iterable[str]) -> list[str]:
    return [key for key in keys if key.isascii() and key.isdigit() and len(key) < 19]


def taken_over(form: forms.BaseForm, was: Values, now: Values, data: QueryDict) -> None:
    """Into `data`, what only somebody else changed."""
    typed = typed_in(form, data)
    for name, value in now.items():
        if typed[name] == was.get(name) and value != typed[name]:
            set_value(data, form[name].html_name, value)


def set_value(data: QueryDict, name: str, value: str | list[str]) -> None:
    if value in ("", []):
        data.pop(name, None)
    else:
        data.setlist(name, value if isinstance(value, list) else [value])


def rows_again(
    formset: Any, was: Mapping[str, Values], now: Mapping[str, Values], data: QueryDict
) -> list[Difference]:
    """Into `data`, the rows there are by now, with what was typed in them and the rows that were added.

    A row that somebody else took away comes back as an added one where something was typed in it.
    """
    blank, label = formset.empty_form, str(formset.model._meta.verbose_name).capitalize()
    typed = _typed_rows(formset, data)
    was = _under_todays_keys(was, now, typed)
    made, found = [], []
    for key, row in now.items():
        began, mine = was.get(key), typed.pop(key, row)
        if began is None:
            found.append(Difference(label=label, now=_row(row), mine=Cell(), is_kept=False))
            began = mine = row
        found += differences(blank, began, row, mine, what=label)
        kept = {name: row[name] if mine[name] == began[name] else mine[name] for name in row}
        made.append((key, kept))
    for key, row in typed.items():
        is_typed = any(row.values()) and row != was.get(key)
        if key in was:
            gone = Difference(label=label, now=Cell(), mine=_row(row), is_kept=is_typed)
            found.append(gone)
        if is_typed:
            made.append(("", row))
    _write(formset, data, made, first=len(now))
    return found


def _under_todays_keys(
    was: Mapping[str, Values], now: Mapping[str, Values], typed: dict[str, Values]
) -> dict[str, Values]:
    """A row that was made anew as it was, under another key, is the same row: `typed` as well."""
    found = dict(was)
    anew = [key for key in now if key not in was]
    for key in [key for key in was if key not in now]:
        same = next((other for other in anew if now[other] == was[key]), None)
        if same is not None:
            anew.remove(same)
            found[same] = found.pop(key)
            if key in typed:
                typed[same] = typed.pop(key)
    return found


def _typed_rows(formset: Any, data: QueryDict) -> dict[str, Values]:
    """By key; the added ones by their place."""
    prefix, key_name = formset.prefix, formset.model._meta.pk.name
    total = min(number(data, f"{prefix}-TOTAL_FORMS"), formset.absolute_max)
    found: dict[str, Values] = {}
    for place in range(total):
        form = formset.empty_form
        form.prefix = formset.add_prefix(place)
        key = data.get(f"{form.prefix}-{key_name}", "") or f"added {place}"
        found[key] = typed_in(form, data)
    return found


def _row(row: Values) -> Cell:
    return Cell(text=", ".join(str(value) for value in row.values() if value))


def _write(formset: Any, data: QueryDict, rows: list[tuple[str, Values]], *, first: int) -> None:
    prefix, key_name = formset.prefix, formset.model._meta.pk.name
    for name in [name for name in data if re.match(rf"{re.escape(prefix)}-\d", name)]:
        del data[name]
    data[f"{prefix}-TOTAL_FORMS"], data[f"{prefix}-INITIAL_FORMS"] = str(len(rows)), str(first)
    for place, (key, row) in enumerate(rows):
        if key:
            data[f"{prefix}-{place}-{key_name}"] = key
        for name, value in row.items():
            set_value(data, f"{prefix}-{place}-{name}", value)
