"""Conditions too long to stand in the QuerySet itself."""

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from partners.models import Country, FormerName


def words_match(word: str) -> Q:
    """Whether one folded word stands in its text, or in a name of a partner or country."""
    participations = apps.get_model("engagements", "Participation").objects.filter(
        engagement=OuterRef("pk")
    )
    former = FormerName.objects.filter(partner=OuterRef("partner"), search_text__contains=word)
    countries = Country.objects.filter(engagements=OuterRef("pk"), search_text__contains=word)
    return (
        Q(search_text__contains=word)
        | Exists(participations.filter(Q(partner__search_text__contains=word) | Exists(former)))
        | Exists(countries)
    )
