"""What a column of a list of partners can be, and the words that head such a column, in both languages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from engagements.imports.directory.headings import Headings
from engagements.imports.fields import IGNORE, Field, phrases


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
            "crs code;crs;crs channel code;channel code;code crs;code de canal;code de canal du snpc;snpc;"
            "code de canal d'acheminement;code de canal d'acheminement snpc",
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
HEADINGS = Headings.of(PARTNER_FIELDS.values())
