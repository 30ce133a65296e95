"""Lines of a conversation: who says them, and which is an answer to which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chatbot.formats.gathering import Gathering

_BOTS = frozenset(
    ("bot", "chatbot", "assistant", "agent", "ai", "gpt", "model", "robot", "answer", "machine",
     "computer", "support", "staff", "operator", "bard", "claude")
)  # fmt: skip
_PEOPLE = frozenset(
    ("user", "human", "you", "me", "customer", "client", "visitor", "question", "person",
     "usuario", "prompter", "kunde", "nutzer", "system")
)  # fmt: skip
"""A system prompt is nothing that the bot answers, so it is never followed by an answer."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of a conversation."""

    text: str
    is_bot: bool

    @classmethod
    def by(cls, role: str, text: str) -> Turn | None:
        """Return the line of somebody; None where the role says not whether it is the bot."""
        name = role.strip().casefold()
        return cls(text, name in _BOTS) if name in _BOTS | _PEOPLE else None


def pairs_of(turns: Sequence[Turn], into: Gathering | None = None) -> Iterator[tuple[str, str]]:
    """Yield what a person says and what the bot answers right after it; the rest is noted."""
    place = 0
    while place < len(turns):
        here, after = turns[place], turns[place + 1 : place + 2]
        if not here.is_bot and after and after[0].is_bot:
            yield here.text, after[0].text
            place += 2
            continue
        if into is not None and here.text.strip():
            into.note("lines of conversations without an answer were left out", 1, [here.text])
        place += 1
