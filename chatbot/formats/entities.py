"""Entities of other programs: their values become those of our slots, marked in patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from chatbot.intents import ListedValue, Slot, SlotKind, annotated, slot_regex

_NOT_IN_NAMES = re.compile(r"[\[\](){}|:\s]+")
_SYSTEM = re.compile(
    r"@?(?:sys(?:tem)?[.-]|amazon\.|snips/|builtin\.|prebuilt|wit[$/]|duckling_?)", re.I
)
"""How the names of entities begin that a program knows by itself."""

_KINDS: Mapping[str, SlotKind] = {
    "date": "date", "datetime": "date", "datetimev2": "date", "time": "time", "number": "number",
    "cardinal": "number", "numberinteger": "number", "fournumber": "number", "duration": "duration",
    "money": "money", "currency": "money", "unitcurrency": "money", "amountofmoney": "money",
    "email": "email", "url": "url", "phonenumber": "phone", "phone": "phone", "age": "duration",
}  # fmt: skip
"""By the name without its beginning, in lower case and letters alone."""

MOST_NAME = 100
MOST_VALUES = 20_000
"""Of an entity."""


class Marked(NamedTuple):
    """A value in a text, by its place."""

    start: int
    end: int
    entity: str
    means: str = ""


@dataclass(slots=True)
class _Found:
    values: dict[str, dict[str, None]] = field(default_factory=dict)
    """Synonyms by value."""
    regex: str = ""
    kind: SlotKind | None = None


class Entities:
    """Collects entities by the name that their slot gets."""

    def __init__(self) -> None:
        self._found: dict[str, _Found] = {}

    def declare(
        self,
        entity: str,
        values: Mapping[str, Iterable[str]] | Iterable[str] = (),
        regex: str = "",
        called: str = "",
    ) -> bool:
        """Add an entity, its values with synonyms, or its expression; say whether it has any.

        Its slot is `called` otherwise where that is given.
        """
        name = slot_name(called or entity)
        listed = values if isinstance(values, Mapping) else {value: () for value in values}
        known = {value.strip(): texts for value, texts in listed.items() if value.strip()}
        kind = kind_of(entity)
        if regex and not _is_usable(regex):
            regex = ""
        if not name or not (known or regex or kind):
            return False
        found = self._found.setdefault(name, _Found())
        found.kind = found.kind or kind
        found.regex = found.regex or regex
        for value, texts in known.items():
            if len(found.values) < MOST_VALUES:
                synonyms = found.values.setdefault(value, {})
                synonyms |= {t.strip(): None for t in texts if t.strip() not in ("", value)}
        return True

    def mark(self, text: str, entity: str, means: str = "") -> str:
        """Return a value as it is marked in a pattern, and add its entity."""
        name = slot_name(entity)
        if not name:
            return text
        written = annotated.marked(text, name, means)
        if written != text:
            found = self._found.setdefault(name, _Found())
            found.kind = found.kind or kind_of(entity)
        return written

    def marked(self, text: str, marks: Sequence[Marked]) -> str:
        """Return a text with its values marked; one that does not fit is left as text."""
        written, end = "", 0
        for each in sorted(marks):
            if end <= each.start < each.end <= len(text):
                value = self.mark(text[each.start : each.end], each.entity, each.means)
                written, end = written + text[end : each.start] + value, each.end
        return written + text[end:]

    def slot_of(self, name: str, entity: str) -> str:
        """Return the slot of a parameter: its entity; of a program's own its name, if it has one.

        Parameters of the same entity are numbered: `date`, `date1`.
        """
        if kind_of(entity) is None or name.rstrip("0123456789") in ("", slot_name(entity)):
            self.declare(entity)
            return slot_name(entity)
        self.declare(entity, called=name)
        return slot_name(name)

    def has(self, entity: str) -> bool:
        """Return whether an entity was added."""
        return slot_name(entity) in self._found

    def values_of(self, entity: str) -> dict[str, Iterable[str]]:
        """Return the values of an entity with their synonyms."""
        found = self._found.get(slot_name(entity))
        return {} if found is None else dict(found.values)

    def slots(self) -> tuple[Slot, ...]:
        """Return the slots of all entities."""
        return tuple(
            Slot(
                name,
                tuple(ListedValue(value, tuple(texts)) for value, texts in found.values.items()),
                found.regex,
                None if found.values or found.regex else found.kind,
            )
            for name, found in self._found.items()
        )


def slot_name(entity: str) -> str:
    """Return what the slot of an entity is called: without brackets, blanks and @."""
    name = _SYSTEM.sub("", entity.strip()).lstrip("@$") or entity
    return _NOT_IN_NAMES.sub("_", name.strip())[:MOST_NAME].strip("_")


def kind_of(entity: str) -> SlotKind | None:
    """Return the kind of an entity that another program knows by itself; None of any other."""
    system = _SYSTEM.match(entity.strip())
    if system is None:
        return None
    name = re.sub(r"[^a-z0-9]", "", entity.strip()[system.end() :].lower())
    return _KINDS.get(name.removeprefix("four") if name.startswith("four") else name)


def _is_usable(expression: str) -> bool:
    return not any(
        problem.severity == "error" or "ever" in problem.message
        for problem in slot_regex.problem_of(expression, "", ())
    )
