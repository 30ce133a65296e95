"""Templates of examples: `(a|b)` is one of several, `[opt]` may be left out, `{slot}` is filled.

The number of texts multiplies with every bracket, so each template is only counted, and of too many
some are taken that lie evenly spread.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MOST_TEXTS = 64
"""Texts taken from one template: a model learns nothing from the thousandth of the same shape."""

MOST_LEVELS = 20
"""Brackets in brackets."""

MOST_LENGTH = 2_000
"""Characters of a template: the number of texts of a longer one may have a million digits."""

_SLOT = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Expansion:
    """The texts of a template."""

    texts: tuple[str, ...]
    count: int
    """How many there would be."""


class TemplateError(ValueError):
    """Brackets that do not match, or too many in each other."""


@dataclass(frozen=True, slots=True)
class _Sequence:
    """Parts that follow each other; its texts are numbered like the digits of a number."""

    parts: tuple[str | _Choice, ...]
    count: int

    def text(self, index: int) -> str:
        texts = []
        for part in reversed(self.parts):
            if isinstance(part, str):
                texts.append(part)
            else:
                index, digit = divmod(index, part.count)
                texts.append(part.text(digit))
        return "".join(reversed(texts))


@dataclass(frozen=True, slots=True)
class _Choice:
    """One of several."""

    options: tuple[_Sequence, ...]
    count: int

    def text(self, index: int) -> str:
        for option in self.options:
            if index < option.count:
                return option.text(index)
            index -= option.count
        raise IndexError(index)


def expand(template: str) -> Expansion:
    """Return the texts of a template, at most MOST_TEXTS, without repetition and extra blanks.

    Raises TemplateError.
    """
    if len(template) > MOST_LENGTH:
        raise TemplateError("too long")
    root = _parse(template)
    stride = _stride(root.count) if root.count > MOST_TEXTS else 1
    numbers = range(min(root.count, MOST_TEXTS))
    texts = (root.text(number * stride % root.count) for number in numbers)
    return Expansion(tuple(dict.fromkeys(" ".join(text.split()) for text in texts)), root.count)


def fill(text: str, values: Mapping[str, Sequence[str]], turn: int) -> str:
    """Return a text with its {slots} filled: by the value whose turn it is, else by their name."""

    def filled(slot: re.Match[str]) -> str:
        name = slot[1].strip()
        known = values.get(name) or [name.replace("_", " ")]
        return known[turn % len(known)]

    return _SLOT.sub(filled, text)


def has_slot(text: str) -> bool:
    """Tell whether a text has a {slot}."""
    return _SLOT.search(text) is not None


def is_only_slots(text: str) -> bool:
    """Tell whether nothing of a text is left without its {slots}."""
    return has_slot(text) and not any(c.isalnum() for c in _SLOT.sub("", text))


def _parse(template: str) -> _Sequence:
    """Parse a template; a | outside of brackets is a character like any other."""
    stack: list[tuple[str, list[_Sequence], list[str | _Choice]]] = [("", [], [])]
    for token in re.findall(r"[()\[\]|]|[^()\[\]|]+", template):
        bracket, options, parts = stack[-1]
        if token in "([":
            if len(stack) > MOST_LEVELS:
                raise TemplateError("too many brackets in each other")
            stack.append((token, [], []))
        elif token in ")]":
            if bracket + token not in ("()", "[]"):
                raise TemplateError(f"{token} closes nothing")
            options.append(_sequence(parts))
            if bracket == "[":
                options.append(_sequence([]))
            stack.pop()
            count = sum(option.count for option in options)
            stack[-1][2].append(_Choice(tuple(options), count))
        elif token == "|" and bracket:
            options.append(_sequence(parts))
            parts.clear()
        else:
            parts.append(token)
    if len(stack) > 1:
        raise TemplateError(f"{stack[-1][0]} is not closed")
    return _sequence(stack[0][2])


def _stride(count: int) -> int:
    """Return a step near the golden section that meets every number before it repeats one.

    A step that divides the count would leave some brackets always at their first option.
    """
    stride = count * 618 // 1000
    while math.gcd(stride, count) > 1:
        stride += 1
    return stride


def _sequence(parts: list[str | _Choice]) -> _Sequence:
    count = 1
    for part in parts:
        count *= part.count if isinstance(part, _Choice) else 1
    return _Sequence(tuple(parts), count)
