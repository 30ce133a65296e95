"""Replies: choose a template of the intent and fill its slots."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from copy import copy
from dataclasses import replace
from datetime import datetime
from random import Random
from threading import Lock

from chatbot.common import N_, _, language
from chatbot.intents import (
    PLACEHOLDER,
    SAYS_NOTHING,
    SLOTS,
    ConditionalReply,
    Intent,
    Situation,
    SlotUse,
    holds,
)

BUILT_IN_FALLBACK = Intent(
    tag="fallback",
    patterns=(),
    responses=(
        N_("Sorry, I did not understand that. Could you say it in other words?"),
        N_("I am not sure what you mean. Could you put it differently?"),
    ),
)
"""The fallback reply of a file that has no fallback intent of its own; see `built_in_fallback`."""

BEYOND = N_("That is beyond what I have learned. You can ask me, for example: “{example}”")
"""The same where saying it in other words has not helped."""

MOST_CHARACTERS = 100_000
"""Of a reply, with the values that are put in: fifty pages."""

UNKNOWN = "…"
"""Stands for a slot that is not known and has no default, where there is no reply without it."""


class Replier:
    """Chooses replies: at random, never the same one twice in a row for an intent.

    Those whose conditions hold come before those without any, the ones that ask for more first; and
    one whose slots are all known before one that would have gaps. Any number of threads
    may use one.
    """

    def __init__(
        self, user: str, seed: int | None = None, now: Callable[[], datetime] = datetime.now
    ) -> None:
        self._user = user
        self._seed = seed
        self._now = now
        self._begin()

    def _begin(self) -> None:
        self._random = Random(self._seed)
        self._last: dict[str, tuple[str, ...]] = {}
        self._latest: tuple[str, ...] = ()
        """The last of all: two intents may have the same replies, as for one more joke."""
        self._choosing = Lock()

    def for_conversation(self) -> Replier:
        """Return one that has said nothing yet: what others hear counts for no conversation.

        With a seed each conversation gets the same choices, whatever is said in the others.
        """
        other = copy(self)
        other._begin()
        return other

    def situation(self, slots: Mapping[str, str], contexts: Collection[str]) -> Situation:
        """Return what replies can depend on now."""
        return Situation(self._now(), language(), slots, contexts)

    def reply(
        self,
        intent: Intent,
        *,
        named: str,
        confidence: float,
        situation: Situation | None = None,
        declared: Collection[str] = (),
    ) -> tuple[str, ...]:
        """Return a filled template of `intent`: one message, or several.

        `named` and `confidence` (0 to 1) are what the classifier said; they differ from the
        intent's own tag when the reply is the fallback. `declared` are the slots of the file, of
        which `situation` knows some; any other {word} stays as written.
        """
        situation = situation or self.situation({}, ())
        if not intent.has_replies:
            none = _("I took that for “{intent}”, which has no reply yet in the intents file.")
            return (none.format(intent=intent.tag),)
        fitting = _fitting(intent, situation)
        if not fitting:
            none = _("I took that for “{intent}”, which has no reply that fits now.")
            return (none.format(intent=intent.tag),)
        has_slots = any("{" in text for texts in fitting for text in texts)
        values = self._values(named, confidence, situation) if has_slots else {}
        slots = SLOTS.union(declared, situation.slots)
        whole = [texts for texts in fitting if not _gaps(texts, values, slots)] or fitting
        with self._choosing:
            last = self._last.get(intent.tag)
            others = [texts for texts in whole if texts not in (last, self._latest)] or [
                texts for texts in whole if texts != last
            ]
            chosen = self._latest = self._random.choice(others or whole)
            self._last[intent.tag] = chosen
        return tuple(fill(text, values, slots) for text in chosen)

    def _values(self, named: str, confidence: float, situation: Situation) -> Mapping[str, str]:
        own = self._own(situation)
        own |= {"intent": named, "confidence": f"{round(confidence * 100)} %"}
        return own | dict(situation.slots)

    def ask(self, use: SlotUse, situation: Situation, declared: Collection[str] = ()) -> str:
        """Return a question for a slot that an answer needs; it is filled like a reply."""
        if not use.ask:
            return _("Which {slot}?").format(slot=use.name.replace("_", " "))
        with self._choosing:
            last = self._last.get(f"?{use.name}")
            chosen = self._random.choice([text for text in use.ask if (text,) != last] or use.ask)
            self._last[f"?{use.name}"] = (chosen,)
        values = self._own(situation) | dict(situation.slots)
        return fill(chosen, values, {*values, *declared})

    def _own(self, situation: Situation) -> dict[str, str]:
        """Return the program's own slots that depend on no message."""
        now = situation.now
        return {
            "time": f"{now:%H:%M}",
            "date": f"{now.day} {now:%B %Y}",
            "day": f"{now:%A}",
            "user": self._user,
        }


def _fitting(intent: Intent, situation: Situation) -> list[tuple[str, ...]]:
    """Return the replies that can be given now, those that ask for most."""
    if not intent.conditional:
        return [(text,) for text in intent.responses]
    plain = [ConditionalReply((text,)) for text in intent.responses]
    fitting = [reply for reply in (*plain, *intent.conditional) if holds(reply.when, situation)]
    most = max((reply.when.parts for reply in fitting), default=0)
    return [reply.texts for reply in fitting if reply.when.parts == most]


def built_in_fallback() -> Intent:
    """Return the fallback reply of a file without one, in the interface's language."""
    return replace(BUILT_IN_FALLBACK, responses=tuple(map(_, BUILT_IN_FALLBACK.responses)))


def _gaps(texts: tuple[str, ...], values: Mapping[str, str], slots: Collection[str]) -> bool:
    """Whether a reply has a slot that is not known, and nothing to say instead."""
    return any(
        found[1] in slots and found[1] not in values and found[2] is None
        for text in texts
        for found in PLACEHOLDER.finditer(text)
    )


def fill(template: str, values: Mapping[str, str], slots: Collection[str] = SLOTS) -> str:
    """Replace the slots of a template in one pass; any other {word} stays as written.

    One pass: a value that looks like a slot (a user named "{time}") is not filled again.
    """

    def value(found: re.Match[str]) -> str:
        name, default = found[1], found[2]
        if name not in slots:
            return found[0]
        return values.get(name, UNKNOWN if default is None else default)

    if "{" not in template:
        return bounded(template)
    kept = SAYS_NOTHING.sub(lambda f: f[0] if f[1] in values or f[1] not in slots else "", template)
    filled, end, length = [], 0, 0
    for found in PLACEHOLDER.finditer(kept):
        filled += [kept[end : found.start()], value(found)]
        end = found.end()
        length += len(filled[-2]) + len(filled[-1])
        if length > MOST_CHARACTERS:  # a value of a page, a thousand times
            break
    return bounded("".join((*filled, kept[end : end + MOST_CHARACTERS + 1])))


def bounded(reply: str) -> str:
    """Return a reply, or the beginning of one that nobody reads to its end, and why it ends."""
    if len(reply) <= MOST_CHARACTERS:
        return reply
    note = _("(cut off: a reply has at most {most:,} characters)").format(most=MOST_CHARACTERS)
    return f"{reply[:MOST_CHARACTERS]} … {note}"
