"""A value of a slot that was found in a message, and the choice among those that overlap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from chatbot.words import Word


class How(StrEnum):
    """How a value was found."""

    LIST = "list"
    REGEX = "regex"
    KIND = "kind"
    LEARNED = "learned"
    SAID = "said"
    """The whole message: it was asked for."""


@dataclass(frozen=True, slots=True)
class SlotValue:
    """A value that a message names."""

    slot: str
    value: str
    """What it means: "Hanoi" for "ha noi", "2027-12-24" for "24.12.2027"."""
    text: str
    """As it was said."""
    start: int
    """Index of its first character in the message as read (`words.as_read`)."""
    end: int
    """Index after its last character."""
    first: int
    """Index of its first word."""
    after: int
    """Index after its last word."""
    how: How
    errors: int = 0
    """Typing errors in it."""

    def __str__(self) -> str:
        """Return it as it is shown: the slot and what it means."""
        return f"{self.slot}: {self.value}"


def by_slot(values: Iterable[SlotValue]) -> dict[str, str]:
    """Return what each slot means; of two values of a slot the one that was said last."""
    return {each.slot: each.value for each in values}


def words_at(words: Sequence[Word], start: int, end: int) -> tuple[int, int] | None:
    """Return the first word that reaches into a piece of a text, and the one after the last.

    None where there is none.
    """
    inside = [i for i, word in enumerate(words) if word.start < end and word.end > start]
    return (inside[0], inside[-1] + 1) if inside else None


_ORDER = {How.REGEX: 0, How.LIST: 1, How.KIND: 2, How.LEARNED: 3, How.SAID: 4}


def chosen(
    found: Iterable[SlotValue], rank: Callable[[SlotValue, Sequence[SlotValue]], int]
) -> tuple[SlotValue, ...]:
    """Return values that do not overlap, in the order of the message.

    The longest one counts, and of those that are as long the one with fewer typing errors, then the
    more certain way. Where several slots have the same value, `rank` decides, the least first; it
    is given a value and those that are taken already.
    """
    pieces: dict[tuple[int, int], list[SlotValue]] = {}
    for each in found:
        pieces.setdefault((each.start, each.end), []).append(each)
    best = [
        [v for v in values if (v.errors, _ORDER[v.how]) == _surest(values)]
        for values in pieces.values()
    ]
    best.sort(key=lambda values: (values[0].start - values[0].end, values[0].start))
    taken: list[list[SlotValue]] = []
    for values in best:
        start, end = values[0].start, values[0].end
        if all(end <= other[0].start or start >= other[0].end for other in taken):
            taken.append(values)
    taken.sort(key=lambda values: values[0].start)
    kept: list[SlotValue] = []
    for values in taken:
        kept.append(min(values, key=lambda value: rank(value, kept)))
    return tuple(kept)


def _surest(values: Sequence[SlotValue]) -> tuple[int, int]:
    return min((value.errors, _ORDER[value.how]) for value in values)


def called(value: SlotValue, slot: str) -> SlotValue:
    """Return the same value for another slot."""
    return replace(value, slot=slot)
