"""Vietnamese numbers in words, which text2num does not know: "hai mươi lăm", "năm trăm rưỡi"."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import regex

_DIGITS: Mapping[str, int] = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5,
    "nhăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip

_LARGE: Mapping[str, int] = {
    "nghìn": 10**3,
    "ngàn": 10**3,
    "triệu": 10**6,
    "tỷ": 10**9,
    "tỉ": 10**9,
}

_TENS = ("mươi", "chục")

_NOTHING = ("linh", "lẻ")
"""What stands in place of tens: "một trăm linh năm"."""

_BEGINS = frozenset({*_DIGITS, "mười"}) - {"không", "mốt", "tư", "lăm", "nhăm"}
"""What a number may begin with; "không" is mostly "no"."""

_YEAR = ("nay", "ngoái", "sau", "trước", "tới", "mới", "học", "ấy", "đó", "kia")
"""Behind "năm" they make it a year."""

_WORD = regex.compile(r"[\p{L}\p{M}]+|\p{Nd}+|[^\s\p{L}\p{M}\p{Nd}]")


class _Token(NamedTuple):
    text: str
    start: int
    end: int


def vietnamese_numbers(text: str, *, plain: bool = False) -> Iterator[tuple[int, int, str]]:
    """Yield numbers in the words of a text (NFC): where each begins and ends, and its digits.

    With `plain` words without diacritics count, of which many are other words too.
    """
    forms = _BY_BARE if plain else {}
    tokens = [
        _Token(forms.get(said := found[0].lower(), said), found.start(), found.end())
        for found in _WORD.finditer(text)
    ]
    place = 0
    while place < len(tokens):
        after, value = _number(tokens, place)
        if after == place:
            place += 1
            continue
        yield tokens[place].start, tokens[after - 1].end, value
        place = after


def _number(tokens: list[_Token], first: int) -> tuple[int, str]:
    """Return the place after the number that begins there, and its digits; `first` for none."""
    words = [token.text for token in tokens[first:]]
    if words[0] not in _BEGINS or (words[0] == "năm" and _is_year(words)):
        return first, ""
    whole = section = 0.0
    digit: int | None = None
    unit = 1
    count = 0
    for word in words:
        if word in _DIGITS and digit is None:
            digit = _DIGITS[word]
        elif word == "mười" and digit is None:
            section, unit = section + 10, 1
        elif word in _TENS and digit is not None:
            section, digit, unit = section + 10 * digit, None, 10
        elif word == "trăm" and digit is not None:
            section, digit, unit = section + 100 * digit, None, 100
        elif word in _NOTHING and section and digit is None:
            unit = 1
        elif word in _LARGE and (section or digit is not None):
            unit = _LARGE[word]
            whole, section, digit = whole + (section + (digit or 0)) * unit, 0, None
        elif word == "rưỡi" and (digit is None or not section):
            section += (digit or 0) + unit / 2
            digit, count = None, count + 1
            break
        else:
            break
        count += 1
    value = whole + section + (digit or 0)
    return first + count, f"{value:.10g}" if value < 10**10 else str(int(value))


def _is_year(words: list[str]) -> bool:
    return len(words) > 1 and (words[1] in _YEAR or words[1].isdecimal())


def _bare(word: str) -> str:
    marks = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(c for c in marks if not unicodedata.combining(c))


_BY_BARE: Mapping[str, str] = {
    _bare(word): word for word in (*_DIGITS, *_LARGE, *_TENS, *_NOTHING, "mười", "trăm", "rưỡi")
}
"""The words by their forms without diacritics."""
