"""Slots in replies: finds {slots} that do not exist, suggests the one meant, and corrects them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from chatbot.common import _
from chatbot.intents.findings import Fix
from chatbot.intents.json_positions import JsonPath
from chatbot.intents.problems import Problem, warning
from chatbot.intents.types import SLOTS

PLACEHOLDER = re.compile(r"\{(\w+)\}")

ALIKE = 0.7
"""Similarity (difflib's ratio) from which a slot is suggested: {tme}, {Time} and {usr} are above
it, {name} and {data_file} below."""


def slot_problems(
    reply: str, path: JsonPath, tag: str | None, *, mendable: bool = True
) -> Iterator[Problem]:
    """Yield the slots of a reply that do not exist; `mendable` is one that a fix finds."""
    known = ", ".join(f"{{{slot}}}" for slot in sorted(SLOTS))
    fix = Fix("correct_slots", tag, reply) if mendable and tag is not None else None
    for word in dict.fromkeys(PLACEHOLDER.findall(reply)):
        if word not in SLOTS:
            meant = _meant(word)
            message = _("{slot} is not a slot and stays as written").format(slot=f"{{{word}}}")
            remedy = (
                _("Did you mean {slot}? The slots are {slots}")
                if meant
                else _("The slots are {slots}")
            ).format(slot=f"{{{meant}}}", slots=known)
            yield warning(path, message, remedy, tag, fix=fix if meant else None)


def corrected(reply: str) -> str:
    """Return a reply in which misspelt slots are corrected, where it is clear which was meant."""
    return PLACEHOLDER.sub(lambda slot: f"{{{_meant(slot[1]) or slot[1]}}}", reply)


def _meant(word: str) -> str | None:
    """Return the slot that a word equals or resembles."""
    near = get_close_matches(word.casefold(), sorted(SLOTS), 1, ALIKE)
    return near[0] if near else None
