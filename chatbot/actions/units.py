"""Converts units: a number with its unit, and another unit that measures the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from chatbot.actions.amounts import readings
from chatbot.actions.asked import ActionError, Asked, Done, fills
from chatbot.common import _

if TYPE_CHECKING:
    from pint import Quantity, Unit, UnitRegistry

_AMOUNT = re.compile(
    r"(?<![\w.,*])([-+−]?\d[\d.,]{0,24})[\s-]*°?\s*([^\W\d_]+(?:/[^\W\d_]+)?[23]?)(?!\w)"
)

_THOUSANDS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")

_WORD = re.compile(r"[^\W\d_]+(?:/[^\W\d_]+)?[23]?(?!\w)")

_JOINT = re.compile(r"(?:\s|,|and\b|und\b|et\b|y\b|và\b)*", re.IGNORECASE)
"""What stands between two amounts that are one: "2 pounds and 3 ounces"."""

_SCALES = {"degree_Celsius": "degF", "degree_Fahrenheit": "degC"}
"""What degrees are that are to be converted to a scale."""

MOST_LETTERS = 24
"""Of the name of a unit."""

MOST_WRITTEN_OUT = 1e15
"""Larger amounts have an exponent."""

NAMES = {
    "c": "degC", "celsius": "degC", "f": "degF", "fahrenheit": "degF", "k": "kelvin",
    "kmh": "kilometer/hour", "kph": "kilometer/hour", "lbs": "pound", "kilo": "kilogram",
    "kilos": "kilogram", "meilen": "mile", "milles": "mile", "millas": "mile", "milhas": "mile",
    "kilometern": "kilometer", "kilometres": "kilometer", "kilometros": "kilometer",
    "metern": "meter", "metros": "meter", "metres": "meter", "zoll": "inch", "pouces": "inch",
    "pulgadas": "inch", "pfund": "pound", "libras": "pound", "livres": "pound", "litros": "liter",
    "minuten": "minute", "stunden": "hour", "heures": "hour", "horas": "hour",
    "floz": "fluid_ounce", "nmi": "nautical_mile", "stones": "stone", "st": "stone",
    "m2": "meter**2", "m3": "meter**3", "km2": "kilometer**2", "cm2": "centimeter**2",
    "ft2": "foot**2", "m²": "meter**2", "m³": "meter**3", "km²": "kilometer**2", "ft²": "foot**2",
    "ft³": "foot**3", "mi²": "mile**2", "in²": "inch**2", "cm²": "centimeter**2",
    "dặm": "mile", "dam": "mile", "mét": "meter", "thước": "meter", "lít": "liter", "gam": "gram",
    "lạng": "hectogram", "tạ": "quintal", "tấn": "metric_ton", "hecta": "hectare",
    "giờ": "hour", "tiếng": "hour", "phút": "minute", "giây": "second", "ngày": "day",
    "tuần": "week", "inch": "inch", "inches": "inch", "cups": "cup",
}  # fmt: skip
"""Names that people use and pint does not know, or takes for something else (C is coulomb)."""


@fills("from", "to")
def units(asked: Asked) -> Done:
    """Convert the first amount of the message to the other unit that it names.

    What it lacks is taken from the message before: "and 10 miles?", "and in metres?"
    Numbers may be in words. Raises ActionError if it names no amount, or no other unit that
    measures the same.
    """
    problems: list[ActionError] = []
    before = next(readings(asked.before), "")
    for text in readings(asked.message):
        amounts = _amounts(text)
        lacks = not amounts or not any(_named(text, amounts[0]))
        if before and lacks:
            text = f"{text} {before}" if amounts else f"{before} {text}"
            amounts = _amounts(text)[:1]
        try:
            return _converted(text, amounts)
        except ActionError as problem:
            problems += [problem] if amounts else []
    raise next(iter(problems), ActionError(_("Say how much of what: “5 miles in km”")))


class _Amount(NamedTuple):
    """A number of a unit in a text, or several that are one: 5 ft 10 in."""

    parts: tuple[tuple[float, Unit], ...]
    start: int
    end: int

    @property
    def unit(self) -> Unit:
        """The first one, the largest."""
        return self.parts[0][1]


def _amounts(text: str) -> list[_Amount]:
    """Return the amounts in a text."""
    found: list[_Amount] = []
    for match in _AMOUNT.finditer(text):
        unit, amount = _unit(match[2]), _number(match[1])
        if unit is None or amount is None:
            continue
        before = found[-1] if found else None
        if (
            before is not None
            and _JOINT.fullmatch(text, before.end, match.start())
            and _is_part(unit, before.parts[-1][1])
        ):
            parts = (*before.parts, (amount, unit))
            found[-1] = _Amount(parts, before.start, match.end())
        else:
            found.append(_Amount(((amount, unit),), match.start(), match.end()))
    return found


def _is_part(unit: Unit, larger: Unit) -> bool:
    """Return whether a unit measures the same as another one in smaller parts."""
    registry = _registry()
    if unit.dimensionality != larger.dimensionality or "[temperature]" in unit.dimensionality:
        return False
    return bool(registry.Quantity(1, unit) < registry.Quantity(1, larger))


def _converted(text: str, found: Sequence[_Amount]) -> Done:
    """Return the first of the amounts in a text that another unit is named for, converted."""
    if not found:
        raise ActionError(_("Say how much of what: “5 miles in km”"))
    registry = _registry()
    for each in found:
        named, unit = list(_named(text, each)), each.unit
        if str(unit) == "degree":  # "20 degrees in Fahrenheit" are of the other scale
            scale = next((_SCALES[str(o)] for o in named if str(o) in _SCALES), "")
            unit = registry.Unit(scale) if scale else unit
        others = [
            other
            for other in named
            if other.dimensionality == unit.dimensionality
            if other != unit or len(each.parts) > 1
        ]
        if not others:
            continue
        parts = [(amount, unit if part == each.unit else part) for amount, part in each.parts]
        whole = registry.Quantity(*parts[0])
        for part in parts[1:]:
            whole = whole + registry.Quantity(*part)
        to = _in_parts(whole, others)
        values = {"from": " ".join(_shown(*part) for part in parts), "to": to}
        return Done("{from} = {to}".format(**values), values)
    first = found[0]
    unit = first.unit
    name = f"{unit:~P}" or str(unit)
    strange = _of_another_kind(text[: first.start], text[first.end :])
    if strange:
        differ = _("{unit} cannot be converted to {other}: they measure different things")
        raise ActionError(differ.format(unit=name, other=strange))
    raise ActionError(_("To which unit? Say it after {unit}").format(unit=name))


def _named(text: str, amount: _Amount) -> Iterator[Unit]:
    """Yield the units that a text names around an amount."""
    behind = _WORD.findall(text[amount.end :])
    words = [*_WORD.findall(text[: amount.start]), *behind]
    last = len(words) - 1 if behind else len(words)
    for place, word in enumerate(words):
        # "5 miles in km": an inch only where nothing follows it.
        if (word.casefold() != "in" or place == last) and (unit := _unit(word)) is not None:
            yield unit


def _in_parts(whole: Quantity[float], others: Sequence[Unit]) -> str:
    """Return a quantity in the unit that is named last; "feet and inches" are both."""
    units = [str(other) for other in others[-2:]]
    if units == ["foot", "inch"]:
        inches = whole.to("inch").magnitude
        feet, rest = divmod(round(abs(inches), 4), 12)
        if feet and inches > 0:
            return f"{_shown(feet, others[-2])} {_shown(rest, others[-1])}"
    return _shown(whole.to(others[-1]).magnitude, others[-1])


def _of_another_kind(before: str, behind: str) -> str:
    """Return a word around an amount that somebody means as a unit; empty if there is none.

    pint makes units of "a", "at" and "are": only a name of four letters is sure, or the last word.
    """
    words = _WORD.findall(behind)
    last = [word for word in words[-1:] if len(word) > 1 and word.casefold() != "in"]
    sure = [word for word in (*words, *_WORD.findall(before)) if len(word) >= 4]
    return next((word for word in (*last, *sure) if _unit(word) is not None), "")


def _number(text: str) -> float | None:
    """Return a number as people write it: 1,000.5 and 1.000,5 are the same; None for none."""
    digits = text.replace("−", "-").rstrip(".,")
    marks = [mark for mark in digits if mark in ".,"]
    if len(set(marks)) == 2:  # the last one is that of decimals
        digits = digits.replace(marks[0], "").replace(marks[-1], ".")
    elif len(marks) > 1 or _THOUSANDS.fullmatch(digits.lstrip("+-")):
        digits = digits.replace(marks[0], "")
    try:
        return float(digits.replace(",", "."))
    except ValueError:
        return None


def _shown(amount: float, unit: Unit) -> str:
    """Return an amount with six digits that count, and its unit."""
    number = f"{amount:.6g}"
    if "e" in number and abs(amount) < MOST_WRITTEN_OUT:
        number = f"{float(number):,.0f}"
    return f"{number} {unit:~P}"


def _unit(word: str) -> Unit | None:
    """Return the unit of a word, or of two with a slash; None for a word that is none.

    Only names that pint has are looked up: what people type is never evaluated.
    """
    registry = _registry()
    if len(word) > MOST_LETTERS:
        return None
    if (named := NAMES.get(word.casefold())) is not None:
        return registry.Unit(named)
    whole: Unit | None = None
    for name in word.split("/"):
        known = next((n for n in (name, name.casefold()) if n.isalnum() and n in registry), None)
        if known is None:
            return None
        unit = registry.Unit(known)
        whole = unit if whole is None else whole / unit
    return whole


@cache
def _registry() -> UnitRegistry[float]:
    from pint import UnitRegistry  # 0.2 s, which only who converts waits for

    return UnitRegistry(cache_folder=None)
