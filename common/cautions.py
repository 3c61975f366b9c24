"""What is asked once more before it is saved, and what a person confirms with “Save all the same”.

What is confirmed are exactly these findings: a further one is asked anew. They travel by a key that tells
nothing of what was found.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from common.identifiers import identifiers_in

# The input by which a form sends what was confirmed: keys, parted by spaces.
CONFIRMED = "confirmed"
KEY = re.compile(r"[0-9a-f]{24}")
WHY: dict[str, Promise] = {
    "sin": _(
        "This looks like a Social Insurance Number, one that ends in %(ending)s. Take it out: no such "
        "number has a place here. If it is something else, tick “Save all the same” below the form and "
        "save again."
    ),
    "fps": _(
        "This looks like an offender’s FPS number, one that ends in %(ending)s. Take it out: no such "
        "number has a place here. If it is something else, tick “Save all the same” below the form and "
        "save again."
    ),
}


@dataclass(frozen=True, kw_only=True)
class Caution:
    """Asked at the input called `name` of what is labelled `label`; confirmed by `key`."""

    name: str
    label: str
    message: str
    key: str


@dataclass(kw_only=True)
class Confirmation:
    """What a form still asks, and the keys of what was confirmed before."""

    pending: list[Caution] = field(default_factory=list)
    given: set[str] = field(default_factory=set)

    @classmethod
    def sent_in(cls, data: Any) -> "Confirmation":
        """As a form's data hold it: a QueryDict, a dict, or None."""
        many = getattr(data, "getlist", None)
        sent = many(CONFIRMED) if many else [str((data or {}).get(CONFIRMED, ""))]
        return cls(given=set(KEY.findall(" ".join(sent))))

    def ask(self, cautions: Iterable[Caution]) -> list[Caution]:
        """Those that were not confirmed; they are pending from now on."""
        new = [caution for caution in cautions if caution.key not in self.given]
        self.pending += new
        return new

    @property
    def value(self) -> str:
        """What ticking the box sends."""
        return " ".join(dict.fromkeys(caution.key for caution in self.pending))

    @property
    def before(self) -> str:
        return " ".join(sorted(self.given))


def key_of(*parts: str) -> str:
    return salted_hmac("common.cautions", "\n".join(parts)).hexdigest()[:24]


def cautions_about(name: str, label: Any, text: str, *, saved: str = "") -> list[Caution]:
    """One for each number of a person in the text, but for those that were saved in it before."""
    if text == saved:
        return []
    known = identifiers_in(saved) if saved else []
    return [
        Caution(
            name=name,
            label=str(label),
            message=str(WHY[one.kind]) % {"ending": one.ending},
            key=key_of(name, one.kind, one.number),
        )
        for one in identifiers_in(text)
        if one not in known
    ]
