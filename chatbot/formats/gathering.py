"""What an import yields: the intents, and notes of what could not be carried over.

The readers fill a `Gathering`, which enforces the rules of our own file whatever the source.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from chatbot.common import HALF_CHARACTER, _
from chatbot.formats.entities import Entities
from chatbot.formats.errors import FormatError
from chatbot.formats.languages import chosen
from chatbot.intents import (
    SLOTS,
    Context,
    Intent,
    Intents,
    SlotUse,
    names_fallback,
    with_slots,
)

_PLACEHOLDER = re.compile(r"\{\w+\}|\$\{[^{}]+\}|\{\{[^{}]+\}\}|%%\w+%%|<[A-Z]+>")
OUT_OF_SCOPE = frozenset(
    {"none", "oos", "out_of_scope", "nlu_fallback", "default fallback intent", "defaultfallback"}
)
"""What other programs call the intent of messages that fit no other, in lower case."""

MOST_EXAMPLES = 3
"""Examples in a note: enough to see what it is about."""

LONGEST_EXAMPLE = 60
"""Characters of an example in a note."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was not carried over, or not as it was."""

    text: str
    """In English, with placeholders for what is in `about`."""
    count: int
    examples: tuple[str, ...] = ()
    """The first few of them."""
    about: tuple[tuple[str, str], ...] = ()

    @property
    def what(self) -> str:
        """What it is, in English: for other programs."""
        return self.text.format(**dict(self.about)) if self.about else self.text

    @property
    def translated(self) -> str:
        """What it is, in the language of the interface."""
        text = _(self.text)
        return text.format(**dict(self.about)) if self.about else text

    def __str__(self) -> str:
        """Return it in words."""
        more = ", …" if len(self.examples) < self.count else ""
        return f"{self.translated} ({self.count})" + (
            f": {', '.join(self.examples)}{more}" if self.examples else ""
        )


def note_of(what: str, texts: Sequence[str]) -> Note:
    """Return the note of these texts, with the first few as examples."""
    return Note(what, len(texts), tuple(dict.fromkeys(map(_short, texts)))[:MOST_EXAMPLES])


@dataclass(frozen=True, slots=True)
class Imported:
    """The intents of a file of another program."""

    format: str
    """The name of the format that was recognised."""
    intents: Intents
    notes: tuple[Note, ...]


class _What(NamedTuple):
    """What a note is about: equal ones are counted together."""

    text: str
    about: tuple[tuple[str, str], ...]


class Gathering:
    """Collects intents in the order they come in; those with the same tag become one."""

    def __init__(self, path: Path, language: str | None = None) -> None:
        self.path = path
        self.expanded = 0
        """Texts that templates have given so far."""
        self.entities = Entities()
        """What patterns mark; they become slots."""
        self._language = language
        self._asked_for_language = False
        self._patterns: dict[str, list[str]] = {}
        self._responses: dict[str, list[str]] = {}
        self._sets: dict[str, dict[str, Context]] = defaultdict(dict)
        self._needs: dict[str, dict[str, None]] = defaultdict(dict)
        self._uses: dict[str, dict[str, SlotUse]] = defaultdict(dict)
        self._fallback: list[str] = []
        self._out_of_scope: dict[str, None] = {}
        self._taken: Intents | None = None
        self._notes: Counter[_What] = Counter()
        self._examples: dict[_What, list[str]] = defaultdict(list)

    def add(self, tag: str, patterns: Iterable[str] = (), responses: Iterable[str] = ()) -> None:
        """Add what people say for an intent and what to answer; blank texts are left out.

        An out-of-scope intent becomes the fallback, its examples those of what is out of scope.
        """
        tag = tag.strip()
        if not tag or HALF_CHARACTER.search(tag):
            self.note(
                "examples and replies of intents without a usable name were left out", 1, patterns
            )
            return
        if tag.casefold() in OUT_OF_SCOPE:
            # Tiledesk gives it its own name as the only example.
            self.add_fallback(responses, (text for text in patterns if text.strip() != tag))
            return
        self._patterns.setdefault(tag, []).extend(self._usable(patterns))
        self._responses.setdefault(tag, []).extend(self._usable(responses))

    def add_contexts(self, tag: str, sets: Iterable[Context], needs: Iterable[str]) -> None:
        """Add what the answer of an intent makes active, and what must be active for it."""
        self._sets[tag.strip()] |= {each.name: each for each in sets if _is_usable(each.name)}
        self._needs[tag.strip()] |= {name: None for name in needs if _is_usable(name)}

    def add_uses(self, tag: str, uses: Iterable[SlotUse]) -> None:
        """Add the slots that an intent needs for its answer."""
        self._uses[tag.strip()] |= {use.name: use for use in uses}

    def add_fallback(self, responses: Iterable[str], patterns: Iterable[str] = ()) -> None:
        """Add replies for messages that fit no intent, and examples of such messages."""
        self._out_of_scope |= dict.fromkeys(self._usable(patterns))
        self._fallback += self._usable(responses)

    def take(self, intents: Intents) -> None:
        """Add the intents of a file of our own as they are."""
        self._taken = intents

    def has(self, tag: str) -> bool:
        """Return whether an intent with this tag was added."""
        return tag.strip() in self._patterns

    def note(
        self, text: str, count: int = 1, examples: Iterable[str] = (), **about: object
    ) -> None:
        """Note that something could not be carried over; equal notes are counted together.

        `about` fills the placeholders of the text, if there are any. Of the examples the first
        MOST_EXAMPLES are kept.
        """
        if count:
            what = _What(text, tuple((name, str(value)) for name, value in about.items()))
            self._notes[what] += count
            kept = self._examples[what]
            for example in examples:
                if len(kept) == MOST_EXAMPLES:
                    break
                if (said := _short(example)) and said not in kept:
                    kept.append(said)

    def language(
        self,
        texts: Counter[str],
        default: str | None = None,
        examples: Mapping[str, Sequence[str]] | None = None,
    ) -> str | None:
        """Return the language to read. `texts` counts the texts per language; the others are noted.

        `examples` are some of them. Raises FormatError when the language that was asked for is not
        there.
        """
        self._asked_for_language = True
        language = chosen(texts, self._language, default, self.path)
        for other in sorted(texts.keys() - {language}):
            what = "texts in another language ({language}) were left out"
            self.note(what, texts[other], (examples or {}).get(other, ()), language=other)
        return language

    def imported(self, format_name: str, remedy: str) -> Imported:
        """Return what was added. Raises FormatError, with this remedy, if there is no pattern."""
        if self._taken is not None:
            return Imported(format_name, self._taken, self._all_notes())
        self._note_placeholders()
        intents = self._intents()
        if not any(intent.patterns for intent in intents):
            message = f"this is {format_name}, but no intent in it has an example"
            raise FormatError(self.path, message, remedy)
        fallback = next((i for i in intents if names_fallback(i.tag) and not i.patterns), None)
        slots = self.entities.slots()
        found = Intents(intents, fallback, out_of_scope=tuple(self._out_of_scope), slots=slots)
        return Imported(format_name, found, self._all_notes())

    def _intents(self) -> tuple[Intent, ...]:
        slots = {slot.name for slot in self.entities.slots()}
        there = {name for sets in self._sets.values() for name, each in sets.items() if each.turns}
        for needs in self._needs.values():
            # A program outside may have set it; here its intent would never be the answer.
            never = [name for name in needs if name not in there]
            self.note("contexts that no answer makes active were left out", len(never), never)
            for name in never:
                del needs[name]
        intents = [
            Intent(
                tag,
                tuple(patterns),
                tuple(self._responses[tag]),
                tuple(self._sets[tag].values()),
                tuple(self._needs[tag]),
                tuple(use for use in self._uses[tag].values() if use.name in slots),
            )
            for tag, patterns in self._patterns.items()
        ]
        if self._fallback:
            free = (tag for tag in ("fallback", "noanswer", "default") if not self.has(tag))
            tag = next(free, None)
            if tag is None:
                what = "replies of the fallback were left out"
                self.note(what, len(self._fallback), self._fallback)
            else:
                intents.append(Intent(tag, (), tuple(self._fallback)))
        return with_slots(intents, self.entities.slots())

    def _all_notes(self) -> tuple[Note, ...]:
        if self._language is not None and not self._asked_for_language:
            self.note("--language had no effect: the file names no language")
        return tuple(
            Note(what.text, count, tuple(self._examples[what]), what.about)
            for what, count in self._notes.items()
        )

    def _note_placeholders(self) -> None:
        """Note the placeholders in replies that this program does not fill in."""
        found: Counter[str] = Counter()
        examples: list[str] = []
        known = SLOTS.union(slot.name for slot in self.entities.slots())
        for replies in [*self._responses.values(), self._fallback]:
            for reply in replies:
                open_ = [p for p in _PLACEHOLDER.findall(reply) if p[1:-1] not in known]
                found.update(open_)
                examples += [reply] if open_ else []
        if found:
            what = "placeholders in replies stay as written: {names}"
            self.note(what, sum(found.values()), examples, names=_some(found))

    def _usable(self, texts: Iterable[str]) -> Iterable[str]:
        """Yield the texts that an intents file can hold."""
        for text in texts:
            if HALF_CHARACTER.search(text):
                what = "texts with half of a surrogate pair were left out"
                self.note(what, 1, [HALF_CHARACTER.sub("\ufffd", text)])
            elif text.strip():
                yield text


def _is_usable(context: str) -> bool:
    return bool(context.strip()) and not HALF_CHARACTER.search(context)


def _short(text: str) -> str:
    """Return the beginning of a text as the example in a note, on one line."""
    said = " ".join(text[: 2 * LONGEST_EXAMPLE].split())
    return said if len(said) <= LONGEST_EXAMPLE else said[: LONGEST_EXAMPLE - 1] + "…"


def _some(found: Iterable[str], most: int = 5) -> str:
    """Return the first few names, separated by commas."""
    names = list(found)
    return ", ".join(names[:most]) + (", …" if len(names) > most else "")
