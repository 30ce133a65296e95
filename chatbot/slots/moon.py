"""Days of the Chinese calendar in other calendars: feasts of the moon.

The rules are those of Nachum Dershowitz and Edward Reingold, Calendrical Calculations: a month
begins on the day of a new moon, the eleventh holds the winter solstice, and of thirteen months the
first without a principal term is counted twice. The moments are those of Jean Meeus, Astronomical
Algorithms, ch. 25 and 49, to a few minutes. Which day they are on depends on where one is: Vietnam,
China and Korea differ now and then.
"""

from __future__ import annotations

from datetime import date as Date  # noqa: N812 (a day, beside the functions)
from functools import lru_cache
from math import floor, radians, sin

_MONTH = 29.530588861
"""Days from one new moon to the next."""

_J2000 = Date(2000, 1, 1).toordinal() - 2451544.5
"""What makes of a Julian date the ordinal of a day, at midnight of UTC."""

_FIRST_NEW_MOON = 2451550.09766
"""Julian date of the first one of the year 2000."""

YEARS = range(1900, 2101)
"""In which the moments are right to a few minutes."""


def lunar_date(year: int, month: int, day: int, hours: int) -> Date | None:
    """Return a day of the lunar year that begins in a year, where clocks are hours ahead of UTC.

    None outside of YEARS.
    """
    if year not in YEARS:
        return None
    return Date.fromordinal(_month(year, month, hours) + day - 1)


@lru_cache(maxsize=256)
def _month(year: int, month: int, hours: int) -> int:
    """Return the first day of a month of the lunar year that begins in a year."""
    before, after = _eleventh(year - 1, hours), _eleventh(year, hours)
    first = before if month < 11 else after
    place = month + 1 if month < 11 else month - 11
    if month >= 11:
        after = _eleventh(year + 1, hours)
    leap = _leap(first, after, hours)
    if leap is not None and place >= leap:
        place += 1
    return _new_moon_on(_number(first) + place, hours)


def _leap(first: int, last: int, hours: int) -> int | None:
    """Return which month after the eleventh is counted twice, until the next eleventh; or none."""
    if round((last - first) / _MONTH) < 13:
        return None
    start = _number(first)
    for place in range(1, 13):
        begin, end = (_new_moon_on(start + place + more, hours) for more in (0, 1))
        if _term(begin, hours) == _term(end, hours):
            return place
    return None


def _eleventh(year: int, hours: int) -> int:
    """Return the first day of the month that holds the winter solstice of a year."""
    solstice = Date(year, 12, 19).toordinal()
    while _term(solstice + 1, hours) != 9:  # from 270° on
        solstice += 1
    number = _number(solstice) + 1
    while _new_moon_on(number, hours) > solstice:
        number -= 1
    return _new_moon_on(number, hours)


def _term(day: int, hours: int) -> int:
    """Return which twelfth of its way the sun is in as a day begins."""
    return int(_longitude(day - hours / 24 - _J2000) // 30)


def _number(day: int) -> int:
    """Return the number of the new moon that is nearest to a day, about."""
    return round((day - _J2000 - _FIRST_NEW_MOON) / _MONTH)


@lru_cache(maxsize=512)
def _new_moon_on(number: int, hours: int) -> int:
    return floor(_new_moon(number) + _J2000 + hours / 24)


def _new_moon(number: int) -> float:
    """Return the Julian date of a new moon in UTC, by its number from the year 2000 on."""
    t = number / 1236.85
    mean = _FIRST_NEW_MOON + _MONTH * number + 0.00015437 * t**2 - 1.5e-7 * t**3
    e = 1 - 0.002516 * t - 0.0000074 * t**2
    sun = radians(2.5534 + 29.1053567 * number - 0.0000014 * t**2)
    moon = radians(201.5643 + 385.81693528 * number + 0.0107582 * t**2 + 0.00001238 * t**3)
    node = radians(160.7108 + 390.67050284 * number - 0.0016118 * t**2 - 0.00000227 * t**3)
    omega = radians(124.7746 - 1.56375588 * number + 0.0020672 * t**2)
    terms = (
        (-0.4072, moon), (0.17241 * e, sun), (0.01608, 2 * moon), (0.01039, 2 * node),
        (0.00739 * e, moon - sun), (-0.00514 * e, moon + sun), (0.00208 * e**2, 2 * sun),
        (-0.00111, moon - 2 * node), (-0.00057, moon + 2 * node), (0.00056 * e, 2 * moon + sun),
        (-0.00042, 3 * moon), (0.00042 * e, sun + 2 * node), (0.00038 * e, sun - 2 * node),
        (-0.00024 * e, 2 * moon - sun), (-0.00017, omega), (-0.00007, moon + 2 * sun),
        (0.00004, 2 * moon - 2 * node), (0.00004, 3 * sun), (0.00003, moon + sun - 2 * node),
        (0.00003, 2 * moon + 2 * node), (-0.00003, moon + sun + 2 * node),
        (0.00003, moon - sun + 2 * node), (-0.00002, moon - sun - 2 * node),
        (-0.00002, 3 * moon + sun), (0.00002, 4 * moon),
    )  # fmt: skip
    planets = 0.000325 * sin(radians(299.77 + 0.107408 * number - 0.009173 * t**2))
    planets += 0.000165 * sin(radians(251.88 + 0.016321 * number))
    planets += 0.000164 * sin(radians(251.83 + 26.651886 * number))
    planets += 0.000126 * sin(radians(349.42 + 36.412478 * number))
    return mean + sum(size * sin(angle) for size, angle in terms) + planets - _delta(t * 100 + 2000)


def _longitude(moment: float) -> float:
    """Return the apparent longitude of the sun in degrees at a Julian date of UTC."""
    t = (moment + _delta(2000 + (moment - 2451545) / 365.25) - 2451545) / 36525
    mean = 280.46646 + 36000.76983 * t + 0.0003032 * t**2
    anomaly = radians(357.52911 + 35999.05029 * t - 0.0001537 * t**2)
    centre = (1.914602 - 0.004817 * t - 0.000014 * t**2) * sin(anomaly)
    centre += (0.019993 - 0.000101 * t) * sin(2 * anomaly) + 0.000289 * sin(3 * anomaly)
    shown = -0.00569 - 0.00478 * sin(radians(125.04 - 1934.136 * t))
    return (mean + centre + shown) % 360


def _delta(year: float) -> float:
    """Return by how many days dynamical time is ahead, about (Espenak and Meeus, 2006)."""
    t = year - 2000
    return (62.92 + 0.32217 * t + 0.005589 * t**2) / 86400
