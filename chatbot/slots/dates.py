"""Dates and times: dateparser is asked what each few words of a message mean.

Its own search is for texts of web pages: of a message it finds "I may", and nothing in Vietnamese,
Chinese, Japanese and Korean, whose words dateparser does know.
"""

from __future__ import annotations

import unicodedata
import warnings
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

import regex

from chatbot.slots.spoken_dates import spoken_dates
from chatbot.slots.spoken_times import spoken_times

_TOKEN = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}][\p{M}\u30fc]*"
    r"|[^\s,;!?()。、！？\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]+"
)
MOST_TOKENS = 5
"""Words that say a date together: "the day after tomorrow evening"."""

MOST_CHARACTERS = 10
"""The same in a script without blanks, where a token is a character."""

MOST_ASKED = 300
"""Pieces of a message that dateparser is asked about: half a millisecond each."""

_NAMES_NOTHING = regex.compile(r"[^\p{L}\p{Nd}]*(?:\p{Nd}+[^\p{L}\p{Nd}]*)?|[^\p{L}]*\s[^\p{L}]*|.")
"""Less than two numbers and no word: a number may be anything. Nor numbers with blanks between."""

_ONE_NUMBER = regex.compile(r"\P{Nd}*\p{Nd}+\P{Nd}*")

_LONG_NUMBER = regex.compile(r"\p{L}\p{Nd}|\p{Nd}{5}")
"""An order number."""

_ENDS_WITH_LETTER = regex.compile(r"\s[A-Za-z]$")
"""Of "is friday a holiday", dateparser takes "friday a" for the same day in two months."""

_CLOCK = regex.compile(r"(?<![\p{Nd}:.])([01]?\d|2[0-3])[:h]([0-5]\d)(?![\p{Nd}:.])")
"""A time of day in figures, in any language: 20:15, 20h15."""

_HOUR = regex.compile(r"(?<![\p{Nd}:.,])([01]?\d|2[0-3])\s?h(?![\p{L}\p{Nd}])", regex.IGNORECASE)
"""A full hour, which dateparser does not know in every language: 20h."""

_OTHER_MOMENT = timedelta(days=3, hours=7, minutes=13)
"""What means another time of day so much later is no time of day: "now", "in two hours"."""


class Meaning(NamedTuple):
    """What a few words mean."""

    start: int
    end: int
    moment: datetime
    has_time: bool


def dates(text: str, languages: Sequence[str], now: datetime) -> Iterator[tuple[int, int, str]]:
    """Yield dates: where each begins and ends, and its value in ISO 8601."""
    spoken = spoken_dates(text, languages, now.date())
    for start, end, said in spoken:
        if said is not None:
            yield start, end, f"{said:%Y-%m-%d}"
    found = [
        each
        for each in _meanings(text, tuple(languages), now)
        if not each.has_time
        and all(each.end <= other.start or other.end <= each.start for other in spoken)
    ]
    for each in found:
        # Of a month alone dateparser makes the day that today has.
        day = each.moment
        is_month = not _has_figure(text, each) and day.day == now.day and day.date() != now.date()
        # "tomorrow at" says no more than "tomorrow", and "on December" less than "December 24".
        says_less = (is_month and _beside_figure(text, each)) or any(
            (_is_within(other, each) and _same_day(other, each))
            or (is_month and _has_figure(text, other) and _overlap(other, each))
            for other in found
        )
        if not says_less:
            yield each.start, each.end, f"{each.moment:%Y-%m-%d}"


def times(text: str, languages: Sequence[str], now: datetime) -> Iterator[tuple[int, int, str]]:
    """Yield times of day: where each begins and ends, and its value, 20:00."""
    clocks = [(f.start(), f.end(), f"{int(f[1]):02}:{f[2]}") for f in _CLOCK.finditer(text)]
    said = list(spoken_times(text, languages))
    exact = [*said, *clocks]
    found = [
        each
        for each in _meanings(text, tuple(languages), now)
        # "tomorrow morning at 6" says 6, the morning no other time; dateparser makes 6 the month.
        if each.has_time
        and (_has_figure(text, each) or not exact)
        and all(end <= each.start or each.end <= start for start, end, _time in said)
    ]
    for each in found:
        # "tomorrow at 8pm" says no more than "8pm" about the time.
        if not any(_is_within(other, each) and _same_time(other, each) for other in found):
            yield each.start, each.end, f"{each.moment:%H:%M}"
    yield from exact
    for hour in _HOUR.finditer(text):
        if not any(each.start <= hour.start() and hour.end() <= each.end for each in found):
            yield hour.start(), hour.end(), f"{int(hour[1]):02}:00"


def _is_within(other: Meaning, each: Meaning) -> bool:
    inside = each.start <= other.start and other.end <= each.end
    return inside and other.end - other.start < each.end - each.start


def _overlap(some: Meaning, other: Meaning) -> bool:
    return some.start < other.end and other.start < some.end


def _has_figure(text: str, meaning: Meaning) -> bool:
    return any(character.isdecimal() for character in text[meaning.start : meaning.end])


def _beside_figure(text: str, meaning: Meaning) -> bool:
    """Return whether a figure stands right beside: of "the 31st of February" the month is left."""
    before, after = text[: meaning.start].split()[-1:], text[meaning.end :].split()[:1]
    return any(character.isdecimal() for word in (*before, *after) for character in word)


def _same_day(some: Meaning, other: Meaning) -> bool:
    return some.moment.date() == other.moment.date()


def _same_time(some: Meaning, other: Meaning) -> bool:
    return some.moment.time() == other.moment.time()


@lru_cache(maxsize=16)
def _meanings(text: str, languages: tuple[str, ...], now: datetime) -> tuple[Meaning, ...]:
    """Return what the pieces of a text mean, in the first language that gives them a meaning."""
    found: list[Meaning] = []
    pieces = list(_pieces(text))
    for language in languages:
        for start, end in pieces:
            if not _may_be(text[start:end], language):
                continue
            meaning = _parsed(text[start:end], language, now)
            if meaning is not None:
                found.append(Meaning(start, end, *meaning))
        if found:
            break
    return tuple(found)


def _may_be(said: str, language: str) -> bool:
    """Return whether a language has the letters of a piece.

    dateparser leaves diacritics out: in English it takes "thứ mấy" for a Thursday in May.
    """
    if language == "en" and not said.isascii():
        return not any(character.isalpha() and not character.isascii() for character in said)
    return language == "vi" or not _VIETNAMESE.search(unicodedata.normalize("NFD", said))


_VIETNAMESE = regex.compile(r"[\u0309\u031b\u0323đĐ]")
"""Marks and letters that no other language of dateparser has."""


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield where pieces of a few words begin and end, of those that may be dates."""
    tokens = [(token.start(), token.end()) for token in _TOKEN.finditer(text)]
    asked = 0
    for first, (start, begun) in enumerate(tokens):
        is_character = begun - start == 1 and not text[start].isascii()
        most = MOST_CHARACTERS if is_character else MOST_TOKENS
        for _, end in tokens[first : first + most]:
            said = text[start:end].rstrip(".:")
            if (
                _NAMES_NOTHING.fullmatch(said)
                or _LONG_NUMBER.search(said)
                or _ENDS_WITH_LETTER.search(said)
            ):
                continue
            yield start, start + len(said)
            asked += 1
            if asked == MOST_ASKED:
                return


def _parsed(said: str, language: str, now: datetime) -> tuple[datetime, bool] | None:
    """Return the moment that a text means, and whether it says a time; None where it is none."""
    found = _asked(said, language, now)
    if found is None:
        return None
    moment, period = found
    if period == "month" and " " not in said:
        return None  # "may" is a word
    if period not in ("time", "part_of_day"):
        # Of "at 8" it makes the eighth of this month.
        is_part = _ONE_NUMBER.fullmatch(said) is not None
        return (
            None
            if is_part and _asked(said, language, now, "day", "month") is None
            else (moment, False)
        )
    later = _asked(said, language, now + _OTHER_MOMENT)
    if later is None or later[0].time() != moment.time():
        return None
    return moment, True


def _asked(said: str, language: str, now: datetime, *parts: str) -> tuple[datetime, str] | None:
    """Ask dateparser; a date that is no distance from now must name the `parts`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its own dependencies
        try:
            data = _parser(language, now, parts).get_date_data(said)
        except Exception:  # whatever it is: strange texts make it fail in many ways
            return None
    if data is None or data.date_obj is None:
        return None
    return data.date_obj, str(data.period)


@lru_cache(maxsize=16)
def _parser(language: str, now: datetime, parts: tuple[str, ...]) -> Any:
    from dateparser.date import DateDataParser  # 0.3 s, not at start-up

    settings = {
        "PREFER_DATES_FROM": "future",
        "RELATIVE_BASE": now,
        "RETURN_AS_TIMEZONE_AWARE": False,
        "RETURN_TIME_AS_PERIOD": True,
        "REQUIRE_PARTS": list(parts),
    }
    return DateDataParser(languages=[language], settings=settings)
