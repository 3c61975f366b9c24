"""What a column of a list of partners can be, and the words that head such a column, in both languages."""

from __future__ import annotations

import re
from functools import cache

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.sheets.tables import Column, Table
from common.text import fold
from engagements.imports.fields import IGNORE, Field, phrases

SIGNS = re.compile(r"[^a-z0-9' ]+")
SIDES = re.compile(r"[/|\n]| [-–—] ")


def _field(name: str, label: object, words: str, *, several: bool = False) -> Field:
    return Field(name, label, phrases(words), several)


PARTNER_FIELDS: dict[str, Field] = {
    field.name: field
    for field in (
        _field("code", _("Code"), "code;partner code;code du partenaire"),
        _field(
            "name",
            _("Name, in either language"),
            "name;nom;partner;partenaire;partner name;nom du partenaire;organization;organisation;"
            "organization name;nom de l'organisation;organisme;institution;agency;body",
        ),
        _field(
            "name_en",
            _("Name in English"),
            "name en;name english;name in english;english name;english;nom anglais;nom en anglais;anglais;"
            "organization en;partner en",
        ),
        _field(
            "name_fr",
            _("Name in French"),
            "name fr;name french;name in french;french name;french;nom francais;nom en francais;francais;"
            "nom fr;organization fr;partner fr",
        ),
        _field(
            "name_own",
            _("Name in its own language"),
            "own name;local name;name in its own language;name in own language;original name;native name;"
            "nom local;nom d'origine;nom dans sa langue;nom dans sa propre langue",
        ),
        _field(
            "own_language",
            _("Code of that language"),
            "own language;language;its own language;language code;code of that language;langue;"
            "langue d'origine;code de langue;code de cette langue",
        ),
        _field("acronym", _("Acronym, in either language"), "acronym;acronyme;sigle;abbreviation"),
        _field(
            "acronym_en",
            _("Acronym in English"),
            "acronym en;acronym english;acronym in english;english acronym;acronyme anglais;"
            "acronyme en anglais;sigle anglais;sigle en anglais",
        ),
        _field(
            "acronym_fr",
            _("Acronym in French"),
            "acronym fr;acronym french;acronym in french;french acronym;acronyme francais;"
            "acronyme en francais;sigle francais;sigle en francais",
        ),
        _field(
            "kind",
            pgettext_lazy("column", "Kind of partner"),
            "kind;type;category;genre;categorie;kind of partner;type of partner;partner type;"
            "type de partenaire;genre de partenaire;type of organization;organization type;type d'organisme",
        ),
        _field("country", _("Country"), "country;pays;country code;code de pays;iso2;iso;state"),
        _field(
            "parent",
            _("Part of"),
            "part of;parent;parent organization;parent partner;reports to;fait partie de;releve de;"
            "organisme parent;organisation mere;organization above;umbrella organization",
        ),
        _field(
            "sectors",
            _("Sectors"),
            "sector;sectors;secteur;secteurs;field;domaine;justice sector;secteur de la justice",
        ),
        _field(
            "website", _("Website"), "website;web site;site;site web;url;web;web page;adresse web"
        ),
        _field(
            "crs_code",
            _("CRS channel code"),
            "crs code;crs;crs channel code;channel code;code crs;code de canal;code de canal du snpc;snpc",
        ),
        _field(
            "former_names",
            _("Former names"),
            "former name;former names;previous name;previous names;formerly;formerly known as;old name;"
            "ancien nom;anciens noms;autrefois;anciennement;nom precedent",
            several=True,
        ),
        _field(IGNORE, _("Left out"), "notes;note;remarks;remarques;comments;commentaires"),
    )
}

# Those that may be told once for all rows.
WITH_DEFAULT = ("kind", "country")


def knows(text: str) -> float:
    """How well a text is known as a heading of a list of partners, for common.sheets.tables."""
    told = (0.4 if name == IGNORE else score for name, score in _fields_for(text).items())
    return max(told, default=0.0)


def guess(table: Table) -> dict[int, str]:
    """Index of every column → its field; IGNORE for one whose heading means nothing. Each goes once."""
    told = sorted(
        ((score, -column.index, name) for column in table.columns for name, score in _of(column)),
        reverse=True,
    )
    mapping: dict[int, str] = {}
    for _score, minus, name in told:
        if -minus not in mapping and (PARTNER_FIELDS[name].several or name not in mapping.values()):
            mapping[-minus] = name
    return {column.index: mapping.get(column.index, IGNORE) for column in table.columns}


def _of(column: Column) -> list[tuple[str, float]]:
    """By its heading, or by that under its group: "English" under "Acronym"."""
    told = _fields_for(column.heading)
    if column.group:
        # What the group says beside it is more than the heading alone.
        told = told | dict.fromkeys(_fields_for(f"{column.group} {column.heading}"), 1.1)
    return list(told.items())


def _fields_for(heading: str) -> dict[str, float]:
    """The whole heading is surer than one side of it: "Nom / Name"."""
    whole = _index().get(_key(heading[:200]))
    if whole:
        return {whole: 1.0}
    sides = (_index().get(_key(side)) for side in SIDES.split(heading[:200]))
    return {name: 0.9 for name in sides if name}


@cache
def _index() -> dict[str, str]:
    return {_key(words): field.name for field in PARTNER_FIELDS.values() for words in field.words}


def _key(text: str) -> str:
    return " ".join(SIGNS.sub(" ", fold(text)).split())
