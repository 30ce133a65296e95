"""Long texts that were pasted: a short label stands in the prompt for each of them.

A text area lays a line out anew with every key: 60 ms at 40,000 characters without a line break,
450 at as many Chinese ones. The label is text like any other, and the message has the whole.
"""

from __future__ import annotations

from chatbot.common import _

Place = tuple[int, int]
"""Line and column."""


class Pasted:
    """The texts that labels stand for."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._count = 0
        self._latest = ("", "")

    def label(self, text: str) -> str:
        """Return what stands for a text from now on; the same for the same text."""
        for label, known in self._texts.items():
            if known == text:
                return label
        self._count += 1
        label = _("[text {number}: {count:,} characters]").format(
            number=self._count, count=len(text)
        )
        self._texts[label] = text
        return label

    def whole(self, text: str) -> str:
        """Return a text of the prompt with what its labels stand for."""
        if not self._texts:
            return text
        if text != self._latest[0]:
            whole = text
            for label, pasted in self._texts.items():
                if label in text:
                    whole = whole.replace(label, pasted)
            self._latest = (text, whole)
        return self._latest[1]

    def widened(self, start: Place, end: Place, line: str, last_line: str) -> tuple[Place, Place]:
        """Return the places of an edit so that no label is cut: it goes as a whole, or stays.

        `line` and `last_line` are those of `start` and `end`.
        """
        if start == end:
            column = max(right for _, right in self._around(line, start[1]))
            return (start[0], column), (start[0], column)
        first = min(left for left, _ in self._around(line, start[1]))
        last = max(right for _, right in self._around(last_line, end[1]))
        return (start[0], first), (end[0], last)

    def _around(self, line: str, column: int) -> list[tuple[int, int]]:
        """Return the ends of the labels that a column lies within, and the column itself."""
        found = [(column, column)]
        for label in self._texts:
            at = line.find(label)
            while at >= 0:
                if at < column < at + len(label):
                    found.append((at, at + len(label)))
                at = line.find(label, at + 1)
        return found
