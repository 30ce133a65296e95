"""Patterns with slots: `{city}`, and `[Hanoi](city)`, as people would type them.

`[Ha Noi](city:Hanoi)` says what a value means. Only slots that the file declares are read: any
other brackets are text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple
from zlib import crc32

from chatbot.intents.slot_types import Slot, SlotKind, Span, Tagged

FILLED = 3
"""Texts of a pattern with a {slot}, each with another value. More would weigh such a pattern more
than one without."""

_MARK = re.compile(
    r"\[([^\[\]\n]{1,500})\]\(([^:()\n]{1,100})(?::([^()\n]{1,200}))?\)|\{([^{}|\n]{1,100})\}"
)
"""The lengths are bounded so that no text takes longer than in proportion to its size."""

EXAMPLES: Mapping[SlotKind, tuple[str, ...]] = {
    "number": ("2", "7", "15", "120"),
    "date": ("24.12.2027", "2027-03-08", "1/9"),
    "time": ("20:00", "8:30", "17:45"),
    "duration": ("2 h", "45 min", "3 h"),
    "money": ("20 €", "$15", "9.99 €"),
    "email": ("ann@example.org", "info@example.com", "le.minh@example.net"),
    "url": ("https://example.org", "www.example.com", "example.net/page"),
    "phone": ("+44 20 7946 0958", "0912 345 678", "(555) 010-9999"),
}
"""What fills a {slot} of a kind, in any language."""


class Part(NamedTuple):
    """A part of a written pattern: plain text, a marked value, or a {slot}."""

    written: str
    slot: str = ""
    """"" in plain text."""
    text: str | None = None
    """What people type; None for a {slot}."""
    value: str = ""
    """What it means, if that is written."""


def parts_of(written: str, declared: Collection[str]) -> Iterator[Part]:
    """Yield the parts of a pattern; what marks no declared slot is text."""
    end = 0
    for mark in _MARK.finditer(written):
        text, name, value, alone = mark.groups()
        slot = (name or alone).strip()
        if slot not in declared or (text is not None and not text.strip()):
            continue
        if mark.start() > end:
            yield Part(written[end : mark.start()], text=written[end : mark.start()])
        yield Part(mark[0], slot, text, (value or "").strip())
        end = mark.end()
    if end < len(written) or not written:
        yield Part(written[end:], text=written[end:])


def names_in(written: str) -> Iterator[tuple[str, bool]]:
    """Yield the names of all slots in a pattern, declared or not; and whether a value is marked."""
    for mark in _MARK.finditer(written):
        yield (mark[2] or mark[4]).strip(), mark[1] is not None


def marked(text: str, slot: str, value: str = "") -> str:
    """Return a value as it is marked in a pattern; where that cannot be written, as it is."""
    if not text.strip() or re.search(r"[\[\]\n]", text) or len(text) > 500:
        return text
    says = "" if value in ("", text) or re.search(r"[()\n]", value) else f":{value}"
    return f"[{text}]({slot}{says})"


def tagged(
    written: str, declared: Collection[str], fill: Mapping[str, Sequence[str]]
) -> tuple[Tagged, ...]:
    """Return the texts of a pattern, and where the values are in them.

    A {slot} gets values of `fill`, else its name. Which ones depends on the pattern alone, so that
    a change of one pattern does not change the others.
    """
    parts = list(parts_of(written, declared))
    open_slots = [part.slot for part in parts if part.text is None]
    count = min(FILLED, max((len(fill.get(slot, ())) for slot in open_slots), default=1)) or 1
    start = crc32(written.encode("utf-8", "replace"))
    found = [_text(parts, fill, start + number, written) for number in range(count)]
    return tuple({each.text: each for each in found}.values())


def _text(
    parts: Sequence[Part], fill: Mapping[str, Sequence[str]], turn: int, written: str
) -> Tagged:
    text, spans, taken = "", [], dict[str, int]()
    for part in parts:
        said, value = part.text, part.value
        if said is None:
            values = fill.get(part.slot) or (part.slot.replace("_", " "),)
            place = turn + taken.get(part.slot, 0)  # two of a slot in one pattern are not the same
            taken[part.slot] = taken.get(part.slot, 0) + 1
            said = values[place % len(values)]
        if part.slot:
            begun, ended = len(said) - len(said.lstrip()), len(said.rstrip())
            spans.append(
                Span(
                    len(text) + begun,
                    len(text) + ended,
                    part.slot,
                    value or said.strip(),
                    is_filled=part.text is None,
                )
            )
        text += said
    return Tagged(text, tuple(spans), written)


def values_to_fill(slots: Sequence[Slot], patterns: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return what fills each {slot}: its list, the values that are marked, examples of its kind."""
    declared = {slot.name for slot in slots}
    found: dict[str, dict[str, None]] = {
        slot.name: dict.fromkeys(listed.value for listed in slot.values) for slot in slots
    }
    for written in patterns:
        for part in parts_of(written, declared):
            if part.slot and part.text is not None:
                found[part.slot][part.text.strip()] = None
    for slot in slots:
        if slot.kind is not None and not found[slot.name]:
            found[slot.name] = dict.fromkeys(EXAMPLES[slot.kind])
    return {name: tuple(values) for name, values in found.items()}
