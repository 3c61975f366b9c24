"""Short words of a file: roles, stages, markings, languages, yes and no. Nothing of it is in the database."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from accounts.models import ABOVE_PROTECTED_B, Sensitivity, User
from common.filter_fields import shown
from common.sheets.values.nothing import says_nothing
from engagements.imports.matching.keys import same
from engagements.imports.matching.results import NOTHING, Found, Match, Refused
from engagements.kinds import Stage
from engagements.models import Participation

Role = Participation.PartnerRole
# The slug of each marking, in files and answers.
SENSITIVITIES = {
    "unclassified": Sensitivity.UNCLASSIFIED,
    "protected-a": Sensitivity.PROTECTED_A,
    "protected-b": Sensitivity.PROTECTED_B,
}


def _under(said: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Key → slug, the slug itself among them."""
    return {same(text): slug for slug, texts in said.items() for text in (slug, *texts)}


SENSITIVITY = _under(
    {
        "unclassified": (
            "Non classifié", "NC", "U", "Unclass", "Not classified", "Sans classification", "0", "Public",
            "Unprotected", "Non protégé", "Not protected", "Unclassified / Non classifié",
        ),
        "protected-a": ("Protégé A", "PA", "P-A", "Prot A", "Prot. A", "A", "1", "Protected A / Protégé A"),
        "protected-b": ("Protégé B", "PB", "P-B", "Prot B", "Prot. B", "B", "2", "Protected B / Protégé B"),
    }
)  # fmt: skip
ABOVE = frozenset(
    same(text)
    for text in (
        "Protected C", "Protégé C", "Prot C", "PC", "C", "3", "Confidential", "Confidentiel", "Secret",
        "Top secret", "Très secret", "TS", "Classified", "Classifié", "Cosmic", "Restricted",
        "NATO Secret", "Secret NATO",
    )
)  # fmt: skip
ROLES = _under(
    {
        Role.HOST.value: (
            "Hôte", "Hosts", "Hosted by", "Host organization", "Organisme hôte",
            "Organisateur",
        ),
        Role.REQUESTER.value: (
            "Demandeur", "Requestor", "Requested by", "Requesting organization", "Demanderesse", "Requérant",
        ),
        Role.FUNDER.value: (
            "Bailleur de fonds", "Donor", "Donateur", "Funding", "Funded by", "Sponsor", "Financier",
            "Bailleur", "Funding partner", "Financement", "Commanditaire",
        ),
        Role.IMPLEMENTER.value: (
            "Exécutant", "Implementing partner", "Implementing", "Executing agency", "Agence d'exécution",
            "Partenaire d'exécution", "Responsable de la mise en œuvre", "Implementing agency", "Contractor",
        ),
        Role.PARTICIPANT.value: (
            "Participante", "Partner", "Partenaire", "Attendee", "Participating", "Participating partner",
            "Collaborator", "Collaborateur",
        ),
    }
)  # fmt: skip
# What a form gives follows from the dates: it lies ahead, or it has been.
STAGES = _under(
    {
        Stage.COMPLETED.value: (
            "Terminé", "Terminée", "Complete", "Complété", "Done", "Closed", "Fermé", "Fermée", "Clos",
            "Achevé", "Achevée", "Finished", "Fini", "Ended", "Terminating", "En clôture", "Held", "Tenu",
            "Operational", "Opérationnel", "Active", "Actif", "Active/Opérationnel", "Ongoing", "En cours",
            "In progress", "Underway", "Delivered", "Completed / Terminé",
        ),
        Stage.SUBMITTED.value: (
            "Soumis", "Soumise", "Planned", "Planifié", "Planning", "Prévu", "Prévue", "Scheduled", "Pending",
            "En attente", "Upcoming", "À venir", "Proposed", "Proposé", "Tentative", "Awaiting approval",
        ),
    }
)  # fmt: skip
# Only an act on the record gives these.
STAGES_OF_ACTS = _under(
    {
        Stage.CANCELLED.value: ("Annulé", "Annulée", "Canceled", "Postponed", "Reporté"),
        Stage.DECLINED.value: ("Refusé", "Refusée", "Rejected", "Rejeté"),
        Stage.RETURNED.value: ("Retourné", "Renvoyé"),
        Stage.APPROVED.value: ("Approuvé", "Approuvée"),
        Stage.DRAFT.value: ("Ébauche", "Brouillon"),
    }
)
LANGUAGES = _under(
    {
        User.Language.EN.value: ("English", "Anglais", "Anglaise", "Eng", "E", "EN-CA", "Ang"),
        User.Language.FR.value: (
            "French",
            "Français",
            "Française",
            "Fre",
            "Fra",
            "F",
            "FR-CA",
            "Fr.",
        ),
    }
)
YES_NO = _under(
    {
        "yes": ("Oui", "Y", "O", "True", "Vrai", "X", "1", "✓", "✔", "Yes/Oui", "Oui/Yes"),
        "no": ("Non", "N", "False", "Faux", "0", "No/Non", "Non/No"),
    }
)
APPROVALS = _under(
    {
        "given": (
            "Approved", "Approuvé", "Approuvée", "Donnée", "Accordée", "Yes", "Oui", "Y", "O", "X", "Granted",
        ),
        "unknown": ("Not known", "Unknown", "Inconnue", "Non connue", "Not sure"),
    }
)  # fmt: skip


def sensitivity_of(text: str, clearance: int) -> Match:
    """Found(slug of SENSITIVITIES), or Refused: above what has a place here, or what the person may mark."""
    slug = SENSITIVITY.get(same(text))
    if slug is None and same(text) in ABOVE:
        return Refused(str(ABOVE_PROTECTED_B))
    if slug is None:
        return _else(text, _("Write Unclassified, Protected A or Protected B."))
    if SENSITIVITIES[slug] > clearance:
        message = _("You are cleared to %(level)s, and can mark it no higher.")
        return Refused(message % {"level": Sensitivity(clearance).label})
    return Found(slug)


def role_of(text: str) -> Match:
    if slug := ROLES.get(same(text)):
        return Found(slug)
    return _else(text, _("Write Host, Requester, Funder, Implementer or Participant."))


def stage_of(text: str) -> Match:
    """Found("completed" or "submitted"); what else a record may become is refused with how it becomes so."""
    if slug := STAGES.get(same(text)):
        return Found(slug)
    if slug := STAGES_OF_ACTS.get(same(text)):
        message = _(
            "“%(text)s” is said on the page of the engagement once it is here. Clear the cell, or leave "
            "the column out."
        )
        return Refused(message % {"text": shown(text), "stage": Stage(slug).label})
    return _else(
        text, _("Clear the cell, or leave the column out: the stage follows from the dates.")
    )


def language_of(text: str) -> Match:
    if slug := LANGUAGES.get(same(text)):
        return Found(slug)
    return _else(text, _("Write English or French."))


def approval_of(text: str) -> Match:
    """Found("given" or "unknown"): what is recorded of the approval of something past."""
    if slug := APPROVALS.get(same(text)):
        return Found(slug)
    if YES_NO.get(same(text)) == "no":
        return Found("unknown")
    return _else(text, _("Write Given or Not known."))


def yes_or_no(text: str) -> Match:
    """Found("yes" or "no")."""
    if slug := YES_NO.get(same(text)) or YES_NO.get(text.strip()):
        return Found(slug)
    return _else(text, _("Write Yes or No."))


def _else(text: str, what_is_right: str) -> Match:
    if says_nothing(text):
        return NOTHING
    message = _("“%(text)s” is not known here.") % {"text": shown(text)}
    return Refused(f"{message} {what_is_right}")
