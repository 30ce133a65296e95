"""Finds a name by some of its letters, as people type them: "cai dat" finds "Cài đặt"."""

from __future__ import annotations

from textual.content import Content
from textual.fuzzy import Matcher

from chatbot.conversation import Folded


class PlainMatcher(Matcher):
    """Textual's fuzzy matcher, whatever the case, the width and the diacritics."""

    def match(self, candidate: str) -> float:
        """Return how well a name matches; 0 if it does not."""
        return self._found(Folded(candidate))[0]

    def highlight(self, candidate: str) -> Content:
        """Return a name with the letters that match marked."""
        folded = Folded(candidate)
        origins, content = folded.origins, Content(candidate)
        for at in {origins[offset] for offset in self._found(folded)[1]}:
            if not candidate[at].isspace():
                content = content.stylize(self.match_style, at, at + 1)
        return content

    def _found(self, candidate: Folded) -> tuple[float, tuple[int, ...]]:
        score, offsets = self.fuzzy_search.match(Folded(self.query).text, candidate.text)
        return score, tuple(offsets)


def contains(text: str, words: str) -> bool:
    """Return whether all the words of one text are somewhere in the other, in any order."""
    folded = Folded(text).text
    return all(word in folded for word in Folded(words).text.split())
