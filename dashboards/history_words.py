"""How the history of shared views is told: to those who see the view."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.history.said import Said
from common.history.words import RecordWords, register_acts, register_words
from dashboards.models import SavedView

register_acts({"shared": pgettext_lazy("act", "Shared")})

register_words(
    RecordWords(
        kind="view",
        called=_("shared view"),
        called_many=_("shared views"),
        name=lambda view: Said(view.name),
        address=SavedView.get_absolute_url,
        readable=lambda user: SavedView.objects.visible_to(user).exclude(office=None),
    )
)
