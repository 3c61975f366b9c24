"""What is kept of exports: that a file left, for those who answer for it; how a person wants theirs."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import override

from accounts.models import User
from common.bilingual import LANGUAGES
from engagements import models
from engagements.exports.export import Export
from engagements.exports.layout import CHOICES, Layout, layout_of, without_unknown
from engagements.filter_words import filter_in_words


def put_on_record(export: Export, format: str) -> models.Export:
    """That this file is being sent. Once it has begun nobody can call it back."""
    return put_file_on_record(
        by=export.reader,
        words=lambda: filter_in_words(export.filters),
        at=export.at,
        format=format,
        query=export.filters.query,
        in_long_form=export.layout.each,
        count=len(export.records),
        sensitivity=export.marking,
    )


def put_file_on_record(*, by: User, words: Callable[[], str], **told: Any) -> models.Export:
    """As put_on_record, of any file: `words` say its filter in the language of then, `told` its columns."""
    for language in LANGUAGES:
        with override(language):
            told[f"filter_{language}"] = words()
    return models.Export.objects.create(by=by, clearance=by.clearance, **told)


def remember(person: User, layout: Layout, format: str) -> None:
    told = [("fields", ",".join(layout.fields))]
    told += [(name, str(getattr(layout, name))) for name in CHOICES]
    models.ExportLayout.objects.update_or_create(
        person=person, defaults={"format": format, "query": urlencode(told)}
    )


def remembered(person: User) -> tuple[Layout, str]:
    """How their last file was laid out, and what kind it was; the usual one at first."""
    kept = models.ExportLayout.objects.filter(person=person).first()
    if kept is None:
        return Layout.usual(), models.Export.Format.XLSX
    asked = QueryDict(kept.query).dict()
    asked["fields"] = ",".join(without_unknown(str(asked.get("fields", "")).split(",")))
    layout, _problems = layout_of(asked)
    return layout, kept.format
