"""Slots: the values that a message may hold ("to Hue"), and the texts in which they are marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, get_args

from chatbot.intents.placeholders import PLACEHOLDER

SLOTS_KEY = "slots"
"""The key of the declared slots of a file, and of the slots of an intent."""

SlotKind = Literal["number", "date", "time", "duration", "money", "email", "url", "phone"]
"""What the program itself finds in a message."""

KINDS: tuple[SlotKind, ...] = get_args(SlotKind)


@dataclass(frozen=True, slots=True)
class ListedValue:
    """A value of a list, and other words for it."""

    value: str
    synonyms: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """The value and its synonyms."""
        return (self.value, *self.synonyms)


@dataclass(frozen=True, slots=True)
class Slot:
    """Something that messages name: a city, a date. Where its values are found."""

    name: str
    values: tuple[ListedValue, ...] = field(
        default=(),
        metadata={
            "description": "Its values: a list, or an object of values and lists of synonyms. They "
            "are found in spite of a typing error."
        },
    )
    regex: str = field(
        default="", metadata={"description": "A regular expression for its values; ignores case."}
    )
    kind: SlotKind | None = field(
        default=None, metadata={"description": "What the program finds by itself."}
    )
    closed: bool = field(
        default=False,
        metadata={
            "description": "Whether nothing else than the values of its list is one. By default "
            "others are found too, as the patterns teach."
        },
    )
    default: str = field(
        default="", metadata={"description": "The value in replies where nobody has said one."}
    )
    remember: bool = field(
        default=True,
        metadata={
            "description": "Whether its value is remembered for later messages; if not, it holds "
            "for the answer that needs it."
        },
    )
    entry: str = field(
        default="",
        metadata={
            "description": 'Makes it a list: "{count|1} {dish}" is one entry. Intents add to it, '
            'take out of it or clear it ("entries").'
        },
    )


def parts_of_entry(entry: str) -> Mapping[str, str | None]:
    """Return the slots of an entry, and what each is where nobody has said it; None: the head."""
    return {found[1].strip(): found[2] for found in PLACEHOLDER.finditer(entry)}


class EntryAction(StrEnum):
    """What an intent does with what its message names, and a list."""

    ADD = "add"
    REMOVE = "remove"
    REPLACE = "replace"
    CLEAR = "clear"


@dataclass(frozen=True, slots=True)
class SlotUse:
    """A slot that an intent needs for its answer."""

    name: str
    ask: tuple[str, ...] = ()
    """Questions for it, of which one is asked; without any, one of the program's own."""
    required: bool = True
    """Whether it is asked for where it is not known."""


@dataclass(frozen=True, slots=True)
class Span:
    """A value in a text, by its place."""

    start: int
    """Index of its first character."""
    end: int
    """Index after its last character."""
    slot: str
    value: str
    """What it means: "Hanoi", where the text has "Ha Noi"."""
    is_filled: bool = False
    """Whether it stands for a {slot}, rather than being marked by the author."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """A pattern as people would type it, and the values in it."""

    text: str
    spans: tuple[Span, ...]
    """In the order of the text."""
    written: str
    """The pattern of the file that it comes from."""
