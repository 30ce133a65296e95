"""Templates of examples: `(a|b)` is either, `[opt]` may be left out, `{slot}` is filled.

The number of texts multiplies with every bracket. So the texts are counted, not listed; of too
many, an evenly spread selection is generated.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations

MOST_TEXTS = 64
"""Texts per template: a model learns nothing from the thousandth variant of a sentence."""

MOST_LEVELS = 20
"""Depth of nested brackets."""

MOST_LENGTH = 2_000
"""Characters per template: the text count of a longer one may have a million digits."""

_MOST_BITS = 2 * MOST_LENGTH
"""Of the number of texts: a few references to references could fill the memory with one number."""

_MOST_ORDERED = 4
"""Parts that come in any order: more have over a hundred orders, of which one is taken."""

_TOKEN = re.compile(r"<[^<>()\[\]|{}]{1,100}>|\{[^{}]{0,200}\}|[()\[\]|;]|[^()\[\]|;<{]+|[<{]")
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
class Row:
    """Parts one after the other. A text is chosen by a number whose digits choose the options."""

    parts: tuple[str | Choice, ...]
    count: int
    """How many texts it has."""
    cost: int
    """What one text costs at most: its characters, and one per choice."""
    levels: int
    """How deeply choices are nested in it."""

    def text(self, index: int) -> str:
        """Return the text with this number."""
        texts = []
        for part in reversed(self.parts):
            if isinstance(part, str):
                texts.append(part)
            else:
                index, digit = divmod(index, part.count)
                texts.append(part.text(digit))
        return "".join(reversed(texts))


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several rows."""

    options: tuple[Row, ...]
    count: int
    cost: int
    levels: int

    def text(self, index: int) -> str:
        """Return the text with this number."""
        for option in self.options:
            if index < option.count:
                return option.text(index)
            index -= option.count
        raise IndexError(index)


def row(parts: Sequence[str | Choice]) -> Row:
    """Return parts in a row. Raises TemplateError where its texts are too many or too long."""
    count, cost, levels = 1, 0, 0
    for part in parts:
        if isinstance(part, str):
            cost += len(part)
        else:
            count *= part.count
            cost += part.cost
            levels = max(levels, part.levels)
        if cost > 2 * MOST_LENGTH or count.bit_length() > _MOST_BITS:
            raise TemplateError("too long")
    return Row(tuple(parts), count, cost, levels)


def choice(options: Sequence[Row]) -> Choice:
    """Return one of several rows. Raises TemplateError where they are nested too deeply."""
    levels = 1 + max((option.levels for option in options), default=0)
    if levels > 2 * MOST_LEVELS:
        raise TemplateError("brackets nested too deeply")
    count = sum(option.count for option in options)
    cost = 1 + max((option.cost for option in options), default=0)
    return Choice(tuple(options), count, cost, levels)


def expand(template: str | Row, most: int = MOST_TEXTS) -> Expansion:
    """Return the distinct texts of a template, at most `most`, without extra blanks.

    Raises TemplateError.
    """
    root = parse(template) if isinstance(template, str) else template
    stride = _stride(root.count) if root.count > most else 1
    numbers = range(min(root.count, most))
    texts = (root.text(number * stride % root.count) for number in numbers)
    return Expansion(tuple(dict.fromkeys(" ".join(text.split()) for text in texts)), root.count)


def fill(
    text: str,
    values: Mapping[str, Sequence[str]],
    turn: int,
    mark: Callable[[str, str], str] = lambda value, name: value,
) -> str:
    """Return a text with each {slot} filled by the value whose turn it is, else by its name.

    `mark` marks a value as one of a slot.
    """

    def filled(slot: re.Match[str]) -> str:
        name = slot[1].strip()
        known = values.get(name)
        return mark(known[turn % len(known)], name) if known else name.replace("_", " ")

    return _SLOT.sub(filled, text)


def has_slot(text: str) -> bool:
    """Tell whether a text has a {slot}."""
    return _SLOT.search(text) is not None


def is_only_slots(text: str) -> bool:
    """Tell whether a text consists of {slots} alone."""
    return has_slot(text) and not any(c.isalnum() for c in _SLOT.sub("", text))


References = Callable[[str], Row | None]
"""What `<name>` or `{name}`, with its brackets, stands for; None where it is a text or a slot."""


@dataclass(slots=True)
class _Open:
    """A bracket that is not closed yet: its options so far, and the parts of the current one."""

    bracket: str
    options: list[Row] = field(default_factory=list)
    parts: list[str | Choice] = field(default_factory=list)
    in_any_order: bool = False


def parse(template: str, references: References | None = None, *, orders: bool = False) -> Row:
    """Parse a template; a | outside of brackets is a character like any other.

    With `orders`, `(a;b)` is a and b in any order. Raises TemplateError.
    """
    if len(template) > MOST_LENGTH:
        raise TemplateError("too long")
    separators = "|;" if orders else "|"
    stack = [_Open("")]
    for token in _TOKEN.findall(template):
        top = stack[-1]
        if token in "([":
            if len(stack) > MOST_LEVELS:
                raise TemplateError("brackets nested too deeply")
            stack.append(_Open(token))
        elif token in ")]":
            if top.bracket + token not in ("()", "[]"):
                raise TemplateError(f"{token} closes nothing")
            stack.pop()
            stack[-1].parts.append(_closed(top))
        elif token in separators and top.bracket:
            top.in_any_order |= token == ";"
            top.options.append(row(top.parts))
            top.parts = []
        else:
            known = references(token) if references is not None and token[0] in "<{" else None
            top.parts.append(token if known is None else choice([known]))
    if len(stack) > 1:
        raise TemplateError(f"{stack[-1].bracket} is not closed")
    return row(stack[0].parts)


def _closed(bracket: _Open) -> Choice:
    """Return the choice that a closed bracket is."""
    options = [*bracket.options, row(bracket.parts)]
    if bracket.in_any_order:
        turns: Iterable[tuple[Row, ...]] = [tuple(options)]
        if len(options) <= _MOST_ORDERED:
            turns = permutations(options)
        spaced = [[part for option in turn for part in (choice([option]), " ")] for turn in turns]
        options = [row(parts) for parts in spaced]
    if bracket.bracket == "[":
        options.append(row([]))
    return choice(options)


def _stride(count: int) -> int:
    """Return a step, near the golden ratio of `count`, that visits each number once.

    With a step that divides the count, some brackets would always get their first option.
    """
    stride = count * 618 // 1000
    while math.gcd(stride, count) > 1:
        stride += 1
    return stride
