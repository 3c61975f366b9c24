"""What is asked, and which of a handful of engagements it finds: one table for both databases.

`make_world` makes the engagements; each is called by a letter. `PAIRS` says of each query whom it finds.
"""

from tests.factories import make_country, make_engagement, make_partner


def make_world(**kwargs):
    """Those letters stand for, by letter. `kwargs` are given to every engagement."""
    un = make_partner(
        "UN", name_en="United Nations", name_fr="Nations Unies", acronym_en="UN", acronym_fr="ONU"
    )
    unodc = make_partner(
        "UNODC",
        name_en="United Nations Office on Drugs and Crime",
        name_fr="Office des Nations Unies contre la drogue et le crime",
        acronym_en="UNODC",
        acronym_fr="ONUDC",
        parent=un,
    )
    gac = make_partner("GAC", name_en="Global Affairs Canada", name_fr="Affaires mondiales Canada")
    gac.former_names.create(
        name_en="Foreign Affairs and International Trade", acronym_en="DFAIT", acronym_fr="MAECI"
    )
    own = make_partner("KDI", name_en="Prison Service of Norway", name_own="Kriminalomsorgen")
    told = {
        "A": {
            "title_en": "Visit to two prisons",
            "purpose": "To learn about the reintegration of offenders. Officers were trained.",
            "partners": [unodc],
            "countries": [make_country("BJ")],
            "place": "Cotonou",
        },
        "B": {
            "title_fr": "Visite d’étude des établissements pénitentiaires",
            "title_en": "",
            "purpose": "L’enquête sur la réinsertion sociale des délinquants libérés.",
            "text_language": "fr",
            "partners": [own],
            "countries": [make_country("NO")],
            "place": "Tromsø",
        },
        "C": {
            "title_en": "Co-operation agreement on women’s corrections",
            "outcome": "A decision-making body was set up. The rule of law is its ground.",
            "partners": [gac],
        },
        "D": {
            "title_en": "Cooperation among non-governmental bodies",
            "lessons": "Law is the rule here: what one rules, one writes down.",
            "partners": [un],
        },
        "E": {
            "title_en": "Co operation of officers",
            "purpose": "Œuvre commune des sœurs",
            "place": "Côte-d’Ivoire",
            "paid_by": "Embassy in Ottawa",
        },
        "F": {
            "title_en": "Training on mental health",
            "outcome": "U.N.O.D.C. wrote to O’Brien: 100% of it is done.",
            "csc_posts": "Warden; Chief Psychologist",
        },
        "G": {"title_en": "Peace missions: lessons for Haïti", "reference": "IE-2026-0042"},
        "H": {"title_en": "Health in custody", "purpose": "A rendezvous in N’Djamena. E-mail sent."},
    }  # fmt: skip
    return {letter: make_engagement(**fields, **kwargs) for letter, fields in told.items()}


# What is asked, and the letters of those it finds; why, where that is not plain.
PAIRS: list[tuple[str, str]] = [
    # Words in any order, wherever they stand
    ("prisons visit", "AB"),  # B: a visite, and its partner
    ("visit prisons", "A"),
    ("reintegration prisons", "A"),
    ("warden", "F"),
    ("embassy ottawa", "E"),
    ("prisons custody", ""),
    ("custody", "H"),
    # Case, accents and ligatures
    ("VISIT PRISONS", "A"),
    ("haiti", "G"),
    ("Haïti", "G"),
    ("hai\u0308ti", "G"),
    ("etude", "B"),
    ("étude", "B"),
    ("oeuvre", "E"),
    ("ŒUVRE", "E"),
    ("soeurs", "E"),
    ("sœur", "E"),
    ("tromso", "B"),
    # Apostrophes and hyphens
    ("co-operation", "CDE"),
    ("cooperation", "CDE"),
    ("co operation", "CDE"),
    ("coopération", "CDE"),
    ("nongovernmental", "D"),
    ("non governmental", "D"),
    ("non-governmental", "D"),
    ("decision making", "C"),
    ("decision-making", "C"),
    ("decisionmaking", "C"),
    ("women's", "C"),
    ("womens", "C"),
    ("women’s corrections", "C"),
    ("enquete", "B"),
    ("l'enquête", "B"),
    ("lenquete", "B"),
    ("o'brien", "F"),
    ("obrien", "F"),
    ("O Brien", "F"),
    ("N'Djamena", "H"),
    ("ndjamena", "H"),
    ("cote d'ivoire", "E"),
    ("Côte d’Ivoire", "E"),
    ("rendez-vous", "H"),
    ("email", "H"),
    ("e mail", "H"),
    # Other forms of a word, in English and in French
    ("prison", "AB"),  # B by its partner
    ("visiting", "A"),
    ("training", "AF"),
    ("trained", "AF"),
    ("agreements", "C"),
    ("mission", "G"),
    ("officer", "AE"),
    ("établissement", "B"),
    ("pénitentiaire", "B"),
    ("délinquant libéré", "B"),
    ("delinquante", "B"),
    ("visa", ""),  # no form of "visit", though French says so
    # What begins so: the last word, and any with a star
    ("reint", "A"),
    ("reint off", ""),  # "reint" is no word of it
    ("reint* off", "A"),
    ("pris* cot", "A"),
    ("penit*", "B"),
    ("ment heal", ""),
    ("ment* heal", "F"),
    # Phrases
    ('"rule of law"', "C"),
    ("«rule of law»", "C"),
    ("“Rule of Law”", "C"),
    ("rule of law", "CD"),
    ('"law is the rule"', "D"),
    ('"two prisons"', "A"),
    ('"two prison"', ""),  # a phrase is found as it is written
    ('"prisons" visit', "A"),
    ('"prison" visit', "B"),
    ('"co-operation agreement"', "C"),
    ('"cooperation agreement"', "C"),
    ('"visit to two prisons to learn"', ""),  # it ends where the title does
    ('"united nations office"', "A"),
    ('"rule of la', "C"),  # not closed: still being typed
    # Without
    ("cooperation -women", "DE"),
    ("-cooperation health", "FH"),
    ("health -custody", "F"),
    ('cooperation -"rule of law"', "DE"),
    ("cooperation -UN", "CE"),  # by its partner
    ("-cooperation", "ABFGH"),
    # Partners and countries: all their names
    ("UNODC", "AF"),  # F says it itself
    ("onudc", "A"),
    ("UNODC prison", "A"),
    ("prison UNODC", "A"),
    ("crime drogue", "A"),
    ("nations", "AD"),
    ("DFAIT", "C"),
    ("foreign affairs", "C"),
    ("mondiales", "C"),
    ("kriminalomsorgen", "B"),
    ("norway visite", "B"),
    ("norvège", "B"),
    ("bénin", "A"),
    ("unodc custody", ""),
    # Slips in names, and in names alone
    ("uniited nations", "AD"),
    ("untied nations", "AD"),
    ("unites natoins", "AD"),
    ("krimnalomsorgen", "B"),
    ("norwey", "B"),
    ("cotonuo", ""),
    ("reintegratoin", ""),
    # Numbers
    ("IE-2026-0042", "G"),
    ("ie 2026 0042", "G"),
    ("2026-0042", "G"),
    ("IE-2026-00", "G"),
    ("0042", "G"),
    ("42", "G"),
    ("100%", "F"),
    ("100", "F"),
    # Small words tell nothing beside others; alone they are words
    ("the visit of prisons", "A"),
    ("les établissements", "B"),
    ("to", "AF"),
    # No words
    ("", "ABCDEFGH"),
    ("   ", "ABCDEFGH"),
    ("%", ""),
    ("*", ""),
    ('""', ""),
    ("-", ""),
    ("🕊", ""),
]
