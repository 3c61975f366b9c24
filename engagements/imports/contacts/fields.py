"""What a column of a list of contacts can be, and the words that head such a column, in both languages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.sheets.tables import Table
from engagements.imports.directory.headings import Headings
from engagements.imports.fields import IGNORE, Field, phrases


def _field(name: str, label: object, words: str, *, several: bool = False) -> Field:
    return Field(name, label, phrases(words), several)


CONTACT_FIELDS: dict[str, Field] = {
    field.name: field
    for field in (
        _field(
            "name",
            _("Name of the person"),
            "name;nom;name of the person;nom de la personne;"
            "full name;nom complet;contact;contacts;contact name;name of contact;contact person;"
            "nom du contact;personne contact;personne ressource;nom de la personne ressource;person;personne;"
            "nom et prenom;prenom et nom;nom prenom;prenom nom;name and surname;personne a contacter;"
            "point of contact;poc;focal point;point focal;key contact;counterpart;homologue;individual",
        ),
        _field(
            "given_name",
            _("Given name"),
            "given name;given names;first name;first names;forename;prenom;prenoms;prenom s",
        ),
        _field(
            "family_name",
            _("Family name"),
            "family name;last name;surname;nom de famille;nom patronymique",
        ),
        _field(
            "post",
            _("Post, in either language"),
            "post;poste;title;titre;function;fonction;position;job title;job;role;titre du poste;"
            "intitule du poste;position title;title of position;titre de poste;rank;grade;rang;"
            "designation;capacity;qualite;fonctions;titre fonction;title position;emploi",
        ),
        _field(
            "post_en",
            _("Post in English"),
            "post en;post english;post in english;title en;title english;title in english;position en;"
            "position english;position in english;job title en;english title;english post;poste en anglais;"
            "poste anglais;titre anglais;titre en anglais;fonction en anglais",
        ),
        _field(
            "post_fr",
            _("Post in French"),
            "post fr;post french;post in french;title fr;title french;title in french;position fr;"
            "position french;position in french;job title fr;french title;french post;poste fr;"
            "poste en francais;poste francais;titre fr;titre francais;titre en francais;"
            "fonction en francais;fonction fr",
        ),
        _field(
            "partners",
            _("Partner"),
            "partner;partenaire;organization;organisation;organisme;institution;agency;agence;body;company;"
            "organization name;partner name;nom de l'organisme;nom de l'organisation;nom du partenaire;"
            "ministry;ministere;department;employer;employeur;affiliation;entity;entite;partner code;"
            "code du partenaire;ministry agency;service;partner organization;organisme partenaire;"
            "organisation partenaire;association;establishment;etablissement",
        ),
        _field(
            "country",
            _("Country of the partner"),
            "country;pays;country code;code de pays;iso2;iso;country of the partner;pays du partenaire",
        ),
        _field(
            "email",
            _("E-mail"),
            "e mail;email;mail;e mail address;email address;address e mail;courriel;adresse courriel;"
            "adresse de courriel;adresse electronique;courrier electronique;adresse email;mel;"
            "adresse de messagerie;work e mail;work email;courriel au travail;contact e mail;contact email",
        ),
        _field(
            "phone",
            _("Telephone"),
            "telephone;phone;tel;phone number;telephone number;tel no;no de telephone;numero de telephone;"
            "work phone;office phone;business phone;telephone au travail;telephone au bureau;tel bureau;"
            "mobile;mobile phone;cell;cell phone;cellulaire;telephone cellulaire;tel cell;portable;"
            "contact number;direct line;ligne directe",
            several=True,
        ),
        _field(
            "write_in",
            _("Language to write in"),
            "language;langue;languages;langues;preferred language;language preference;langue preferee;"
            "langue de preference;language of correspondence;correspondence language;"
            "langue de correspondance;official language;langue officielle;language to write in;"
            "langue dans laquelle ecrire",
        ),
        _field(
            "in_post_from",
            _("In the post since"),
            "in the post since;in post since;since;from;start date;depuis;en poste depuis;date de debut;"
            "au poste depuis;appointed;appointed on;date of appointment;nomme le;date de nomination;"
            "entree en poste",
        ),
        _field(
            "in_post_until",
            _("In the post until"),
            "in the post until;in post until;until;end date;jusqu'a;en poste jusqu'a;date de fin;"
            "end of term;fin de mandat;au poste jusqu'a;fin du mandat",
        ),
        _field(
            "note",
            pgettext_lazy("column", "Note"),
            "note;notes;remarks;remarque;remarques;comments;comment;commentaire;commentaires;observations;"
            "background;details;subject matter;expertise;domaine;renseignements",
            several=True,
        ),
        _field(
            IGNORE,
            _("Left out"),
            "no;number;numero;salutation;civilite;mr ms;m mme;fax;telecopieur;telecopie;address;adresse;"
            "mailing address;adresse postale;postal address;street;rue;city;ville;postal code;code postal",
        ),
    )
}

# What may be told once for all rows.
WITH_DEFAULT = ("partners",)
HEADINGS = Headings.of(CONTACT_FIELDS.values())


def guess(table: Table) -> dict[int, str]:
    """By the headings; a “name” beside a given name is the family's."""
    mapping = HEADINGS.guess(table)
    if "given_name" in mapping.values() and "family_name" not in mapping.values():
        return {i: "family_name" if name == "name" else name for i, name in mapping.items()}
    return mapping
