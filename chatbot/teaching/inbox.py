"""The inbox: messages that got the fallback reply, kept on this machine until they are sorted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from chatbot.common import TAUGHT_CHARACTERS, jsonlines
from chatbot.network import Floats, unit_length
from chatbot.words import spoken, words

if TYPE_CHECKING:
    from chatbot.conversation import Reader

KEPT = 300
"""Messages kept; the oldest are dropped."""

ALIKE = 0.75
"""Cosine of the final states from which messages are grouped. Of the pairs of the default
bot's patterns that are so close, 94 % belong to one intent."""


def load(path: Path) -> list[str]:
    """Return the messages, oldest first; lines that cannot be read are skipped."""
    return jsonlines.load(path)


def add(path: Path, message: str) -> None:
    """Keep a message, unless the same words are there already. Raises OSError.

    One that is too long to become a pattern (`TAUGHT_CHARACTERS`) is not kept.
    """
    if len(message) > TAUGHT_CHARACTERS:
        return
    key = spoken(words(message))

    def added(messages: list[str]) -> list[str]:
        if not key or any(spoken(words(other)) == key for other in messages):
            return messages
        return [*messages, message][-KEPT:]

    jsonlines.change(path, added)


def remove(path: Path, messages: Collection[str]) -> None:
    """Forget messages. Raises OSError."""
    jsonlines.change(path, lambda kept: [other for other in kept if other not in messages])


def groups(reader: Reader, messages: Sequence[str]) -> list[list[str]]:
    """Return the messages in groups that leave nearly the same hidden state.

    The largest group comes first. Greedy: a message joins the first group to whose first message
    it is similar (cosine of the final states at least ALIKE), or starts its own.
    """
    found: list[tuple[Floats, list[str]]] = []
    for message in messages:
        steps = reader.recurrent.read(words(message[:TAUGHT_CHARACTERS]))
        state = steps[-1].hidden if steps else reader.recurrent.initial_state.hidden
        state = unit_length(state)
        for first, group in found:
            if float(first @ state) >= ALIKE:
                group.append(message)
                break
        else:
            found.append((state, [message]))
    return sorted((group for _, group in found), key=len, reverse=True)
