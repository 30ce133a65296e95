"""What a writer returns: a file or several, and notes of what they could not hold."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from chatbot.common import N_, printable_json
from chatbot.formats.gathering import Note
from chatbot.intents import SLOTS, Intent, Intents, Span

OUT_OF_SCOPE = "out_of_scope"
"""The intent of out-of-scope examples in formats that have no place of their own for them; when
such a file is read again, they are out of scope."""

LANGUAGE = "en"
_SLOT = re.compile(r"\{(" + "|".join(sorted(SLOTS)) + r")\}")


@dataclass(frozen=True, slots=True)
class Written:
    """Intents as a file or several, and what these could not hold."""

    text: str
    """What the file holds; empty if there are several."""
    notes: tuple[Note, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    """Where a format needs several: the path of each in their folder, and its text."""

    @property
    def data(self) -> bytes:
        """All of it as the bytes of one file: several are in a zip archive, the same each time."""
        if not self.files:
            return self.text.encode()
        archive = BytesIO()
        with ZipFile(archive, "w", ZIP_DEFLATED) as file:
            for name, text in self.files:
                file.writestr(ZipInfo(name), text.encode(), ZIP_DEFLATED)
        return archive.getvalue()


def losses(
    intents: Intents, *, contexts: bool = True, slots: bool = True, needs: bool = True
) -> Counter[str]:
    """Return the first notes of a format: it has no place for tests and, mostly, for contexts.

    Nor for slots and what answers need of them, unless it writes these itself.
    """
    marked = sum(len(intent.tagged) for intent in intents.intents)
    needed = sum(bool(intent.slots) for intent in intents.intents)
    with_contexts = sum(bool(i.context_set or i.context_filter) for i in intents.intents)
    return Counter(
        {
            "tests that must always hold were left out": len(intents.tests),
            "contexts of intents were left out": with_contexts if contexts else 0,
            N_("values of slots in patterns became plain text"): marked if slots else 0,
            "slots were left out": len(intents.slots) if slots else 0,
            "what answers need of slots was left out": needed if needs else 0,
            "replies with conditions, or of several messages, were left out": sum(
                len(intent.conditional) for intent in intents.intents
            ),
            "actions of intents were left out": sum(bool(i.action) for i in intents.intents),
        }
    )


def written(
    text: str, notes: Counter[str], files: tuple[tuple[str, str], ...] = (), **about: str
) -> Written:
    """Return a text, or files, with the notes whose count is not zero.

    `about` has what stands for the placeholders of notes, such as the other `program`.
    """
    kept = tuple(_note(what, count, about) for what, count in notes.items() if count)
    return Written(text, kept, files)


def _note(what: str, count: int, about: dict[str, str]) -> Note:
    named = ((name, value) for name, value in about.items() if f"{{{name}}}" in what)
    return Note(what, count, about=tuple(named))


def as_json(data: Any) -> str:
    """Return data as the JSON that people can read; none of it steers their terminal."""
    return printable_json(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"


def parts_of(intent: Intent, pattern: str) -> list[tuple[str, Span | None]]:
    """Return the parts of a pattern: its text in pieces, each with the value that it is, if any."""
    spans = next((each.spans for each in intent.tagged if each.text == pattern), ())
    parts: list[tuple[str, Span | None]] = []
    end = 0
    for span in spans:
        parts += [(pattern[end : span.start], None), (pattern[span.start : span.end], span)]
        end = span.end
    parts.append((pattern[end:], None))
    return [part for part in parts if part[0]]


def note_slots(replies: tuple[str, ...], notes: Counter[str]) -> None:
    """Note the slots in replies, which the other `program` does not fill by itself."""
    slots = sum(len(_SLOT.findall(reply)) for reply in replies)
    notes["slots in replies, such as {{time}}, are not filled by {program}"] += slots


def note_language(notes: Counter[str]) -> None:
    """Note that the language is a guess: an intents file does not say which it is in."""
    notes["the language is written as English: in {program}, set it if it is another"] += 1


def outsiders(intents: Intents, notes: Counter[str]) -> tuple[str, ...]:
    """Return the examples to write as the intent OUT_OF_SCOPE, if no other has that tag."""
    if intents.by_tag(OUT_OF_SCOPE) is None:
        return intents.out_of_scope
    notes["out-of-scope examples were left out: an intent has that tag"] += len(
        intents.out_of_scope
    )
    return ()
