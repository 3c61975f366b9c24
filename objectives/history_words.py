"""How the history of frameworks and objectives is told."""

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
from objectives.models import Framework, Objective


def call_framework(framework: Framework) -> Said:
    return bilingual(framework, "title")


def call_objective(objective: Objective) -> Said:
    """Its short name with its code: "Mental health (S1)"."""
    short = bilingual(objective, "short")
    return Said(f"{short.text} ({objective.code})", short.language)


register_names("framework", Names(model=Framework, column="code", call=call_framework))
register_names(
    "objective",
    Names(model=Objective, column="code", call=call_objective, with_parents=("framework",)),
)
register_acts({"adopted": pgettext_lazy("act", "Adopted")})

FOLLOWS = {
    How.ADDED: _("Said to follow %(objective)s"),
    How.REMOVED: _("No longer said to follow %(objective)s"),
}


def tell_follows(change: Change, telling: Telling) -> list[Told]:
    followed = telling.names.name("objective", change.after or change.before)
    sentence = Sentence(FOLLOWS[change.how], {"objective": followed})
    return [Told(name=change.name, sentence=sentence)]


register_words(
    RecordWords(
        kind="framework",
        called=_("framework"),
        called_many=_("frameworks"),
        name=call_framework,
        address=Framework.get_absolute_url,
    )
)
register_words(
    RecordWords(
        kind="objective",
        called=_("objective"),
        called_many=_("objectives"),
        name=call_objective,
        address=Objective.get_absolute_url,
        lists={"follows": Elements(tell=tell_follows, looks_up={"objective": "objective"})},
    )
)
