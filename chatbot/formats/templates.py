"""Templates of examples: `(a|b)` is either, `[opt]` may be left out, `{slot}` is filled.

The number of texts multiplies with every bracket. So the texts are counted, not listed; of too
many, an evenly spread selection is generated.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MOST_TEXTS = 64
"""Texts per template: a model learns nothing from the thousandth variant of a sentence."""

MOST_LEVELS = 20
"""Depth of nested brackets."""

MOST_LENGTH = 2_000
"""Characters per template: the text count of a longer one may have a million digits."""

_SLOT = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Expansion:
    """The texts of a template."""

    texts: tuple[str, ...]
    count: int
    """How many texts the template has, before any limit."""


class TemplateError(ValueError):
    """A template that is too long, or whose brackets do not match or nest too deeply."""


@dataclass(frozen=True, slots=True)
class _Sequence:
    """Parts in a row. A text is chosen by a number whose digits choose an option in each part."""

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
    """Return the distinct texts of a template, at most MOST_TEXTS, without extra blanks.

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
    """Return a text with each {slot} filled by the value whose turn it is, else by its name."""

    def filled(slot: re.Match[str]) -> str:
        name = slot[1].strip()
        known = values.get(name) or [name.replace("_", " ")]
        return known[turn % len(known)]

    return _SLOT.sub(filled, text)


def has_slot(text: str) -> bool:
    """Tell whether a text has a {slot}."""
    return _SLOT.search(text) is not None


def is_only_slots(text: str) -> bool:
    """Tell whether a text consists of {slots} alone."""
    return has_slot(text) and not any(c.isalnum() for c in _SLOT.sub("", text))


def _parse(template: str) -> _Sequence:
    """Parse a template; a | outside of brackets is a character like any other."""
    stack: list[tuple[str, list[_Sequence], list[str | _Choice]]] = [("", [], [])]
    for token in re.findall(r"[()\[\]|]|[^()\[\]|]+", template):
        bracket, options, parts = stack[-1]
        if token in "([":
            if len(stack) > MOST_LEVELS:
                raise TemplateError("brackets nested too deeply")
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
    """Return a step, near the golden ratio of `count`, that visits each number once.

    With a step that divides the count, some brackets would always get their first option.
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
