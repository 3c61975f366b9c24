"""What offices write for kinds of engagement, in either language."""

from engagements.imports.matching.keys import key_of
from engagements.kinds import Kind

# Words that surely mean a kind, besides its slug. The first two are the portal's own in English and French.
SAID: dict[str, tuple[str, ...]] = {
    Kind.INCOMING_VISIT: (
        "Incoming visit", "Visite reçue", "visit received", "inbound visit", "visit to CSC",
        "visit to Canada", "study visit to CSC", "study visit to Canada", "delegation to CSC",
        "delegation to Canada", "incoming delegation", "study visit delegation to CSC",
        "visiting delegation", "foreign delegation", "delegation received", "incoming study visit",
        "incoming study tour", "visite au SCC", "visite au Canada", "visite d'étude au SCC",
        "visite d'étude au Canada", "délégation reçue", "délégation étrangère", "délégation au SCC",
        "accueil d'une délégation", "visite d'une délégation étrangère", "visite entrante",
        "visite d'étude reçue",
    ),
    Kind.OUTGOING_VISIT: (
        "Outgoing visit", "Visite à l'étranger", "outbound visit", "visit abroad", "outgoing delegation",
        "outgoing visit delegation", "CSC delegation abroad", "study visit abroad", "study tour abroad",
        "travel abroad", "foreign travel", "outgoing study visit", "délégation à l'étranger",
        "voyage à l'étranger", "visite d'étude à l'étranger", "déplacement à l'étranger",
        "visite sortante", "mission à l'étranger",
    ),
    Kind.BILATERAL_MEETING: (
        "Bilateral meeting", "Rencontre bilatérale", "bilateral", "réunion bilatérale", "bilatérale",
        "bilateral talks", "bilateral discussion", "bilateral discussions", "bilateral consultation",
        "bilateral consultations", "consultations bilatérales", "entretien bilatéral",
        "discussions bilatérales", "bilateral visit and meeting",
    ),
    Kind.MULTILATERAL_MEETING: (
        "Multilateral meeting", "Réunion multilatérale", "multilateral", "rencontre multilatérale",
        "multilatérale", "steering committee", "steering committee meeting", "committee meeting",
        "comité directeur", "réunion du comité directeur", "UN commission session", "working group",
        "working group meeting", "groupe de travail", "expert group meeting",
        "réunion d'experts", "intergovernmental meeting", "round table", "table ronde",
    ),
    Kind.CONFERENCE_HOSTED: (
        "Conference hosted", "Conférence organisée", "hosted conference", "conference symposium hosted",
        "symposium hosted", "event hosted", "conference organized", "conference organised",
        "hosting a conference", "hosted event", "conférence tenue", "symposium organisé",
        "événement organisé", "colloque organisé", "organisation d'une conférence",
        "conference held in Canada", "conference host",
    ),
    Kind.CONFERENCE_ATTENDED: (
        "Conference attended", "Participation à une conférence", "conference event attended",
        "event attended", "attended conference", "conference attendance", "conference participation",
        "participation in a conference", "attendance at conference", "symposium attended",
        "participation à un colloque", "participation à un congrès", "participation à un symposium",
        "participation à un événement", "assister à une conférence", "conférence (participation)",
        "speaker at conference", "presentation at conference", "conference abroad",
        "conférence à l'étranger",
    ),
    Kind.TECHNICAL_ASSISTANCE: (
        "Technical assistance", "Assistance technique", "TA", "technical assistance project",
        "technical support", "technical cooperation", "technical cooperation project", "technical advice",
        "capacity building", "capacity building project", "capacity development", "advisory mission",
        "appui technique", "soutien technique", "aide technique", "coopération technique",
        "projet d'assistance technique", "renforcement des capacités", "mission consultative",
        "expert mission", "mission d'experts", "mentoring", "mentorat",
    ),
    Kind.NEEDS_ASSESSMENT: (
        "Needs assessment", "Évaluation des besoins", "needs assessment mission", "assessment mission",
        "assessment", "scoping mission", "fact-finding mission", "evaluation of needs",
        "mission d'évaluation des besoins", "mission d'évaluation", "analyse des besoins",
        "mission d'établissement des faits", "need assessment", "feasibility mission",
        "mission exploratoire", "evaluation mission",
    ),
    Kind.TRAINING_DELIVERED: (
        "Training delivered", "Formation donnée", "training given", "training provided",
        "delivered training", "training by CSC", "training of partners", "training abroad delivered",
        "formation offerte", "formation dispensée", "formation fournie", "prestation de formation",
        "train the trainer delivered", "training delivery", "course delivered", "cours donné",
        "formation des formateurs", "train the trainers",
    ),
    Kind.TRAINING_RECEIVED: (
        "Training received", "Formation reçue", "training taken", "training attended", "received training",
        "training of CSC staff", "course attended", "formation suivie", "cours suivi",
        "formation du personnel du SCC", "participation à une formation",
    ),
    Kind.DEPLOYMENT: (
        "Deployment or secondment", "Déploiement ou détachement", "deployment secondment", "secondment",
        "deployment", "détachement", "déploiement", "déploiement détachement", "expert deployment",
        "staff secondment", "interchange", "échange de personnel", "staff exchange", "affectation",
        "affectation à l'étranger", "international assignment", "posting abroad",
        "déploiement d'un expert",
    ),
    Kind.PEACE_OPERATION: (
        "Peace-operation deployment", "Déploiement dans une opération de paix", "peace operation",
        "peacekeeping deployment", "peacekeeping", "peace keeping mission", "peacekeeping mission",
        "peace support operation", "peace mission", "peacekeeping operation", "UN peace operation",
        "opération de paix", "maintien de la paix", "mission de paix", "opération de maintien de la paix",
        "déploiement maintien de la paix", "UN mission deployment", "UN peacekeeping deployment",
        "mission de maintien de la paix", "peace operations deployment", "PRT deployment",
    ),
    Kind.AGREEMENT_SIGNED: (
        "Agreement signed", "Accord signé", "agreement", "accord", "MOU", "M.O.U.", "agreement MOU",
        "memorandum of understanding", "MOU signed", "MOU signing", "signature of MOU",
        "signing ceremony", "letter of intent", "LOI", "charter of commitment", "protocole d'entente",
        "PE", "lettre d'intention", "lettre d'entente", "entente", "signature d'un protocole d'entente",
        "charte d'engagement", "memorandum of agreement", "MOA", "arrangement", "treaty", "traité",
        "agreement renewed", "renewal of MOU", "mémoire d'entente",
    ),
    Kind.INFORMATION_EXCHANGE: (
        "Information exchange", "Échange d'information", "exchange of information", "information sharing",
        "info exchange", "information request", "request for information", "RFI", "sharing of information",
        "échange de renseignements", "échange d'informations", "demande de renseignements",
        "demande d'information", "partage d'information", "exchange of best practices",
        "échange de pratiques", "échange de pratiques exemplaires", "questionnaire", "correspondence",
        "correspondance", "information sharing session",
    ),
    Kind.PUBLICATION: (
        "Publication or standard", "Publication ou norme", "publication", "standard",
        "publication standard setting", "standard setting", "standards", "norme", "normes",
        "élaboration de normes", "handbook", "manual", "manuel", "guidelines", "lignes directrices",
        "journal article", "article", "publication normes",
    ),
    Kind.OTHER: ("Other", "Autre", "other activity", "autre activité", "miscellaneous", "divers", "misc"),
}  # fmt: skip

# Words that mean one of a few kinds: somebody has to say which, once for each text.
MAYBE_SAID: dict[tuple[str, ...], tuple[str, ...]] = {
    (Kind.CONFERENCE_ATTENDED, Kind.CONFERENCE_HOSTED): (
        "Conference", "Conférence", "symposium", "colloque", "congrès", "congress", "event", "événement",
        "summit", "sommet", "forum", "conference event", "conference symposium", "AGM",
        "annual general meeting", "assemblée générale", "webinar", "webinaire", "conférence colloque",
    ),
    (Kind.TRAINING_DELIVERED, Kind.TRAINING_RECEIVED): (
        "Training", "Formation", "course", "cours", "training course", "cours de formation",
        "training session", "séance de formation", "train the trainer",
    ),
    (
        Kind.TRAINING_DELIVERED, Kind.TRAINING_RECEIVED, Kind.CONFERENCE_ATTENDED, Kind.CONFERENCE_HOSTED,
    ): ("Workshop", "Atelier", "seminar", "séminaire", "workshop seminar", "workshop training",
        "training workshop", "atelier de formation"),
    (Kind.INCOMING_VISIT, Kind.OUTGOING_VISIT): (
        "Visit", "Visite", "study visit", "visite d'étude", "study tour", "voyage d'étude", "delegation",
        "délégation", "tour", "official visit", "visite officielle", "study visit delegation", "trip",
        "travel", "voyage", "site visit", "visite des lieux", "familiarization visit", "courtesy visit",
        "visite de courtoisie", "high level visit", "visite de haut niveau", "field visit",
    ),
    (Kind.BILATERAL_MEETING, Kind.MULTILATERAL_MEETING): (
        "Meeting", "Réunion", "rencontre", "meetings", "réunions", "teleconference", "téléconférence",
        "videoconference", "vidéoconférence", "virtual meeting", "réunion virtuelle", "call",
        "consultation", "consultations", "discussion", "discussions", "entretien", "working visit",
    ),
    (Kind.NEEDS_ASSESSMENT, Kind.TECHNICAL_ASSISTANCE, Kind.OUTGOING_VISIT): (
        "Mission", "project mission", "mission de travail", "field mission",
    ),
    (Kind.TECHNICAL_ASSISTANCE, Kind.OTHER): (
        "Project", "Projet", "programme", "program", "cooperation", "coopération", "support", "appui",
        "assistance", "Canada-funded project", "projet financé par le Canada", "initiative",
        "partnership", "partenariat",
    ),
    (Kind.INFORMATION_EXCHANGE, Kind.DEPLOYMENT): ("Exchange", "Échange", "échanges", "exchanges"),
    (Kind.OTHER, Kind.CONFERENCE_ATTENDED): (
        "Recognition", "recognition event", "award", "ceremony", "cérémonie", "prix", "reconnaissance",
    ),
}  # fmt: skip

# The beginning of a word → the kinds it points to, the likeliest first.
HINTS: dict[str, tuple[str, ...]] = {
    "visit": (Kind.INCOMING_VISIT, Kind.OUTGOING_VISIT),
    "deleg": (Kind.INCOMING_VISIT, Kind.OUTGOING_VISIT),
    "tour": (Kind.OUTGOING_VISIT, Kind.INCOMING_VISIT),
    "outgoing": (Kind.OUTGOING_VISIT,),
    "incoming": (Kind.INCOMING_VISIT,),
    "bilat": (Kind.BILATERAL_MEETING,),
    "multilat": (Kind.MULTILATERAL_MEETING,),
    "meeting": (Kind.BILATERAL_MEETING, Kind.MULTILATERAL_MEETING),
    "rencontre": (Kind.BILATERAL_MEETING, Kind.MULTILATERAL_MEETING),
    "reunion": (Kind.BILATERAL_MEETING, Kind.MULTILATERAL_MEETING),
    "confer": (Kind.CONFERENCE_ATTENDED, Kind.CONFERENCE_HOSTED),
    "sympos": (Kind.CONFERENCE_ATTENDED, Kind.CONFERENCE_HOSTED),
    "hosted": (Kind.CONFERENCE_HOSTED,),
    "attend": (Kind.CONFERENCE_ATTENDED,),
    "train": (Kind.TRAINING_DELIVERED, Kind.TRAINING_RECEIVED),
    "format": (Kind.TRAINING_DELIVERED, Kind.TRAINING_RECEIVED),
    "worksh": (Kind.TRAINING_DELIVERED, Kind.CONFERENCE_ATTENDED),
    "semin": (Kind.TRAINING_DELIVERED, Kind.CONFERENCE_ATTENDED),
    "assist": (Kind.TECHNICAL_ASSISTANCE,),
    "techni": (Kind.TECHNICAL_ASSISTANCE,),
    "project": (Kind.TECHNICAL_ASSISTANCE, Kind.OTHER),
    "projet": (Kind.TECHNICAL_ASSISTANCE, Kind.OTHER),
    "capac": (Kind.TECHNICAL_ASSISTANCE,),
    "assess": (Kind.NEEDS_ASSESSMENT,),
    "evalu": (Kind.NEEDS_ASSESSMENT,),
    "besoin": (Kind.NEEDS_ASSESSMENT,),
    "deploy": (Kind.DEPLOYMENT, Kind.PEACE_OPERATION),
    "deploie": (Kind.DEPLOYMENT, Kind.PEACE_OPERATION),
    "second": (Kind.DEPLOYMENT,),
    "detach": (Kind.DEPLOYMENT,),
    "peace": (Kind.PEACE_OPERATION,),
    "paix": (Kind.PEACE_OPERATION,),
    "agree": (Kind.AGREEMENT_SIGNED,),
    "accord": (Kind.AGREEMENT_SIGNED,),
    "entente": (Kind.AGREEMENT_SIGNED,),
    "mou": (Kind.AGREEMENT_SIGNED,),
    "sign": (Kind.AGREEMENT_SIGNED,),
    "exchang": (Kind.INFORMATION_EXCHANGE,),
    "echange": (Kind.INFORMATION_EXCHANGE,),
    "inform": (Kind.INFORMATION_EXCHANGE,),
    "renseign": (Kind.INFORMATION_EXCHANGE,),
    "publi": (Kind.PUBLICATION,),
    "standard": (Kind.PUBLICATION,),
    "norme": (Kind.PUBLICATION,),
    "recogn": (Kind.OTHER,),
}

CALLED: dict[str, str] = {key_of(slug): str(slug) for slug in Kind.values} | {
    key_of(said): str(kind) for kind, texts in SAID.items() for said in texts
}
MAYBE: dict[str, tuple[str, ...]] = {
    key_of(said): tuple(map(str, kinds)) for kinds, texts in MAYBE_SAID.items() for said in texts
}
