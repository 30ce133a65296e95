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
from chatbot.intents.placeholders import PLACEHOLDER, UNCLOSED
from chatbot.intents.problems import Problem, warning
from chatbot.intents.types import SLOTS

_WORD = re.compile(r"\w+")
_WORDS = re.compile(r"[\w'’-]+(?: [\w'’-]+)*")
"""What may be a name of several words. JSON and code in a reply have other signs."""

ALIKE = 0.7
"""Similarity (difflib's ratio) from which a slot is suggested: {tme}, {Time} and {usr} are above
it, {name} and {data_file} below."""

ALIKE_WORDS = 0.85
"""The same for several words in braces, which may well be no slot: {big citty} is above it."""


def slot_problems(
    reply: str, path: JsonPath, tag: str | None, declared: Collection[str], *, mendable: bool = True
) -> Iterator[Problem]:
    """Yield the slots of a reply that do not exist; `mendable` is one that a fix finds.

    A word in braces is meant as a slot; of several words, only what is nearly the name of one.
    """
    slots = SLOTS.union(declared)
    known = ", ".join(f"{{{slot}}}" for slot in sorted(slots))
    fix = Fix("correct_slots", tag, reply) if mendable and tag is not None else None
    for name in dict.fromkeys(found[1] for found in PLACEHOLDER.finditer(reply)):
        if name in slots:
            continue
        meant = _meant(name, slots)
        if meant is None and not _WORD.fullmatch(name.strip()):
            continue
        message = _("{slot} is not a slot and stays as written").format(slot=f"{{{name}}}")
        remedy = (
            _("Did you mean {slot}? The slots are {slots}") if meant else _("The slots are {slots}")
        ).format(slot=f"{{{meant}}}", slots=known)
        yield warning(path, message, remedy, tag, fix=fix if meant else None)
    for text, name, default in dict.fromkeys((f[0], f[1], f[2]) for f in UNCLOSED.finditer(reply)):
        if (meant := _meant(name, slots)) is not None:
            message = _("{slot} has no closing brace and stays as written").format(slot=text)
            closed = f"{{{meant}{default or ''}}}"
            yield warning(path, message, _("Write {slot}").format(slot=closed), tag)


def corrected(reply: str, declared: Collection[str]) -> str:
    """Return a reply in which misspelt slots are corrected, where it is clear which was meant."""
    slots = SLOTS.union(declared)

    def correct(found: re.Match[str]) -> str:
        name = found[1] if found[1] in slots else _meant(found[1], slots) or found[1]
        return found[0].replace(found[1], name, 1)

    return PLACEHOLDER.sub(correct, reply)


def _meant(name: str, slots: Collection[str]) -> str | None:
    """Return the slot that a name equals or resembles, whatever parts its words."""
    if not _WORDS.fullmatch(name.strip()):
        return None
    plain = {_plain(slot): slot for slot in sorted(slots)}
    alike = ALIKE if _WORD.fullmatch(name.strip()) else ALIKE_WORDS
    near = get_close_matches(_plain(name), plain, 1, alike)
    return plain[near[0]] if near else None


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", " ", name).strip().casefold()
