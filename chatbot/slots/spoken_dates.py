"""Days as people say them: "Friday next week", "thứ 6 tuần sau", "Christmas", "下周五".

dateparser knows the weekday alone, or the week alone, and no feast at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date as Date  # noqa: N812 (a day, beside the functions)
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

import regex

from chatbot.slots.calendar_phrases import CALENDARS, EASTER, MOON, Calendar
from chatbot.slots.moon import lunar_date
from chatbot.slots.spoken_times import folded
from chatbot.slots.time_phrases import LANGUAGES

SATURDAY = 5
"""Days from Monday."""


class SpokenDate(NamedTuple):
    """Words that mean a day, by their place."""

    start: int
    end: int
    day: Date | None
    """None where there is no such day: the 30th of February."""


class _Said(NamedTuple):
    """What a language is asked with."""

    feasts: regex.Pattern[str]
    """The group `feast` and maybe `year`."""
    in_weeks: tuple[tuple[int, int, regex.Pattern[str]], ...]
    """Weeks from now, the weekday, and how they are said together."""
    weekends: tuple[tuple[int, regex.Pattern[str]], ...]
    alone: regex.Pattern[str]
    days: tuple[tuple[int, regex.Pattern[str]], ...]
    written: regex.Pattern[str]
    distance: regex.Pattern[str]


def spoken_dates(text: str, languages: Sequence[str], today: Date) -> list[SpokenDate]:
    """Return the days in a text; they do not overlap, the longest counts."""
    read = folded(text)
    found = [
        each
        for language in languages
        if language in CALENDARS
        for each in _found(read, language, today)
    ]
    kept: list[SpokenDate] = []
    for each in sorted(found, key=lambda each: each.start - each.end):
        if all(each.end <= other.start or other.end <= each.start for other in kept):
            kept.append(each)
    return kept


def _found(read: str, language: str, today: Date) -> Iterator[SpokenDate]:
    said, calendar = _said_in(language), CALENDARS[language]
    for found in said.feasts.finditer(read):
        yield SpokenDate(*found.span(), _feast(calendar, found["feast"], found["year"], today))
    monday = today - timedelta(days=today.weekday())
    for weeks, weekday, expression in said.in_weeks:
        for found in expression.finditer(read):
            yield SpokenDate(*found.span(), monday + timedelta(weeks=weeks, days=weekday))
    for weeks, expression in said.weekends:
        for found in expression.finditer(read):
            saturday = monday + timedelta(weeks=weeks, days=SATURDAY)
            is_now = weeks == 0 and today > saturday  # of a Sunday the weekend is today
            yield SpokenDate(*found.span(), today if is_now else saturday)
    for found in said.alone.finditer(read):
        away = (_weekday(calendar, found[0]) - today.weekday() - 1) % 7 + 1
        yield SpokenDate(*found.span(), today + timedelta(days=away))
    for days, expression in said.days:
        for found in expression.finditer(read):
            yield SpokenDate(*found.span(), today + timedelta(days=days))
    for found in said.written.finditer(read):
        day = _next(int(found["month"]), int(found["day"]), found["year"], today)
        yield SpokenDate(*found.span(), day)
    for found in said.distance.finditer(read):
        number = found["number"]
        count = int(number) if number.isdecimal() else LANGUAGES[language].numbers[number]
        away = count * (7 if found["weeks"] else 1)
        yield SpokenDate(*found.span(), today + timedelta(days=away))


def _weekday(calendar: Calendar, said: str) -> int:
    return next(day for day, name in enumerate(calendar.weekdays) if regex.fullmatch(name, said))


def _feast(calendar: Calendar, said: str, year: str | None, today: Date) -> Date | None:
    name = next(day for day, names in calendar.feasts.items() if regex.fullmatch(names, said))
    if name.startswith(MOON):
        return _of_the_moon(name, year, today)
    if name != EASTER:
        month, _, day = name.partition("-")
        return _next(int(month), int(day), year, today)
    if year is not None:
        return _easter(int(year)) if int(year) else None
    this_year = _easter(today.year)
    return this_year if this_year >= today else _easter(today.year + 1)


def _of_the_moon(name: str, year: str | None, today: Date) -> Date | None:
    """Return a feast of the moon in a year, or the next one from today on."""
    hours, month, day = (int(part) for part in regex.findall(r"\d+", name))
    first = today.year if year is None else int(year)
    # What is late in a year of the moon is in the next one of the sun.
    for each in range(first - 1, first + 2):
        found = lunar_date(each, month, day, hours)
        if found is not None and (found >= today if year is None else found.year == first):
            return found
    return None


def _easter(year: int) -> Date:
    """Return Easter Sunday of the Gregorian calendar (J. Meeus, Astronomical Algorithms, ch. 8)."""
    century, golden = year // 100, year % 19
    skipped = century // 4 + (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - skipped + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (year % 100 // 4) - moon - year % 100 % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return Date(year, month, day + 1)


def _next(month: int, day: int, year: str | None, today: Date) -> Date | None:
    """Return a day of that year, or the next one from today on; None where there is none."""
    for each in (int(year),) if year is not None else range(today.year, today.year + 5):
        try:
            found = Date(each, month, day)
        except ValueError:  # of the 29th of February there is one every four years
            continue
        if year is not None or found >= today:
            return found
    return None


@lru_cache(maxsize=8)
def _said_in(language: str) -> _Said:
    calendar = CALENDARS[language]
    begin, end, blank = r"(?<![\p{L}\p{N}])", r"(?![\p{L}\p{N}])", " "
    if not calendar.is_spaced:
        begin = end = ""
        blank = " ?"

    def whole(expression: str) -> regex.Pattern[str]:
        return regex.compile(f"{begin}(?:{expression}){end}")

    spoken = LANGUAGES.get(language)
    numbers = "|".join(sorted(spoken.numbers, key=len, reverse=True)) if spoken is not None else ""
    number = rf"\d{{1,3}}|{numbers}" if numbers else r"\d{1,3}"
    feasts = "|".join(calendar.feasts.values())
    link = f"{calendar.link}{blank}"
    return _Said(
        whole(rf"(?<feast>{feasts})(?:,? (?<year>\d{{4}}))?"),
        tuple(
            (weeks, day, whole(f"(?:{name}){link}(?:{week})|(?:{week}){link}(?:{name})"))
            for weeks, week in calendar.weeks.items()
            for day, name in enumerate(calendar.weekdays)
        ),
        tuple((weeks, whole(said)) for weeks, said in calendar.weekends.items()),
        whole(calendar.alone),
        tuple((days, whole(said)) for days, said in calendar.days.items()),
        whole(calendar.written),
        whole(calendar.distance.replace("{number}", number)),
    )
