"""What generated engagements say: sentences put together, in the language an author writes in."""

from random import Random

from engagements.kinds import Kind

# The last sentence of each purpose: whoever reads it knows.
SAYS_GENERATED = {
    "en": "Generated to try the portal at size.",
    "fr": "Généré pour essayer le portail à grande échelle.",
}
SUBJECTS = {
    "en": [
        "correctional programs for women", "drug interdiction", "mental health care in custody",
        "risk assessment on intake", "Indigenous healing lodges", "education inside institutions",
        "the supervision of offenders on release", "the Nelson Mandela Rules", "staff training",
        "infection control", "restorative justice", "the design of small institutions",
        "gangs and organized crime", "the transfer of sentenced persons", "elder offenders",
        "data on reoffending", "parole officers’ caseloads", "independent oversight",
        "radicalization to violence", "food services", "work and apprenticeships",
    ],
    "fr": [
        "les programmes correctionnels pour femmes", "l’interception des drogues",
        "les soins de santé mentale en détention", "l’évaluation du risque à l’admission",
        "les pavillons de ressourcement", "l’éducation en établissement",
        "la surveillance des délinquants en liberté", "les Règles Nelson Mandela",
        "la formation du personnel", "la lutte contre les infections", "la justice réparatrice",
        "la conception de petits établissements", "les gangs et le crime organisé",
        "le transfèrement des personnes condamnées", "les délinquants âgés",
        "les données sur la récidive", "la charge de travail des agents de libération",
        "la surveillance indépendante", "la radicalisation menant à la violence",
        "les services d’alimentation", "le travail et l’apprentissage",
    ],
}  # fmt: skip
PURPOSES = {
    "en": [
        "Compare how each service organizes its work and what it costs.",
        "Learn from a program that has been evaluated twice since it began.",
        "Prepare the agreement that both services want to sign next spring.",
        "Answer questions put by the partner after its last visit to Canada.",
        "Show the delegation an institution, a parole office and a healing lodge.",
        "Agree on the terms of reference of the working group and on who leads it.",
        "Give managers of the partner service the training they asked for.",
        "Review the draft standard before it goes to the member states.",
        "See new equipment at work and speak with those who use it every day.",
    ],
    "fr": [
        "Comparer l’organisation du travail de chaque service et ce qu’elle coûte.",
        "Tirer les leçons d’un programme évalué deux fois depuis ses débuts.",
        "Préparer l’accord que les deux services veulent signer au printemps prochain.",
        "Répondre aux questions du partenaire après sa dernière visite au Canada.",
        "Montrer à la délégation un établissement, un bureau et un pavillon.",
        "S’entendre sur le mandat du groupe de travail et sur sa présidence.",
        "Donner aux gestionnaires du service partenaire la formation demandée.",
        "Revoir le projet de norme avant son envoi aux États membres.",
        "Voir le nouvel équipement à l’œuvre et parler à celles et ceux qui s’en servent.",
    ],
}
OUTCOMES = {
    "en": [
        "Both sides named a person to keep in touch between meetings.",
        "The partner will send its evaluation report before the end of the year.",
        "Two ideas seen there are worth a trial at one institution.",
        "The delegation asked for a second session, on case management.",
        "A short note of what was learned went to the regions.",
        "The working group meets again in six months, by video.",
        "The training was rated useful by nearly all who took part.",
        "No follow-up is needed; the file is closed.",
    ],
    "fr": [
        "Chaque partie a désigné une personne-ressource pour la suite.",
        "Le partenaire enverra son rapport d’évaluation avant la fin de l’année.",
        "Deux idées vues sur place méritent un essai dans un établissement.",
        "La délégation a demandé une deuxième séance, sur la gestion de cas.",
        "Une courte note sur les leçons tirées a été envoyée aux régions.",
        "Le groupe de travail se réunit de nouveau dans six mois, par vidéo.",
        "Presque tous les participants ont jugé la formation utile.",
        "Aucun suivi n’est nécessaire; le dossier est clos.",
    ],
}
TITLES = {"en": "{what} on {subject}", "fr": "{what} : {subject}"}
FRENCH_KINDS = {
    Kind.INCOMING_VISIT: "Visite reçue", Kind.OUTGOING_VISIT: "Visite à l’étranger",
    Kind.BILATERAL_MEETING: "Rencontre", Kind.MULTILATERAL_MEETING: "Réunion multilatérale",
    Kind.CONFERENCE_HOSTED: "Conférence organisée", Kind.CONFERENCE_ATTENDED: "Conférence",
    Kind.TECHNICAL_ASSISTANCE: "Assistance technique", Kind.NEEDS_ASSESSMENT: "Évaluation des besoins",
    Kind.TRAINING_DELIVERED: "Formation donnée", Kind.TRAINING_RECEIVED: "Formation reçue",
    Kind.DEPLOYMENT: "Détachement", Kind.PEACE_OPERATION: "Opération de paix",
    Kind.AGREEMENT_SIGNED: "Accord", Kind.INFORMATION_EXCHANGE: "Échange d’information",
    Kind.PUBLICATION: "Publication", Kind.OTHER: "Autre activité",
}  # fmt: skip
LESSONS = {
    "en": ["Begin with the institution, not with headquarters.", "Book interpretation early.",
           "Ask for the figures beforehand."],
    "fr": ["Commencer par l’établissement, non par l’administration centrale.",
           "Réserver l’interprétation tôt.", "Demander les chiffres au préalable."],
}  # fmt: skip
# Where it went on: the first of them most often.
PLACES = [
    "Ottawa", "Genève", "Vienna", "New York", "Strasbourg", "Washington", "Kingston", "Montréal",
    "Bogotá", "San José", "Nairobi", "Oslo", "Port-au-Prince", "London", "Paris", "Canberra",
    "Wellington", "Bangkok", "Brasília", "Ciudad de México", "Dakar", "Accra", "Tunis", "Amman",
    "Kyiv", "Tbilisi", "Saint-Jérôme", "Abbotsford", "Saskatoon", "Moncton", "Laval", "Edmonton",
    "Zürich", "Århus", "Kraków", "Malmö", "La Paz", "Asunción", "Colombo", "Apia",
]  # fmt: skip
# Words of their own, thousands of them, each rare: what people search for is seldom a common word.
SYLLABLES = [
    "ba", "co", "da", "fe", "ga", "hel", "in", "ka", "lu", "mar", "no", "or", "pe", "qui", "ra", "sol",
    "ta", "ur", "vi", "xan", "yo", "zé",
]  # fmt: skip
KNOWN_AS = {
    "en": "Known as {name} between the services, file {number}.",
    "fr": "Les services l’appellent {name}, dossier {number}.",
}
POSTS = ["Warden", "Director General", "Regional Deputy Commissioner", "Parole officer", "Analyst"]
REASONS = {
    "en": "Shown to the partner in detail.",
    "fr": "Présenté en détail au partenaire.",
}
SENT_BACK = {"en": "The host asked for another date.", "fr": "L’hôte a demandé une autre date."}


def titles(random: Random, kind: str, language: str) -> dict[str, str]:
    """Both languages for half of them, one for the rest."""
    place = random.randrange(len(SUBJECTS["en"]))
    words = {
        "en": str(Kind(kind).value).replace("-", " ").capitalize(),
        "fr": FRENCH_KINDS[Kind(kind)],
    }
    both = random.random() < 0.55
    return {
        f"title_{one}": TITLES[one].format(what=words[one], subject=SUBJECTS[one][place])
        if both or one == language
        else ""
        for one in ("en", "fr")
    }


def purpose(random: Random, language: str) -> str:
    subject = random.choice(SUBJECTS[language])
    chosen = random.choices(PURPOSES[language], k=random.randint(3, 7))
    if random.random() < 0.4:
        chosen.append(known_as(random, language))
    opened = f"{subject[0].upper()}{subject[1:]}."
    return " ".join([opened, *chosen, SAYS_GENERATED[language]])


def known_as(random: Random, language: str) -> str:
    name = "".join(random.choices(SYLLABLES, k=random.randint(3, 4))).capitalize()
    return KNOWN_AS[language].format(name=name, number=f"{random.randrange(10**6):06d}")


def lessons(random: Random, language: str) -> str:
    return random.choice(LESSONS[language])


def outcome(random: Random, language: str) -> str:
    return " ".join(random.choices(OUTCOMES[language], k=random.randint(2, 6)))
