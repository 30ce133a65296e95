"""Durations: "2 hours and 5 minutes", "half an hour", "1h30", "一个半小时".

A number and a unit are known in every language of dateparser's tables; halves, quarters and what
joins two parts in those of `duration_phrases`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

from chatbot.slots.duration_phrases import HALVES, LENGTHS, NO_PHRASES, Lengths
from chatbot.slots.spoken_times import folded
from chatbot.slots.time_phrases import LANGUAGES

_UNITS: Mapping[str, str] = {
    "year": "Y", "month": "M", "week": "W", "day": "D", "hour": "H", "minute": "M", "second": "S",
}  # fmt: skip
"""Signs of ISO 8601, by the names that the tables have, the longest first."""

_OF_A_DAY = ("hour", "minute", "second")

_SHORT = {
    "h": "hour", "hr": "hour", "hrs": "hour", "min": "minute", "mins": "minute", "sec": "second",
    "secs": "second", "s": "second",
}  # fmt: skip
"""Signs that are the same in every language."""

_GLUED = regex.compile(
    r"(?<![[\p{L}--[\p{Han}\p{Hangul}\p{Hiragana}]]\p{N}_.,])(\p{Nd}++(?:[.,]\p{Nd}+)?)(?=\p{L})",
    regex.VERSION1,
)
"""A number with a sign right behind: 2h."""

_MINUTES_BEHIND = regex.compile(
    r"\s?([0-5]?\d)\s?(?:m|min|p|ph|')(?![\p{L}\p{N}])|([0-5]?\d)(?![\p{L}\p{N}]|[.,:]\d)"
    r"|\s([0-5]\d)(?=\s*(?:$|[.,;!?)]))"
)
"""What follows hours without a unit of its own: 1h30, 1h 30m, 1 giờ 30."""


class _Part(NamedTuple):
    """A number of one unit in a text."""

    start: int
    end: int
    amounts: Mapping[str, str]
    """By unit: "an hour and a half" has two."""

    @property
    def smallest(self) -> int:
        """How small its smallest unit is."""
        return max(map(list(_UNITS).index, self.amounts))

    @property
    def largest(self) -> int:
        """How small its largest unit is."""
        return min(map(list(_UNITS).index, self.amounts))


class _Said(NamedTuple):
    """What a language is asked with."""

    units: Mapping[str, str]
    unit: regex.Pattern[str]
    joins: regex.Pattern[str]
    numbers: Mapping[str, int]
    words: regex.Pattern[str]
    one: regex.Pattern[str]
    one_and_half: regex.Pattern[str]
    half: regex.Pattern[str]
    and_half: regex.Pattern[str]
    whole: regex.Pattern[str]


def durations(
    text: str, numbers: Sequence[tuple[int, int, str]], languages: Sequence[str]
) -> Iterator[tuple[int, int, str]]:
    """Yield durations: where each begins and ends, and its value in ISO 8601.

    `numbers` are those in the text. Signs right behind a number count too: "2h". A number that
    stands alone is one of minutes: it answers a question.
    """
    for start, end, value in numbers:
        if value.isdecimal() and not _says(text[:start]) and not _says(text[end:]):
            yield start, end, f"PT{value}M"
    read = folded(text)
    glued = [(f.start(), f.end(1), f[1].replace(",", ".")) for f in _GLUED.finditer(text)]
    for language in languages:
        said = _said_in(language)
        parts = sorted(
            _parts(read, dict.fromkeys([*numbers, *glued]), said),
            key=lambda part: (part.start, -part.end),
        )
        place = 0
        for part in parts:
            if part.start >= place:
                whole = _with_what_follows(read, part, parts, said)
                place = whole.end
                yield whole.start, whole.end, _iso(whole.amounts)


def _says(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _with_what_follows(read: str, part: _Part, parts: Sequence[_Part], said: _Said) -> _Part:
    """Return a part together with the smaller ones that go on from it."""
    while True:
        joint = said.joins.match(read, part.end)
        after = part.end if joint is None else joint.end()
        following = next(
            (p for p in parts if p.start in (part.end, after) and p.largest > part.smallest), None
        )
        if following is None:
            break
        part = _Part(part.start, following.end, {**part.amounts, **following.amounts})
    is_hours = list(part.amounts)[-1] == "hour"
    behind = _MINUTES_BEHIND.match(read, part.end) if is_hours else None
    if behind is None:
        return part
    minutes = next(filter(None, behind.groups()))
    return _Part(part.start, behind.end(), {**part.amounts, "minute": minutes})


def _parts(read: str, numbers: Iterable[tuple[int, int, str]], said: _Said) -> Iterator[_Part]:
    """Yield numbers with their unit, halves and quarters; they may overlap."""
    for start, end, value, and_half in _counts(read, numbers, said):
        unit = said.unit.match(read, end)
        name = said.units[unit[1]] if unit is not None else ""
        if unit is None or (and_half and name not in HALVES):
            continue
        behind = None if and_half else said.and_half.match(read, unit.end())
        amounts = {name: value}
        if (and_half or behind) and name in HALVES:
            amount, smaller = HALVES[name]
            amounts[smaller] = str(amount)
        yield _Part(start, (behind or unit).end() if len(amounts) > 1 else unit.end(), amounts)
    for found in said.half.finditer(read):
        unit = said.unit.match(read, found.end())
        if unit is not None and said.units[unit[1]] in HALVES:
            amount, smaller = HALVES[said.units[unit[1]]]
            yield _Part(found.start(), unit.end(), {smaller: str(amount)})
    for found in said.whole.finditer(read):
        yield _Part(*found.span(), {"minute": "15" if found["quarter"] else "45"})


def _counts(
    read: str, numbers: Iterable[tuple[int, int, str]], said: _Said
) -> Iterator[tuple[int, int, str, bool]]:
    """Yield where numbers begin and end, their digits, and whether half a unit more is said."""
    in_words = [(f.start(), f.end(), str(said.numbers[f[0]])) for f in said.words.finditer(read)]
    articles = [(f.start(), f.end(), "1") for f in said.one.finditer(read)]
    for start, end, value in [*numbers, *in_words, *articles]:
        yield start, end, value, False
        half = said.and_half.match(read, end)
        if half is not None:
            yield start, half.end(), value, True
    for found in said.one_and_half.finditer(read):
        yield *found.span(), "1", True


def _iso(amounts: Mapping[str, str]) -> str:
    """Return amounts as a duration of ISO 8601, which has weeks or other units, not both."""
    if "week" in amounts and len(amounts) > 1:
        in_all = 7 * float(amounts["week"]) + float(amounts.get("day", "0"))
        amounts = {**amounts, "day": f"{in_all:g}"}
    days, time = "", ""
    for unit, sign in _UNITS.items():
        if unit not in amounts or (unit == "week" and "day" in amounts):
            continue
        if unit in _OF_A_DAY:
            time += f"{amounts[unit]}{sign}"
        else:
            days += f"{amounts[unit]}{sign}"
    return f"P{days}" + (f"T{time}" if time else "")


@lru_cache(maxsize=8)
def _said_in(code: str) -> _Said:
    lengths = LENGTHS.get(code, NO_PHRASES)
    units = _units(code, lengths)
    spoken = LANGUAGES.get(code)
    numbers = spoken.numbers if spoken is not None else {}
    names = _one_of(units)
    # A unit of a script without blanks may have anything behind it.
    end = r"(?:(?!\p{L})|(?<=[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}]))"
    begin, ends = (r"(?<![\p{L}\p{N}])", r"(?!\p{L})") if lengths.is_spaced else ("", "")
    return _Said(
        units,
        regex.compile(rf"[\s-]{{0,3}}({names}){end}"),
        regex.compile(rf"\s{{0,3}},?\s{{0,3}}(?:(?:{lengths.joins})\s{{0,3}})?"),
        numbers,
        regex.compile(rf"{begin}(?:{_one_of(numbers)})(?:{ends}|(?={lengths.and_half}))"),
        regex.compile(rf"{begin}(?:{lengths.one})(?= |(?<='))"),
        regex.compile(rf"{begin}(?:{lengths.one_and_half})"),
        regex.compile(rf"{begin}(?:{lengths.half})"),
        regex.compile(rf"[\s-]{{0,3}}(?:{lengths.and_half}){ends}"),
        regex.compile(rf"{begin}(?:{lengths.whole})(?!\p{{L}})"),
    )


def _one_of(names: Mapping[str, object]) -> str:
    """Return an expression for one of some names, the longest first; for none, one of nothing."""
    return "|".join(map(regex.escape, sorted(names, key=len, reverse=True))) or "(?!)"


def _units(code: str, lengths: Lengths) -> dict[str, str]:
    """Return the units of a language by their names without diacritics."""
    from dateparser.languages.loader import default_loader  # 0.3 s, not at start-up

    found = {**_SHORT, **lengths.more}
    for locale in default_loader.get_locales(languages=[code]):
        for unit in _UNITS:
            for name in locale.info.get(unit, ()):
                if len(name) > 1 or not name.isascii():
                    found.setdefault(folded(name.lower().rstrip(".")), unit)
    return found
