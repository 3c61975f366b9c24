"""What people write for countries and regions besides their names, in either language."""

# ISO2 → other names. Compared without order, accents, articles and "of": "Korea, South" is "South Korea".
ALSO_CALLED = {
    "AE": ("UAE", "EAU", "Emirates", "Émirats"),
    "AG": ("Antigua",),
    "BA": ("Bosnia", "Bosnie", "Bosnia-Hercegovina", "BiH"),
    "BN": ("Brunei", "Brunéi"),
    "BO": ("Bolivia", "Bolivie"),
    "BY": ("Byelorussia", "Belorussia", "Biélorussie"),
    "BS": ("Commonwealth of the Bahamas",),
    "CD": (
        "DRC", "DR Congo", "DROC", "RDC", "RD Congo", "Congo-Kinshasa", "Zaire", "Zaïre", "Congo DR",
        "Congo Democratic Republic", "Congo République démocratique", "Dem Rep Congo",
    ),
    "CF": ("CAR", "RCA", "Centrafrique"),
    "CG": ("Congo-Brazzaville", "Republic of the Congo", "République du Congo", "Congo Rep"),
    "CI": ("Ivory Coast", "Cote d'Ivoire"),
    "CN": (
        "People's Republic of China", "PRC", "République populaire de Chine", "RPC", "Mainland China",
        "China PR",
    ),
    "CV": ("Cape Verde", "Cap-Vert"),
    "CZ": ("Czech Republic", "République tchèque", "Rép. tchèque", "Czech"),
    "DE": ("Federal Republic of Germany", "République fédérale d'Allemagne"),
    "FK": ("Malvinas", "Malouines", "Îles Malouines", "Falklands"),
    "FM": ("Micronesia", "Micronésie"),
    "GB": (
        "UK", "U.K.", "United Kingdom", "Royaume-Uni", "R.-U.", "Great Britain", "Britain", "England",
        "Scotland", "Wales", "Northern Ireland", "England and Wales", "Grande-Bretagne", "Angleterre",
        "Écosse", "Pays de Galles", "Irlande du Nord", "Angleterre et pays de Galles",
    ),
    "GM": ("The Gambia",),
    "HK": ("Hong Kong", "Hong Kong SAR", "Hong Kong China", "Hong Kong RAS", "Hong Kong Chine"),
    "IE": ("Eire", "Republic of Ireland", "République d'Irlande"),
    "IR": ("Iran",),
    "KG": ("Kyrgyz Republic", "République kirghize", "Kirghizstan", "Kirghizie"),
    "KN": ("St Kitts", "St Christopher and Nevis", "Saint-Christophe-et-Niévès"),
    "KP": ("North Korea", "Corée du Nord", "DPRK", "RPDC"),
    "KR": ("South Korea", "Corée du Sud", "ROK", "Korea Rep", "Corée Rép"),
    "LA": ("Laos", "Lao PDR", "Lao"),
    "LY": ("Libyan Arab Jamahiriya", "Jamahiriya arabe libyenne"),
    "MD": ("Moldova", "Moldavie", "Moldova Rep"),
    "MK": (
        "Macedonia", "Macédoine", "FYROM", "ARYM", "FYR Macedonia",
        "Former Yugoslav Republic of Macedonia", "Ex-République yougoslave de Macédoine",
        "Ancienne République yougoslave de Macédoine", "Republic of North Macedonia",
    ),
    "MM": ("Burma", "Birmanie", "Burma Myanmar", "Myanmar Burma", "Myanmar Birmanie"),
    "MO": ("Macao", "Macau", "Macao SAR", "Macau SAR"),
    "MU": ("Île Maurice", "Ile Maurice"),
    "NL": ("Holland", "Hollande", "Pays-Bas", "The Netherlands"),
    "PS": (
        "Palestine", "West Bank and Gaza", "West Bank", "Gaza", "Gaza Strip", "West Bank and Gaza Strip",
        "West Bank Gaza", "Cisjordanie", "Cisjordanie et Gaza", "Cisjordanie et bande de Gaza",
        "Bande de Gaza", "Palestinian Territories", "Territoires palestiniens", "Palestinian Authority",
        "Autorité palestinienne", "Occupied Palestinian Territory", "Territoire palestinien occupé",
        "Palestinian territory occupied",
    ),
    "RU": ("Russia", "Russie"),
    "SH": ("Saint Helena Ascension and Tristan da Cunha",),
    "ST": ("Sao Tome",),
    "SY": ("Syria", "Syrie"),
    "SZ": ("Swaziland", "eSwatini"),
    "TL": ("East Timor", "Timor oriental", "Timor-Est"),
    "TR": ("Turkiye", "Turkey", "Turquie"),
    "TT": ("Trinidad", "Trinidad Tobago", "T and T", "Trinité"),
    "TW": ("Taiwan Province of China", "Chinese Taipei"),
    "TZ": ("Tanzania", "Tanzanie"),
    "US": (
        "USA", "U.S.A.", "U.S.", "United States", "United States America", "États-Unis", "É.-U.", "E.U.A.",
        "US of America", "ÉUA", "États-Unis Amérique",
    ),
    "VA": ("Vatican", "Vatican City", "Vatican City State", "Cité du Vatican"),
    "VC": ("St Vincent", "St Vincent Grenadines"),
    "VE": ("Venezuela",),
    "VI": ("US Virgin Islands", "USVI"),
    "VG": ("BVI",),
    "VN": ("Vietnam", "Socialist Republic of Vietnam"),
    "XK": ("Republic of Kosovo", "République du Kosovo", "Kosovo UNSCR 1244"),
}  # fmt: skip

# What several countries are called: a person has to say which.
SHARED = {
    "Korea": ("KR", "KP"),
    "Corée": ("KR", "KP"),
    "Virgin Islands": ("VG", "VI"),
    "Îles Vierges": ("VG", "VI"),
    "Saint Martin": ("MF", "SX"),
    "Samoas": ("WS", "AS"),
    "Guineas": ("GN", "GW", "GQ"),
}

# No country of its own. Besides the regions of M49.
REGIONS = (
    "Africa", "Afrique", "West Africa", "Afrique de l'Ouest", "East Africa", "Afrique de l'Est",
    "North Africa", "Afrique du Nord", "Central Africa", "Sahel", "Maghreb", "Great Lakes",
    "Grands Lacs", "Horn of Africa", "Corne de l'Afrique", "Pan-Africa", "Sub-Sahara", "Africa Middle East",
    "Afrique Moyen-Orient", "America", "Amérique", "North America", "Amérique du Nord", "Latin America",
    "Amérique latine", "West Indies", "Antilles", "Middle East", "Moyen-Orient", "Proche-Orient",
    "Middle East North Africa", "Moyen-Orient Afrique du Nord", "MENA", "Asia Pacific", "Asie-Pacifique",
    "Pacific", "Pacifique", "South Asia", "Asie du Sud", "Southeast Asia", "South East Asia", "East Asia",
    "Asie de l'Est", "Balkans", "Western Balkans", "Central Europe", "Europe centrale", "Eurasia",
    "Eurasie", "Europe de l'Est", "Europe Central Asia", "Caucasus", "Caucase", "Scandinavia",
    "Scandinavie", "Nordic", "Arctic", "Arctique", "Commonwealth", "Francophonie", "European Union", "EU",
    "Union européenne", "UE", "World", "Worldwide", "World wide", "Monde", "Monde entier", "Mondial",
    "Global", "International", "Internationale", "Multilateral", "Multilatéral", "Inter-regional",
    "Interrégional", "Transnational", "Oceania", "Océanie", "Europe", "Asia", "Asie",
)  # fmt: skip

# Words around a region or alone that say "more than one country".
SEVERAL = frozenset(
    {
        "multiple", "multi", "various", "several", "many", "different", "other", "others", "all", "any",
        "countries", "country", "region", "regions", "regional", "regionale", "programme", "program",
        "wide", "plusieurs", "divers", "diverses", "differents", "autres", "tous", "toutes", "pays",
        "nombreux",
    }
)  # fmt: skip
