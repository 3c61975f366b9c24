"""How the history of partners, contacts, countries and regions is told."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.history.changes import Change, How
from common.history.said import Names, Said, Sentence, bilingual, register_names
from common.history.words import (
    Elements,
    RecordWords,
    Telling,
    Told,
    register_acts,
    register_words,
)
from partners.models import Contact, Country, Partner, Region


def call_partner(partner: Partner) -> Said:
    return Said(partner.label, bilingual(partner, "name").language)


def call_contact(contact: Contact) -> Said:
    """Its post is in one of the languages; a name is in none."""
    return Said(contact.label, "" if contact.name else bilingual(contact, "post").language)


def call_place(place: Country | Region) -> Said:
    return bilingual(place, "name")


register_names("partner", Names(model=Partner, column="code", call=call_partner))
register_names("country", Names(model=Country, column="iso2", call=call_place))
register_names("region", Names(model=Region, column="code", call=call_place))

register_acts(
    {
        "archived": pgettext_lazy("act", "Archived"),
        "verified": pgettext_lazy("act", "Verified"),
        "left": pgettext_lazy("act", "Marked as no longer there"),
        "moved": pgettext_lazy("act", "Moved to another partner"),
    }
)

FORMER_NAMES = {
    How.ADDED: _("Former name %(name)s added"),
    How.REMOVED: _("Former name %(name)s removed"),
    How.CHANGED: _("Former name %(name)s: in use %(before)s, now %(after)s"),
}

# One without dates is a name it goes by, too.
OTHER_NAMES = {
    How.ADDED: _("Other name %(name)s added"),
    How.REMOVED: _("Other name %(name)s removed"),
}


def tell_former_name(change: Change, telling: Telling) -> list[Told]:
    """One sentence; the dates of a name that is added or removed stand behind it."""
    former = change.after or change.before
    names = {"name": _former_name(former, with_use=change.how != How.CHANGED)}
    if change.how == How.CHANGED:
        names |= {"before": Said(_use(change.before)), "after": Said(_use(change.after))}
    undated = not (former["used_from"] or former["used_until"])
    words = OTHER_NAMES if undated and change.how in OTHER_NAMES else FORMER_NAMES
    sentence = Sentence(words[change.how], names)
    return [Told(name=change.name, sentence=sentence)]


def _former_name(former: dict, *, with_use: bool) -> Said:
    """In both languages, as neither is lost: "Ministry of Justice (MOJ) / Ministère de la Justice"."""
    said = []
    for language in ("en", "fr"):
        name, acronym = former[f"name_{language}"], former[f"acronym_{language}"]
        said.append(f"{name} ({acronym})" if name and acronym else name or acronym)
    names = " / ".join(dict.fromkeys(text for text in said if text))
    use = _use(former) if with_use and (former["used_from"] or former["used_until"]) else ""
    return Said(f"{names}, {use}" if use else names)


def _use(former: dict) -> str:
    """ "1994 – 2002"; a side that is not known stays open."""
    return f"{former['used_from'] or '?'} – {former['used_until'] or '?'}"


register_words(
    RecordWords(
        kind="partner",
        called=_("partner"),
        called_many=_("partners"),
        name=call_partner,
        address=Partner.get_absolute_url,
        labels={
            "former_names": _("Former and other names"),
            "in_police": _("Justice sector: police"),
            "in_courts": _("Justice sector: courts"),
            "in_corrections": _("Justice sector: corrections"),
        },
        lists={"former_names": Elements(tell=tell_former_name, looks_up={})},
        written_in={"name_own": "own_language"},
    )
)
register_words(
    RecordWords(
        kind="contact",
        called=_("contact"),
        called_many=_("contacts"),
        name=call_contact,
        address=Contact.get_absolute_url,
        with_parents=("partner",),
        written_in={"note": "text_language"},
        # Who said that they are no longer there, and when, is said of the act itself.
        untold=frozenset({"retired_at", "retired_by"}),
    )
)
register_words(
    RecordWords(
        kind="country",
        called=_("country"),
        called_many=_("countries"),
        name=call_place,
    )
)
register_words(
    RecordWords(kind="region", called=_("region"), called_many=_("regions"), name=call_place)
)
