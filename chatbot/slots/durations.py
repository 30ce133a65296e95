"""Durations: a number and a unit of time, "2 hours", in the languages of dateparser's tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import regex

from chatbot.words import bare

_UNITS = {
    "year": "P{}Y", "month": "P{}M", "week": "P{}W", "day": "P{}D",
    "hour": "PT{}H", "minute": "PT{}M", "second": "PT{}S",
}  # fmt: skip
"""ISO 8601, by the names that the tables have."""

_SHORT = {"h": "hour", "min": "minute", "mins": "minute", "sec": "second", "hrs": "hour"}
"""Signs of the International System of Units, in every language."""

_FOLLOWING = regex.compile(r"\s{0,3}(\p{L}[\p{L}\p{M}]*)")
_SPACELESS = regex.compile(r"\s?((?:[\p{Han}\p{Thai}]|\p{Hiragana}){1,4})")


def durations(
    text: str, numbers: Sequence[tuple[int, int, str]], languages: Sequence[str]
) -> Iterator[tuple[int, int, str]]:
    """Yield durations: where each begins and ends, and its value in ISO 8601.

    `numbers` are those in the text. Signs right behind a number count too: "2h".
    """
    units = _units(tuple(languages))
    glued = [
        (found.start(), found.end(1), found[1])
        for found in regex.finditer(r"(?<![\p{L}\p{N}_.,])(\p{Nd}++)(?=\p{L})", text)
    ]
    for start, end, value in dict.fromkeys([*numbers, *glued]):
        for expression in (_FOLLOWING, _SPACELESS):
            found = expression.match(text, end)
            if found is None:
                continue
            for length in range(len(found[1]), 0, -1):
                is_whole = length == len(found[1])
                unit = units.get(bare(found[1][:length].lower()))
                if unit is not None and (is_whole or expression is _SPACELESS):
                    yield start, found.start(1) + length, _UNITS[unit].format(value)
                    break


@lru_cache(maxsize=8)
def _units(languages: tuple[str, ...]) -> dict[str, str]:
    """Return the units by their bare names in these languages."""
    from dateparser.languages.loader import default_loader  # 0.3 s, not at start-up

    found = dict(_SHORT)
    for locale in default_loader.get_locales(languages=list(languages)):
        for unit in _UNITS:
            for name in locale.info.get(unit, ()):
                if len(name) > 1 or not name.isascii():
                    found.setdefault(bare(name.lower().rstrip(".")), unit)
    return found
