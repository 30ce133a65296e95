"""The intents of a file: tags, patterns and replies; and its tests."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter

SLOTS = frozenset({"time", "date", "day", "user", "intent", "confidence"})
"""The {slots} that replies may use; any other {word} stays as written."""

OUT_OF_SCOPE = "out_of_scope"
"""The key of the messages that the bot cannot answer."""


SILENCED = "silenced"
"""The key of the findings that somebody does not want to see again."""


@dataclass(frozen=True, slots=True)
class Context:
    """What an answered message leaves active for the next ones: "they are ordering"."""

    name: str
    turns: int
    """For how many of the next messages; 0 ends it."""


@dataclass(frozen=True, slots=True)
class Intent:
    """One thing that people may want, how they say it, and how to answer."""

    tag: str = field(metadata={"description": "The name of the intent, unique in the file."})
    patterns: tuple[str, ...] = field(
        default=(),
        metadata={
            "description": "Example messages, 12 to 25 varied ones. None at all makes an intent "
            "tagged fallback, noanswer, unknown or the like the fallback reply."
        },
    )
    responses: tuple[str, ...] = field(
        default=(),
        metadata={
            "description": "Replies, one is chosen at random. Slots: "
            + ", ".join(f"{{{slot}}}" for slot in sorted(SLOTS))
            + "."
        },
    )
    context_set: tuple[Context, ...] = field(
        default=(),
        metadata={
            "description": "Contexts that its answer makes active: a name, a list of names, or an "
            "object of names and for how many messages. By default for 5; 0 ends one."
        },
    )
    context_filter: tuple[str, ...] = field(
        default=(),
        metadata={
            "description": "Contexts that must all be active for the intent to be meant: a name or "
            "a list of names."
        },
    )


@dataclass(frozen=True, slots=True)
class IntentTest:
    """A message whose answer no training may change."""

    message: str = field(metadata={"description": "What somebody types."})
    intent: str | None = field(
        metadata={"description": "The tag that must be its answer; null for the fallback."}
    )


@dataclass(frozen=True)  # no slots: the cached properties live in __dict__
class Intents:
    """The intents of a file."""

    intents: tuple[Intent, ...]
    """All of them, in the order of the file, the fallback among them."""
    fallback: Intent | None = None
    """The one with the out-of-scope replies."""
    tests: tuple[IntentTest, ...] = ()
    """Asked of every model before it is taken over; their answers must not change."""
    out_of_scope: tuple[str, ...] = ()
    """Messages that the bot cannot answer: they, and what is alike, get the fallback reply."""
    silenced: tuple[str, ...] = ()
    """Findings that somebody does not want to see again (`silenced.name_of`)."""

    @cached_property
    def trainable(self) -> tuple[Intent, ...]:
        """The intents that have patterns: those a model can learn to name."""
        return tuple(intent for intent in self.intents if intent.patterns)

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of what training sees: tags, patterns and out-of-scope examples, unordered.

        Replies and tests do not count: editing them needs no training.
        """
        seen = sorted(
            ((intent.tag, intent.patterns) for intent in self.trainable), key=itemgetter(0)
        )
        if self.out_of_scope:  # "" is no tag
            seen.append(("", self.out_of_scope))
        # The JSON of all, but one intent at a time: a million patterns take 200 MB at once.
        found = hashlib.sha256(b"[")
        for number, (tag, texts) in enumerate(seen):
            each = json.dumps([tag, sorted(set(texts))])
            found.update((", " * bool(number) + each).encode())
        found.update(b"]")
        return found.hexdigest()

    def reachable(self, active: Iterable[str]) -> tuple[Intent, ...]:
        """Return the intents that can be meant while these contexts are active."""
        there = set(active)
        return tuple(each for each in self.intents if there.issuperset(each.context_filter))

    @cached_property
    def contexts(self) -> frozenset[str]:
        """The contexts that some intent needs; no other one changes what is answered."""
        return frozenset(name for intent in self.intents for name in intent.context_filter)

    def by_tag(self, tag: str) -> Intent | None:
        """Return the intent of a tag, or None."""
        return self._by_tag.get(tag)

    @cached_property
    def _by_tag(self) -> dict[str, Intent]:
        return {intent.tag: intent for intent in self.intents}
