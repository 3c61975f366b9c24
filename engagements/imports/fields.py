"""What a column of a list can be, and the words by which offices head such a column, in both languages.

The names of FIELDS are those of --answers and of the command's rows.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.sheets.values.date_words import one_of

KEEP, IGNORE = "keep", "ignore"


@dataclass(frozen=True)
class Field:
    """`words`: folded phrases that head such a column; after ~ those that do so for want of a better.

    `several`: more columns than one may be of it.
    """

    name: str
    label: Any
    words: tuple[str, ...] = ()
    several: bool = False


def phrases(text: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in text.split(";") if phrase.strip())


def _field(name: str, label: Any, words: str = "", *, several: bool = False) -> Field:
    return Field(name, label, phrases(words), several)


FIELDS: dict[str, Field] = {
    field.name: field
    for field in (
        _field(
            "reference", _("Reference"),
            "reference;liaison reference;engagement reference;reference de l'engagement;ie number;"
            "numero de reference;reference number;ref;ref no;ref number;no de reference",
        ),
        _field("version", pgettext_lazy("column", "Version of the record"), "version;record version;"
               "version of the record;version de la fiche"),
        _field(
            "title", _("Title, in either language"),
            "title;titre;name of activity;activity name;activity title;nom de l'activite;"
            "titre de l'activite;project title;project name;~project;~projet;nom du projet;"
            "titre du projet;"
            "~engagement;engagement title;titre de l'engagement;engagement name;~event;event name;"
            "~evenement;nom de l'evenement;titre de l'evenement;~activity;~activite;~initiative;"
            "~subject;~sujet;"
            "~objet;~visit;~visite;~mission;mission title;titre de la mission;initiative name;"
            "nom de l'initiative;~intitule;~libelle;~name;~nom;~what;~quoi;topic;theme of visit;"
            "event title;"
            "name of event;name of project;international activity;activite internationale;~agreement;"
            "~accord;~entente;~instrument;~course;~cours;~training;~formation;~workshop;~atelier;"
            "~conference;~meeting;~reunion;~deployment;~deploiement;~exchange;~echange;~undertaking;"
            "~work;~engagement activity;event activity;activity event;activity engagement;visit name;"
            "agreement title;titre de l'accord;agreement name;course title;titre du cours;"
            "training title;~deplacement;~voyage;~trip;~travel;objet du deplacement;trip title;"
            "name of visit;name of agreement;name of initiative",
        ),
        _field(
            "title_en", _("Title in English"),
            "title en;en title;e title;title in english;english title;title english;titre anglais;"
            "titre en anglais;"
            "titre en;"
            "title e;english;anglais;english name;nom anglais;title eng;eng title;project title en;"
            "activity title en;name en;name in english;nom en anglais",
        ),
        _field(
            "title_fr", _("Title in French"),
            "title fr;fr title;f title;title in french;french title;title french;titre francais;"
            "titre en francais;"
            "titre fr;"
            "title f;french;francais;french name;nom francais;title fra;title fre;fra title;"
            "project title fr;activity title fr;name fr;name in french;nom en francais;titre f",
        ),
        _field(
            "kind", _("Kind"),
            "kind;genre;type;activity type;type of activity;type d'activite;engagement type;"
            "type of engagement;type d'engagement;~category;~categorie;~nature;nature of activity;"
            "nature de l'activite;event type;type of event;type d'evenement;kind of engagement;"
            "genre d'engagement;visit type;type of visit;type de visite;project type;type of project;"
            "type de projet;~mode;~modality;~modalite;form of cooperation;~forme;~sort;"
            "activity category;categorie d'activite;kind of activity;genre d'activite;"
            "type of engagement activity;instrument type;type of agreement;type d'accord;"
            "type of training;type de formation;type of meeting;event category;format",
        ),
        _field(
            "start", _("Start"),
            "start;debut;start date;date de debut;~date;~dates;begin;begins;beginning;begin date;~from;"
            "date from;~du;~de;~when;~quand;~period;~periode;date of activity;activity date;"
            "date de l'activite;"
            "event date;date of event;date de l'evenement;date of visit;visit date;date de la visite;"
            "start year;annee de debut;~year;~annee;~fiscal year;~exercice;~exercice financier;~fy;"
            "~annee financiere;year of start;commencement;start of activity;project start;"
            "debut du projet;"
            "date s;travel dates;dates of travel;dates du voyage;dates of visit;dates de la visite;"
            "~departure;~departure date;~date de depart;~arrival;~arrival date;~date d'arrivee;"
            "dates of activity;"
            "date of engagement;engagement date;date de l'engagement;~date signed;~date de signature;"
            "~signature date;~signed;~signed on;~timeframe;~time frame;~calendrier;duration dates;"
            "~effective date;"
            "start fy;start on;started;starts;start and end;start end;debut et fin;debut fin;~year s;"
            "project start date;event dates;~month;~mois;mission dates;dates de la mission;~signed date;"
            "date of signing;in force from;entry into force;~date of agreement;date de l'accord;"
            "date of training;date of meeting;date of event;training dates;~start month;date s of visit;"
            "date s of activity;date s of travel;date s de la visite;beginning of activity;first day;"
            "visit dates;meeting date;conference date;~calendar year;annee civile",
        ),
        _field(
            "end", _("End"),
            "end;fin;end date;date de fin;~to;date to;~au;~a;until;jusqu'au;finish;finish date;ends;"
            "ended;"
            "completion date;date of completion;date d'achevement;end year;annee de fin;project end;"
            "fin du projet;~close;closing date;date de cloture;~return;~return date;~date de retour;"
            "~expiry;~expiry date;~date d'expiration;end of activity;date end;end fy;end on;completed on;"
            "departure from canada;termination;termination date;terminates;project end date;date fin;"
            "~completion;~expires;~expiration;~expiration date;in force until;valid until;"
            "valide jusqu'au;last day;~end month",
        ),
        _field(
            "precision", _("How precisely the start is known"),
            "precision;date precision;precision of date;start precision;precision du debut;"
            "precision de la date;precision des dates;known to;start known to;start known to the",
        ),
        _field(
            "end_precision", _("How precisely the end is known"),
            "end precision;precision of the end;precision de la fin;end known to;end known to the",
        ),
        _field(
            "end_precision", _("How precisely the end is known"),
            "end precision;precision of the end;precision de la fin;end known to",
        ),
        _field(
            "countries", _("Countries"),
            "country;countries;pays;country s;country countries;country region;pays region;"
            "country of activity;pays de l'activite;country code;code de pays;code pays;country iso;"
            "country iso2;iso2;iso3;iso;iso code;code iso;country codes;~nation;~state;host country;"
            "pays hote;partner country;pays partenaire;partner countries;pays partenaires;"
            "country visited;pays visite;destination country;pays de destination;recipient country;"
            "pays beneficiaire;beneficiary country;country name;nom du pays;countries involved;"
            "participating countries;pays participants;countries territories;country or region;"
            "pays ou region;visiting country;~pays d'origine;~country of origin;~destination;"
            "state country;where country;foreign country;requesting country;pays demandeur;"
            "delegation country;country of delegation;pays de la delegation;country visiting;"
            "country of partner;pays du partenaire;country ies;countries served;foreign state;"
            "foreign country ies;beneficiary countries;pays beneficiaires",
            several=True,
        ),
        _field(
            "place", _("Place"),
            "place;lieu;lieux;places;city;ville;location;endroit;venue;emplacement;~site;cities;villes;"
            "city venue;location city;town;~where;~ou;city country;institution visited;"
            "etablissement visite;~institution;~etablissement;~facility;site visited;lieu de l'activite;"
            "location of activity;venue city;event location;lieu de l'evenement;municipality;locations;"
            "city visited;ville visitee;sites visited;institutions visited;etablissements visites;"
            "csc site;site du scc;csc site visited;host site;host institution;etablissement hote;"
            "venue location;city and country;ville et pays;lieu de la rencontre;meeting location",
        ),
        _field(
            "partners", _("Partners"),
            "partner;partners;~who;who with;~qui;partenaire;partenaires;partner s;organization;organisation;"
            "organizations;"
            "organizations involved;organisme;organismes;organisations;partner organization;"
            "partner organizations;partner organization s;organisme partenaire;organismes partenaires;"
            "organisme s partenaire s;partner agency;partner agencies;~agency;~agencies;~agence;~agences;"
            "executing agency;organisme d'execution;implementing partner;partenaire d'execution;~with;"
            "with whom;~avec;avec qui;counterpart;counterparts;homologue;homologues;foreign partner;"
            "partenaire etranger;international partner;partenaire international;requesting organization;"
            "organisme demandeur;host organization;organisme hote;delegation from;delegation de;"
            "visiting organization;~visitor;~visitors;~visiteur;~visiteurs;partner name;"
            "nom du partenaire;"
            "external partners;partenaires externes;key partners;partners involved;~stakeholder;"
            "~stakeholders;~intervenants;~entity;~entite;other party;autre partie;~parties;"
            "implementing organization;collaborating organization;partner institution;"
            "institution partenaire;organization name;nom de l'organisme;foreign agency;"
            "foreign organization;"
            "partner code;partner codes;codes des partenaires;~partners and roles;"
            "~partenaires et roles;~client;~clients;~beneficiary;~beneficiaire;~recipient;~delivered to;"
            "~given to;~party;~signatory;signataire;~signatories;signataires;~delegation;requester;"
            "requestor;demandeur;requested by;hosted by;host;hote;organized by;organisateur;organizer;"
            "partner institutions;foreign delegation;delegation etrangere;foreign counterpart;"
            "partner country organization;partner s organization s;participating organizations;"
            "organismes participants;external organization;other organizations;autres organismes",
            several=True,
        ),
        _field(
            "roles", _("Partners’ roles"),
            "role;roles;partner role;role of partner;role du partenaire;roles des partenaires;"
            "partner roles",
        ),
        _field(
            "objectives", _("Objectives (codes or wording)"),
            "objectives served;objectifs vises;alignment;alignments;harmonisation;harmonisations;"
            "aligned to;aligned with;alignement;~tags;objective code;objective codes;code d'objectif;"
            "codes d'objectifs;framework codes;strategic alignment;alignement strategique;"
            "objectives;~objectifs;~objective;~objectif",
            several=True,
        ),
        _field("pillars", _("Pillars"), "pillar;pillars;pilier;piliers;csc pillar;pillar code;pilier du scc;"
               "pillar s;pilier s;csc goal;international goal", several=True),
        _field(
            "priorities", _("Strategic priorities"),
            "priority;priorities;priorite;priorites;strategic priority;strategic priorities;"
            "priorite strategique;priorites strategiques;csc priority;csc priorities;priorite du scc;"
            "priorites du scc;corporate priority;priorite ministerielle;priority code;"
            "strategic priority code;domestic priority;priority ies;priorites organisationnelles",
            several=True,
        ),
        _field(
            "mandate", _("Mandate items"),
            "mandate;mandate item;mandate items;mandat;element du mandat;elements du mandat;"
            "dfatd mandate;mandat du maecd;mandate code;mandate items dfatd;foreign policy mandate;"
            "gac mandate;mandat d'amc",
            several=True,
        ),
        _field(
            "themes", _("Policy themes"),
            "theme;themes;policy theme;policy themes;theme de politique;themes de politique;thematique;"
            "thematic area;thematic areas;policy area;domaine thematique",
            several=True,
        ),
        _field(
            "sectors", _("Justice sectors"),
            "sector;sectors;secteur;secteurs;sector s;secteur s;justice sector;justice sectors;"
            "secteur de la justice;secteurs de la justice",
            several=True,
        ),
        _field(
            "office", _("Lead office"),
            "lead office;bureau responsable;bureau principal;office;bureau;opi;bpr;lead;~responsable;"
            "office of primary interest;bureau de premiere responsabilite;lead branch;~branch;~direction;"
            "~directorate;~region;csc office;bureau du scc;csc region;region du scc;lead region;"
            "~division;"
            "lead division;sector lead;lead sector;lead directorate;direction responsable;"
            "responsible office;"
            "lead unit;~unit;~unite;org unit;lead office code;secteur responsable;csc lead;"
            "responsable au scc;"
            "~responsibility;~responsabilite;office lead;bureau responsable au scc;opi csc;csc opi;"
            "csc branch;csc sector;secteur du scc;~sector responsible;csc office responsible;"
            "region lead;lead opi;~originating office;~bureau d'origine;csc unit;csc host office",
        ),
        _field(
            "officer", _("Lead officer"),
            "officer;lead officer;~agent;agent responsable;project officer;agent de projet;"
            "officer responsible;project manager;gestionnaire de projet;point of contact;poc;"
            "csc contact;personne responsable;responsible person;contact csc;project lead;chef de projet;"
            "lead person;responsable du dossier;person responsible;desk officer;program officer;"
            "agent de programme;~coordinator;~coordonnateur;~coordonnatrice",
        ),
        _field(
            "csc_participants", _("People from CSC"),
            "csc participants;participants du scc;people from csc;personnes du scc;"
            "number of participants;"
            "nombre de participants;no of participants;nb de participants;~participants;number of people;"
            "nombre de personnes;csc staff;employes du scc;~delegates;~delegues;number of delegates;"
            "delegation size;taille de la delegation;headcount;number of csc staff;travellers;voyageurs;"
            "number of staff;number of travellers;nombre de voyageurs;csc attendees;~attendees;"
            "participant count;nb participants;csc delegation;delegation du scc;"
            "nombre de participants du scc;csc participants number;number of csc participants;"
            "experts deployed;csc people;pax;number of pax;number attending;nb de participants;"
            "nb de personnes;csc participant count;number of csc employees;nombre d'employes;"
            "nombre d'employes du scc;number trained;nombre de personnes formees;people trained",
        ),
        _field(
            "csc_posts", _("Posts of those from CSC"),
            "posts;postes;csc posts;postes du scc;positions;position titles;titres de poste;"
            "csc positions;participants titles;titles of participants;their posts;job titles;"
            "delegation members;membres de la delegation;composition of delegation;"
            "composition de la delegation;posts of participants;csc representatives;representants du scc;"
            "csc representative;representant du scc;rank;grade",
        ),
        _field(
            "purpose", _("Purpose"),
            "purpose;but;but de l'activite;description;descriptif;descriptions;~summary;~resume;"
            "~sommaire;"
            "abstract;~details;~detail;project description;description du projet;activity description;"
            "description de l'activite;~background;~contexte;~context;scope;portee;rationale;"
            "justification;"
            "objet de la visite;purpose of visit;purpose of activity;goal;goals;aim;aims;~objectives;"
            "~objectifs;~objective;~objectif;~facts;~faits;overview;apercu;~agenda;~ordre du jour;"
            "short description;brief description;breve description;synopsis;purpose of trip;"
            "purpose objectives;purpose and objectives;but et objectifs;narrative;purpose description;"
            "main objective;objectif principal;~reason;~raison;~expected results;~resultats attendus;"
            "purpose objective;objective of visit;objectif de la visite;objective of the activity;"
            "topics;~topic s;sujets abordes;topics discussed;themes discussed;purpose of mission;"
            "but de la mission;but de la visite;short summary;key activities;activites principales",
        ),
        _field(
            "outcome", _("Outcome"),
            "outcome;outcomes;resultat;resultats;results;result;~impact;~impacts;achievements;"
            "realisations;"
            "~outputs;~extrants;~output;results achieved;resultats obtenus;outcome s;retombees;"
            "key results;principaux resultats;~deliverables;~livrables;what happened;conclusions;"
            "conclusion;outcome results;outcomes and results;actual results;accomplishments;~benefits;"
            "~benefit;outcomes achieved;outcome of visit;resultats de la visite;results of activity;"
            "achieved results;key outcomes;follow up results;decisions;decision",
        ),
        _field(
            "lessons", _("Lessons"),
            "lessons;lecons;lessons learned;lecons apprises;lecons retenues;lecons tirees;lessons learnt;"
            "lesson;lecon;recommendations;recommandations;best practices;pratiques exemplaires;"
            "areas for improvement;points a ameliorer",
        ),
        _field(
            "text_language", _("Language of the text"),
            "language;langue;text language;langue du texte;language of text;lang;language of record;"
            "language of the text",
        ),
        _field(
            "cost_cents", _("Actual cost (CAD)"),
            "cost;costs;cout;couts;actual cost;cout reel;couts reels;amount;montant;total cost;"
            "cout total;"
            "expenditure;expenditures;depense;depenses;contribution;contributions;max contribution;"
            "contribution max;maximum contribution;contribution maximale;cida contribution;cad;~value;"
            "~valeur;"
            "project value;valeur du projet;actual expenditure;depenses reelles;spent;cost cad;"
            "amount cad;~funding;~financement;expenses;frais;~actual;~actuals;~reel;~total;~price;"
            "grant amount;csc contribution;contribution du scc;travel cost;frais de voyage;"
            "cout en dollars canadiens;dollars;total amount;montant total;cost cents;total expenditure;"
            "actual cost cad;amount spent;actual spent;actually spent;depense reelle;"
            "montant depense;disbursement;disbursements;decaissements;actual costs;final cost;"
            "cout final;depenses totales;total actual cost;total expenses;frais reels;cost to csc;"
            "cout pour le scc;csc cost;cost in cad",
        ),
        _field(
            "planned_cost", _("Planned cost (CAD)"),
            "planned cost;cout prevu;couts prevus;budget;estimated cost;cout estimatif;cout estime;"
            "estimate;estimation;budgeted;budget cad;approved budget;budget approuve;forecast;prevision;"
            "planned budget;planned;prevu;budget prevu;projected cost;planned expenditure;"
            "depenses prevues;total budget;budget total;project budget;budget du projet;allocation;"
            "planned cost cad;approved amount;montant approuve;commitment;engagement financier;"
            "estimated budget;anticipated cost;estimated costs;cout estimatif total;frais prevus;"
            "planned costs;budget estimate;proposed budget;budget propose;anticipated costs;"
            "total budgeted",
        ),
        _field(
            "paid_by", _("Paid by"),
            "paid by;paye par;funded by;finance par;funding source;source of funding;source of funds;"
            "source de financement;payer;payeur;funder;funders;bailleur de fonds;bailleurs de fonds;"
            "donor;donateur;who pays;qui paie;cost covered by;frais payes par;couts assumes par;"
            "funding from;"
            "fund;fonds;cost recovery;sponsor;commanditaire;funding agency",
        ),
        _field(
            "sensitivity", _("Sensitivity"),
            "sensitivity;sensibilite;classification;security classification;classification de securite;"
            "protection;security level;niveau de securite;cote de securite;security;securite;"
            "information classification;protected;protege;security marking;niveau de protection;"
            "niveau de sensibilite;marking;document classification;cote de protection",
        ),
        _field(
            "stage", pgettext_lazy("column", "Stage"),
            "stage;etape;status;statut;etat;state of activity;project status;etat du projet;"
            "statut du projet;activity status;current status;etat actuel;etat de l'activite;"
            "engagement status;etat de l'engagement;~progress;~avancement;~phase;approval status",
        ),
        _field("approval", _("Approval"), "approval;approbation;approved;approuve;approved y n;"
               "approval given;approuve o n"),
        _field(
            "approved_by", _("Approved by"),
            "approved by;approuve par;approving authority;autorite approbatrice;approver;approbateur;"
            "authorized by;autorise par;approval authority;signed by;signe par",
        ),
        _field(
            "approved_on", _("Approved on"),
            "approved on;approuve le;approval date;date of approval;date d'approbation;date approved;"
            "date approuve;approved date",
        ),
        _field(
            "source_url", _("Source page"),
            "source url;source page;page source;url;link;lien;web page;page web;~website;~site web;"
            "hyperlink;"
            "hyperlien;source link;url source;web link;lien web;~source;web address;adresse web;"
            "~links;~liens;http;source of information;source de l'information",
        ),
        _field(
            KEEP,
            _("Keep in the purpose, with its heading"),
            "comment;comments;commentaire;commentaires;remark;remarks;remarque;remarques;note;notes;"
            "observations;observation;file;file no;file number;file num;no de dossier;n de dossier;"
            "numero de dossier;dossier;rdims;rdims number;gcdocs;numero sgddi;sgddi;project number;"
            "project no;numero de projet;no de projet;activity number;activity code;code d'activite;"
            "agreement number;contract number;numero de contrat;numero d'entente;follow up;follow ups;"
            "suivi;suivis;next steps;prochaines etapes;action items;mesures de suivi;program;programme;"
            "program code;keywords;keyword;mots cles;mot cle;language of delivery;langue de prestation;"
            "duration;duree;number of days;nombre de jours;days;jours;audience;public cible;target group;"
            "groupe cible;gender;genre des participants;continent;"
            "subregion;world region;region du monde;delegation;contact;contacts;personne ressource;"
            "contact person;foreign contact;trip report;rapport;report;reports;trip number;"
            "participant names;names of participants;noms des participants;risks;risk;risques;"
            "issues;enjeux;priority level;niveau de priorite",
            several=True,
        ),
        _field(
            IGNORE,
            _("Leave out"),
            "why it was left out;raison de la mise de cote;"
            "no;n;num;number;numero;nbr;nb;id;#;row;row number;ligne;s n;serial number;serial;item;"
            "item no;"
            "line;line no;seq;sequence;index;record id;record number;record;key;guid;uuid;"
            "last updated;last update;updated;updated on;date updated;date modified;modified;modified on;"
            "modified by;updated by;derniere mise a jour;mis a jour;mis a jour le;date de mise a jour;"
            "modifie le;modifie par;date entered;entered on;entered by;date of entry;date de saisie;"
            "saisi par;saisi le;created;created on;created by;date created;cree le;cree par;"
            "date de creation;submitted on;submitted by;date submitted;date received;date de reception;"
            "report date;date of report;date du rapport;logged by;logged on;consigne par;consigne le;"
            "checked;check;verifie;reviewed;reviewed by;initials;initiales;start earliest;"
            "start latest;end earliest;end latest;fiscal quarter;quarter;trimestre;item number;"
            "no d'article",
            several=True,
        ),
    )
}  # fmt: skip

# What a column must say throughout to be the stage: "active" is what a project is, not how far it is here.
STAGE_WORDS = one_of(
    "draft;ebauche;brouillon;submitted;soumis;soumise;approved;approuve;approuvee;returned;retourne;"
    "retournee;renvoye;declined;refuse;refusee;rejected;completed;complete;termine;terminee;done;"
    "cancelled;canceled;annule;annulee"
)
