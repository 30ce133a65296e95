"""Fewer patterns of a large file, the same ones each time: for what takes too long with all."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from chatbot.intents.types import Intent, Intents
from chatbot.words import words


def count_of(intents: Intents) -> int:
    """Return the number of patterns."""
    return sum(len(intent.patterns) for intent in intents.trainable)


def sampled(intents: Intents, most: int) -> Intents:
    """Return the intents with about `most` patterns in all: of each intent the same share.

    Of an intent at least two, evenly from all of its patterns, as their order often means
    something, and one with words, if any has. A file with no more patterns is returned as it is.
    """
    count = count_of(intents)
    if count <= most:
        return intents

    def some(intent: Intent) -> Intent:
        size = len(intent.patterns)
        wanted = min(size, max(2, size * most // count))
        chosen = [intent.patterns[i * size // wanted] for i in range(wanted)]
        if not any(map(words, chosen)):
            chosen += islice(filter(words, intent.patterns), 1)
        return replace(intent, patterns=tuple(chosen))

    return replace(
        intents,
        intents=tuple(some(intent) if intent.patterns else intent for intent in intents.intents),
    )
