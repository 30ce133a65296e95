"""Lines of a conversation: who says them, and which is an answer to which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from chatbot.formats.answers import are_answers
from chatbot.formats.gathering import Gathering
from chatbot.intents import best

_BOTS = frozenset(
    ("bot", "chatbot", "assistant", "agent", "ai", "gpt", "model", "robot", "answer", "machine",
     "computer", "support", "staff", "operator", "bard", "claude")
)  # fmt: skip
_PEOPLE = frozenset(
    ("user", "human", "you", "me", "customer", "client", "visitor", "question", "person",
     "usuario", "prompter", "kunde", "nutzer", "system")
)  # fmt: skip
"""A system prompt is nothing that the bot answers, so it is never followed by an answer."""
_SYSTEM = "system"
_ROLES = ("role", "from", "speaker", "author", "sender", "user")
_LINES = ("content", "value", "text", "message", "utterance", "parts")


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of a conversation."""

    text: str
    is_bot: bool


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


def pairs_in(
    items: Sequence[Any], into: Gathering | None = None, *, is_talk: bool
) -> Iterator[tuple[str, str]]:
    """Yield pairs from a list of lines with their roles, or from lists of lines in their turn.

    `is_talk` says that lists in it are conversations, whatever their lines look like.
    """
    said = [line for item in items if (line := _said(item)) is not None]
    if len(items) > 1 and len(said) == len(items):
        yield from pairs_of(_turns(said), into)
        return
    lists = [item for item in items if _are_lines(item)]
    if not lists or (len(lists) < len(items) and not is_talk):
        return
    if is_talk or are_answers([(item[0], item[1]) for item in lists]):
        for item in lists:
            lines = [Turn(text, is_bot=place % 2 == 1) for place, text in enumerate(item)]
            yield from pairs_of(lines, into)


def _are_lines(item: Any) -> bool:
    return isinstance(item, list) and len(item) > 1 and all(isinstance(t, str) for t in item)


def _said(item: Any) -> tuple[str, str] | None:
    """Return who says a line of a conversation, and its text; None where it is none."""
    if not isinstance(item, dict) or best(item.keys() - set(_ROLES), "responses") is not None:
        return None
    role = next((item[key] for key in _ROLES if isinstance(item.get(key), str)), None)
    text = next((found for key in _LINES if (found := _text(item.get(key))) is not None), None)
    if role is None or text is None or role.strip().casefold() not in _BOTS | _PEOPLE:
        return None
    return role.strip().casefold(), text


def _text(value: Any) -> str | None:
    """Return the text of a line: one, or the text parts of a list; pictures have none."""
    if not isinstance(value, list):
        return value if isinstance(value, str) else None
    parts = (part.get("text") if isinstance(part, dict) else part for part in value)
    texts = [part for part in parts if isinstance(part, str)]
    return "\n".join(texts) if texts else None


def _turns(said: Sequence[tuple[str, str]]) -> list[Turn]:
    """Return the lines; where no other is the bot's, those of the system are, after the first."""
    bots = _BOTS if any(role in _BOTS for role, _ in said) else {_SYSTEM}
    begins = next((i for i, (role, _) in enumerate(said) if role != _SYSTEM), 0)
    return [Turn(text, role in bots and i >= begins) for i, (role, text) in enumerate(said)]
