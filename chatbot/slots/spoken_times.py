"""Times of day as people say them: "half past eight", "halb neun", "8 giờ rưỡi", "八点半".

dateparser knows hours in figures; of what is said with halves, quarters and numbers in words it
knows nothing, or takes the hour alone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

from chatbot.slots.time_phrases import LANGUAGES, NEVER, Language

_DAY = 24 * 60
"""Minutes."""


class _Said(NamedTuple):
    """What a language is asked with."""

    expressions: tuple[regex.Pattern[str], ...]
    length: regex.Pattern[str]
    length_behind: regex.Pattern[str]
    others: regex.Pattern[str]


def spoken_times(text: str, languages: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield times of day in words: where each begins and ends, and its value, 20:00.

    They may overlap; the longest says most.
    """
    read = folded(text)
    for language in languages:
        said = _said_in(language)
        if said is None:
            continue
        for expression in said.expressions:
            for found in expression.finditer(read, overlapped=True):
                start, end = found.span()
                if (
                    said.others.fullmatch(text[start:end].lower())
                    or said.length.search(read, max(0, start - 20), start)
                    or said.length_behind.match(read, end)
                ):
                    continue
                minutes = _minutes(found.groupdict(), LANGUAGES[language].numbers)
                if minutes is not None:
                    yield start, end, f"{minutes // 60:02}:{minutes % 60:02}"


def folded(text: str) -> str:
    """Return a text without diacritics and in lower case, each character at its place."""
    return "".join(map(_folded, text))


def _folded(character: str) -> str:
    """Return a character without diacritics and in lower case: always one, so that places stay."""
    plain = unicodedata.normalize("NFD", character)[0] if character.isalpha() else character
    # What a Hangul syllable is made of is no word.
    plain = character if "\uac00" <= character <= "\ud7a3" else plain
    plain = {"đ": "d", "Đ": "d", "’": "'", "\xa0": " "}.get(plain, plain).lower()
    return plain if len(plain) == 1 else character


@lru_cache(maxsize=8)
def _said_in(code: str) -> _Said | None:
    language = LANGUAGES.get(code)
    if language is None:
        return None
    return _Said(
        tuple(_expressions(language)),
        regex.compile(rf"(?<!\p{{L}})(?:{language.length}) $" if language.length else NEVER),
        regex.compile(
            rf" ?(?:{language.length_behind})(?!\p{{L}})" if language.length_behind else NEVER
        ),
        regex.compile(language.others or NEVER),
    )


def _expressions(language: Language) -> Iterator[regex.Pattern[str]]:
    words = "|".join(sorted(language.numbers, key=len, reverse=True))
    figures = r"(?<!\d)(?<!\d[.:,])\d{1,2}(?!\d|[.:,]\d)"
    number = rf"(?:{figures}|{words})"
    kinds = [f"(?<{name}>{said})" for name, said in language.parts.items() if name != "clock"]
    part = "|".join(kinds)
    some = f"(?:,? ?(?:{part}))" if language.is_spaced else f"(?:{part}) ?"
    follows = rf"(?:,? (?:{language.follows})\b)|" if language.follows else ""
    shared = {
        "{hour}": f"(?<hour>{number})",
        "{minute}": f"(?<minute>{number})",
        "{back}": f"(?<back>{number})",
        "{hour words}": f"(?<hour>{words})",
        "{minute words}": f"(?<minute>{words})",
        "{some part}": some,
        "{part}": f"(?:{some})?",
        "{end}": rf"(?={follows} ?(?:$|[.,;!?)]))",
    }
    clock = language.parts["clock"]
    whole = rf"(?<=^[\s\p{{P}}]*){shared['{hour}']}(?=[\s\p{{P}}]*$)"
    for phrase in (*language.phrases, clock):
        for name, said in shared.items():
            phrase = phrase.replace(name, said)
        if language.is_spaced:
            phrase = rf"(?<![\p{{L}}\p{{N}}])(?:{phrase})(?![\p{{L}}\p{{N}}])"
        yield regex.compile(phrase)
    yield regex.compile(whole)


def _minutes(said: Mapping[str, str | None], numbers: Mapping[str, int]) -> int | None:
    """Return the minutes since midnight that the parts of a match say; None for no time."""

    def number(name: str) -> int:
        text = said.get(name)
        if text is None:
            return 0
        return int(text) if text.isdecimal() else numbers[text]

    hour = 12 if said.get("midday") else 0 if said.get("midnight") else number("hour")
    minute, back = number("minute"), number("back")
    if hour > 24 or minute > 59 or back > 59:
        return None
    minute += 30 * bool(said.get("half")) + 15 * bool(said.get("quarter"))
    back += 15 * bool(said.get("back_quarter"))
    if said.get("before"):
        minute, back = 0, minute
    total = 60 * hour + minute - back - _TOWARDS.get(str(said.get("towards"))[:4], 0)
    if said.get("pm") and total < 12 * 60:
        total += 12 * 60
    elif said.get("am") and total >= 12 * 60:
        total -= 12 * 60
    elif (said.get("night") and 6 * 60 <= total <= 13 * 60) or (
        said.get("noon") and total < 5 * 60
    ):
        total += 12 * 60
    return total % _DAY


_TOWARDS = {"halb": 30, "half": 30, "vier": 45, "drei": 15, "3 vi": 15, "3-vi": 15}
"""Minutes that are left to the hour in German and Dutch, by the beginning of the word."""
