"""Slots in replies: finds {slots} that do not exist, suggests the one meant, and corrects them.

The program fills some itself ({time}); the others are those that the file declares.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from difflib import get_close_matches

from chatbot.common import _
from chatbot.intents.findings import Fix
from chatbot.intents.json_positions import JsonPath
from chatbot.intents.problems import Problem, warning
from chatbot.intents.types import SLOTS

PLACEHOLDER = re.compile(r"\{(\w+)(\|[^{}\n]*)?\}")
"""`{city}`, or `{city|there}` with what is said where it is not known."""

ALIKE = 0.7
"""Similarity (difflib's ratio) from which a slot is suggested: {tme}, {Time} and {usr} are above
it, {name} and {data_file} below."""


def slot_problems(
    reply: str, path: JsonPath, tag: str | None, declared: Collection[str], *, mendable: bool = True
) -> Iterator[Problem]:
    """Yield the slots of a reply that do not exist; `mendable` is one that a fix finds."""
    slots = SLOTS.union(declared)
    known = ", ".join(f"{{{slot}}}" for slot in sorted(slots))
    fix = Fix("correct_slots", tag, reply) if mendable and tag is not None else None
    for word in dict.fromkeys(found[1] for found in PLACEHOLDER.finditer(reply)):
        if word not in slots:
            meant = _meant(word, slots)
            message = _("{slot} is not a slot and stays as written").format(slot=f"{{{word}}}")
            remedy = (
                _("Did you mean {slot}? The slots are {slots}")
                if meant
                else _("The slots are {slots}")
            ).format(slot=f"{{{meant}}}", slots=known)
            yield warning(path, message, remedy, tag, fix=fix if meant else None)


def corrected(reply: str, declared: Collection[str]) -> str:
    """Return a reply in which misspelt slots are corrected, where it is clear which was meant."""
    slots = SLOTS.union(declared)

    def correct(found: re.Match[str]) -> str:
        name = found[1] if found[1] in slots else _meant(found[1], slots) or found[1]
        return f"{{{name}{found[2] or ''}}}"

    return PLACEHOLDER.sub(correct, reply)


def _meant(word: str, slots: Collection[str]) -> str | None:
    """Return the slot that a word equals or resembles."""
    near = get_close_matches(word.casefold(), sorted(slots), 1, ALIKE)
    return near[0] if near else None
