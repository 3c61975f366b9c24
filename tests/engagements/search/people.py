"""What is asked, and which of a handful of contacts it finds: one table for both databases."""

from django.utils import timezone

from tests.factories import make_contact, make_partner


def make_people(author):
    """Those letters stand for, by letter."""
    unodc = make_partner(
        "UNODC",
        name_en="United Nations Office on Drugs and Crime",
        name_fr="Office des Nations Unies contre la drogue et le crime",
        acronym_en="UNODC",
        acronym_fr="ONUDC",
    )
    service = make_partner("KDI", name_en="Prison Service of Norway", name_own="Kriminalomsorgen")
    service.former_names.create(name_en="Board of Prisons")
    told = {
        "a": (
            unodc, {"name": "Zoé Ångström-Lœb", "post_en": "Head of reforms", "email": "z.al@unodc.example"},
        ),
        "b": (unodc, {"post_fr": "Chef de la section des prisons", "email": "prisons@unodc.example"}),
        "c": (service, {"name": "Zoe Anker", "post_en": "Director", "post_fr": "Directrice"}),
        "d": (service, {"name": "Per O’Hara",
                        "post_en": "Vice-director", "email": "per_ohara@kdi.example"}),
        "e": (service, {"name": "Per Oharson", "post_en": "Warden of two prisons",
                        "retired_at": timezone.now(),
                        "retired_by": author}),
    }  # fmt: skip
    return {
        letter: make_contact(partner, logged_by=author, **fields)
        for letter, (partner, fields) in told.items()
    }


# What is asked, and the letters of those it finds; why, where that is not plain.
PAIRS: list[tuple[str, str]] = [
    # By name: accents, ligatures, hyphens and apostrophes do not matter, the last word may go on
    ("zoe", "ac"),
    ("ZOÉ", "ac"),
    ("angstrom", "a"),
    ("ångström loeb", "a"),
    ("angstromloeb", "a"),
    ("ohara", "d"),
    ("o'hara", "d"),
    ("ohar", "de"),
    ("anker zoe", "c"),
    ('"zoe anker"', "c"),
    ('"anker zoe"', ""),
    # By post, in either language and in its other forms
    ("director", "cd"),
    ("directors", "cd"),
    ("directrice", "c"),
    ("vice-director", "d"),
    ("heads reform", "a"),
    ("prisons", "be"),  # not whoever is at a partner called so, by that alone
    # By the address of mail
    ("z.al@unodc.example", "a"),
    ("per_ohara@kdi.example", "d"),
    ("kdi.example", "d"),
    # With their partner, by any of its names
    ("director norway", "cd"),
    ("zoe onudc", "a"),
    ("zoe kriminalomsorgen", "c"),
    ("warden board", "e"),
    ("norway", ""),  # a partner is none of its contacts
    ("zoe -norway", "a"),
    ("zoe -director", "a"),
    # Slips are forgiven where nobody has the word
    ("angstrm", "a"),
    ("ankre zoe", "c"),
    ("directr", "c"),  # a beginning, and no slip
    ("zeo", ""),  # too short to be one
    # What asks for nobody
    ("?!", ""),
    ("-zoe", ""),
    ("%", ""),
    ("_", ""),
]
