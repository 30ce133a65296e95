"""Messages by topic, with templates: `(a|b)` one of, `[x]` optional, `{slot}` a value of a list.

A file: `# topic` opens a topic, `@slot: value | value` gives the values of a slot (for the whole
file), every other line is a message or a template.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from chatbot.learning.pretraining.errors import PretrainingError


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for one of a list of values."""

    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences."""

    options: tuple[tuple[Node, ...], ...]


Node = str | Slot | Choice

_SLOT_LINE = re.compile(r"@([\w-]+)\s*:\s*(.*)$")
_SPECIAL = re.compile(r"[()\[\]{}|]")


def expansions(path: Path, each: int, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield the topic and the text of every plain message, and of up to `each` per template.

    Raises PretrainingError naming file and line.
    """
    templates, slots = _read(path)
    for topic, number, sequence in templates:
        unknown = [slot for slot in _slots(sequence) if not slots.get(slot)]
        if unknown:
            raise PretrainingError(f"{path}:{number}: the slot {{{unknown[0]}}} has no values")
        wanted = min(each, _count(sequence, slots))
        texts: dict[str, None] = {}
        for _ in range(3 * wanted):
            if len(texts) < wanted and (text := _tidy(_draw(sequence, slots, chance))):
                texts[text] = None
        yield from ((topic, text) for text in texts)


def _read(
    path: Path,
) -> tuple[list[tuple[str, int, tuple[Node, ...]]], dict[str, list[str]]]:
    """Return the templates of a file with their topics and lines, and the values of its slots."""
    templates: list[tuple[str, int, tuple[Node, ...]]] = []
    slots: dict[str, list[str]] = {}
    topic = ""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PretrainingError(f"{path}: cannot be read as UTF-8 text ({error})") from error
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if line.startswith("# "):
            topic = line[2:].strip()
        elif match := _SLOT_LINE.match(line):
            values = (value.strip() for value in match[2].split("|"))
            slots.setdefault(match[1], []).extend(value for value in values if value)
        elif line:
            if not topic:
                raise PretrainingError(f"{path}:{number}: a line before any topic: add `# topic`")
            try:
                templates.append((topic, number, parse(line)))
            except ValueError as error:
                raise PretrainingError(f"{path}:{number}: {error}") from error
    return templates, slots


def parse(template: str) -> tuple[Node, ...]:
    """Return a template as a sequence of texts, slots and choices. Raises ValueError."""
    sequence, end = _sequence(template, 0, "")
    assert end == len(template)
    return sequence


def _sequence(text: str, at: int, stops: str) -> tuple[tuple[Node, ...], int]:
    """Return the nodes from a place on up to one of the stops, and where that is."""
    nodes: list[Node] = []
    while at < len(text):
        sign = text[at]
        if sign in stops:
            break
        if sign in "([":
            choice, at = _choice(text, at)
            nodes.append(choice)
        elif sign == "{":
            end = text.find("}", at)
            if end < 0:
                raise ValueError("a { without }")
            nodes.append(Slot(text[at + 1 : end].strip()))
            at = end + 1
        elif sign in ")]}|":
            raise ValueError(f"a {sign} that nothing opens")
        else:
            special = _SPECIAL.search(text, at)
            end = special.start() if special else len(text)
            nodes.append(text[at:end])
            at = end
    return tuple(nodes), at


def _choice(text: str, at: int) -> tuple[Choice, int]:
    """Return the choice that opens at a place, and where it ends."""
    close = ")" if text[at] == "(" else "]"
    options: list[tuple[Node, ...]] = [] if close == ")" else [()]
    sign = "|"
    while sign != close:
        option, at = _sequence(text, at + 1, "|" + close)
        if at >= len(text):
            raise ValueError(f"no {close} for what opens")
        options.append(option)
        sign = text[at]
    return Choice(tuple(options)), at + 1


def _slots(sequence: Sequence[Node]) -> Iterator[str]:
    for node in sequence:
        if isinstance(node, Slot):
            yield node.name
        elif isinstance(node, Choice):
            for option in node.options:
                yield from _slots(option)


def _count(sequence: Sequence[Node], slots: Mapping[str, Sequence[str]]) -> int:
    """Return how many texts a sequence has."""
    total = 1
    for node in sequence:
        if isinstance(node, Slot):
            total *= len(slots[node.name])
        elif isinstance(node, Choice):
            total *= sum(_count(option, slots) for option in node.options)
    return total


def _draw(
    sequence: Sequence[Node], slots: Mapping[str, Sequence[str]], chance: random.Random
) -> str:
    parts = []
    for node in sequence:
        if isinstance(node, Slot):
            parts.append(chance.choice(slots[node.name]))
        elif isinstance(node, Choice):
            parts.append(_draw(chance.choice(node.options), slots, chance))
        else:
            parts.append(node)
    return "".join(parts)


def _tidy(text: str) -> str:
    return re.sub(r"\s+([?.!,;:])", r"\1", " ".join(text.split()))
