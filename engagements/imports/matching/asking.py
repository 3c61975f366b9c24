"""What all matchers share: each text is looked at once, and no page of text is taken for a name."""

from abc import ABC, abstractmethod
from typing import ClassVar

from engagements.imports.matching.results import Found, Match, Proposals


class Matcher(ABC):
    # Twice what the longest name may have, for a name in both languages.
    longest: ClassVar[int] = 700
    matched: dict[str, Match]

    def match(self, text: str) -> Match:
        """What the text stands for by itself."""
        if len(text) > self.longest:
            return Proposals()
        if text not in self.matched:
            self.matched[text] = self._match(text.strip())
        return self.matched[text]

    def knows(self, text: str) -> bool:
        """Whether it is found as it stands."""
        return isinstance(self.match(text), Found)

    @abstractmethod
    def _match(self, text: str) -> Match: ...
