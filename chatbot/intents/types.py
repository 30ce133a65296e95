"""The intents of a file: tags, patterns and replies; and its tests."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import Any

from chatbot.intents.slot_types import EntryAction, Slot, SlotUse, Tagged

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
class When:
    """What must hold for a reply to be given, all of it; what is empty always holds."""

    slots: tuple[tuple[str, bool | tuple[str, ...]], ...] = ()
    """By name: whether it is known, or the values that it may have."""
    contexts: tuple[str, ...] = ()
    """All must be active."""
    hours: tuple[tuple[int, int], ...] = ()
    """First and last hour, 0 to 23; one span is enough."""
    days: frozenset[int] = frozenset()
    """1 is Monday; one is enough."""
    languages: tuple[str, ...] = ()
    """Codes of the interface's language; one is enough."""

    @property
    def parts(self) -> int:
        """How much must hold: of two replies that fit, the one that asks for more is meant."""
        lists = (self.contexts, self.hours, self.days, self.languages)
        return len(self.slots) + sum(map(bool, lists))


@dataclass(frozen=True, slots=True)
class ConditionalReply:
    """A reply of several messages, or one that is only given when something holds."""

    texts: tuple[str, ...]
    """Its messages, in their order."""
    when: When = When()


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
    slots: tuple[SlotUse, ...] = field(
        default=(),
        metadata={
            "description": "Slots that its answer needs: a list of names, or an object of names "
            "and how to ask for each. One that is not known is asked for."
        },
    )
    action: str | None = field(
        default=None,
        metadata={
            "description": "An action that is carried out before the reply, such as dice or timer; "
            "{result} in a reply is what it found (docs/replies.md)."
        },
    )
    entries: tuple[tuple[str, EntryAction], ...] = field(
        default=(),
        metadata={
            "description": "What it does to lists: an object of their names and add, remove or "
            "clear."
        },
    )
    conditional: tuple[ConditionalReply, ...] = ()
    """The responses that are objects (`conditions`)."""
    written: tuple[str, ...] = ()
    """The patterns as the file has them, with their marks, if the file declares slots."""
    tagged: tuple[Tagged, ...] = ()
    """The patterns with values of slots, and where these are."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The patterns as they stand in the file; `patterns` are what people type."""
        return self.written or self.patterns

    @property
    def slot_names(self) -> frozenset[str]:
        """The slots that it has to do with: it needs them, or they are in its patterns."""
        in_patterns = {span.slot for each in self.tagged for span in each.spans}
        return frozenset(in_patterns.union(use.name for use in self.slots))

    def lines_of(self, patterns: Iterable[str]) -> list[str]:
        """Return the lines of the file that patterns come from."""
        marked = {each.text: each.written for each in self.tagged}
        return [marked.get(pattern, pattern) for pattern in patterns]

    @property
    def has_replies(self) -> bool:
        """Whether the file has anything to answer with."""
        return bool(self.responses or self.conditional)


@dataclass(frozen=True, slots=True)
class IntentTest:
    """A message whose answer no training may change."""

    message: str = field(metadata={"description": "What somebody types."})
    intent: str | None = field(
        metadata={"description": "The tag that must be its answer; null for the fallback."}
    )
    after: tuple[str, ...] = field(
        default=(),
        metadata={
            "description": "What is said before it, in the same conversation: a message or a list "
            "of messages."
        },
    )
    context: tuple[str, ...] = field(
        default=(),
        metadata={
            "description": "Contexts that are active when the conversation begins: a name or a "
            "list of names."
        },
    )

    @property
    def is_in_conversation(self) -> bool:
        """Whether its answer depends on more than its message."""
        return bool(self.after or self.context)

    @property
    def asked(self) -> str:
        """What is asked, in one line: the messages before it too, and what is active."""
        active = f" ({', '.join(self.context)})" if self.context else ""
        return " → ".join((*self.after, self.message)) + active


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
    slots: tuple[Slot, ...] = ()
    """Those that the file declares."""

    @cached_property
    def trainable(self) -> tuple[Intent, ...]:
        """The intents that have patterns: those a model can learn to name."""
        return tuple(intent for intent in self.intents if intent.patterns)

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of what training sees: tags, patterns and out-of-scope examples, unordered,
        and the values of slots that are marked in patterns.

        Replies and tests do not count: editing them needs no training.
        """
        seen: list[tuple[str, Iterable[Any]]] = sorted(
            ((intent.tag, intent.patterns) for intent in self.trainable), key=itemgetter(0)
        )
        if self.out_of_scope:  # "" is no tag
            seen.append(("", self.out_of_scope))
        marked = [each for intent in self.trainable for each in intent.tagged]
        if marked:
            seen.append(("", map(_marks, marked)))
            seen.append(("", (_values(slot) for slot in self.slots if not slot.entry)))
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
        """The contexts that some intent or reply needs; no other one changes what is answered."""
        needed = (name for intent in self.intents for name in intent.context_filter)
        replies = (reply for intent in self.intents for reply in intent.conditional)
        return frozenset(needed).union(name for reply in replies for name in reply.when.contexts)

    def by_tag(self, tag: str) -> Intent | None:
        """Return the intent of a tag, or None."""
        return self._by_tag.get(tag)

    @cached_property
    def _by_tag(self) -> dict[str, Intent]:
        return {intent.tag: intent for intent in self.intents}


def _marks(tagged: Tagged) -> tuple[str, ...]:
    """Return a text and its marks, as the digest takes them."""
    marks = (f"{span.start}-{span.end} {span.slot}" for span in tagged.spans)
    return (tagged.text, *marks)


def _values(slot: Slot) -> tuple[str, ...]:
    """Return what fills a slot in training, as the digest takes it."""
    texts = (text for listed in slot.values for text in listed.texts)
    return (slot.name, str(slot.kind), str(slot.closed), *texts)
