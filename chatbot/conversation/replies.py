"""Replies: choose a template of the intent and fill its slots."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import replace
from datetime import datetime
from random import Random
from threading import Lock

from chatbot.common import N_, _
from chatbot.intents import SLOTS, Intent

BUILT_IN_FALLBACK = Intent(
    tag="fallback",
    patterns=(),
    responses=(
        N_("Sorry, I did not understand that. Could you say it in other words?"),
        N_("I don't know that one. You can teach me: open Edit intents in the menu."),
        N_("That is beyond what I have learned so far."),
    ),
)
"""The fallback reply of a file that has no fallback intent of its own; see `built_in_fallback`."""

_SLOT = re.compile(r"\{(" + "|".join(sorted(SLOTS)) + r")\}")


class Replier:
    """Chooses replies: at random, never the same one twice in a row for an intent.

    Any number of threads may use one.
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
        self._last: dict[str, str] = {}
        self._choosing = Lock()

    def for_conversation(self) -> Replier:
        """Return one that has said nothing yet: what others hear counts for no conversation.

        With a seed each conversation gets the same choices, whatever is said in the others.
        """
        other = copy(self)
        other._begin()
        return other

    def reply(self, intent: Intent, *, named: str, confidence: float) -> str:
        """Return a filled template of `intent`.

        `named` and `confidence` (0 to 1) are what the classifier said; they differ from the
        intent's own tag when the reply is the fallback.
        """
        if not intent.responses:
            none = _("I took that for “{intent}”, which has no reply yet in the intents file.")
            return none.format(intent=intent.tag)
        with self._choosing:
            last = self._last.get(intent.tag)
            choices = [text for text in intent.responses if text != last] or list(intent.responses)
            template = self._random.choice(choices)
            self._last[intent.tag] = template
        if "{" not in template:
            return template
        now = self._now()
        values = {
            "time": f"{now:%H:%M}",
            "date": f"{now.day} {now:%B %Y}",
            "day": f"{now:%A}",
            "user": self._user,
            "intent": named,
            "confidence": f"{round(confidence * 100)} %",
        }
        return fill(template, values)


def built_in_fallback() -> Intent:
    """Return the fallback reply of a file without one, in the interface's language."""
    return replace(BUILT_IN_FALLBACK, responses=tuple(map(_, BUILT_IN_FALLBACK.responses)))


def fill(template: str, values: Mapping[str, str]) -> str:
    """Replace the known slots of a template in one pass; any other {word} stays as written.

    One pass: a value that looks like a slot (a user named "{time}") is not filled again.
    """
    return _SLOT.sub(lambda slot: values[slot.group(1)], template)
