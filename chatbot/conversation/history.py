"""History: the messages typed before, for Up and Down, kept on this machine only."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

from chatbot.common import jsonlines

KEPT_CHARACTERS = 4_000_000
"""Of all messages kept together, so that a few very long ones do not make a file of gigabytes."""

KEPT = 500
"""Messages kept between sessions; as many as a shell usually keeps."""


class History:
    """Steps back and forth through earlier messages; the draft comes last."""

    def __init__(self, entries: Sequence[str] = ()) -> None:
        self.entries = list(entries)
        self._added: list[str] = []
        self._position: int | None = None
        self._draft = ""
        self._edited: dict[int, str] = {}
        """Earlier messages as they were changed and not sent, by place, until one is sent."""

    def add(self, entry: str) -> None:
        """Remember a message that was sent; stepping starts at the end again."""
        if entry.strip() and (not self.entries or self.entries[-1] != entry):
            self.entries.append(entry)
            self._added.append(entry)
        self._position = None
        self._edited.clear()

    def take_added(self) -> list[str]:
        """Return the messages that were added since this was last asked."""
        added, self._added = self._added, []
        return added

    def older(self, current: str) -> str | None:
        """Return the message before the one shown, or None at the oldest.

        `current` is what the prompt holds: on the first call it is the draft, and is kept.
        """
        if self._position is None:
            self._draft = current
            self._position = len(self.entries)
        if self._position == 0:
            return None
        self._note(current)
        self._position -= 1
        return self._shown

    def newer(self, current: str) -> str | None:
        """Return the message after the one shown, then the draft, then None.

        `current` is what the prompt holds: an earlier message that was changed stays changed.
        """
        if self._position is None:
            return None
        self._note(current)
        self._position += 1
        if self._position >= len(self.entries):
            self._position = None
            return self._draft
        return self._shown

    @property
    def _shown(self) -> str:
        assert self._position is not None  # it was just stepped to
        return self._edited.get(self._position, self.entries[self._position])

    def _note(self, current: str) -> None:
        """Keep what was changed in the earlier message on show."""
        at = self._position
        if at is not None and at < len(self.entries) and current != self.entries[at]:
            self._edited[at] = current


def load(path: Path) -> list[str]:
    """Return the kept messages, oldest first; lines that cannot be read are skipped."""
    return jsonlines.load(path)[-KEPT:]


def add(path: Path, entries: Sequence[str]) -> None:
    """Add messages to those that are kept, whoever has kept them. Raises OSError."""
    jsonlines.change(path, lambda kept: _newest([*kept, *entries]))


def _newest(entries: Sequence[str]) -> list[str]:
    """Return the newest messages, as many as there is room for."""
    newest = list(entries[-KEPT:])
    lengths = accumulate(len(entry) for entry in reversed(newest))
    count = sum(length <= KEPT_CHARACTERS for length in lengths)
    return newest[len(newest) - count :]
