"""What a text of a file can turn out to be: found, nothing said, asked about, or refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

# What an answer says instead of a code: create the partner; leave the countries empty.
CREATE, NONE = "create", ""
AT_MOST = 5


@dataclass(frozen=True)
class Proposal:
    """What a text may stand for. `code` is what an answer names; `score` goes from 0 to 1.

    `why_not` says why it cannot be chosen (an archived partner), "" where it can.
    """

    code: str
    label: str
    score: float
    why_not: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "label": self.label,
            "score": round(self.score, 2),
            "why_not": self.why_not,
        }


@dataclass(frozen=True)
class Found:
    """It stands for one thing, surely. Codes are those of `rows`: a partner's, ISO2, a slug, …"""

    code: str


@dataclass(frozen=True)
class Nothing:
    """The cell holds words that say nothing ("n/a", "à déterminer"): as if it were empty."""


@dataclass(frozen=True)
class Proposals:
    """A question: somebody has to say what it stands for. The closest first, perhaps none at all.

    `message` is a whole sentence where there is more to say than that it is not known.
    """

    proposals: tuple[Proposal, ...] = ()
    message: str = ""

    @classmethod
    def best(cls, proposals: Iterable[Proposal], message: str = "") -> "Proposals":
        """The five closest, each code once."""
        ordered = sorted(proposals, key=lambda one: (-one.score, one.label))
        once = {one.code: one for one in reversed(ordered)}
        kept = [one for one in ordered if once[one.code] is one]
        return cls(tuple(kept[:AT_MOST]), message)


@dataclass(frozen=True)
class Refused:
    """No answer could make a value of it: what is wrong, and what would be right."""

    message: str


Match = Found | Nothing | Proposals | Refused
NOTHING = Nothing()
