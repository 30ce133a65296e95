"""Converts units: a number with its unit, and another unit that measures the same."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from chatbot.actions.asked import ActionError, Asked, Done, fills
from chatbot.common import _

if TYPE_CHECKING:
    from pint import Unit, UnitRegistry

_AMOUNT = re.compile(r"(?<![\w.,*])([-+−]?\d[\d.,]{0,24})\s*°?\s*([^\W\d_]+(?:/[^\W\d_]+)?)(?!\w)")

_THOUSANDS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")

_WORD = re.compile(r"[^\W\d_]+(?:/[^\W\d_]+)?")

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
}  # fmt: skip
"""Names that people use and pint does not know, or takes for something else (C is coulomb)."""


@fills("from", "to")
def units(asked: Asked) -> Done:
    """Convert the first amount of the message to the other unit that it names.

    Raises ActionError if it names no amount, or no other unit that measures the same.
    """
    registry = _registry()
    found = [
        (amount, unit, match)
        for match in _AMOUNT.finditer(asked.message)
        if (unit := _unit(match[2])) is not None
        if (amount := _number(match[1])) is not None
    ]
    if not found:
        raise ActionError(_("Say how much of what: “5 miles in km”"))
    for amount, unit, match in found:
        rest = f"{asked.message[: match.start()]} {asked.message[match.end() :]}"
        named = _WORD.findall(rest)
        others = [
            other
            for place, word in enumerate(named, start=1)
            # "5 miles in km": an inch only where nothing follows it.
            if (word.casefold() != "in" or place == len(named))
            and (other := _unit(word)) is not None
            and other != unit
            and other.dimensionality == unit.dimensionality
        ]
        if others:
            converted = registry.Quantity(amount, unit).to(others[-1])
            values = {"from": _shown(amount, unit), "to": _shown(converted.magnitude, others[-1])}
            return Done("{from} = {to}".format(**values), values)
    _amount, unit, match = found[0]
    name = f"{unit:~P}" or str(unit)
    strange = _of_another_kind(asked.message[: match.start()], asked.message[match.end() :])
    if strange:
        differ = _("{unit} cannot be converted to {other}: they measure different things")
        raise ActionError(differ.format(unit=name, other=strange))
    raise ActionError(_("To which unit? Say it after {unit}").format(unit=name))


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
    whole: Unit | None = None
    for name in NAMES.get(word.casefold(), word).split("/"):
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
