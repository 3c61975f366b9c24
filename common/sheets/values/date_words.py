"""The words dates are told with, in English and French, folded."""

import re

from common.partial_dates import Season


def one_of(said: str, parted_by: str = ";") -> frozenset[str]:
    return frozenset(said.split(parted_by))


MONTHS: dict[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "january jan janvier janv",
            "february feb febr fevrier fevr fev",
            "march mar mars",
            "april apr avril avr",
            "may mai",
            "june jun juin",
            "july jul juillet juil",
            "august aug aout aou",
            "september sept sep septembre",
            "october oct octobre",
            "november nov novembre",
            "december dec decembre",
        ),
        1,
    )
    for word in words.split()
}
SEASONS: dict[str, str] = {
    "winter": Season.WINTER,
    "hiver": Season.WINTER,
    "spring": Season.SPRING,
    "printemps": Season.SPRING,
    "summer": Season.SUMMER,
    "ete": Season.SUMMER,
    "autumn": Season.AUTUMN,
    "fall": Season.AUTUMN,
    "automne": Season.AUTUMN,
}
WEEKDAYS = one_of(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat "
    "sun lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim",
    " ",
)
# Words between the parts of a date that say nothing about it.
FILLERS = one_of("the le la l of d de en in on year annee calendar civile month mois", " ")

ONGOING = one_of(
    "ongoing;on-going;on going;in progress;present;current;continuing;continuous;to date;now;today;"
    "open-ended;en cours;a ce jour;actuel;actuelle;continu;continue;permanent;en continu;aujourd'hui;"
    "ongoing / en cours;ongoing/en cours"
)
UNKNOWN = one_of(
    "unknown;date unknown;not known;undated;no date;n.d.;nd;s.d.;sd;inconnu;inconnue;date inconnue;"
    "non date;non datee;sans date;tbd;tbc;tba;to be determined;to be confirmed;a determiner;"
    "a confirmer;tbd / a determiner;unknown / inconnu;unknown/inconnu;unknown / inconnue"
)
NOT_GIVEN = one_of("not given;non donne;non donnee;non indique;non indiquee;non precisee")

ABOUT = re.compile(
    r"^(?:about|around|approximately|approx|appr|circa|ca|c|vers|environ|env|autour de|aux alentours de|~|±|"
    r"early|mid|late|debut|mi|fin|milieu)(?:[. -]+|(?<=~)|(?<=±))(?P<rest>.+)$"
)
ABOUT_AFTER = re.compile(
    r"^(?P<rest>.+?)\s*(?:\(?(?:approx\.?|approximately|approximatif|approximative|about|env\.?|environ|circa|ca\.?)\)?"
    r"|\(\?\)|\?)$"
)
FISCAL = re.compile(
    r"^(?:fiscal years?|financial year|fiscal|f\.?y\.?|exercices?(?: financiers?)?|annee financiere|"
    r"annee fiscale|a\.?f\.?|ex\.?)[ :.-]*(?P<rest>[0-9].*)$"
)
SINCE = re.compile(r"^(?:since|depuis|starting|from|a partir de|a compter de|des)\s+(?P<rest>.+)$")
UNTIL = re.compile(
    r"^(?:until|till|to|ended|ending|up to|jusqu'en|jusqu'a|jusqu'au|jusque|jusqu'|termine en)\s*"
    r"(?P<rest>.+)$"
)
FROM = re.compile(
    r"^(?:from|between|du|de|des|entre|entre le|starting)\s+(?:le\s+|l')?(?P<rest>.+)$"
)
# What stands between the two ends of a range, the clearest first.
BETWEEN = (
    re.compile(r"\s+(?:to|until|till|through|thru|au|a|jusqu'au|jusqu'a|jusqu'en|en)\s+"),
    re.compile(r"\s+-+\s+"),
    re.compile(r"\s+(?:and|et|&)\s+"),
    re.compile(r"-+>?"),
    re.compile(r"/"),
)
# What a column of precisions says, folded → the slug.
PRECISIONS: dict[str, str] = {
    word: slug
    for slug, words in {
        "day": "day;jour;au jour pres;date;exact;exacte",
        "month": "month;mois;au mois pres",
        "season": "season;saison;a la saison pres",
        "year": "year;annee;a l'annee pres",
        "fiscal-year": "fiscal year;a l'exercice pres;fiscal-year;fiscal;exercice;fy;annee financiere",
        "about": "about;about (year);approx;approx.;approximate;approximately;circa;environ;"
        "environ (annee);approximatif;approximative;vers;vers (annee)",
        "unknown": "unknown;undated;inconnu;inconnue;inconnu(e);non date;non datee",
        "ongoing": "ongoing;en cours",
        "not-given": "not given;not-given;non donne;non donnee;non indique;non indiquee;non precisee",
    }.items()
    for word in words.split(";")
}
